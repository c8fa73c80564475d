import type { Dispute } from "./dispute-state.tsx";

const UNDECIDED: readonly Dispute["state"][] = ["open", "assigned", "answered"];

/** Whether something can still be said and decided. */
export function isUndecided(state: Dispute["state"]): boolean {
  return UNDECIDED.includes(state);
}
