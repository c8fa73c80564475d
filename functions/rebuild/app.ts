import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";
import * as z from "zod";
import type { RebuildDeps } from "#app/crediting/rebuild-job.ts";
import { type RebuildSettings, type RebuildSteps, runRebuild } from "#app/crediting/run-rebuild.ts";
import { log } from "../_kit/log.ts";

/** Parts that one execution works on side by side. */
const AT_ONCE = 4;

const requestSchema = z.object({ campaign: z.string(), epoch: z.int(), attempt: z.int().optional() });

/** Computes credits and totals of a campaign anew after its rules changed, in steps that can each be done again. */
export function createRebuild(deps: RebuildDeps, settings: RebuildSettings = {}) {
  return withDurableExecution(async (event: unknown, context: DurableContext) => {
    const { campaign, epoch, attempt = 1 } = requestSchema.parse(event);
    const outcome = await runRebuild(deps, { campaign, epoch, attempt }, durableSteps(context), settings);
    log.info("rebuilt", { campaign, epoch, attempt, outcome });
    return { campaign, epoch, attempt, outcome };
  });
}

/** An invocation has 15 minutes; with less than this left, the next step begins in a fresh one. */
const ENOUGH_MS = 5 * 60_000;

function durableSteps(context: DurableContext): RebuildSteps {
  return {
    ...stepsIn(context),
    each: async (name, items, work) => {
      const done = await context.map(name, [...items], (child, item, index) => work(stepsIn(child), item, index), {
        maxConcurrency: AT_ONCE,
      });
      done.throwIfError();
      return done.getResults();
    },
  };
}

/** How much time was left is kept with a step's result, so that the program is played again in the same way. */
function stepsIn(context: DurableContext): Pick<RebuildSteps, "step"> {
  return {
    step: async (name, work) => {
      const { result, isTired } = await context.step(name, async () => ({
        result: await work(),
        isTired: context.lambdaContext.getRemainingTimeInMillis() < ENOUGH_MS,
      }));
      if (isTired) await context.wait(`${name}-rest`, { seconds: 1 });
      return result;
    },
  };
}
