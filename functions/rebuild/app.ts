import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";
import * as z from "zod";
import type { CreditDeps } from "#app/crediting/credit-facts.ts";
import { finishRebuild, rebuildPage } from "#app/crediting/rebuild.ts";
import type { RollUpDeps } from "#app/crediting/roll-up.ts";

/** Disjoint parts of all facts, credited side by side. */
const SEGMENTS = 4;

const requestSchema = z.object({ campaign: z.string(), epoch: z.int() });

/** Credits all facts of a campaign anew after its rules changed, a page a step, beside the live workers. */
export function createRebuild(deps: CreditDeps & RollUpDeps) {
  return withDurableExecution(async (event: unknown, context: DurableContext) => {
    const { campaign, epoch } = requestSchema.parse(event);
    const segments = Array.from({ length: SEGMENTS }, (_, segment) => segment);
    const rebuilt = await context.map(
      "credit",
      segments,
      (child, segment) => creditSegment(deps, child, campaign, segment),
      { maxConcurrency: 2 },
    );
    rebuilt.throwIfError();
    await context.step("finish", () => finishRebuild(deps, campaign, epoch));
    return { campaign, epoch };
  });
}

async function creditSegment(
  deps: CreditDeps,
  context: DurableContext,
  campaign: string,
  segment: number,
): Promise<void> {
  let cursor: string | undefined;
  for (let page = 1; ; page += 1) {
    const from = cursor;
    // A step's result is JSON, so the end of a segment is null, not undefined.
    const next = await context.step(
      `segment-${segment}-page-${page}`,
      async () => (await rebuildPage(deps, { campaign, segment, segments: SEGMENTS, cursor: from })) ?? null,
    );
    if (next === null) return;
    cursor = next;
  }
}
