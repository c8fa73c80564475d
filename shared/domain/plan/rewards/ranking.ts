import * as z from "zod";
import { measuredBySchema, policySchema, prizesSchema, rewardHeaderShape } from "../parts.ts";

export const TIE_POLICIES = ["earliestReach", "earlierLastFact", "poolPrizes", "samePrize"] as const;
export const GATE_EFFECTS = ["rerank", "forfeit"] as const;

/** Prizes by rank of the measure. `ties` and `gateEffect` have no default: each choice pays other people. */
export const rankingSchema = z.strictObject({
  kind: z.literal("ranking"),
  ...rewardHeaderShape,
  by: measuredBySchema.optional().describe("What is ranked; without it the measure's value"),
  gateEffect: policySchema("what a failed gate does", GATE_EFFECTS, {
    rerank: "who fails is removed and those below move up",
    forfeit: "who fails keeps the place, its prize is lost",
  }),
  ties: policySchema("who wins among equal values (here three tie for first, prizes 25, 15 and 8)", TIE_POLICIES, {
    earliestReach: "who first reached the value wins 25, the second 15, the third 8",
    earlierLastFact: "whose last sale is earliest wins 25, the next 15, the last 8",
    poolPrizes: "they share the sum of their places, 16 each; the next is fourth",
    samePrize: "all win the first of their places, 25 each; the next is fourth",
  }),
  prizes: prizesSchema,
});
export type RankingReward = z.infer<typeof rankingSchema>;
