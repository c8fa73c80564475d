import { instantOf } from "#domain/instant.ts";
import type { Run, RunFigures, RunOutcome } from "#domain/run.ts";
import type { Deps } from "../deps.ts";

/** Computed, and then rejected or failed: what it came to does not count. */
export function isDropped({ state, totals }: Run): boolean {
  return totals !== undefined && (state === "rejected" || state === "failed");
}

/** What a run came to, for lists of campaigns; undefined before it was decided, and when it was dropped. */
export function outcomeOf(run: Run, currency: string): RunOutcome | undefined {
  const figures = isDropped(run) ? undefined : figuresOf(run, currency);
  return figures && { campaign: run.campaign, startedAt: run.startedAt, ...figures };
}

/**
 * The same of all runs of a campaign: of the newest that was computed; when that was dropped, with the figures of the last that stands.
 *
 * @param runs newest last
 */
export function outcomeOfRuns(runs: readonly Run[], currency: string): RunOutcome | undefined {
  const newest = runs.findLast(({ totals }) => totals !== undefined);
  const figures = newest && figuresOf(newest, currency);
  if (newest === undefined || figures === undefined) return undefined;
  const { campaign, startedAt } = newest;
  if (!isDropped(newest)) return { campaign, startedAt, ...figures };
  const standing = runs.findLast((run) => run.totals !== undefined && !isDropped(run));
  const instead = standing && figuresOf(standing, currency);
  return { campaign, startedAt, ...figures, dropped: instead ? { instead } : {} };
}

/** What a list tells of it: nothing when no run stands. */
export function standingFigures({
  campaign: _,
  startedAt: __,
  dropped,
  ...figures
}: RunOutcome): RunFigures | undefined {
  return dropped ? dropped.instead : figures;
}

/**
 * Keeps what stands once a run was dropped. It looks again after it has written: of two who drop runs at once, who writes last has seen
 * both. Where nothing is kept, who lists looks at the runs.
 */
export async function keepStanding({ ledger }: Pick<Deps, "ledger">, campaign: string): Promise<void> {
  for (;;) {
    const [kept] = await ledger.outcomes(campaign, campaign);
    const outcome = kept && outcomeOfRuns(await ledger.runs(campaign), kept.currency);
    if (kept === undefined || outcome === undefined || isKept(kept, outcome)) return;
    await ledger.keepOutcome(outcome);
  }
}

/** Whether nothing is to be written: the same is kept, or another run's that did not start earlier. */
function isKept(kept: RunOutcome, { runId, startedAt, dropped }: RunOutcome): boolean {
  if (kept.runId !== runId) return instantOf(kept.startedAt) >= instantOf(startedAt);
  if (kept.dropped === undefined || dropped === undefined) return kept.dropped === dropped;
  return kept.dropped.instead?.runId === dropped.instead?.runId;
}

function figuresOf({ runId, kind, asOf, totals }: Run, currency: string): RunFigures | undefined {
  if (totals === undefined) return undefined;
  const { all, held, budgets } = totals;
  return { runId, kind, asOf, currency, all, ...(held === undefined ? {} : { held }), budgets };
}
