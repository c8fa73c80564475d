import { campaignChain } from "#domain/audit.ts";
import { formatInstant } from "#domain/instant.ts";
import { audited, SETTLEMENT } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { updateRun } from "./run-record.ts";

/** Closes a run that nobody decided in time, unless somebody did at the last moment. */
export async function expireRun(
  deps: Pick<Deps, "ledger" | "audit" | "clock">,
  campaign: string,
  runId: string,
  days: number,
): Promise<void> {
  const deed = { chain: campaignChain(campaign), action: "run.expire", subject: runId, detail: { days: String(days) } };
  await audited(deps, SETTLEMENT, deed, () =>
    updateRun(deps, campaign, runId, (run) =>
      run.state === "awaitingApproval"
        ? {
            ...run,
            state: "rejected",
            reason: `nobody decided within ${days} days`,
            decidedAt: formatInstant(deps.clock.now()),
          }
        : undefined,
    ),
  );
}
