import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";
import * as z from "zod";
import { awaitApproval, concludeRun, failRun, foldSegment } from "#app/settlement/compute-run.ts";
import { expireRun } from "#app/settlement/expire-run.ts";
import { freezeRun } from "#app/settlement/freeze-run.ts";
import { payRun } from "#app/settlement/pay-run.ts";
import { finishRun, postRun } from "#app/settlement/post-run.ts";
import { requireRun } from "#app/settlement/run-record.ts";
import { writeStatements } from "#app/settlement/write-statements.ts";
import { RUN_KINDS } from "#domain/run.ts";
import type { SettleDeps } from "../_kit/deps.ts";

/** Disjoint parts of all facts, folded side by side. */
const SEGMENTS = 4;

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
 * Settlement as a durable function: freeze → map (fold) → merge and decide → wait for the second person → post → pay →
 * tell. Each step is a use case that can be repeated, so an execution can be cut off between any two writes.
 */
export function createSettle(deps: SettleDeps) {
  return withDurableExecution(async (event: unknown, context: DurableContext) => {
    const request = requestSchema.parse(event);
    await compute(deps, request, context);
    if (request.kind === "provisional") {
      await context.step("statements", () => writeStatements(deps, request.campaign, request.runId));
      return { state: "computed" };
    }
    if ((await context.step("outcome", () => stateOf(deps, request))) === "unchanged") return { state: "unchanged" };
    const state = await decision(deps, request, context);
    if (state !== "approved") return { state };
    await context.step("post", () => postRun(deps, request.campaign, request.runId));
    const files = await context.step("pay", () => payRun(deps, request.campaign, request.runId));
    await context.step("statements", () => writeStatements(deps, request.campaign, request.runId));
    await context.step("finish", () => finishRun(deps, request.campaign, request.runId, files));
    return { state: "posted" };
  });
}

async function compute(deps: SettleDeps, request: Request, context: DurableContext): Promise<void> {
  try {
    await context.step("freeze", async () => {
      await freezeRun(deps, request);
    });
    const segments = Array.from({ length: SEGMENTS }, (_, segment) => segment);
    const folded = await context.map(
      "fold",
      segments,
      (child, segment) => child.step(`fold-${segment}`, () => foldSegment(deps, request, segment, SEGMENTS)),
      {
        maxConcurrency: 2,
      },
    );
    folded.throwIfError();
    await context.step("decide", () => concludeRun(deps, request, SEGMENTS));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await context.step("fail", () => failRun(deps, request, reason));
    throw error;
  }
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
