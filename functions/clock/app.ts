import { type DueAction, startDueWork } from "#app/settlement/due-work.ts";
import type { ClockDeps } from "../_kit/deps.ts";
import { log } from "../_kit/log.ts";

/** Wakes up, looks what is due, sets it going. What a run covers comes from event time in the data, not from the wake-up. */
export function createClock(deps: ClockDeps): () => Promise<readonly DueAction[]> {
  return async () => {
    const actions = await startDueWork(deps);
    for (const action of actions) log.info("started what was due", { ...action });
    return actions;
  };
}
