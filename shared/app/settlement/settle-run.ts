import { campaignChain } from "#domain/audit.ts";
import { partsOf } from "#domain/part.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import type { SettlementRequest } from "#ports/system.ts";
import { audited, noted, SETTLEMENT } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { closeComputing, decideRun, failRun, storeLines } from "./compute-run.ts";
import { type FoldPosition, type FoldSettings, foldChunk, planFold } from "./fold-run.ts";
import { freezeRun } from "./freeze-run.ts";
import { payRun } from "./pay-run.ts";
import { payoutFilesOf } from "./payout-files.ts";
import { finishRun, postRun } from "./post-run.ts";
import { requireRun } from "./run-record.ts";
import { writeStatements } from "./write-statements.ts";

/**
 * What a settlement asks of the machine that carries it. Results are JSON and small: what is large goes to files. The same
 * calls in the same order are made each time the program is played again.
 */
export interface Steps {
  /** Does a step once; one that was cut off is done again, and every step can be. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Steps side by side, some at a time; results in the order of the items. */
  each<T, R>(
    name: string,
    items: readonly T[],
    work: (steps: Pick<Steps, "step">, item: T, index: number) => Promise<R>,
  ): Promise<R[]>;
  /** A place where the machine may stop and go on with a fresh one. */
  rest(name: string): Promise<void>;
}

export interface SettleSettings extends FoldSettings {
  /** Above so many, the lines are divided into more parts. */
  readonly linesPerPart?: number;
}

export type SettleDeps = Pick<
  Deps,
  "facts" | "plans" | "ledger" | "approvals" | "audit" | "files" | "payoutWriter" | "clock"
>;

/** Versions of facts that are read between two rests: some minutes' work. */
const FACTS_BETWEEN_RESTS = 2_000_000;
/** Parts that are handled between two rests. */
const PARTS_BETWEEN_RESTS = 16;

/** Freeze → read the facts, stretch by stretch → decide → store the lines, part by part. A run that breaks says so. */
export async function computeRun(
  deps: SettleDeps,
  request: SettlementRequest,
  steps: Steps,
  settings: SettleSettings = {},
): Promise<void> {
  try {
    await steps.step("freeze", async () => {
      await freezeRun(deps, request);
    });
    const files = await foldAll(deps, request, steps, settings);
    const { parts } = await steps.step("decide", () => decideRun(deps, request, files, settings));
    const stored = await inRounds(steps, "store", parts, (part) => storeLines(deps, request, part));
    const changes = stored.reduce((sum, part) => sum + part.changes, 0);
    await steps.step("close", () => closeComputing(deps, request, changes));
  } catch (error) {
    const reason = reasonOf(error);
    await steps.step("fail", () => failRun(deps, request, reason));
    throw error;
  }
}

const PROBLEMS_TOLD = 5;

/** Nobody waits for the answer any more: what is missing stands in the record of the run. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const problems = error instanceof Refusal ? error.problems : [];
  const told = problems.slice(0, PROBLEMS_TOLD).map(({ message }) => message);
  const more = problems.length - told.length;
  return [error.message, ...told, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

/** Reads all segments, each stretch by stretch, some of them side by side; gives the files of all partials. */
async function foldAll(
  deps: SettleDeps,
  request: SettlementRequest,
  steps: Steps,
  settings: FoldSettings,
): Promise<string[]> {
  const plan = await steps.step("plan", () => planFold(deps, request, settings));
  const width = Math.max(1, Math.floor(FACTS_BETWEEN_RESTS / plan.chunkFacts));
  const files: string[] = [];
  let open: FoldPosition[] = Array.from({ length: plan.segments }, (_, segment) => ({ segment, facts: 0 }));
  for (let round = 1; open.length > 0; round += 1) {
    if (round > 1) await steps.rest(`rest-fold-${round}`);
    const folded = await steps.each(`fold-${round}`, open.slice(0, width), (child, position) =>
      child.step(`fold-${position.segment}-from-${position.facts}`, () => foldChunk(deps, request, plan, position)),
    );
    for (const { file } of folded) files.push(file);
    open = [...open.slice(width), ...folded.filter(({ cursor }) => cursor !== undefined)];
  }
  return files;
}

/** What follows an approval, each step part by part: post the differences, pay, tell the payees, close the books. */
export async function payApproved(
  deps: SettleDeps,
  { campaign, runId }: Pick<Run, "campaign" | "runId">,
  steps: Steps,
): Promise<void> {
  const deed = (action: string) => ({ chain: campaignChain(campaign), action, subject: runId });
  const parts = await steps.step("parts", () =>
    noted(deps, SETTLEMENT, deed("run.post"), () => partCount(deps, { campaign, runId })),
  );
  await inRounds(steps, "post", parts, (part) => postRun(deps, campaign, runId, part));
  await inRounds(steps, "pay", parts, (part) => payRun(deps, campaign, runId, part));
  await inRounds(steps, "statements", parts, (part) => writeStatements(deps, campaign, runId, part));
  await steps.step("finish", () =>
    audited(deps, SETTLEMENT, deed("run.finish"), () =>
      finishRun(deps, campaign, runId, payoutFilesOf(runId, { index: 0, of: parts })),
    ),
  );
}

/** A provisional run only tells; nothing is posted. */
export async function tellProvisional(
  deps: SettleDeps,
  { campaign, runId }: Pick<Run, "campaign" | "runId">,
  steps: Steps,
): Promise<void> {
  const parts = await steps.step("parts", () => partCount(deps, { campaign, runId }));
  await inRounds(steps, "statements", parts, (part) => writeStatements(deps, campaign, runId, part));
}

async function partCount(deps: Pick<Deps, "ledger">, run: Pick<Run, "campaign" | "runId">): Promise<number> {
  return (await requireRun(deps, run.campaign, run.runId)).lineShards ?? 1;
}

async function inRounds<R>(
  steps: Steps,
  name: string,
  of: number,
  work: (part: { readonly index: number; readonly of: number }) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const parts = partsOf(of);
  for (let begin = 0; begin < of; begin += PARTS_BETWEEN_RESTS) {
    if (begin > 0) await steps.rest(`rest-${name}-${begin}`);
    const round = parts.slice(begin, begin + PARTS_BETWEEN_RESTS);
    const done = await steps.each(`${name}-${begin}`, round, (child, part) =>
      child.step(`${name}-${part.index}`, () => work(part)),
    );
    results.push(...done);
  }
  return results;
}
