import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import type { Deps } from "../deps.ts";
import { isDropped, keepStanding } from "./run-outcome.ts";

export async function requireRun(deps: Pick<Deps, "ledger">, campaign: string, runId: string): Promise<Run> {
  const run = await deps.ledger.run(campaign, runId);
  if (!run) throw new Refusal("notFound", `there is no run ${runId} of ${campaign}`);
  return run;
}

/**
 * Changes a run's record against its newest revision; starts over when another was faster. Of a run that is or becomes rejected or
 * failed, lists are told what stands instead, also when it is done again and nothing is left to change.
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
    const next = changed ? { ...changed, revision: run.revision + 1 } : run;
    if (changed && !(await deps.ledger.saveRun(next))) continue;
    if (isDropped(next)) await keepStanding(deps, campaign);
    return next;
  }
}
