import * as z from "zod";
import { type Actor, seesWholeCompany } from "#domain/actor.ts";
import type { Line, Payee } from "#domain/line.ts";
import { type Part, partsOf } from "#domain/part.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";
import { campaignSight, requireSight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { foreignCursor } from "../list-page.ts";
import { inParallel } from "../parallel.ts";
import {
  type ComparisonFilter,
  type CurrencyDifference,
  LineSums,
  minorOf,
  type PayeeDifference,
  RunDifferences,
  type Side,
} from "./compared-lines.ts";
import { readRun } from "./read-runs.ts";

type CompareDeps = Pick<Deps, "plans" | "ledger" | "clock">;

/** Lines of both runs that one call reads, about: a second or two of one that may take 28. */
const LINES_A_CALL = 50_000;
const PARTS_AT_ONCE = 4;
const PAGE = 1_000;

/** A comparison that began with nothing goes on so, whatever has posted since. */
const NOTHING = Symbol("nothing");

export interface CompareRequest extends Partial<ComparisonFilter> {
  /** The other run; without it the newest that had posted when this one was made. */
  readonly against?: string | undefined;
  readonly cursor?: string | undefined;
}

/**
 * What some of the payees get in a run and in another. Every payee is in one answer only, so answers add up: numbers and sums are
 * added, and the largest of all are among the largest of each.
 */
export interface RunComparison {
  run: string;
  /** Absent where nothing had been posted: everything is new. */
  against?: string;
  /** How many of the parts that all payees are divided into are told, with this answer. */
  parts: { done: number; of: number };
  totals: CurrencyDifference[];
  items: PayeeDifference[];
  cursor?: string;
}

const cursorSchema = z.strictObject({
  run: z.string(),
  against: z.string().optional(),
  of: z.int().min(1),
  next: z.int().min(1),
});

interface Compared {
  readonly after: Run;
  readonly before: Run | undefined;
}

/**
 * Two runs side by side, a bounded number of lines a call. Only payees whom the actor may see are counted and named.
 *
 * @throws Refusal `notFound`, `conflict` while one of them is not computed, `invalid` for a cursor of another comparison
 */
export async function compareRuns(
  deps: CompareDeps,
  actor: Actor,
  campaignId: string,
  runId: string,
  { against, cursor, limit = 50, ...filter }: CompareRequest,
): Promise<RunComparison> {
  const campaign = await findCampaign(deps, campaignId);
  const from = cursor === undefined ? undefined : cursorOf(cursor);
  if (from && (from.run !== runId || (against ?? from.against) !== from.against)) throw foreignCursor();
  const compared = await runsOf(deps, campaignId, runId, from ? (from.against ?? NOTHING) : against);
  const parts = partsOf(Math.max(shardsOf(compared.after), shardsOf(compared.before)));
  const first = from?.next ?? 0;
  if (from && (from.of !== parts.length || first >= parts.length)) throw foreignCursor();
  const end = Math.min(parts.length, first + partsACall(actor, compared, parts.length));
  const differences = new RunDifferences({ ...filter, limit });
  const sight = campaignSight(deps, actor, campaign);
  await inParallel(PARTS_AT_ONCE, parts.slice(first, end), async (part) => {
    const payees = (await sumsOf(deps, compared, part)).all();
    differences.add(await sight.filter(payees, ({ payee }) => payee));
  });
  const before = compared.before === undefined ? {} : { against: compared.before.runId };
  const next = { run: runId, ...before, of: parts.length, next: end };
  return {
    run: runId,
    ...before,
    parts: { done: end, of: parts.length },
    totals: differences.totals(),
    items: differences.largest(),
    ...(end < parts.length ? { cursor: Buffer.from(JSON.stringify(next)).toString("base64url") } : {}),
  };
}

/** A line of a payee that has another amount in each run, or that one of them has alone, with the traces that say why. */
export interface ComparedLine {
  lineId: string;
  currency: string;
  before?: Line;
  after?: Line;
}

/**
 * Why a payee gets more or less: the lines that make the difference, in order of their ids.
 *
 * @throws Refusal `forbidden` before it says whether there is any, `notFound`, `conflict` while one of the runs is not computed
 */
export async function comparePayee(
  deps: CompareDeps,
  actor: Actor,
  campaignId: string,
  runId: string,
  payee: Payee,
  against: string | undefined,
): Promise<{ run: string; against?: string; payee: Payee; lines: ComparedLine[] }> {
  const campaign = await findCampaign(deps, campaignId);
  await requireSight(campaignSight(deps, actor, campaign), payee);
  const { after, before } = await runsOf(deps, campaignId, runId, against);
  const lines = new Map<string, ComparedLine>();
  for (const [side, run] of [["before", before] as const, ["after", after] as const]) {
    const found = run ? await deps.ledger.payeeLines(run, payee, Object.keys(run.totals?.byReward ?? {})) : [];
    for (const line of found) {
      // What a line is given in is part of what it is: rice instead of oil is one line gone and one that is new.
      const key = `${line.lineId} ${line.currency}`;
      const { lineId, currency } = line;
      lines.set(key, { lineId, currency, ...lines.get(key), [side]: line });
    }
  }
  return {
    run: runId,
    ...(before ? { against: before.runId } : {}),
    payee,
    lines: [...lines]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([, line]) => (amountOf(line.before) === amountOf(line.after) ? [] : [line])),
  };
}

