import * as z from "zod";
import { slugSchema } from "../../ids.ts";
import { multipliersSchema, rateSchema, rewardHeaderShape, roundingSchema } from "../parts.ts";

/** Points of a programme: earned by a measure, redeemed and expired from the oldest. */
export const pointsSchema = z.strictObject({
  kind: z.literal("points"),
  ...rewardHeaderShape,
  programme: slugSchema,
  rate: rateSchema.describe("Points for each unit of the measure"),
  rounding: roundingSchema.describe("The unit is a number of points"),
  multipliers: multipliersSchema.optional(),
  expiry: z
    .strictObject({ after: z.string().describe("ISO 8601 duration after the fact that earned them") })
    .optional(),
  redemption: z
    .strictObject({ measure: slugSchema.describe("What is redeemed: of each fact above zero the whole points") })
    .optional(),
});
export type PointsReward = z.infer<typeof pointsSchema>;
