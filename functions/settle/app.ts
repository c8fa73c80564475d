import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";
import * as z from "zod";
import { awaitApproval } from "#app/settlement/compute-run.ts";
import { expireRun } from "#app/settlement/expire-run.ts";
import { keepStanding } from "#app/settlement/run-outcome.ts";
import { requireRun } from "#app/settlement/run-record.ts";
import { computeRun, payApproved, type SettleSettings, tellProvisional } from "#app/settlement/settle-run.ts";
import { RUN_KINDS } from "#domain/run.ts";
import type { SettleDeps } from "../_kit/deps.ts";
import { durableSteps } from "./durable-steps.ts";

/** How long a run waits for its second person; then it is closed, and a new one can be asked for. */
const DECISION_DAYS = 80;

const requestSchema = z.object({
  campaign: z.string(),
  runId: z.string(),
  kind: z.enum(RUN_KINDS),
  asOf: z.string(),
  submittedBy: z.string(),
});
type Request = z.infer<typeof requestSchema>;

/**
 * Settlement as a durable function: freeze → read the facts in stretches → decide → store → wait for the second person → post
 * → pay → tell. Each step is a use case that can be repeated, so an execution can be cut off between any two writes.
 *
 * @param settings how the work is cut up; by itself it follows the amount of work
 */
export function createSettle(deps: SettleDeps, settings: SettleSettings = {}) {
  return withDurableExecution(async (event: unknown, context: DurableContext) => {
    const request = requestSchema.parse(event);
    const steps = durableSteps(context);
    await computeRun(deps, request, steps, settings);
    if (request.kind === "provisional") {
      await tellProvisional(deps, request, steps);
      return { state: "computed" };
    }
    if ((await context.step("outcome", () => stateOf(deps, request))) === "unchanged") return { state: "unchanged" };
    const state = await decision(deps, request, context);
    if (state !== "approved") {
      // Told when it was decided; a machine can have stopped between the two.
      await context.step("standing", () => keepStanding(deps, request.campaign));
      return { state };
    }
    await payApproved(deps, request, steps);
    return { state: "posted" };
  });
}

/** Waits until the run is decided. A wake-up only says "look": one that comes for nothing waits again. */
async function decision(deps: SettleDeps, { campaign, runId }: Request, context: DurableContext): Promise<string> {
  for (let look = 1; ; look += 1) {
    try {
      await context.waitForCallback(
        `approval-${look}`,
        (callbackId) => awaitApproval(deps, { campaign, runId }, callbackId),
        {
          timeout: { days: DECISION_DAYS },
        },
      );
    } catch {
      await context.step(`expire-${look}`, () => expireRun(deps, campaign, runId, DECISION_DAYS));
    }
    const state = await context.step(`look-${look}`, () => stateOf(deps, { campaign, runId }));
    if (state !== "awaitingApproval") return state;
  }
}

async function stateOf(deps: SettleDeps, { campaign, runId }: Pick<Request, "campaign" | "runId">): Promise<string> {
  return (await requireRun(deps, campaign, runId)).state;
}
