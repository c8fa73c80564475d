import type { Problem } from "#domain/problem.ts";
import { type Encoding, readDelimited } from "./delimited.ts";
import type { SourceFile } from "./source-file.ts";

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

/** Zip files start so, and every workbook (XLSX) is one. */
const ZIP_START = [0x50, 0x4b, 0x03, 0x04];

/** Reads any file that people upload: a workbook (XLSX) by its first bytes, whatever its name says; all else as delimited text. */
export async function readRawTable(file: SourceFile, options: TableOptions = {}): Promise<RawTable> {
  const { limits = TABLE_LIMITS } = options;
  if (file.bytes.length > limits.bytes) {
    return unreadable(file.name, {
      code: "file-too-large",
      path: file.name,
      message: `the file has ${file.bytes.length} bytes`,
      seen: String(file.bytes.length),
      allowed: `at most ${limits.bytes} bytes`,
      mend: "split it into several files",
    });
  }
  if (!ZIP_START.every((byte, index) => file.bytes[index] === byte)) return readDelimited(file, { ...options, limits });
  // Few callers read workbooks, and what reads them is large.
  const { readWorkbook } = await import("./workbook-reader.ts");
  return readWorkbook(file, { ...options, limits });
}

/** A table of which nothing could be read. */
export function unreadable(name: string, problem: Problem): RawTable {
  return { name, records: [], problem, cellProblems: [], notes: [] };
}
