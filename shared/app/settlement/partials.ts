import { gunzipSync, gzipSync } from "node:zlib";
import type { Run } from "#domain/run.ts";
import { FactTable } from "#engine/columns/fact-table.ts";
import { sha256 } from "#engine/hash.ts";
import { addAll, Partial } from "#engine/partial.ts";
import { decodePartial, encodePartial } from "#engine/partial-codec.ts";
import type { Deps } from "../deps.ts";

/** Columns of numbers shrink nearly as much at once as with much effort. */
const EFFORT = { level: 1 };

/** Where one step stopped reading and the next goes on: which facts a partial is of. */
export interface Stretch {
  readonly segment: number;
  readonly segments: number;
  /** Cursors of the scan: absent at the beginning, and at the end. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Keeps what a stretch of facts comes to; the one place that writes a partial. The file is named by its stretch: a slow
 * attempt that read less, or more, cannot write over what the attempt that counts has kept.
 *
 * @returns the file's name
 */
export async function writePartial(
  deps: Pick<Deps, "files">,
  { runId }: Pick<Run, "runId">,
  stretch: Stretch,
  partial: Partial,
): Promise<string> {
  const { segment, segments, from = "", to = "" } = stretch;
  const name = sha256(JSON.stringify([segment, segments, from, to])).slice(0, 24);
  const file = `runs/${runId}/partial-${segment}-${name}.gz`;
  await deps.files.put(file, gzipSync(encodePartial(partial), EFFORT), "application/gzip");
  return file;
}

/** Merges partials as they are read, one at a time, into one table: what it takes is that table and one partial. */
export async function mergePartials(deps: Pick<Deps, "files">, files: readonly string[]): Promise<Partial> {
  const table = new FactTable();
  for (const file of files) addAll(table, (await readPartial(deps, file)).table);
  return new Partial(table);
}

/** The one place that reads a partial. */
async function readPartial(deps: Pick<Deps, "files">, file: string): Promise<Partial> {
  const bytes = await deps.files.get(file);
  if (!bytes) throw new Error(`the partial result ${file} is missing`);
  return decodePartial(gunzipSync(bytes));
}
