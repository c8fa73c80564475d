import { stringify } from "csv-stringify/sync";

/** A number that we wrote ourselves, as decimal text: the only cell that may start with a sign. */
export interface DecimalCell {
  readonly decimal: string;
}

export type CsvCell = string | DecimalCell;

/**
 * What makes a spreadsheet take a text for a formula, or split it so that its rest becomes one: `= + - @`, their full-width
 * forms, tab, carriage return, line feed.
 */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Writes a CSV file (RFC 4180) that Excel opens rightly: UTF-8 with byte order mark, for names in Chinese, and no text that could
 * run as a formula. The same rows give the same bytes.
 *
 * @param options `bom`: whether the byte order mark is written
 *
 * @throws RangeError when a decimal cell is none
 */
export function writeCsv(rows: readonly (readonly CsvCell[])[], { bom = true } = {}): Uint8Array {
  const text = stringify(
    rows.map((row) => row.map(cellText)),
    // A program that splits at semicolons or tabs must not find the start of a cell inside a text.
    { record_delimiter: "\r\n", quoted_match: /[;\t|]/ },
  );
  return new TextEncoder().encode((bom ? BYTE_ORDER_MARK : "") + text);
}

function cellText(cell: CsvCell): string {
  if (typeof cell === "string") return FORMULA_START.test(cell) ? `'${cell}` : cell;
  if (!/^-?\d+(\.\d+)?$/.test(cell.decimal)) throw new RangeError(`${cell.decimal} is not a decimal`);
  return cell.decimal;
}
