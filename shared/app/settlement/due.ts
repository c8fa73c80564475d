import { instantOf } from "#domain/instant.ts";
import { planInstants } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Run } from "#domain/run.ts";

/**
 * How long after an instant every fact recorded at it is in the store: an intake that took its time stamp writes or fails
 * within its time-out. A cut-off is settled no earlier than this after it, so a settlement never misses a fact in flight.
 */
export const INTAKE_SETTLING_MS = 60_000;

/** Runs that still stand: neither refused nor broken. */
export function standing(runs: readonly Run[], kind: Run["kind"]): Run[] {
  return runs.filter((run) => run.kind === kind && run.state !== "rejected" && run.state !== "failed");
}

/** The run that waits for something: at most one final or adjustment at a time, so that differences are against what is posted. */
export function openRun(runs: readonly Run[]): Run | undefined {
  return runs.find(
    (run) => run.kind !== "provisional" && ["computing", "awaitingApproval", "approved"].includes(run.state),
  );
}

/** The period and its late-facts window are over, and whatever was recorded inside has arrived. */
export function isFinalDue(plan: Plan, now: number): boolean {
  return now >= planInstants(plan).cutOff + INTAKE_SETTLING_MS;
}

/** The cut-off that a run of a kind would have now, in milliseconds. */
export function cutOffOf(kind: Run["kind"], plan: Plan, now: number): number {
  if (kind === "final") return planInstants(plan).cutOff;
  return kind === "adjustment" ? now - INTAKE_SETTLING_MS : now;
}

/** Recorded after a run's cut-off, and long enough ago that whatever was recorded with it has arrived. */
export function isNewSettled(recordedAt: string, asOf: string, now: number): boolean {
  const at = instantOf(recordedAt);
  return at > instantOf(asOf) && at <= now - INTAKE_SETTLING_MS;
}
