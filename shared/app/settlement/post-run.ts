import { addExact } from "#domain/decimal.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { Line } from "#domain/line.ts";
import { formatMoney, isBenefit } from "#domain/money.ts";
import { type Part, partsOf, WHOLE } from "#domain/part.ts";
import { Refusal } from "#domain/problem.ts";
import type { Posting, Run } from "#domain/run.ts";
import { type Difference, differences } from "#engine/post.ts";
import type { Page } from "#ports/page.ts";
import { changeCampaign } from "../change-campaign.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { requireRun, updateRun } from "./run-record.ts";

type PostDeps = Pick<Deps, "ledger" | "plans" | "clock">;

/** Postings in flight at once. */
const POSTINGS_AT_ONCE = 16;
/** Lines that are read at once. */
const LINES_AT_ONCE = 500;

/**
 * Posts the differences of an approved run: for each line its amount now less what was posted before. Posting again
 * posts nothing, so it can be cut off anywhere and repeated. A run that finds a newer one at the head stops.
 *
 * @param part the payees whose lines are posted: the memory it takes is that of their lines
 * @throws Refusal("conflict") when the run is not approved or a newer run was posted
 */
export async function postRun(
  deps: PostDeps,
  campaignId: string,
  runId: string,
  part: Part = WHOLE,
): Promise<{ posted: number }> {
  const run = await requireRun(deps, campaignId, runId);
  if (run.state === "posted") return { posted: 0 };
  if (run.state !== "approved")
    throw new Refusal("conflict", `${runId} is ${run.state}; only an approved run is posted`);
  if (!(await deps.ledger.advanceHead({ campaign: campaignId, runId, asOf: run.asOf })))
    throw await stepDown(deps, run);
  const lines = await allLines(deps, run, part);
  const balances = await deps.ledger.balances(campaignId, part);
  const due = differences(lines, balances);
  const contested = await contestedLines(deps, run, part, { lines, balances, due });
  await inParallel(POSTINGS_AT_ONCE, due, (difference) => postLine(deps, run, difference));
  await inParallel(POSTINGS_AT_ONCE, contested, (difference) => postLine(deps, run, difference, { takesNumber: true }));
  return { posted: due.length };
}

/**
 * Lines that this run leaves as they are, and that an older run may be about to change: one that was approved, came not to
 * its end and read the head before this run took it. No posted run came between, which would have taken their numbers.
 */
async function contestedLines(
  deps: PostDeps,
  run: Run,
  part: Part,
  {
    lines,
    balances,
    due,
  }: { readonly lines: readonly Line[]; readonly balances: readonly Posting[]; readonly due: readonly Difference[] },
): Promise<Difference[]> {
  const runs = await deps.ledger.runs(run.campaign);
  const lastPosted = Math.max(...runs.filter(({ state }) => state === "posted").map(({ asOf }) => instantOf(asOf)), 0);
  const rivals = runs.filter(
    ({ runId, state, decidedAt, asOf }) =>
      runId !== run.runId &&
      (state === "approved" || (state === "failed" && decidedAt !== undefined)) &&
      lastPosted < instantOf(asOf) &&
      instantOf(asOf) <= instantOf(run.asOf),
  );
  const settled = new Set(due.map(({ lineId }) => lineId));
  const own = new Map(differences(lines, []).map((line) => [line.lineId, line.amountMinor]));
  const contested = new Map<string, Difference>();
  for (const rival of rivals) {
    for (const difference of differences(await allLines(deps, rival, part), balances)) {
      if (settled.has(difference.lineId)) continue;
      const amountMinor = own.get(difference.lineId) ?? 0;
      contested.set(difference.lineId, { ...difference, amountMinor, deltaMinor: 0 });
    }
  }
  return [...contested.values()];
}

/**
 * Reads the line's last posting first, then the head, then appends: a newer run's posting takes the number away, never the
 * other way round. With `takesNumber` a posting of nothing takes it where there is no difference.
 */
async function postLine(
  deps: PostDeps,
  run: Run,
  { lineId, reward, payee, currency, amountMinor }: Difference,
  { takesNumber = false } = {},
): Promise<void> {
  for (;;) {
    const last = await deps.ledger.lastPosting(run.campaign, { lineId, payee });
    const head = await deps.ledger.head(run.campaign);
    if (head?.runId !== run.runId) throw await stepDown(deps, run);
    const deltaMinor = amountMinor - (last?.balanceMinor ?? 0);
    if (deltaMinor === 0 && (!takesNumber || last?.runId === run.runId)) return;
    const posting = {
      campaign: run.campaign,
      lineId,
      seq: (last?.seq ?? 0) + 1,
      runId: run.runId,
      reward,
      payee,
      amountMinor: deltaMinor,
      balanceMinor: amountMinor,
      currency,
      postedAt: formatInstant(deps.clock.now()),
    };
    if (await deps.ledger.addPosting(posting)) return;
  }
}

/** Marks the run as posted and the campaign as settled up to its cut-off. */
export async function finishRun(
  deps: PostDeps,
  campaignId: string,
  runId: string,
  payoutFiles: Run["payoutFiles"],
): Promise<void> {
  const { planVersion, lineShards = 1 } = await requireRun(deps, campaignId, runId);
  const version = await deps.plans.version(campaignId, planVersion);
  let total = 0;
  for (const part of partsOf(lineShards)) {
    for (const { runId: of, currency, amountMinor } of await deps.ledger.postings(campaignId, part)) {
      if (of === runId && !isBenefit(currency)) total = addExact(total, amountMinor);
    }
  }
  const run = await updateRun(deps, campaignId, runId, (current) =>
    current.state === "approved"
      ? {
          ...current,
          state: "posted",
          postedAt: formatInstant(deps.clock.now()),
          ...(version ? { postedTotal: formatMoney(total, version.plan.currency) } : {}),
          ...(payoutFiles ? { payoutFiles } : {}),
        }
      : undefined,
  );
  // The campaign goes on after an interim run.
  if (run.kind === "interim") return;
  await changeCampaign(deps, campaignId, (campaign) =>
    campaign.finalAsOf === run.asOf
      ? undefined
      : { ...campaign, state: campaign.state === "archived" ? "archived" : "settled", finalAsOf: run.asOf },
  );
}

export async function allLines(
  deps: Pick<Deps, "ledger">,
  run: Pick<Run, "runId" | "lineShards">,
  part: Part,
): Promise<Line[]> {
  return allPages((request) => deps.ledger.lines(run, { ...request, limit: LINES_AT_ONCE, part }));
}

/** All items of a listing, page by page. */
export async function allPages<T>(page: (request: { cursor: string | undefined }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const next: Page<T> = await page({ cursor });
    for (const item of next.items) items.push(item);
    cursor = next.cursor;
  } while (cursor !== undefined);
  return items;
}

/** A run that a newer one has overtaken ends here: while it stood as approved, no other could be asked for. */
async function stepDown(deps: Pick<Deps, "ledger">, run: Run): Promise<Refusal> {
  const reason = `${run.runId} is not the newest run of ${run.campaign}; a newer one was posted`;
  await updateRun(deps, run.campaign, run.runId, (current) =>
    current.state === "approved" ? { ...current, state: "failed", reason } : undefined,
  );
  return new Refusal("conflict", reason);
}
