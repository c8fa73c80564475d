import { Refusal } from "#domain/problem.ts";
import type { Run, RunOutcome } from "#domain/run.ts";
import type { Deps } from "../deps.ts";

export async function requireRun(deps: Pick<Deps, "ledger">, campaign: string, runId: string): Promise<Run> {
  const run = await deps.ledger.run(campaign, runId);
  if (!run) throw new Refusal("notFound", `there is no run ${runId} of ${campaign}`);
  return run;
}

/**
 * Changes a run's record against its newest revision; starts over when another was faster.
 *
 * @param change the new record without its revision, or undefined when nothing is to change
 */
export async function updateRun(
  deps: Pick<Deps, "ledger">,
  campaign: string,
  runId: string,
  change: (run: Run) => Run | undefined,
): Promise<Run> {
  for (;;) {
    const run = await requireRun(deps, campaign, runId);
    const changed = change(run);
    if (!changed) return run;
    const next = { ...changed, revision: run.revision + 1 };
    if (await deps.ledger.saveRun(next)) return next;
  }
}

/** What a run came to, for lists of campaigns; undefined before it was decided. */
export function outcomeOf({ campaign, runId, kind, asOf, startedAt, totals }: Run, currency: string) {
  if (totals === undefined) return undefined;
  const { all, held, budgets } = totals;
  const outcome: RunOutcome = {
    campaign,
    runId,
    kind,
    asOf,
    startedAt,
    currency,
    all,
    ...(held === undefined ? {} : { held }),
    budgets,
  };
  return outcome;
}
