import * as z from "zod";
import { rateSchema, rewardHeaderShape, roundingSchema } from "../parts.ts";

/** A rate of the measure. `rounding` has no default: each sale or the total gives different cents. */
export const commissionSchema = z.strictObject({
  kind: z.literal("commission"),
  ...rewardHeaderShape,
  rate: rateSchema,
  rounding: roundingSchema,
});
export type CommissionReward = z.infer<typeof commissionSchema>;
