import { formatInstant } from "#domain/instant.ts";
import type { Line } from "#domain/line.ts";
import { formatMoney } from "#domain/money.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { type Difference, differences } from "#engine/post.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { requireRun, updateRun } from "./run-record.ts";

type PostDeps = Pick<Deps, "ledger" | "plans" | "clock">;

/** Postings in flight at once. */
const POSTINGS_AT_ONCE = 8;

/**
 * Posts the differences of an approved run: for each line its amount now less what was posted before. Posting again
 * posts nothing, so it can be cut off anywhere and repeated. A run that finds a newer one at the head stops.
 *
 * @throws Refusal("conflict") when the run is not approved or a newer run was posted
 */
export async function postRun(deps: PostDeps, campaignId: string, runId: string): Promise<{ posted: number }> {
  const run = await requireRun(deps, campaignId, runId);
  if (run.state === "posted") return { posted: 0 };
  if (run.state !== "approved")
    throw new Refusal("conflict", `${runId} is ${run.state}; only an approved run is posted`);
  if (!(await deps.ledger.advanceHead({ campaign: campaignId, runId, asOf: run.asOf }))) throw superseded(run);
  const lines = await allLines(deps, runId);
  const due = differences(lines, await deps.ledger.balances(campaignId));
  await inParallel(POSTINGS_AT_ONCE, due, (difference) => postLine(deps, run, difference));
  return { posted: due.length };
}

/** Reads the line's last posting first, then the head, then appends: a newer run's posting takes the number away, never the other way round. */
async function postLine(
  deps: PostDeps,
  run: Run,
  { lineId, reward, payee, currency, amountMinor }: Difference,
): Promise<void> {
  for (;;) {
    const last = await deps.ledger.lastPosting(run.campaign, lineId);
    const head = await deps.ledger.head(run.campaign);
    if (head?.runId !== run.runId) throw superseded(run);
    const deltaMinor = amountMinor - (last?.balanceMinor ?? 0);
    if (deltaMinor === 0) return;
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
  const postings = (await deps.ledger.postings(campaignId)).filter((posting) => posting.runId === runId);
  const version = await requireRun(deps, campaignId, runId).then(({ planVersion }) =>
    deps.plans.version(campaignId, planVersion),
  );
  const total = postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
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
  for (;;) {
    const campaign = await deps.plans.campaign(campaignId);
    if (!campaign || campaign.finalAsOf === run.asOf) return;
    const settled = { ...campaign, state: "settled" as const, finalAsOf: run.asOf, revision: campaign.revision + 1 };
    if (await deps.plans.saveCampaign(settled)) return;
  }
}

export async function allLines(deps: Pick<Deps, "ledger">, runId: string): Promise<Line[]> {
  const lines: Line[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<Deps["ledger"]["lines"]>> = await deps.ledger.lines(runId, { limit: 200, cursor });
    lines.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return lines;
}

function superseded(run: Run): Refusal {
  return new Refusal("conflict", `${run.runId} is not the newest run of ${run.campaign}; a newer one was posted`);
}
