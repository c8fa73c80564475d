import * as z from "zod";
import { prizesSchema, rewardHeaderShape } from "../parts.ts";

export const TIE_POLICIES = ["earliestReach", "earlierLastFact", "poolPrizes", "samePrize"] as const;
export const GATE_EFFECTS = ["rerank", "forfeit"] as const;

/** Prizes by rank of the measure. `ties` and `gateEffect` have no default: each choice pays other people. */
export const rankingSchema = z.strictObject({
  kind: z.literal("ranking"),
  ...rewardHeaderShape,
  gateEffect: z
    .enum(GATE_EFFECTS)
    .describe(
      "`rerank`: who fails a gate is removed and those below move up · `forfeit`: keeps the place, the prize is lost",
    ),
  ties: z
    .enum(TIE_POLICIES)
    .describe(
      "`earliestReach`: who first reached the final value · `earlierLastFact`: whose last sale is earlier · " +
        "`poolPrizes`: the tied share the sum of the places they occupy (25, 15, 8 for three firsts: 16 each) · " +
        "`samePrize`: all tied win the first of their places (25 each)",
    ),
  prizes: prizesSchema,
});
export type RankingReward = z.infer<typeof rankingSchema>;
