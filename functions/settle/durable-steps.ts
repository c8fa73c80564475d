import type { DurableContext } from "@aws/durable-execution-sdk-js";
import type { Steps } from "#app/settlement/settle-run.ts";

/** Steps that are in work at once: they wait for the database most of the time, and share one machine's memory. */
const AT_ONCE = 4;

/** An invocation has 15 minutes; with less than this left, the next round begins in a fresh one. */
const ENOUGH_MS = 8 * 60_000;

/**
 * A settlement's steps as operations of a durable execution. An execution has 3,000 operations, and a result at most 256 kB:
 * a step of a map takes two, and its result is a few hundred bytes.
 */
export function durableSteps(context: DurableContext): Steps {
  return {
    step: async (name, work) => context.step(name, work),
    each: async (name, items, work) => {
      const done = await context.map(name, [...items], (child, item, index) => work(stepsIn(child), item, index), {
        maxConcurrency: AT_ONCE,
      });
      done.throwIfError();
      return done.getResults();
    },
    rest: async (name) => {
      // How much time was left is kept, so that the program is played again in the same way.
      const isTired = await context.step(`${name}-look`, async () => msLeft(context) < ENOUGH_MS);
      if (isTired) await context.wait(name, { seconds: 1 });
    },
  };
}

function stepsIn(child: DurableContext): Pick<Steps, "step"> {
  return { step: async (name, work) => child.step(name, work) };
}

function msLeft({ lambdaContext }: DurableContext): number {
  return lambdaContext.getRemainingTimeInMillis();
}
