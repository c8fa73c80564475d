import type * as z from "zod";
import type { SourceFile } from "#adapters/files/source-file.ts";
import type { BadRow, ImportRequest, ImportRow } from "#app/directory/import-rows.ts";
import { problemsOf } from "#domain/problem.ts";

type ImportBody = { readonly rows: readonly unknown[] } | { readonly csv: string };

/** How one kind of row is read: from JSON by its schema, from CSV by its file's reader. */
export interface RowReader<T> {
  readonly schema: z.ZodType<T>;
  /** The field that says whom or what a row is about. */
  readonly key: string;
  readonly fileName: string;
  readonly readFile: (file: SourceFile) => Promise<Pick<ImportRequest<T>, "rows" | "badRows">>;
}

/** An import's rows with their places: `/rows/3/unit` in JSON, `people.csv:7:unit` in CSV. */
export async function importRequest<T>(
  reader: RowReader<T>,
  body: ImportBody,
  goodRowsOnly: boolean,
): Promise<ImportRequest<T>> {
  if ("csv" in body) {
    const file = { name: reader.fileName, bytes: new TextEncoder().encode(body.csv) };
    return { ...(await reader.readFile(file)), goodRowsOnly };
  }
  const rows: ImportRow<T>[] = [];
  const badRows: BadRow[] = [];
  body.rows.forEach((row, index) => {
    const parsed = reader.schema.safeParse(row);
    if (parsed.success) rows.push({ value: parsed.data, placeOf: (column) => `/rows/${index}/${camelCase(column)}` });
    else badRows.push({ problems: problemsOf(parsed.error, `/rows/${index}`, row), about: aboutOf(row, reader.key) });
  });
  return { rows, badRows, goodRowsOnly };
}

function aboutOf(row: unknown, key: string): string | undefined {
  const value: unknown = typeof row === "object" && row !== null ? Reflect.get(row, key) : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Imports name columns as files do: `participant_id`. */
function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
