import iconv from "iconv-lite";
import { addExact } from "#domain/decimal.ts";
import { formatMoney } from "#domain/money.ts";
import type { PayoutColumn, PayoutLayoutBody, SumColumn } from "#domain/payout-layout.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { Payout } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";
import type { LayoutRun } from "#ports/payout-layouts.ts";

/**
 * Writes payouts as a layout says. The same payouts give the same bytes. What cannot be written so is refused with every problem: a name
 * that the encoding lacks, a text wider than its column, a delimiter where nothing quotes it, sums of two currencies.
 *
 * @throws Refusal("invalid")
 */
export function payoutLayoutFile(layout: PayoutLayoutBody, payouts: readonly Payout[], run: LayoutRun): Uint8Array {
  const rows = payouts
    .filter(({ payee, paidMinor }) => layout.kinds.includes(payee.kind) && (layout.payees === "all" || paidMinor > 0))
    .sort((a, b) => compareText(sortKey(a), sortKey(b)));
  const problems: Problem[] = [];
  const write = (cells: readonly Written[]) => lineOf(layout, cells, problems);
  const lines = [
    ...(layout.before ? [write(sumCells(layout.before, rows, run, problems))] : []),
    ...(layout.header
      ? [write(layout.columns.map((column) => ({ ...column, text: column.header, place: "header" })))]
      : []),
    ...rows.map((payout, index) => write(payoutCells(layout.columns, payout, run, index + 1))),
    ...(layout.after ? [write(sumCells(layout.after, rows, run, problems))] : []),
  ];
  if (problems.length > 0) {
    throw new Refusal(
      "invalid",
      `the layout cannot write this run: ${problems.length} problems`,
      problems.slice(0, 200),
    );
  }
  const end = layout.lineEnd === "crlf" ? "\r\n" : "\n";
  return encoded(layout.encoding, lines.map((line) => line + end).join(""));
}

function sortKey({ payee, currency }: Payout): string {
  return [payee.kind, payee.id, currency].join("\u0000");
}

/** A cell before it is quoted or filled up; `place` says whose it is. */
interface Written {
  readonly text: string;
  readonly place: string;
  readonly isText?: boolean;
  readonly width?: number | undefined;
  readonly fill?: "left" | "right" | undefined;
  readonly with?: " " | "0" | undefined;
}

function payoutCells(columns: readonly PayoutColumn[], payout: Payout, run: LayoutRun, sequence: number): Written[] {
  return columns.map((column): Written => {
    const place = `${payout.payee.kind} ${payout.payee.id}, ${column.header}`;
    const { text, isText } = payoutText(column.value, payout, run, sequence);
    return { ...column, text, isText, place };
  });
}

function payoutText(
  value: PayoutColumn["value"],
  payout: Payout,
  run: LayoutRun,
  sequence: number,
): { readonly text: string; readonly isText: boolean } {
  const plain = (text: string) => ({ text, isText: false });
  if ("literal" in value) return plain(value.literal);
  switch (value.field) {
    case "sequence":
      return plain(String(sequence));
    case "asOf":
      return plain(day(run.asOf, value.day));
    case "posted":
      return plain(amount(payout.postedMinor, payout.currency, value.amount));
    case "broughtForward":
      return plain(amount(payout.broughtForwardMinor, payout.currency, value.amount));
    case "paid":
      return plain(amount(payout.paidMinor, payout.currency, value.amount));
    case "carriedForward":
      return plain(amount(payout.carriedForwardMinor, payout.currency, value.amount));
    default:
      return { text: textField(value.field, payout, run), isText: true };
  }
}

function textField(
  field: "payeeKind" | "payeeId" | "name" | "unit" | "currency" | "benefits" | "campaign" | "runId" | "resultHash",
  payout: Payout,
  run: LayoutRun,
): string {
  switch (field) {
    case "payeeKind":
      return payout.payee.kind;
    case "payeeId":
      return payout.payee.id;
    case "benefits":
      return (payout.benefits ?? []).map(({ unit, quantity }) => `${unit} ${quantity}`).join("; ");
    case "name":
    case "unit":
    case "currency":
      return payout[field];
    default:
      return run[field];
  }
}

