import type { ExportOptions } from "#adapters/files/export-file.ts";
import { EXPORT_ROWS_MAX, type SheetLanguage } from "#contracts/export.ts";
import { PAGE_LIMIT_MAX } from "#contracts/page.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { FileReply } from "../_kit/answer.ts";

type Tables = typeof import("#adapters/files/export-tables.ts");

const MEDIA: Readonly<Record<ExportOptions["format"], string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

export interface ExportQuery {
  readonly format: "csv" | "xlsx";
  readonly lang: SheetLanguage;
  readonly bom: boolean;
}

/** Whether a listing is asked for as a file. */
export function asksForFile<Q extends { readonly format: string }>(query: Q): query is Q & ExportQuery {
  return query.format === "csv" || query.format === "xlsx";
}

/** A file of a table; what writes it is loaded with the first. */
export async function fileReply(
  name: string,
  { format, lang, bom }: ExportQuery,
  write: (tables: Tables, options: ExportOptions) => Promise<Uint8Array>,
): Promise<FileReply> {
  const bytes = await write(await import("#adapters/files/export-tables.ts"), { format, lang, bom });
  return { bytes, contentType: MEDIA[format], fileName: `${name.replaceAll(/[^A-Za-z0-9._-]/g, "-")}.${format}` };
}

/** Items of page after page, until a file is full. */
export async function pagesForFile<T>(
  from: string | undefined,
  read: (request: PageRequest) => Promise<Page<T>>,
): Promise<{ items: T[]; nextCursor: string | undefined }> {
  const items: T[] = [];
  let cursor = from;
  do {
    const page = await read({ limit: PAGE_LIMIT_MAX, cursor });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && items.length + PAGE_LIMIT_MAX <= EXPORT_ROWS_MAX);
  return { items, nextCursor: cursor };
}

/** A listing as a file: as many pages as it may hold, and where the next one begins. */
export async function listingReply<T>(
  name: string,
  query: ExportQuery & { readonly cursor?: string | undefined },
  read: (request: PageRequest) => Promise<Page<T>>,
  write: (tables: Tables, items: readonly T[], options: ExportOptions) => Promise<Uint8Array>,
): Promise<FileReply> {
  const { items, nextCursor } = await pagesForFile(query.cursor, read);
  const reply = await fileReply(name, query, (tables, options) => write(tables, items, options));
  return { ...reply, ...(nextCursor === undefined ? {} : { nextCursor }) };
}
