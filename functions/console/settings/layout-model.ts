import type { Answer } from "../api/client.ts";

/**
 * A layout as its form edits it. It is read from the JSON that is saved and written back into it; which fields and words there are comes from the
 * API's types, so that a new one does not compile until it has a place here. Whether a layout is right, the API says when it is saved.
 */

type Body = Answer<"getPayoutLayout">["layout"];
type FieldOf<V> = V extends { readonly field: infer F extends string } ? F : never;
export type ColumnField = FieldOf<Body["columns"][number]["value"]>;
export type SumField = FieldOf<NonNullable<Body["before"]>[number]["value"]>;
export type CellField = ColumnField | SumField;
type Format = Body["format"];
type Delimited = Extract<Format, { readonly kind: "delimited" }>;
type Fixed = Extract<Format, { readonly kind: "fixed" }>;
type WithAmount = Extract<Body["columns"][number]["value"], { readonly amount: string }>;
type WithDay = Extract<Body["columns"][number]["value"], { readonly day: string }>;

export interface CellValue {
  readonly field?: CellField;
  readonly amount?: WithAmount["amount"];
  readonly day?: WithDay["day"];
  readonly literal?: string;
}

/** A column, or a cell of the row before or after all others, which has no heading. */
export interface Cell {
  readonly header?: string;
  readonly value: CellValue;
  readonly width?: number;
  readonly fill?: "left" | "right";
  readonly with?: " " | "0";
}

export interface LayoutBody extends Omit<Body, "columns" | "before" | "after"> {
  readonly columns: readonly Cell[];
  readonly before?: readonly Cell[];
  readonly after?: readonly Cell[];
}

/** Lists of cells in a layout. */
export type CellList = "columns" | "before" | "after";

/** How a field is written: as it is, as an amount, as a day. */
type Style = "asIs" | "amount" | "day";

const COLUMN_FIELDS = {
  payeeId: "asIs",
  name: "asIs",
  unit: "asIs",
  payeeKind: "asIs",
  paid: "amount",
  posted: "amount",
  broughtForward: "amount",
  carriedForward: "amount",
  currency: "asIs",
  benefits: "asIs",
  sequence: "asIs",
  asOf: "day",
  campaign: "asIs",
  runId: "asIs",
  resultHash: "asIs",
} as const satisfies Readonly<Record<ColumnField, Style>>;

const SUM_FIELDS = {
  count: "asIs",
  total: "amount",
  currency: "asIs",
  asOf: "day",
  campaign: "asIs",
  runId: "asIs",
  resultHash: "asIs",
} as const satisfies Readonly<Record<SumField, Style>>;

const STYLES: Readonly<Record<CellField, Style>> = { ...COLUMN_FIELDS, ...SUM_FIELDS };

/** The words of an exhaustive table, in its order. */
function words<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] {
  const all: K[] = [];
  for (const word in table) all.push(word);
  return all;
}

export const FIELDS: Readonly<Record<CellList, readonly CellField[]>> = {
  columns: words<ColumnField>(COLUMN_FIELDS),
  before: words<SumField>(SUM_FIELDS),
  after: words<SumField>(SUM_FIELDS),
};
export const AMOUNTS = words<WithAmount["amount"]>({ decimal: true, decimalComma: true, minor: true });
export const DAYS = words<WithDay["day"]>({ "yyyy-mm-dd": true, yyyymmdd: true });
export const ENCODINGS = words<Body["encoding"]>({
  "utf-8": true,
  "utf-8-bom": true,
  gbk: true,
  gb18030: true,
  ascii: true,
});
export const LINE_ENDS = words<Body["lineEnd"]>({ crlf: true, lf: true });
export const PAYEES = words<Body["payees"]>({ paid: true, all: true });
export const PAYEE_KINDS = words<Body["kinds"][number]>({ participant: true, unit: true });
export const FORMATS = words<Format["kind"]>({ delimited: true, fixed: true });
export const DELIMITERS = words<Delimited["delimiter"]>({ ",": true, ";": true, "\t": true, "|": true });
export const QUOTES = words<Delimited["quotes"]>({ needed: true, always: true, never: true });
export const FORMULAS = words<Delimited["formulas"]>({ prefixed: true, asIs: true });
export const WIDTHS_IN = words<Fixed["widthIn"]>({ bytes: true, characters: true });

