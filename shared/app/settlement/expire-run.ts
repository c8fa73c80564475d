import { formatInstant } from "#domain/instant.ts";
import type { Deps } from "../deps.ts";
import { updateRun } from "./run-record.ts";

/** Closes a run that nobody decided in time, unless somebody did at the last moment. */
export async function expireRun(
  deps: Pick<Deps, "ledger" | "clock">,
  campaign: string,
  runId: string,
  days: number,
): Promise<void> {
  await updateRun(deps, campaign, runId, (run) =>
    run.state === "awaitingApproval"
      ? {
          ...run,
          state: "rejected",
          reason: `nobody decided within ${days} days`,
          decidedAt: formatInstant(deps.clock.now()),
        }
      : undefined,
  );
}
