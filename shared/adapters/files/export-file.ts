import { type CsvCell, writeCsv } from "./csv-writer.ts";
import { writeXlsx, type XlsxCell } from "./xlsx-writer.ts";

/** What a cell of an export holds: a text, a number as a decimal text, or nothing. */
export type ExportCell = string | { readonly decimal: string } | undefined;

/** A column of an export: its header in both languages, and its cell of an item. */
export interface ExportColumn<T> {
  readonly en: string;
  readonly zh: string;
  /** In characters. */
  readonly width: number;
  readonly cell: (item: T) => ExportCell;
}

export interface ExportOptions {
  readonly format: "csv" | "xlsx";
  readonly lang: "en" | "zh";
  /** Whether a CSV file begins with a byte order mark. */
  readonly bom: boolean;
}

/** Writes items as a table. Texts can never run as formulas; the same items give the same CSV bytes. */
export async function exportFile<T>(
  name: string,
  columns: readonly ExportColumn<T>[],
  items: readonly T[],
  { format, lang, bom }: ExportOptions,
): Promise<Uint8Array> {
  const header = columns.map((column) => column[lang]);
  const cells = items.map((item) => columns.map(({ cell }) => cell(item) ?? ""));
  if (format === "csv") return writeCsv([header, ...cells.map((row) => row.map(csvCell))], { bom });
  return writeXlsx({
    name,
    rows: [header, ...cells.map((row) => row.map(xlsxCell))],
    totalRows: 0,
    widths: columns.map(({ width }) => width),
  });
}

/** A fraction such as `1/3` is a text: no spreadsheet holds it. */
export function number(text: string): ExportCell {
  return /^-?\d+(\.\d+)?$/.test(text) ? { decimal: text } : text;
}

function csvCell(cell: string | { readonly decimal: string }): CsvCell {
  return cell;
}

/** Digits that a spreadsheet keeps; longer numbers stay texts, so that none of theirs is lost. */
const DIGITS = 15;

function xlsxCell(cell: string | { readonly decimal: string }): XlsxCell {
  if (typeof cell === "string") return cell;
  const [whole = "", decimals = ""] = cell.decimal.replace("-", "").split(".");
  if (whole.length + decimals.length > DIGITS) return cell.decimal;
  return { decimal: cell.decimal, digits: decimals.length };
}
