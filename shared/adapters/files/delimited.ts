import { CsvError, parse } from "csv-parse/sync";
import type { Problem } from "#domain/problem.ts";
import { decodeText } from "./decode-text.ts";
import { type RawTable, type TableLimits, type TableOptions, type TextRecord, unreadable } from "./raw-table.ts";
import type { SourceFile } from "./source-file.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const NAMES: Readonly<Record<Delimiter, string>> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" };

/** Reads delimited text (CSV, TSV): encoding and delimiter are found out where nobody names them. */
export function readDelimited(
  file: SourceFile,
  { encoding, delimiter, limits }: TableOptions & { readonly limits: TableLimits },
): RawTable {
  const decoded = decodeText(file, encoding);
  if ("code" in decoded) return unreadable(file.name, decoded);
  const { text } = decoded;
  if (text.includes("\u0000")) return unreadable(file.name, notText(file.name));
  const used = delimiter ?? delimiterOf(text);
  const { records, problem } = parseRecords(file.name, text, used, limits);
  return {
    name: file.name,
    records,
    ...(problem === undefined ? {} : { problem }),
    cellProblems: [],
    notes: [`read as ${decoded.encoding.toUpperCase()} with ${NAMES[used]} between the cells`],
  };
}

/** The one that stands most often in the header, outside of quotes; commas where none does. */
function delimiterOf(text: string): Delimiter {
  const start = text.slice(0, 100_000);
  const header =
    start
      .replaceAll(/"[^"]*"/g, "")
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? "";
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** A file is too much in one of these ways; which one, and where. */
class TooMuch extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * The records of a delimited text (RFC 4180) with the lines on which they start; blank lines are passed over.
 *
 * @param limits absent: the text is as long as it is
 */
export function parseRecords(
  file: string,
  text: string,
  delimiter: Delimiter = ",",
  limits?: TableLimits,
): { records: TextRecord[]; problem?: Problem } {
  const records: TextRecord[] = [];
  let line = 1;
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      // Listed, because the discovered one would swallow the other kind into a cell of a file that mixes them.
      record_delimiter: ["\r\n", "\n", "\r"],
      // What a record may hold at most is known before its end is seen.
      ...(limits ? { max_record_size: RECORD_CHARACTERS } : {}),
      on_record: (cells: string[]) => {
        const isBlank = cells.length === 1 && cells[0] === "";
        if (!isBlank) records.push({ line, cells });
        if (limits) requireWithin(file, { line, cells }, records.length, limits);
        line += 1 + lineBreaksIn(cells);
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (error instanceof TooMuch) return { records: [], problem: error.problem };
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_MAX_RECORD_SIZE") return { records: [], problem: longRecord(file, line) };
    return { records, problem: badQuoting(file, line, error.code === "CSV_QUOTE_NOT_CLOSED") };
  }
}

const RECORD_CHARACTERS = 200_000;

function requireWithin(file: string, { line, cells }: TextRecord, count: number, limits: TableLimits): void {
  const path = `${file}:${line}`;
  if (cells.length > limits.columns) throw new TooMuch(tooMany(path, "columns", cells.length, limits.columns));
  // The header is no row.
  if (count > limits.rows + 1) throw new TooMuch(tooMany(file, "rows", undefined, limits.rows));
  const long = cells.findIndex((cell) => cell.length > limits.cell);
  if (long >= 0) throw new TooMuch(longCell(`${path}:${long + 1}`, cells[long]?.length ?? 0, limits.cell));
}

/** A table with more rows or columns than are read. */
export function tooMany(path: string, what: "rows" | "columns", seen: number | undefined, most: number): Problem {
  return {
    code: `too-many-${what}`,
    path,
    message: `the table has more than ${most} ${what}`,
    ...(seen === undefined ? {} : { seen: String(seen) }),
    allowed: `at most ${most} ${what}`,
    mend: what === "rows" ? "split the file" : "remove the columns that are not asked for",
  };
}

export function longCell(path: string, seen: number, most: number): Problem {
  return {
    code: "cell-too-long",
    path,
    message: `a cell has ${seen} characters`,
    seen: String(seen),
    allowed: `at most ${most} characters`,
  };
}

function longRecord(file: string, line: number): Problem {
  return {
    code: "row-too-long",
    path: `${file}:${line}`,
    message: `the row has more than ${RECORD_CHARACTERS} characters; a quote may be open`,
    allowed: `at most ${RECORD_CHARACTERS} characters a row`,
  };
}

function badQuoting(file: string, line: number, isOpen: boolean): Problem {
  return {
    code: "bad-quoting",
    path: `${file}:${line}`,
    message: isOpen
      ? "a quote opens in this row and does not close before the end of the file; nothing from here on was read"
      : "a quote stands where none may; nothing from here on was read",
    allowed: 'quotes around a whole cell, and a quote inside it written twice: "5"" screen"',
  };
}

function notText(file: string): Problem {
  return {
    code: "not-a-table",
    path: file,
    message: "the file is neither text nor a workbook",
    allowed: "CSV, or a workbook as XLSX",
    mend: "an old workbook (XLS) is saved again as XLSX",
  };
}

/** Counted here, because the parser takes a quoted CRLF for two lines. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}
