import * as z from "zod";
import { slugSchema } from "../../ids.ts";
import {
  attributeNameSchema,
  moneySchema,
  policySchema,
  rateSchema,
  rewardHeaderShape,
  roundingSchema,
} from "../parts.ts";

const evidenceSchema = z.strictObject({
  measure: slugSchema.describe("What counts the evidence: facts above zero of the same payee"),
  within: z.string().describe("ISO 8601 duration after the order; what occurs from then on is too late"),
  of: z
    .union(
      [
        z.literal("payee", {
          error: "say whose evidence serves an order: `payee` – any of the payee's since the order",
        }),
        z.strictObject(
          { attribute: attributeNameSchema },
          { error: "{attribute: order} – only evidence with the same value in that attribute" },
        ),
      ],
      { error: "say `payee`, or {attribute: order}" },
    )
    .describe(
      "`payee`: any evidence of the payee since the order, so that one can serve several orders · `attribute`: only evidence with the order's value in it",
    ),
  grant: policySchema(
    "when the rebate of an order without evidence is given (here 20 within two months)",
    ["before", "after"],
    {
      before: "at once: 20, and 0 again once two months are over without evidence",
      after: "only once the evidence is there: 0 until then",
    },
  ),
});

/** A part of each order's value, given in goods or as credit. An order is a sale above zero. */
export const rebateSchema = z.strictObject({
  kind: z.literal("rebate"),
  ...rewardHeaderShape,
  rate: rateSchema,
  in: z
    .union(
      [
        z.literal("credit", { error: "say what is given: `credit` – money of the plan's currency" }),
        z.strictObject(
          {
            goods: slugSchema,
            unitValue: moneySchema.describe("What a piece is worth"),
            stock: slugSchema.optional().describe("The stock that it is taken from, first come, first served"),
          },
          { error: '{goods: cola, unitValue: "50.00"} – whole pieces of goods' },
        ),
      ],
      { error: 'say `credit`, or {goods: cola, unitValue: "50.00"}' },
    )
    .describe("`credit`: money · `goods`: as many pieces as the rebate is worth"),
  rounding: roundingSchema.describe("Of money its unit; of goods a number of pieces"),
  order: z
    .strictObject({ minimum: moneySchema.optional(), maximum: moneySchema.optional() })
    .optional()
    .describe("Orders from the minimum to the maximum, both inclusive; others have no rebate"),
  orders: policySchema(
    "which orders have a rebate (here of 5,000, then 12,000, then 15,000, with a minimum of 10,000)",
    ["each", "first", "firstWithin"],
    {
      each: "each within the limits: 12,000 and 15,000",
      first: "the first of all, if it is within the limits: none",
      firstWithin: "the first within the limits: 12,000",
    },
  ),
  customer: attributeNameSchema
    .optional()
    .describe(
      "The attribute that tells customers apart, each with a first order; without it there is one first order a payee",
    ),
  evidence: evidenceSchema.optional().describe("What must arrive for an order, and by when"),
});
export type RebateReward = z.infer<typeof rebateSchema>;
