import * as z from "zod";
import { slugSchema } from "../../ids.ts";
import { policySchema, rewardHeaderShape, thresholdSchema } from "../parts.ts";

/** A badge without money, held for a slice: a red flag that travels to the best, a title for all who reach a mark. */
export const honourSchema = z.strictObject({
  kind: z.literal("honour"),
  ...rewardHeaderShape,
  badge: slugSchema,
  to: z
    .union(
      [
        z.strictObject(
          {
            best: policySchema("who holds it among equal values", ["all", "earliestReach"], {
              all: "all of them",
              earliestReach: "who reached the value first; then the smaller id, and the run says so",
            }),
          },
          { error: "say who holds it: {best: all} – the highest value of the measure" },
        ),
        z.strictObject({ atLeast: thresholdSchema }, { error: '{atLeast: {value: "95"}} – everybody at or above' }),
        z.strictObject(
          { winnerOf: slugSchema.describe("An earlier ranking of the same level and slices") },
          { error: "{winnerOf: cup} – everybody on place 1 of an earlier ranking" },
        ),
      ],
      { error: 'say {best: all}, {best: earliestReach}, {atLeast: {value: "95"}} or {winnerOf: <ranking>}' },
    )
    .describe(
      "`best`: the highest value · `atLeast`: everybody at or above · `winnerOf`: everybody on place 1 of an earlier ranking",
    ),
  nobody: policySchema("who holds it in a slice that nobody earns it in (here after Ann)", ["keeps", "vacant"], {
    keeps: "who held it before: Ann",
    vacant: "nobody",
  }),
});
export type HonourReward = z.infer<typeof honourSchema>;
