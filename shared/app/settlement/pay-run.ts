import { Directory } from "#domain/org.ts";
import type { Run } from "#domain/run.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { frozenSources } from "./freeze-run.ts";
import { payoutsOf } from "./payouts.ts";
import { requireRun } from "./run-record.ts";

type PayDeps = Pick<Deps, "ledger" | "files" | "payoutWriter">;

/** Writes in flight at once. */
const WRITES_AT_ONCE = 8;

/**
 * Works out what a posted run pays each payee, keeps it, and writes the payout files. What is no longer due is recovered
 * by the plan's policy, and no payout is ever below zero. Doing it again gives the payouts that were kept the first time.
 */
export async function payRun(
  deps: PayDeps,
  campaignId: string,
  runId: string,
): Promise<NonNullable<Run["payoutFiles"]>> {
  const run = await requireRun(deps, campaignId, runId);
  const { plan, units, memberships } = await frozenSources(deps, run);
  const directory = new Directory(units, memberships, plan.period.zone);
  const [postings, earlier] = await Promise.all([deps.ledger.postings(campaignId), deps.ledger.payouts(campaignId)]);
  const due = payoutsOf(
    run,
    plan,
    directory,
    postings,
    earlier.filter((payout) => payout.runId !== runId),
  );
  const payouts = await inParallel(WRITES_AT_ONCE, due, (payout) => deps.ledger.addPayout(payout));
  const meta = { runId, resultHash: run.resultHash ?? "" };
  const files = { csv: `payouts/${runId}.csv`, xlsx: `payouts/${runId}.xlsx` };
  await deps.files.put(files.csv, await deps.payoutWriter.csv(payouts, meta), "text/csv; charset=utf-8");
  await deps.files.put(
    files.xlsx,
    await deps.payoutWriter.xlsx(payouts, meta),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  );
  return files;
}
