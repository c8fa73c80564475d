import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import type { Fact } from "#domain/fact.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { HeldLine, Line } from "#domain/line.ts";
import type { Run } from "#domain/run.ts";
import { EMPTY_PARTIAL, fold, merge, type Partial, partialFromJson, partialToJson } from "#engine/fold.ts";
import { differences } from "#engine/post.ts";
import { compileRules } from "#engine/rules.ts";
import { conclude } from "#engine/settle.ts";
import type { Deps } from "../deps.ts";
import { keepBesideLines } from "./beside-lines.ts";
import { frozenSources } from "./freeze-run.ts";
import { requireRun, updateRun } from "./run-record.ts";

type ComputeDeps = Pick<Deps, "facts" | "ledger" | "files" | "clock">;

/**
 * Folds one of `segments` disjoint parts of all facts. Reads the facts themselves, not the live credits: what is paid is
 * computed from the truth. The partial result goes to a file of the run, because it can be larger than a step may return.
 */
export async function foldSegment(
  deps: ComputeDeps,
  run: Pick<Run, "campaign" | "runId" | "asOf">,
  segment: number,
  segments: number,
): Promise<{ facts: number }> {
  const rules = compileRules(await frozenSources(deps, await requireRun(deps, run.campaign, run.runId)));
  let partial: Partial = EMPTY_PARTIAL;
  let facts = 0;
  let cursor: string | undefined;
  do {
    const page: { readonly items: readonly Fact[]; readonly cursor?: string } = await deps.facts.scan(
      segment,
      segments,
      { cursor },
    );
    partial = merge(partial, fold(rules, instantOf(run.asOf), page.items));
    facts += page.items.length;
    cursor = page.cursor;
  } while (cursor !== undefined);
  const json = JSON.stringify(partialToJson(partial));
  await deps.files.put(partialKey(run.runId, segment), gzipSync(json), "application/gzip");
  return { facts };
}

/** Merges the segments, decides, and keeps lines and hashes with the run. Doing it again writes the same. */
export async function concludeRun(
  deps: ComputeDeps,
  run: Pick<Run, "campaign" | "runId" | "asOf">,
  segments: number,
): Promise<{ resultHash: string }> {
  const frozen = await requireRun(deps, run.campaign, run.runId);
  const { kind } = frozen;
  const sources = await frozenSources(deps, frozen);
  let merged: Partial = EMPTY_PARTIAL;
  for (let segment = 0; segment < segments; segment += 1)
    merged = merge(merged, await partialOf(deps, run.runId, segment));
  const settlement = conclude(sources, compileRules(sources), merged, {
    asOf: instantOf(run.asOf),
    closedOnly: kind !== "provisional",
  });
  const { lines, held = [] } = settlement;
  await deps.ledger.putLines(run.runId, lines);
  await keepBesideLines(deps, run.runId, settlement);
  await deps.ledger.putNotAwarded(run.runId, settlement.notAwarded);
  const { inputHash, resultHash, totals, warnings } = settlement;
  const nextDue = firstDue(held);
  const computed = {
    inputHash,
    resultHash,
    totals,
    warnings: [...warnings],
    lineCount: lines.length,
    ...(nextDue === undefined ? {} : { nextDue }),
  };
  const state = await stateAfter(deps, run.campaign, kind, lines);
  await updateRun(deps, run.campaign, run.runId, (current) =>
    current.state !== "computing" ? undefined : { ...current, ...computed, state },
  );
  return { resultHash };
}

/** A provisional run is done once it is computed; one that would post nothing needs nobody's approval. The final run always does. */
async function stateAfter(
  deps: Pick<Deps, "ledger">,
  campaign: string,
  kind: Run["kind"],
  lines: readonly Line[],
): Promise<Run["state"]> {
  if (kind === "provisional") return "computed";
  if (kind === "final") return "computing";
  return differences(lines, await deps.ledger.balances(campaign)).length === 0 ? "unchanged" : "computing";
}

function firstDue(held: readonly HeldLine[]): string | undefined {
  const instants = held.flatMap(({ due }) => (due === undefined ? [] : [instantOf(due)]));
  return instants.length === 0 ? undefined : formatInstant(instants.reduce((a, b) => Math.min(a, b)));
}

/** Opens a computed run to its second person: from here on it can be approved or rejected. */
export async function awaitApproval(
  deps: Pick<Deps, "ledger">,
  run: Pick<Run, "campaign" | "runId">,
  callbackId: string,
): Promise<void> {
  await updateRun(deps, run.campaign, run.runId, (current) =>
    current.state === "computing" || current.state === "awaitingApproval"
      ? { ...current, state: "awaitingApproval", callbackId }
      : { ...current, callbackId },
  );
}

/** A settlement that broke says so, so that a new one can be asked for. */
export async function failRun(
  deps: Pick<Deps, "ledger">,
  run: Pick<Run, "campaign" | "runId">,
  reason: string,
): Promise<void> {
  await updateRun(deps, run.campaign, run.runId, (current) =>
    current.state === "computing" ? { ...current, state: "failed", reason } : undefined,
  );
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
});

async function partialOf(deps: Pick<Deps, "files">, runId: string, segment: number): Promise<Partial> {
  const file = await deps.files.get(partialKey(runId, segment));
  if (!file) throw new Error(`segment ${segment} of ${runId} is missing`);
  return partialFromJson(z.array(stateSchema).parse(JSON.parse(gunzipSync(file).toString("utf8"))));
}

function partialKey(runId: string, segment: number): string {
  return `runs/${runId}/partial-${segment}.json.gz`;
}
