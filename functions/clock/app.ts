import { expireDueReservations } from "#app/reservations/expire-due.ts";
import { type DueAction, startDueWork } from "#app/settlement/due-work.ts";
import type { ClockDeps } from "../_kit/deps.ts";
import { log } from "../_kit/log.ts";

/** Wakes up, looks what is due, sets it going. What a run covers comes from event time in the data, not from the wake-up. */
export function createClock(deps: ClockDeps): () => Promise<readonly DueAction[]> {
  return async () => {
    // Neither waits for the other, and neither is left out when the other fails.
    const [started, freed] = await Promise.allSettled([startDueWork(deps), expireDueReservations(deps)]);
    const actions = started.status === "fulfilled" ? started.value : [];
    for (const action of actions) log.info("started what was due", { ...action });
    for (const expiry of freed.status === "fulfilled" ? freed.value : []) log.info("freed reservations", { ...expiry });
    const errors = [started, freed].flatMap((look) => (look.status === "rejected" ? [look.reason] : []));
    if (errors.length > 0) throw new AggregateError(errors, "not all that is due could be looked after");
    return actions;
  };
}
