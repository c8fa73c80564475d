import * as z from "zod";
import { slugSchema } from "../../ids.ts";
import { policySchema, prizesSchema, rewardHeaderShape } from "../parts.ts";

export const TIE_POLICIES = ["earliestReach", "earlierLastFact", "poolPrizes", "samePrize"] as const;
export const GATE_EFFECTS = ["rerank", "forfeit"] as const;

/** What places go by: the measure, its part of a target, or what an earlier scorecard made of several measures. */
const rankedBySchema = z
  .union([
    z.literal("value", { error: "say what is ranked: `value` – the measure" }),
    z.strictObject(
      { attainment: slugSchema.describe("A label of the targets table, for the subject that is judged") },
      { error: "{attainment: start} – measure ÷ the target of that label" },
    ),
    z.strictObject(
      { scorecard: slugSchema.describe("An earlier scorecard of the same level and slices") },
      { error: "{scorecard: card} – the total of an earlier scorecard" },
    ),
  ])
  .describe(
    "What is ranked; without it the measure's value. By `scorecard` its exact total is, and `measure` says only who takes part",
  );
export type RankedBy = z.infer<typeof rankedBySchema>;

/** Prizes by rank of the measure. `ties` and `gateEffect` have no default: each choice pays other people. */
export const rankingSchema = z.strictObject({
  kind: z.literal("ranking"),
  ...rewardHeaderShape,
  by: rankedBySchema.optional(),
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

/** The scorecard that places go by; undefined where they go by the measure or its attainment. */
export function rankedScorecard(by: RankedBy | undefined): string | undefined {
  return typeof by === "object" && "scorecard" in by ? by.scorecard : undefined;
}
