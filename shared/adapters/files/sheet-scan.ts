import type { Problem } from "#domain/problem.ts";
import { tooMany } from "./delimited.ts";
import type { TableLimits } from "./raw-table.ts";
import { xmlTags } from "./xml-tags.ts";

/** What a look at a sheet's XML tells before it is read: how far it reaches, and what must not be taken as it stands. */
export interface SheetScan {
  /** Of the sheet as a whole: why it is not read. */
  readonly problem?: Problem;
  /** Addresses of cells whose value is the result of a formula, as `B7`. */
  readonly formulas: ReadonlySet<string>;
  readonly hiddenRows: number;
}

/** Cells that a reader would make room for: rows times columns. */
const MOST_ROOM = 5_000_000;

const PLACE = /\sr\s*=\s*["']([^"']*)["']/;
const HIDDEN = /\shidden\s*=\s*["'](1|true)["']/;

/**
 * Looks through a sheet without building anything: one cell at `XFD1048576` makes a reader make room for 17 thousand million.
 *
 * @param xml the text of the sheet's part
 * @throws RangeError for a tag that has no end
 */
export function scanSheet(file: string, xml: string, limits: TableLimits): SheetScan {
  const formulas = new Set<string>();
  let [rows, columns, hiddenRows, cell] = [0, 0, 0, ""];
  for (const { name, attributes } of xmlTags(xml)) {
    if (name === "f") formulas.add(cell);
    if (name !== "row" && name !== "c") continue;
    const place = PLACE.exec(attributes)?.[1];
    if (name === "row") {
      if (HIDDEN.test(attributes)) hiddenRows += 1;
      if (place !== undefined) rows = Math.max(rows, /^\d{1,9}$/.test(place) ? Number(place) : Number.MAX_SAFE_INTEGER);
    }
    if (name === "c" && place !== undefined) {
      cell = place;
      const address = addressOf(place);
      rows = Math.max(rows, address.row);
      columns = Math.max(columns, address.column);
    }
  }
  const problem = problemOf(file, rows, columns, limits);
  return { formulas, hiddenRows, ...(problem === undefined ? {} : { problem }) };
}

function problemOf(file: string, rows: number, columns: number, limits: TableLimits): Problem | undefined {
  const mend = "delete the rows and columns outside of the table, formatted ones too, and save it again";
  if (columns > limits.columns) return { ...tooMany(file, "columns", columns, limits.columns), mend };
  if (rows > limits.rows + 1 || rows * columns > MOST_ROOM)
    return { ...tooMany(file, "rows", rows, limits.rows), mend };
  return undefined;
}

/** `B7`: row 7, column 2; what is no address is beyond every limit. */
function addressOf(text: string): { row: number; column: number } {
  const [, letters = "", digits = ""] = /^([A-Z]{1,3})(\d{1,9})$/.exec(text) ?? [];
  if (letters === "") return { row: Number.MAX_SAFE_INTEGER, column: Number.MAX_SAFE_INTEGER };
  return { row: Number(digits), column: columnNumber(letters) };
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** 1: `A`, 28: `AB`. */
export function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
