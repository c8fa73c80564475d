import type { FactReceipt } from "#app/intake/record-facts.ts";
import { Refusal } from "#domain/problem.ts";
import { log } from "./log.ts";

/** Facts that the log names; the store lists them all. */
const FIRST_FEW = 5;

/** Logs how many messages of one call contradict what is stored. The alarm counts these lines: their words are named in the API's stack. */
export function logConflicts(receipts: readonly FactReceipt[]): void {
  const facts = receipts.flatMap(({ outcome, fact }) => (outcome === "conflict" && fact !== undefined ? [fact] : []));
  if (facts.length > 0) log.warn("conflicts kept", { conflicts: facts.length, facts: facts.slice(0, FIRST_FEW) });
}

/** The same of a delivery of one fact, which is refused when it is a conflict. */
export function logRefusedConflict(error: unknown): void {
  if (error instanceof Refusal && error.kind === "conflict") {
    log.warn("conflicts kept", { conflicts: 1, detail: error.message });
  }
}
