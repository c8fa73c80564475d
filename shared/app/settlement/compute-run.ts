import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import { formatInstant, instantOf } from "#domain/instant.ts";
import {
  type HeldLine,
  heldLineSchema,
  lineSchema,
  notAwardedSchema,
  type Payee,
  type Settlement,
} from "#domain/line.ts";
import { type Part, partIndex, partsOf } from "#domain/part.ts";
import type { Run } from "#domain/run.ts";
import { differences } from "#engine/post.ts";
import { conclude } from "#engine/settle.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { tellProgress } from "./fold-run.ts";
import { frozenRules } from "./frozen-rules.ts";
import { mergePartials } from "./partials.ts";
import { outcomeOf } from "./run-outcome.ts";
import { requireRun, updateRun } from "./run-record.ts";

type ComputeDeps = Pick<Deps, "ledger" | "files">;
type RunRef = Pick<Run, "campaign" | "runId" | "asOf">;

/** Each is a whole part in memory: text, and compressed. */
const FILES_AT_ONCE = 2;

/** Lines of a run that lie together: fewer than this are not worth being spread. */
const LINES_PER_PART = 8_000;
const MOST_PARTS = 64;

/** What one part of a run's payees is stored with; a file, because it is larger than a step may return. */
const partSchema = z.object({
  lines: z.array(lineSchema),
  notAwarded: z.array(notAwardedSchema),
  held: z.array(heldLineSchema),
  components: z.array(lineSchema),
});
type PartFile = z.infer<typeof partSchema>;

/**
 * Merges the partials one after another, decides, and keeps hashes, totals and the lines of each part of the payees. Holds the
 * states of all facts and all lines; the partials come one at a time. Doing it again keeps what the first kept.
 *
 * @param files of all partials, in any order
 * @returns into how many parts the lines are divided
 */
export async function decideRun(
  deps: ComputeDeps,
  run: RunRef,
  files: readonly string[],
  { linesPerPart = LINES_PER_PART } = {},
): Promise<{ parts: number }> {
  const frozen = await requireRun(deps, run.campaign, run.runId);
  await tellProgress(deps, run, (progress) => ({ ...progress, stage: "deciding" }));
  const { sources, rules } = await frozenRules(deps, frozen);
  const settlement = conclude(sources, rules, await mergePartials(deps, files), {
    asOf: instantOf(run.asOf),
    closedOnly: frozen.kind !== "provisional",
  });
  const { inputHash, resultHash, totals, warnings, lines, held = [], components = [], notAwarded } = settlement;
  const entries = lines.length + held.length + components.length + notAwarded.length;
  const lineShards = partsFor(entries, linesPerPart);
  await inParallel(FILES_AT_ONCE, divided(settlement, lineShards), ({ part, ...ofPart }) =>
    deps.files.put(partKey(run, resultHash, part), gzipSync(JSON.stringify(ofPart)), "application/gzip"),
  );
  const nextDue = firstDue(held);
  const computed = {
    inputHash,
    resultHash,
    totals,
    warnings: [...warnings],
    lineCount: lines.length,
    lineShards,
    ...(nextDue === undefined ? {} : { nextDue }),
  };
  const kept = await updateRun(deps, run.campaign, run.runId, ({ progress, ...current }) =>
    current.state !== "computing" || current.resultHash !== undefined
      ? undefined
      : { ...current, ...computed, ...(progress ? { progress: { ...progress, stage: "storing" as const } } : {}) },
  );
  await keepOutcome(deps, kept, rules.plan.currency);
  return { parts: kept.lineShards ?? 1 };
}

/** Once the run's own record says so: a step that is done again keeps the same again. */
async function keepOutcome({ ledger }: Pick<Deps, "ledger">, run: Run, currency: string): Promise<void> {
  const outcome = outcomeOf(run, currency);
  if (outcome !== undefined) await ledger.keepOutcome(outcome);
}

/** A power of two, so that the parts of one division lie within those of another. */
function partsFor(entries: number, linesPerPart: number): number {
  let parts = 1;
  while (parts < MOST_PARTS && entries > parts * linesPerPart) parts *= 2;
  return parts;
}

function divided(
  { lines, notAwarded, held = [], components = [] }: Settlement,
  of: number,
): (PartFile & { readonly part: Part })[] {
  const divide = <T>(items: readonly T[], payeeOf: (item: T) => Payee) =>
    Map.groupBy(items, (item) => partIndex(payeeOf(item), of));
  const byPart = {
    lines: divide(lines, ({ payee }) => payee),
    notAwarded: divide(notAwarded, ({ subject }) => subject),
    held: divide(held, ({ payee }) => payee),
    components: divide(components, ({ payee }) => payee),
  };
  return partsOf(of).map((part) => ({
    part,
    lines: byPart.lines.get(part.index) ?? [],
    notAwarded: byPart.notAwarded.get(part.index) ?? [],
    held: byPart.held.get(part.index) ?? [],
    components: byPart.components.get(part.index) ?? [],
  }));
}

/**
 * Stores the lines of one part in the ledger. Doing it again writes the same.
 *
 * @returns how many lines of the part differ from what is posted
 */
export async function storeLines(deps: ComputeDeps, ref: RunRef, part: Part): Promise<{ changes: number }> {
  const run = await requireRun(deps, ref.campaign, ref.runId);
  if (run.resultHash === undefined) throw new Error(`${run.runId} is not decided yet`);
  const file = await deps.files.get(partKey(run, run.resultHash, part));
  if (!file) throw new Error(`the lines of part ${part.index} of ${run.runId} are missing`);
  const { lines, notAwarded, held, components } = partSchema.parse(JSON.parse(gunzipSync(file).toString("utf8")));
  await deps.ledger.putLines(run, lines);
  await deps.ledger.putNotAwarded(run, notAwarded);
  await deps.ledger.putBeside(run, "held", held);
  await deps.ledger.putBeside(run, "component", components);
  return { changes: differences(lines, await deps.ledger.balances(run.campaign, part)).length };
}

/**
 * A provisional run is done once its lines are stored; one that would post nothing needs nobody's approval. The final run always
 * does.
 *
 * @param changes over all parts: lines that differ from what is posted
 */
export async function closeComputing(deps: Pick<Deps, "ledger">, run: RunRef, changes: number): Promise<void> {
  await updateRun(deps, run.campaign, run.runId, (current) => {
    if (current.state !== "computing") return undefined;
    if (current.kind === "provisional") return { ...current, state: "computed" };
    return current.kind !== "final" && changes === 0 ? { ...current, state: "unchanged" } : undefined;
  });
}

function partKey({ runId }: Pick<Run, "runId">, resultHash: string, { index, of }: Part): string {
  return `runs/${runId}/lines-${resultHash}-${index}-of-${of}.json.gz`;
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
