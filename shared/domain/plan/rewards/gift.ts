import * as z from "zod";
import { slugSchema } from "../../ids.ts";
import { attributeNameSchema, moneySchema, policySchema, rewardHeaderShape } from "../parts.ts";

/** Pieces of an item for facts or subjects that qualify, while the stock lasts. */
export const giftSchema = z.strictObject({
  kind: z.literal("gift"),
  ...rewardHeaderShape,
  item: slugSchema,
  pieces: z.int().min(1),
  for: z
    .union([
      z.enum(["eachFact", "eachRecipient"], {
        error:
          "say for what: `eachFact` – each counted fact above zero (two renewals of one customer: two gifts) · `eachRecipient` – once for each recipient (one gift)",
      }),
      z.strictObject(
        { every: moneySchema.describe("So much of the measure, in its own unit") },
        { error: '{every: "100"} – each time the payee\'s measure is that much higher' },
      ),
    ])
    .describe(
      "`eachFact`: each counted fact above zero · `eachRecipient`: once for each recipient · `every`: for each whole time that the measure holds so much",
    ),
  to: z
    .union([
      z.literal("payee", { error: "say who receives it: `payee` – who sold or the unit" }),
      z.strictObject(
        { attribute: attributeNameSchema },
        { error: "{attribute: customer} – whom the fact names there; the payee hands it out" },
      ),
    ])
    .describe(
      "`payee`: who sold, or the unit · `attribute`: whom the fact names in it; the line is the payee's, who hands it out",
    ),
  atMost: z
    .strictObject({
      pieces: z.int().min(1),
      each: policySchema(
        "for whom the limit is (here 2, with 3 gifts for each of two customers)",
        ["payee", "recipient"],
        {
          payee: "the payee's gifts in a slice: 2 in all",
          recipient: "each recipient's gifts in a slice: 2 and 2",
        },
      ),
    })
    .optional(),
  stock: slugSchema.optional().describe("The stock that it is taken from, first come, first served"),
  value: moneySchema.optional().describe("What a piece costs, for the plan's maximum liability"),
});
export type GiftReward = z.infer<typeof giftSchema>;
