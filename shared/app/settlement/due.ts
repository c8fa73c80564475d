import { instantOf } from "#domain/instant.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import type { Run } from "#domain/run.ts";
import { addDuration } from "#domain/time.ts";

/**
 * How long after an instant every fact recorded at it is in the store: an intake that took its time stamp writes or fails
 * within its time-out, and no call of the store takes longer (`adapters/dynamodb/client.ts`). A cut-off is settled no earlier than this after it, so a settlement never misses a fact in flight.
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

/**
 * Cut-offs of the interim runs of a plan that are over, in order: the end of each of its run periods but the last (which the
 * final run settles), and the late-facts window after it.
 */
export function interimCutOffs(plan: Plan, now: number): number[] {
  if (plan.runs === "end") return [];
  return sliceWindows(plan, plan.runs)
    .slice(0, -1)
    .map(({ end }) => addDuration(end, plan.lateFacts, plan.period.zone) ?? Number.POSITIVE_INFINITY)
    .filter((cutOff) => now >= cutOff + INTAKE_SETTLING_MS);
}

/** The cut-off that a run of a kind would have now, in milliseconds. */
export function cutOffOf(kind: Run["kind"], plan: Plan, now: number): number {
  if (kind === "final") return planInstants(plan).cutOff;
  if (kind === "interim") return interimCutOffs(plan, now).at(-1) ?? now;
  return kind === "adjustment" ? now - INTAKE_SETTLING_MS : now;
}

/** Recorded after a run's cut-off, and long enough ago that whatever was recorded with it has arrived. */
export function isNewSettled(recordedAt: string, asOf: string, now: number): boolean {
  const at = instantOf(recordedAt);
  return at > instantOf(asOf) && at <= now - INTAKE_SETTLING_MS;
}

/** A run period closed that no standing interim run has settled. */
export function isInterimDue(runs: readonly Run[], plan: Plan, now: number): boolean {
  const newest = interimCutOffs(plan, now).at(-1);
  if (newest === undefined || standing(runs, "final").length > 0) return false;
  return !runs.some(({ kind, asOf }) => kind === "interim" && instantOf(asOf) >= newest);
}
