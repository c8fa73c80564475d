import * as z from "zod";
import { ROUNDING_MODES } from "../../decimal.ts";
import { slugSchema } from "../../ids.ts";
import { moneySchema, policySchema, rateSchema, subjectHeaderShape } from "../parts.ts";

/**
 * Commission on contracts: a part of it is advanced when a contract is issued, all of it is earned month by month, and what was
 * advanced and not earned can be charged back when the contract lapses.
 */
export const advanceSchema = z.strictObject({
  kind: z.literal("advance"),
  ...subjectHeaderShape,
  contract: z.string().describe("A declared attribute of type string that says which contract a fact is about"),
  value: z
    .union([z.strictObject({ yearly: slugSchema }), z.strictObject({ monthly: slugSchema })], {
      error: "use {yearly: premium} or {monthly: premium}, with a measure that sums amounts",
    })
    .describe(
      "A contract's value: of its first fact above zero in this measure, which issues it. A year or a month of it",
    ),
  rate: rateSchema.describe("Of the contract's value"),
  months: z.int().min(1).max(600).describe("For how many months a contract earns commission"),
  advance: z
    .union([z.strictObject({ months: z.int().min(1) }), z.strictObject({ part: rateSchema })], {
      error: 'use {months: 9} or {part: "75%"}',
    })
    .describe("What is paid at issue: so many months of the commission, or so much of all of it"),
  earned: policySchema(
    "when a month of a contract is earned (here on 20 February of a contract that was issued on 5 January)",
    ["monthStart", "monthEnd", "payment"],
    {
      monthStart: "when it begins: 2 months",
      monthEnd: "when it is over: 1 month",
      payment: "with each fact of `payments`: as many as there were",
    },
  ),
  payments: slugSchema.optional().describe("The measure whose facts earn a month each; with `earned: payment` only"),
  lapses: slugSchema.optional().describe("The measure whose first fact after the issue ends a contract"),
  cancelled: policySchema(
    "what a cancelled issue is (here one of a contract that was issued on 5 January, cancelled on 3 May)",
    ["lapse", "void"],
    {
      lapse: "the contract lapses when its issue is cancelled: the months earned until then stay earned",
      void: "the contract never was: all that it paid is taken back",
    },
  ),
  unearned: policySchema(
    "what becomes of what was advanced and is not earned when a contract lapses (here 612 with 272 earned)",
    ["chargeBack", "keep"],
    { chargeBack: "it is charged back: 340", keep: "it is kept: nothing" },
  ),
  recovery: policySchema(
    "what repays an advance (here 600 open on one contract, and 100 earned on another that is earned out)",
    ["contract", "agent"],
    {
      contract: "only what the same contract earns: 100 is paid and 600 stays open",
      agent:
        "all that the participant earns, the own contract's advance first and then the oldest: nothing is paid, 500 stays open",
    },
  ),
  rounding: z.strictObject({ mode: z.enum(ROUNDING_MODES), unit: moneySchema }),
});
export type AdvanceReward = z.infer<typeof advanceSchema>;

/** The measure that says what a contract is worth. */
export function valueMeasure({ value }: AdvanceReward): string {
  return "yearly" in value ? value.yearly : value.monthly;
}
