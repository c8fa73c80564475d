import * as z from "zod";
import { parseDecimal, parseRational, ROUNDING_MODES } from "../decimal.ts";
import { slugSchema } from "../ids.ts";
import { MEMBERSHIP_INSTANTS } from "../org.ts";

/** The small shapes that several parts of a plan share. */

/** A text in the languages its readers have; English is always there. */
export const localizedSchema = z.strictObject({
  en: z.string().min(1).max(200),
  zh: z.string().min(1).max(200).optional(),
});

/** Money in the plan's currency, as a decimal text that is not negative. Digits are checked against the currency once it is known. */
export const moneySchema = z
  .string()
  .refine((text) => (parseDecimal(text, 8) ?? -1) >= 0, 'use a decimal text that is not negative, such as "8000.00"')
  .meta({ examples: ["8000.00"] });

/** A value that a measure is compared with, in the measure's own unit. */
export const thresholdSchema = z
  .union([
    z.strictObject({ value: moneySchema }),
    z.strictObject({ target: slugSchema.describe("A label of the targets table, for the subject that is judged") }),
  ])
  .describe("Reached at equality");
export type Threshold = z.infer<typeof thresholdSchema>;

export const rateSchema = z
  .string()
  .refine((text) => {
    const rate = parseRational(text);
    return rate !== undefined && rate.num >= 0n;
  }, 'use a rate that is not negative: "35%", "0.35" or "7/20"')
  .meta({ examples: ["35%"] });

/** No default: products differ on which membership counts, and it moves money. */
export const membershipInstantSchema = z
  .enum(MEMBERSHIP_INSTANTS)
  .describe(
    "`occurrence`: the membership in force when the sale occurred · `periodEnd`: the one at the period's last instant; who has none then takes no part",
  );

export const roundingSchema = z.strictObject({
  scope: z
    .enum(["perFact", "perTotal"])
    .describe(
      "`perFact`: each sale's amount is rounded, then summed (three sales of 0.05 at 10 % pay 0.03) · `perTotal`: the sum is rounded once (they pay 0.02)",
    ),
  mode: z.enum(ROUNDING_MODES),
  unit: moneySchema.describe('The smallest amount that is paid, such as "0.01"'),
});

export const CEL_MAX_LENGTH = 1000;
export const conditionTextSchema = z
  .string()
  .min(1)
  .max(CEL_MAX_LENGTH)
  .describe("A CEL expression over kind, source, product, channel, quantity, amount and the declared attributes");

/** What must hold before a subject takes part. */
export const gateSchema = z.strictObject({
  on: z.union([
    z.literal("self"),
    z.strictObject({
      ancestor: slugSchema.describe("The level of the ancestor that is judged"),
      membership: membershipInstantSchema,
    }),
  ]),
  measure: slugSchema,
  atLeast: thresholdSchema,
});
export type Gate = z.infer<typeof gateSchema>;

/** Prizes by place; a band covers `from` to `to` inclusive, each place winning the amount. */
export const prizeBandSchema = z.strictObject({ from: z.int().min(1), to: z.int().min(1), amount: moneySchema });
export type PrizeBand = z.infer<typeof prizeBandSchema>;

export const prizesSchema = z
  .array(prizeBandSchema)
  .min(1)
  .describe("Bands in order, without gaps or overlaps, from place 1");

/** How a unit's award is divided among its members. */
export const splitSchema = z.strictObject({
  byRole: z.record(slugSchema, rateSchema).describe("The coefficient of each role; other roles take no part"),
  membership: membershipInstantSchema,
  nobody: z
    .enum(["unit", "forfeit"])
    .describe("With nobody on file: `unit` pays the unit itself, with a warning · `forfeit` pays nothing"),
});
export type Split = z.infer<typeof splitSchema>;

export const paySchema = z
  .union([z.literal("self"), z.strictObject({ split: splitSchema })])
  .describe(
    "`self`: who won is paid · `split`: the award is divided among the unit's members by largest remainder, ties by participant id",
  );

/** Who a reward looks at. */
export const rewardHeaderShape = {
  id: slugSchema,
  name: localizedSchema.optional(),
  measure: slugSchema,
  level: slugSchema.describe("`participant`, or a level of the organisation such as `branch`"),
  within: z
    .strictObject({
      unit: slugSchema,
      membership: membershipInstantSchema.optional().describe("Required at level participant"),
    })
    .optional()
    .describe("Only subjects inside this unit take part"),
  roles: z
    .strictObject({ anyOf: z.array(slugSchema).min(1), membership: membershipInstantSchema })
    .optional()
    .describe("At level participant: only these roles take part"),
  gates: z.array(gateSchema).default([]),
  pay: paySchema,
};
