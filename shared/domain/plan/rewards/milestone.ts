import * as z from "zod";
import { measuredBySchema, moneySchema, policySchema, positionSchema, rewardHeaderShape } from "../parts.ts";

/** Lump sums for reaching steps of a value or of its attainment; a step is reached at equality. */
export const milestoneSchema = z.strictObject({
  kind: z.literal("milestone"),
  ...rewardHeaderShape,
  by: measuredBySchema,
  policy: policySchema("which steps pay (here 100 at 10 units and 250 at 20, with 20 sold)", ["every", "highestOnly"], {
    every: "each that was reached: 350",
    highestOnly: "only the highest that was reached: 250",
  }),
  reach: policySchema(
    "which value must be at the step (here 10 units, 12 sold and then 3 returned)",
    ["final", "peak"],
    {
      final: "the one at the end, 9: nothing is paid",
      peak: "the highest on the way, 12: the step is paid",
    },
  ),
  steps: z
    .array(z.strictObject({ at: positionSchema, amount: moneySchema }))
    .min(1)
    .describe("In rising order"),
});
export type MilestoneReward = z.infer<typeof milestoneSchema>;