/** What fills a cell of fixed width up, and on which side. */
export const FILLS = [
  { id: "spacesRight", fill: "right", with: " " },
  { id: "spacesLeft", fill: "left", with: " " },
  { id: "zerosLeft", fill: "left", with: "0" },
  { id: "zerosRight", fill: "right", with: "0" },
] as const;

export function fillOf({ fill, with: filler }: Cell): (typeof FILLS)[number]["id"] | undefined {
  return FILLS.find((one) => one.fill === fill && one.with === filler)?.id;
}

/** The layout in a text; undefined when it is none that a form could show. */
export function bodyIn(text: string): LayoutBody | undefined {
  try {
    const body: LayoutBody = JSON.parse(text);
    const cells = [...body.columns, ...(body.before ?? []), ...(body.after ?? [])];
    const isShown = cells.every(({ value }) => typeof value === "object") && Array.isArray(body.kinds);
    return isShown && typeof body.format.kind === "string" ? body : undefined;
  } catch {
    return undefined;
  }
}

export function textOfBody(body: LayoutBody): string {
  return JSON.stringify(body, null, 2);
}

/** What a cell holds: a field, or a text of one's own. */
export type Holding = CellField | "literal";

export function holdingOf({ value }: Cell): Holding | undefined {
  return value.literal === undefined ? value.field : "literal";
}

export function styleOf({ value }: Cell): Style {
  return value.field === undefined ? "asIs" : (STYLES[value.field] ?? "asIs");
}

/** The same cell with something else in it; how it is filled follows where numbers come or go. */
export function holding(cell: Cell, held: Holding): Cell {
  const next = { ...cell, value: valueFor(held) };
  const isFixed = cell.width !== undefined;
  if (!isFixed || styleOf(next) === styleOf(cell)) return next;
  return { ...next, ...fillFor(next) };
}

function valueFor(held: Holding): CellValue {
  if (held === "literal") return { literal: "" };
  const style = STYLES[held];
  if (style === "amount") return { field: held, amount: "decimal" };
  return style === "day" ? { field: held, day: "yyyy-mm-dd" } : { field: held };
}

function fillFor(cell: Cell): Pick<Cell, "fill" | "with"> {
  return styleOf(cell) === "amount" ? { fill: "left", with: "0" } : { fill: "right", with: " " };
}

const WIDTH = 20;

function fixed(cell: Cell): Cell {
  return { ...cell, width: cell.width ?? WIDTH, ...(fillOf(cell) === undefined ? fillFor(cell) : {}) };
}

function delimited({ header, value }: Cell): Cell {
  return { ...(header === undefined ? {} : { header }), value };
}

/** Fixed width needs a width of each cell; delimited files have none. */
export function inFormat(body: LayoutBody, kind: Format["kind"]): LayoutBody {
  if (body.format.kind === kind) return body;
  const format: Format =
    kind === "fixed" ? { kind, widthIn: "bytes" } : { kind, delimiter: ",", quotes: "needed", formulas: "prefixed" };
  const change = kind === "fixed" ? fixed : delimited;
  const { before, after, ...rest } = body;
  return {
    ...rest,
    format,
    columns: body.columns.map(change),
    ...(before === undefined ? {} : { before: before.map(change) }),
    ...(after === undefined ? {} : { after: after.map(change) }),
  };
}

/** A cell to begin with. */
export function newCell(list: CellList, kind: Format["kind"]): Cell {
  const [field = "payeeId"] = FIELDS[list];
  const cell: Cell = { ...(list === "columns" ? { header: "" } : {}), value: valueFor(field) };
  return kind === "fixed" ? fixed(cell) : cell;
}

/** Another list in the layout; a row before or after all others that is empty is none. */
export function withCells(body: LayoutBody, list: CellList, cells: readonly Cell[]): LayoutBody {
  if (list === "columns") return { ...body, columns: cells };
  const { [list]: _, ...rest } = body;
  return cells.length === 0 ? rest : { ...rest, [list]: cells };
}

export function movedCell(cells: readonly Cell[], from: number, to: number): readonly Cell[] {
  const moved = cells[from];
  if (moved === undefined || to < 0 || to >= cells.length) return cells;
  return cells.toSpliced(from, 1).toSpliced(to, 0, moved);
}