function sumCells(
  columns: readonly SumColumn[],
  rows: readonly Payout[],
  run: LayoutRun,
  problems: Problem[],
): Written[] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  const [currency = run.currency] = currencies;
  if (currencies.length > 1) {
    problems.push({
      code: "two-currencies",
      path: "before",
      message: "the layout has one sum, and the run pays in several currencies",
      seen: currencies.join(", "),
    });
  }
  const total = rows.reduce((sum, { paidMinor }) => addExact(sum, paidMinor), 0);
  return columns.map((column): Written => {
    const { value } = column;
    const text = () => {
      if ("literal" in value) return value.literal;
      switch (value.field) {
        case "count":
          return String(rows.length);
        case "total":
          return amount(total, currency, value.amount);
        case "currency":
          return currency;
        case "asOf":
          return day(run.asOf, value.day);
        default:
          return run[value.field];
      }
    };
    return { ...column, text: text(), place: "the row of sums" };
  });
}

function amount(minor: number, currency: string, style: "decimal" | "decimalComma" | "minor"): string {
  if (style === "minor") return String(minor);
  const decimal = formatMoney(minor, currency);
  return style === "decimal" ? decimal : decimal.replace(".", ",");
}

function day(asOf: string, style: "yyyy-mm-dd" | "yyyymmdd"): string {
  const date = asOf.slice(0, 10);
  return style === "yyyy-mm-dd" ? date : date.replaceAll("-", "");
}

const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

function lineOf({ format, encoding }: PayoutLayoutBody, cells: readonly Written[], problems: Problem[]): string {
  const fail = ({ place, text }: Written, code: string, message: string) =>
    problems.push({ code, path: place, message, seen: text.slice(0, 80) });
  for (const cell of cells) {
    if (/[\r\n]/.test(cell.text) || cell.text.includes("\u0000"))
      fail(cell, "line-break", "a line break would make two rows of one");
    if (!canEncode(encoding, cell.text)) fail(cell, "not-in-encoding", `${encoding} has not all of these characters`);
  }
  if (format.kind === "fixed") return cells.map((cell) => filled(cell, format.widthIn, encoding, fail)).join("");
  const { delimiter, quotes, formulas } = format;
  return cells
    .map((cell) => {
      const isFormula = cell.isText === true && FORMULA_START.test(cell.text);
      const text = isFormula && formulas === "prefixed" ? `'${cell.text}` : cell.text;
      const needsQuotes = text.includes(delimiter) || text.includes('"');
      if (quotes === "always" || (quotes === "needed" && needsQuotes)) return `"${text.replaceAll('"', '""')}"`;
      if (needsQuotes)
        fail(cell, "has-delimiter", "the text has the delimiter or a quote in it, and nothing quotes it");
      return text;
    })
    .join(delimiter);
}

function filled(
  cell: Written,
  widthIn: "bytes" | "characters",
  encoding: PayoutLayoutBody["encoding"],
  fail: (cell: Written, code: string, message: string) => void,
): string {
  const { text, width = 0, fill, with: filling = " " } = cell;
  const length = widthIn === "characters" ? [...text].length : encoded(encoding, text, false).length;
  if (length > width) fail(cell, "too-wide", `the text needs ${length} ${widthIn} and the column has ${width}`);
  const padding = filling.repeat(Math.max(0, width - length));
  return fill === "left" ? padding + text : text + padding;
}

function canEncode(encoding: PayoutLayoutBody["encoding"], text: string): boolean {
  if (!text.isWellFormed()) return false;
  if (encoding === "ascii") return /^[ -~\t]*$/.test(text);
  return encoding === "gbk" ? iconv.decode(iconv.encode(text, "gbk"), "gbk") === text : true;
}

function encoded(encoding: PayoutLayoutBody["encoding"], text: string, isWhole = true): Uint8Array {
  switch (encoding) {
    case "utf-8":
    case "ascii":
      return new TextEncoder().encode(text);
    case "utf-8-bom":
      return new TextEncoder().encode(isWhole ? `\uFEFF${text}` : text);
    case "gbk":
    case "gb18030":
      return new Uint8Array(iconv.encode(text, encoding));
  }
}
