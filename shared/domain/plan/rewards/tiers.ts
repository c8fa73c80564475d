import * as z from "zod";
import {
  measuredBySchema,
  moneySchema,
  policySchema,
  positionSchema,
  pricingScopeSchema,
  rateSchema,
  rewardHeaderShape,
  roundingSchema,
} from "../parts.ts";

export const BAND_MODES = ["marginal", "whole", "interpolated"] as const;

const bandModeSchema = policySchema(
  "what a band prices (here 4,000 at 1 % up to 1,000 and 2 % up to 5,000)",
  BAND_MODES,
  {
    marginal: "only the part that lies in it; the bands below price theirs: 10 + 60 = 70",
    whole: "everything, from the first unit: 80",
    interpolated: "everything, at a rate that grows from nothing to the full one over the band: 1 % + ¾ of 2 %, 100",
  },
);

/** A stretch of the value or of its attainment, and what it pays. */
export const tierBandSchema = z.strictObject({
  from: positionSchema,
  to: positionSchema.optional().describe("Only the last band may go on without end; an end there caps what is priced"),
  rate: rateSchema.optional().describe("Of the money that the band prices"),
  perUnit: moneySchema.optional().describe("For each unit that the band prices"),
  flat: moneySchema.optional().describe("Once, for reaching the band"),
  mode: bandModeSchema.optional().describe("Where this band differs from the reward's mode"),
});
export type TierBand = z.infer<typeof tierBandSchema>;

/**
 * Pay by band of a value or of its attainment. The band that the value lies in decides: `whole` prices everything and takes
 * the place of the bands below; `marginal` and `interpolated` add to what the value at the band's start would be paid.
 */
export const tiersSchema = z.strictObject({
  kind: z.literal("tiers"),
  ...rewardHeaderShape,
  by: measuredBySchema,
  mode: bandModeSchema,
  edge: policySchema(
    "to which band a value exactly on a boundary belongs (here 15 units, whole, at 10 up to 15 and 5 above)",
    ["lower", "upper"],
    { lower: "the one that ends there: 150", upper: "the one that starts there: 75" },
  ),
  scope: pricingScopeSchema(
    "what is looked up in the bands (here sales of 1,500 and 1,200, marginal, at 1 % up to 1,000 and 2 % above)",
    { perFact: "each sale by itself: 20 + 14 = 34", cumulative: "the total, 2,700: 44" },
  ),
  rounding: roundingSchema,
  bands: z.array(tierBandSchema).min(1).describe("In order, without gaps or overlaps; below the first nothing is paid"),
});
export type TiersReward = z.infer<typeof tiersSchema>;