function amountOf(line: Line | undefined): number {
  return line === undefined ? 0 : minorOf(line.amount, line.currency);
}

async function runsOf(
  deps: CompareDeps,
  campaignId: string,
  runId: string,
  against: string | typeof NOTHING | undefined,
): Promise<Compared> {
  const after = await readRun(deps, campaignId, runId);
  const before = await otherRun(deps, after, against);
  for (const run of [after, before]) if (run) requireComputed(run);
  return { after, before };
}

async function otherRun(
  deps: CompareDeps,
  run: Run,
  against: string | typeof NOTHING | undefined,
): Promise<Run | undefined> {
  if (against === NOTHING) return undefined;
  return against === undefined ? postedBefore(deps, run) : readRun(deps, run.campaign, against);
}

async function postedBefore({ ledger }: Pick<Deps, "ledger">, { campaign, runId }: Run): Promise<Run | undefined> {
  const runs = await ledger.runs(campaign);
  const at = runs.findIndex((run) => run.runId === runId);
  return runs.slice(0, Math.max(at, 0)).findLast(({ state }) => state === "posted");
}

/** From then on its lines never change. */
function requireComputed({ runId, state, resultHash }: Run): void {
  if (resultHash !== undefined && state !== "computing" && state !== "failed") return;
  throw new Refusal("conflict", `run ${runId} is ${state}: it has no lines to compare yet`);
}

function shardsOf(run: Run | undefined): number {
  return run?.lineShards ?? 1;
}

/** Whom a manager sees is looked up person by person: of them one part a call. */
function partsACall(actor: Actor, { before, after }: Compared, parts: number): number {
  if (!seesWholeCompany(actor)) return 1;
  // A run in fewer parts has longer ones, and one of those is read whole for each of the others'.
  const lines = [before, after].reduce((sum, run) => sum + (run?.lineCount ?? 0) / shardsOf(run), 0);
  return Math.min(parts, Math.max(1, Math.floor(LINES_A_CALL / Math.max(1, lines))));
}

async function sumsOf({ ledger }: CompareDeps, { before, after }: Compared, part: Part): Promise<LineSums> {
  const sums = new LineSums();
  const read = async (side: Side, run: Run) => {
    let cursor: string | undefined;
    do {
      const page = await ledger.lineAmounts(run, { part, limit: PAGE, cursor });
      for (const line of page.items) sums.add(side, line);
      cursor = page.cursor;
    } while (cursor !== undefined);
  };
  await Promise.all([before ? read("before", before) : undefined, read("after", after)]);
  return sums;
}

function cursorOf(text: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    throw foreignCursor();
  }
}
