import type { Deps } from "#app/deps.ts";
import { type DueAction, startDueWork } from "#app/due-work.ts";
import { log } from "../_kit/log.ts";

/** Wakes up, looks what is due, sets it going. What a run covers comes from event time in the data, not from the wake-up. */
export function createClock(
  deps: Pick<Deps, "plans" | "ledger" | "derived" | "files" | "jobs" | "clock">,
): () => Promise<readonly DueAction[]> {
  return async () => {
    const actions = await startDueWork(deps);
    for (const action of actions) log.info("started what was due", { ...action });
    return actions;
  };
}
