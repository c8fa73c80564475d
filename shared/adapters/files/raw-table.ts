import type { Problem } from "#domain/problem.ts";
import type { Encoding } from "./decode-text.ts";

/** A row as its file has it: the line (of a sheet: the row) on which it starts, counted from 1, and its cells as texts. */
export interface TextRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file as a table of texts, before anybody asks what its columns are. */
export interface RawTable {
  readonly name: string;
  /** The header first; empty when nothing could be read. */
  readonly records: readonly TextRecord[];
  /** What kept the file, or its rest, from being read. */
  readonly problem?: Problem;
  /** Cells that say something that must not be taken as it stands: results of formulas, numbers that were rounded. */
  readonly cellProblems: readonly Problem[];
  /** What was found out about the file and taken: its encoding, its delimiter, its sheet. */
  readonly notes: readonly string[];
}

/** How much of a file is read at most: what is larger is refused before it is held in memory twice. */
export interface TableLimits {
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
  /** Characters of one cell. */
  readonly cell: number;
}

/** A cell of a spreadsheet has at most 32,767 characters; rows are what one import can hold against what is stored. */
export const TABLE_LIMITS: TableLimits = { bytes: 32 * 1024 * 1024, rows: 100_000, columns: 200, cell: 32_767 };

export interface TableOptions {
  /** Left out: found out. */
  readonly encoding?: Encoding;
  readonly delimiter?: "," | ";" | "\t" | "|";
  /** The name of a workbook's sheet; left out: the first. */
  readonly sheet?: string;
  readonly limits?: TableLimits;
}

/** A table of which nothing could be read. */
export function unreadable(name: string, problem: Problem): RawTable {
  return { name, records: [], problem, cellProblems: [], notes: [] };
}
