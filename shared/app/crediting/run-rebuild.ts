import type { RebuildJob } from "#domain/rebuild.ts";
import { LiveRules } from "./live-rules.ts";
import { countCredits, creditStep } from "./rebuild-credits.ts";
import {
  beginRebuild,
  creditParts,
  handOver,
  type RebuildDeps,
  type RebuildRequest,
  type StepBounds,
  type StepOutcome,
} from "./rebuild-job.ts";
import { endRebuild, totalsStep } from "./rebuild-totals.ts";

/** What a rebuild asks of the machine that carries it. Results are JSON and small. */
export interface RebuildSteps {
  /** Does a step once; one that was cut off is done again, and every step can be. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Steps side by side, some at a time; results in the order of the items. */
  each<T, R>(
    name: string,
    items: readonly T[],
    work: (steps: Pick<RebuildSteps, "step">, item: T, index: number) => Promise<R>,
  ): Promise<R[]>;
}

export interface RebuildSettings {
  /** How many steps an execution does before the next one takes over. */
  readonly steps?: number;
  readonly bounds?: StepBounds;
  /** How many segments all facts are read in, whatever their number. */
  readonly segments?: number;
  readonly liveRules?: LiveRules;
}

/** A durable execution may have 3,000 operations; each step is one, and each part one more. */
const MOST_STEPS = 2_000;

/** What came of an execution: `handedOver`: the clock starts the next one. */
export type RebuildOutcome = "nothing" | "superseded" | "handedOver" | "finished";

/**
 * Computes anew what a change of rules asks for, beside the live workers: credits, then totals. How far it is is kept in the
 * derived table, not in the execution: one that has done its steps ends, and the clock starts another that goes on from there.
 */
export async function runRebuild(
  deps: RebuildDeps,
  request: RebuildRequest,
  steps: RebuildSteps,
  { steps: most = MOST_STEPS, bounds, segments, liveRules = new LiveRules() }: RebuildSettings = {},
): Promise<RebuildOutcome> {
  const job = await steps.step("begin", async () => (await beginRebuild(deps, request, segments)) ?? null);
  if (job === null) return "nothing";
  const options = { liveRules, ...(bounds ? { bounds } : {}) };
  const credited = await creditAll(deps, job, steps, most, options);
  if (credited === "superseded") return credited;
  if (credited === "done" && !(await steps.step("count", () => countCredits(deps, job)))) return "superseded";
  const totals =
    credited === "more" ? credited : await repeat(steps, "totals", most, () => totalsStep(deps, job, options));
  if (totals === "superseded") return totals;
  if (totals === "more") {
    await steps.step("hand over", () => handOver(deps, request));
    return "handedOver";
  }
  await steps.step("end", () => endRebuild(deps, job));
  return "finished";
}

async function creditAll(
  deps: RebuildDeps,
  job: RebuildJob,
  steps: RebuildSteps,
  most: number,
  options: Parameters<typeof creditStep>[3],
): Promise<StepOutcome> {
  const parts = creditParts(job);
  if (parts.length === 0) return "done";
  const share = Math.max(1, Math.floor(most / parts.length));
  const outcomes = await steps.each("credit", parts, (own, part) =>
    repeat(own, part, share, () => creditStep(deps, job, part, options)),
  );
  for (const outcome of ["superseded", "more"] as const) if (outcomes.includes(outcome)) return outcome;
  return "done";
}

/** Does a step again until its part is done, or so often. */
async function repeat(
  steps: Pick<RebuildSteps, "step">,
  name: string,
  most: number,
  step: () => Promise<StepOutcome>,
): Promise<StepOutcome> {
  for (let number = 1; number <= most; number += 1) {
    const outcome = await steps.step(`${name}-${number}`, step);
    if (outcome !== "more") return outcome;
  }
  return "more";
}
