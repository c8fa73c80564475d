import { lineId } from "#domain/line.ts";
import { type Part, WHOLE } from "#domain/part.ts";
import type { Payout, Run } from "#domain/run.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { frozenRules } from "./frozen-rules.ts";
import { payoutFilesOf } from "./payout-files.ts";
import { payoutsOf } from "./payouts.ts";
import { requireRun } from "./run-record.ts";

type PayDeps = Pick<Deps, "ledger" | "files" | "payoutWriter">;

/** Writes in flight at once. */
const WRITES_AT_ONCE = 8;

/**
 * Works out what a posted run pays each payee of a part, keeps it, and writes the part's payout files. What is no longer due is recovered
 * by the plan's policy, and no payout is ever below zero. Doing it again gives the payouts that were kept the first time.
 * A run that a newer one overtakes here pays what it has kept so far; the newer one brings the rest forward.
 */
export async function payRun(
  deps: PayDeps,
  campaignId: string,
  runId: string,
  part: Part = WHOLE,
): Promise<NonNullable<Run["payoutFiles"]>> {
  const run = await requireRun(deps, campaignId, runId);
  const payouts = await keepPayouts(deps, run, part);
  const meta = { runId, resultHash: run.resultHash ?? "" };
  const files = payoutFilesOf(runId, part);
  await deps.files.put(files.csv, await deps.payoutWriter.csv(payouts, meta), "text/csv; charset=utf-8");
  await deps.files.put(
    files.xlsx,
    await deps.payoutWriter.xlsx(payouts, meta),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  );
  return files;
}

/**
 * Reads payouts first, then postings, then the head, then appends: a newer run's payout takes the payee's number away, never the
 * other way round, and who loses a number works the payee out again. So the same posting is never paid by two runs.
 */
async function keepPayouts(deps: PayDeps, run: Run, part: Part): Promise<Payout[]> {
  const { plan, directory } = (await frozenRules(deps, run)).rules;
  for (;;) {
    const kept = await deps.ledger.payouts(run.campaign, part);
    const postings = await deps.ledger.postings(run.campaign, part);
    const head = await deps.ledger.head(run.campaign);
    const own = kept.filter(({ runId }) => runId === run.runId);
    const paid = new Set(own.map(({ payee }) => lineId("", payee)));
    const due = payoutsOf(run, plan, directory, postings, kept).filter(({ payee }) => !paid.has(lineId("", payee)));
    if (due.length === 0 || head?.runId !== run.runId) return own;
    await inParallel(WRITES_AT_ONCE, due, (payout) => deps.ledger.addPayout(payout));
  }
}
