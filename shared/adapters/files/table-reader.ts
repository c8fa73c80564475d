import type { Problem } from "#domain/problem.ts";
import { parseRecords } from "./delimited.ts";
import type { RawTable, TextRecord } from "./raw-table.ts";
import { decodeUtf8, type SourceFile } from "./source-file.ts";

/** What a column holds, in the words of its problems: `"Nan Chang" is not a unit id`, `a unit id is missing`. */
export interface Column {
  readonly what: string;
  /** Left out where the domain's own rule says it best. */
  readonly allowed?: string;
  readonly example: string;
  /** A file may do without the column: all its cells are empty then. */
  readonly isOptional?: true;
}

export type Columns<C extends string> = Readonly<Record<C, Column>>;

export interface TableRow<C extends string> {
  /** The line of the file on which the row starts, as an editor counts; the header is on line 1. */
  readonly line: number;
  /** The text of a known column's cell. */
  cell(column: C): string;
  /** The cells of further columns that are not empty, by column name. */
  readonly further: ReadonlyMap<string, string>;
}

export interface Table<C extends string> {
  readonly rows: readonly TableRow<C>[];
  readonly problems: readonly Problem[];
}

/** Which names columns beyond the known ones may have; absent: there may be none. */
export interface FurtherColumns {
  readonly name: RegExp;
  readonly allowed: string;
}

/**
 * Reads a CSV file (RFC 4180, commas, UTF-8) whose first line names the columns, in any order. Rows with a wrong number of cells are
 * reported and left out; blank lines are passed over.
 */
export function readTable<C extends string>(file: SourceFile, columns: Columns<C>, further?: FurtherColumns): Table<C> {
  const text = decodeUtf8(file);
  if (typeof text !== "string") return unreadable([text]);
  return tableOf({ name: file.name, ...parseRecords(file.name, text), cellProblems: [], notes: [] }, columns, further);
}

/** Problems of one row, which leave the other rows as they are. */
export const ROW_PROBLEMS: ReadonlySet<string> = new Set(["cell-count", "formula", "number-not-kept", "cell-too-long"]);

/** The rows of a table by the names of its columns. Rows with a wrong number of cells, or cells that must not be taken, are reported and left out. */
export function tableOf<C extends string>(raw: RawTable, columns: Columns<C>, further?: FurtherColumns): Table<C> {
  const { name, problem } = raw;
  const [header, ...body] = raw.records;
  if (header === undefined) return unreadable([problem ?? emptyFile(name, columns)]);
  const headerProblems = problemsOfHeader(name, header, columns, further);
  if (headerProblems.length > 0) return unreadable(headerProblems);

  const problems: Problem[] = [...raw.cellProblems];
  const badLines = new Set(raw.cellProblems.map(({ path }) => path.slice(name.length + 1).split(":", 1)[0]));
  const rows: TableRow<C>[] = [];
  for (const record of body) {
    if (badLines.has(String(record.line))) continue;
    if (record.cells.length === header.cells.length) rows.push(rowOf(record, header.cells, columns));
    else problems.push(cellCount(name, record, header));
  }
  if (problem) problems.push(problem);
  return { rows, problems };
}

function problemsOfHeader(
  file: string,
  { line, cells }: TextRecord,
  columns: Columns<string>,
  further: FurtherColumns | undefined,
): Problem[] {
  const known = Object.keys(columns);
  const at = (column: string) => `${file}:${line}:${column}`;
  const listed = known.join(",");
  const missing = known.filter((column) => !cells.includes(column) && !columns[column]?.isOptional);
  const separator = /[;\t|]/.exec(cells.join(""))?.[0];
  if (cells.length === 1 && missing.length > 0 && separator !== undefined) {
    return [
      {
        code: "bad-delimiter",
        path: `${file}:${line}`,
        message: "the columns are not separated by commas",
        seen: separator === "\t" ? "tab" : separator,
        allowed: listed,
        mend: "save the file with commas between the cells",
      },
    ];
  }
  return [
    ...missing.map(
      (column): Problem => ({
        code: "missing-column",
        path: at(column),
        message: `the column ${column} is missing`,
        seen: cells.join(","),
        allowed: listed,
        mend: mendOfMissing(column, cells),
      }),
    ),
    ...cells.flatMap((column, index): Problem[] => {
      if (cells.indexOf(column) < index) {
        return [
          {
            code: "duplicate-column",
            path: at(column),
            message: `the column ${column} stands twice`,
            seen: column,
            mend: "remove one of the two",
          },
        ];
      }
      if (known.includes(column) || further?.name.test(column)) return [];
      return [
        {
          code: "unknown-column",
          path: at(column),
          message: further ? `${JSON.stringify(column)} cannot be an attribute's name` : `there is no column ${column}`,
          seen: column,
          allowed: further ? `${listed}, and attributes: ${further.allowed}` : listed,
          mend: "remove or rename the column",
        },
      ];
    }),
  ];
}

function mendOfMissing(column: string, cells: readonly string[]): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
  const alike = cells.find((cell) => plain(cell) === plain(column));
  return alike === undefined ? `add the column ${column}` : `rename ${JSON.stringify(alike)} to ${column}`;
}

function rowOf<C extends string>(record: TextRecord, header: readonly string[], columns: Columns<C>): TableRow<C> {
  const further = header.flatMap((column, index): [string, string][] => {
    const cell = record.cells[index] ?? "";
    return Object.hasOwn(columns, column) || cell === "" ? [] : [[column, cell]];
  });
  return {
    line: record.line,
    cell: (column) => record.cells[header.indexOf(column)] ?? "",
    further: new Map(further),
  };
}

function cellCount(file: string, record: TextRecord, header: TextRecord): Problem {
  const [seen, expected] = [record.cells.length, header.cells.length];
  return {
    code: "cell-count",
    path: `${file}:${record.line}`,
    message: `the row has ${seen} cell${seen === 1 ? "" : "s"}, the header has ${expected}`,
    seen: String(seen),
    allowed: String(expected),
    mend: "add or remove commas; put quotes around a cell that contains one",
  };
}

function emptyFile(file: string, columns: Columns<string>): Problem {
  return {
    code: "empty-file",
    path: file,
    message: "the file is empty",
    allowed: `a header line ${Object.keys(columns).join(",")}, then one line for each row`,
  };
}

function unreadable(problems: readonly Problem[]): Table<never> {
  return { rows: [], problems };
}
