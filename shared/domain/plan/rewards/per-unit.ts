import * as z from "zod";
import {
  clawbackSchema,
  moneySchema,
  multipliersSchema,
  policySchema,
  pricingScopeSchema,
  rewardHeaderShape,
  roundingSchema,
} from "../parts.ts";

/** An amount for each unit sold, or for each package of so many units: a SPIFF. */
export const perUnitSchema = z.strictObject({
  kind: z.literal("perUnit"),
  ...rewardHeaderShape,
  amount: moneySchema.describe("For each unit, or for each package"),
  packages: z
    .strictObject({
      size: moneySchema.describe("Units in a package"),
      partial: policySchema("what a package that is not full is worth (here 121 units in tens)", ["started", "full"], {
        started: "as much as a full one: 13 packages",
        full: "nothing: 12 packages",
      }),
    })
    .optional(),
  freeUnits: moneySchema.default("0").describe("Units that come before the first one that is paid"),
  scope: pricingScopeSchema("what packages and free units are taken of (here 6 and 6 units in started tens)", {
    perFact: "each sale by itself: 1 + 1 packages",
    cumulative: "the total: 2 packages; of 6 and 4 units only 1",
  }),
  rounding: roundingSchema,
  multipliers: multipliersSchema.optional().describe("Factors on what each sale pays; with scope `perFact`"),
  clawback: clawbackSchema.optional(),
});
export type PerUnitReward = z.infer<typeof perUnitSchema>;
