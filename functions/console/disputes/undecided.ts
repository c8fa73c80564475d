import type { Dispute } from "./types.ts";

const UNDECIDED: readonly Dispute["state"][] = ["open", "assigned", "answered"];

/** Whether something can still be said and decided. */
export function isUndecided(state: Dispute["state"]): boolean {
  return UNDECIDED.includes(state);
}
