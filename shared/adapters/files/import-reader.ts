import { Refusal } from "#domain/problem.ts";
import type { ImportReader, RowsOfFile, TableFile } from "#ports/imports.ts";
import { factRows } from "./fact-rows.ts";
import { type FileRows, membershipRows, targetRows, unitRows } from "./import-rows.ts";
import type { RawTable } from "./raw-table.ts";
import { readRawTable } from "./read-table.ts";

/** Reads what people upload: CSV in the encodings that they use, and workbooks. */
export const importReader: ImportReader = {
  units: (file) => rowsOf(file, unitRows),
  memberships: (file) => rowsOf(file, membershipRows),
  targets: (file) => rowsOf(file, targetRows),
  facts: (file, context) => rowsOf(file, (table) => factRows(table, context)),
};

async function rowsOf<T>(file: TableFile, read: (table: RawTable) => FileRows<T>): Promise<RowsOfFile<T>> {
  const { name, bytes, encoding, delimiter, sheet } = file;
  const table = await readRawTable(
    { name, bytes },
    {
      ...(encoding === undefined ? {} : { encoding }),
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(sheet === undefined ? {} : { sheet }),
    },
  );
  // Half a file is none: what follows a quote that never closes would be missing, and nobody would see it.
  if (table.problem) throw new Refusal("invalid", `${name} cannot be read; nothing was imported`, [table.problem]);
  return { ...read(table), notes: table.notes };
}
