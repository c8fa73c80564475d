import * as z from "zod";
import { ROUNDING_MODES } from "../../decimal.ts";
import { slugSchema } from "../../ids.ts";
import { membershipInstantSchema, moneySchema, policySchema, rateSchema, rewardHeaderShape } from "../parts.ts";

const roundedSchema = z.strictObject({ mode: z.enum(ROUNDING_MODES), unit: moneySchema });

const potSchema = z.union([
  z.strictObject({ amount: moneySchema }, { error: '{amount: "50000.00"} – a fixed pot' }),
  z.strictObject(
    {
      rate: rateSchema,
      measure: slugSchema.describe("Summed over everybody in the reward's scope, gates or not"),
      rounding: roundedSchema,
    },
    { error: '{rate: "5%", measure: sales, rounding: {mode, unit}} – a rate of what all sold' },
  ),
]);

const byRankSchema = z.strictObject({
  shares: z.array(rateSchema).min(1).describe("Of the pot, by place from the first; they sum to exactly 1"),
  ties: policySchema(
    "who takes which place among equal values (here two tie for first, shares 50 %, 30 % and 20 %)",
    ["earliestReach", "earlierLastFact", "poolPrizes"],
    {
      earliestReach: "who first reached the value takes 50 %, the other 30 %",
      earlierLastFact: "whose last sale is earlier takes 50 %, the other 30 %",
      poolPrizes: "they share the sum of their places, 40 % each; the next is third",
    },
  ),
  belowAverage: policySchema(
    "what a winner gets who contributed less than the average (here a prize of 75, a contribution of 10, an average of 30)",
    ["full", "scaledAndShared"],
    {
      full: "the whole prize: 75",
      scaledAndShared:
        "prize × contribution ÷ average: 25; the other 50 goes to all above the average, by what they are above it",
    },
  ),
  contribution: slugSchema.optional().describe("The measure of what each contributed; with `scaledAndShared`"),
  unclaimed: policySchema(
    "what becomes of the shares of places that nobody takes (here 50 %, 30 % and 20 % of 100 with two who take part)",
    ["kept", "redistributed"],
    {
      kept: "they are not paid: 50 and 30",
      redistributed: "the shares that are taken are scaled up: 62.50 and 37.50",
    },
  ),
});

const shareSchema = z.union([
  z.strictObject(
    { byRank: byRankSchema },
    { error: "{byRank: {shares, ties, belowAverage, unclaimed}} – by place in the measure" },
  ),
  z.strictObject(
    { byContribution: z.literal(true) },
    { error: "{byContribution: true} – in proportion to the measure" },
  ),
  z.strictObject(
    {
      byWeight: z.strictObject({
        roles: z.record(slugSchema, rateSchema).describe("The weight of each role; other roles take no part"),
        membership: membershipInstantSchema,
      }),
    },
    { error: "{byWeight: {roles: {manager: '2', agent: '1'}, membership: periodEnd}} – by role" },
  ),
  z.strictObject(
    {
      byAttainment: slugSchema.describe("A label of the targets table"),
      atMost: rateSchema.optional().describe("The most of an attainment that counts"),
    },
    { error: "{byAttainment: budget} – in proportion to what was attained of that target" },
  ),
]);
export type PoolShare = z.infer<typeof shareSchema>;

/** A prize pot that is shared to the last minor unit. */
export const poolSchema = z.strictObject({
  kind: z.literal("pool"),
  ...rewardHeaderShape,
  pot: potSchema,
  share: shareSchema,
});
export type PoolReward = z.infer<typeof poolSchema>;
