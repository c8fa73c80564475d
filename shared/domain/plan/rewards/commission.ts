import * as z from "zod";
import { clawbackSchema, multipliersSchema, rateSchema, rewardHeaderShape, roundingSchema } from "../parts.ts";

/** A rate of the measure. `rounding` has no default: each sale or the total gives different cents. */
export const commissionSchema = z.strictObject({
  kind: z.literal("commission"),
  ...rewardHeaderShape,
  rate: rateSchema,
  rounding: roundingSchema,
  multipliers: multipliersSchema.optional().describe("Factors on what each sale pays"),
  clawback: clawbackSchema.optional(),
});
export type CommissionReward = z.infer<typeof commissionSchema>;
