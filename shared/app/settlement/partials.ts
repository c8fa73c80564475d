import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import type { Run } from "#domain/run.ts";
import { EMPTY_PARTIAL, merge, type Partial, partialFromJson, partialToJson } from "#engine/fold.ts";
import { sha256 } from "#engine/hash.ts";
import type { Deps } from "../deps.ts";

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
  const file = `runs/${runId}/partial-${segment}-${name}.json.gz`;
  await deps.files.put(file, gzipSync(JSON.stringify(partialToJson(partial))), "application/gzip");
  return file;
}

/**
 * Merges partials as they are read, one at a time. Those of one size are merged first, as a counter carries: each state is
 * handled as often as the number of files has binary digits.
 */
export async function mergePartials(deps: Pick<Deps, "files">, files: readonly string[]): Promise<Partial> {
  const waiting: { readonly partial: Partial; readonly files: number }[] = [];
  for (const file of files) {
    let carried = { partial: await readPartial(deps, file), files: 1 };
    for (let last = waiting.at(-1); last && last.files <= carried.files; last = waiting.at(-1)) {
      waiting.pop();
      carried = { partial: merge(last.partial, carried.partial), files: last.files + carried.files };
    }
    waiting.push(carried);
  }
  return waiting.reduceRight((merged, { partial }) => merge(merged, partial), EMPTY_PARTIAL);
}

/** The one place that reads a partial. */
async function readPartial(deps: Pick<Deps, "files">, file: string): Promise<Partial> {
  const bytes = await deps.files.get(file);
  if (!bytes) throw new Error(`the partial result ${file} is missing`);
  return partialFromJson(z.array(stateSchema).parse(JSON.parse(gunzipSync(bytes).toString("utf8"))));
}

const factCreditSchema = z.object({
  participantId: z.string(),
  leaf: z.string(),
  values: z.array(z.int().nullable()),
  texts: z.record(z.string(), z.string()).exactOptional(),
  rollsUp: z.boolean(),
});

const stateSchema = z.object({
  key: z.string(),
  version: z.int(),
  content: z.string(),
  participantId: z.string(),
  occurredAt: z.number(),
  crediting: z.discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("counted"), credits: z.array(factCreditSchema) }),
    z.object({ outcome: z.literal("notCounted"), reason: z.string() }),
    z.object({ outcome: z.literal("cancelled"), cancelledAt: z.int(), credits: z.array(factCreditSchema) }),
    z.object({
      outcome: z.literal("held"),
      reason: z.enum(["unknown-participant", "unknown-currency"]),
      message: z.string(),
      subject: z.string(),
    }),
  ]),
  holds: z.array(z.string()).exactOptional(),
  labels: z.record(z.string(), z.string()).exactOptional(),
});
