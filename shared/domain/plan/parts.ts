import * as z from "zod";
import { isDecimal, parseRational, ROUNDING_MODES } from "../decimal.ts";
import { slugSchema } from "../ids.ts";
import { MEMBERSHIP_INSTANTS } from "../org.ts";

/** The small shapes that several parts of a plan share. */

/**
 * A policy that a plan must state, because real products differ and the choices pay differently: without default. What each
 * choice means stands in the published schema, and is told to whoever leaves the policy out or names another.
 */
export function policySchema<const Choice extends string>(
  question: string,
  choices: readonly Choice[],
  meaning: Readonly<Record<Choice, string>>,
) {
  const text = `${question}: ${choices.map((choice) => `\`${choice}\` – ${meaning[choice]}`).join(" · ")}`;
  return z.enum(choices, { error: `say ${text}` }).describe(text);
}

/** A text in the languages its readers have; English is always there. */
export const localizedSchema = z.strictObject({
  en: z.string().min(1).max(200),
  zh: z.string().min(1).max(200).optional(),
});

const MONEY_TEXT = 'use a decimal in quotes that is not negative, such as "8000.00"';

/** Money in the plan's currency, as a decimal text that is not negative. Digits are checked against the currency once it is known. */
export const moneySchema = z
  .string({ error: MONEY_TEXT })
  .refine((text) => isDecimal(text) && !text.trim().startsWith("-"), MONEY_TEXT)
  .meta({ examples: ["8000.00"] });

/** A value that a measure is compared with, in the measure's own unit. */
export const thresholdSchema = z
  .union([
    z.strictObject({ value: moneySchema }, { error: 'use {value: "10000.00"}' }),
    z.strictObject(
      { target: slugSchema.describe("A label of the targets table, for the subject that is judged") },
      { error: "{target: start} for a label of the targets table" },
    ),
  ])
  .describe("Reached at equality");
export type Threshold = z.infer<typeof thresholdSchema>;

const RATE_TEXT = 'use a rate in quotes that is not negative: "35%", "0.35" or "7/20"';

export const rateSchema = z
  .string({ error: RATE_TEXT })
  .refine((text) => {
    const rate = parseRational(text);
    return rate !== undefined && rate.num >= 0n;
  }, RATE_TEXT)
  .meta({ examples: ["35%"] });

export const membershipInstantSchema = policySchema("which membership counts", MEMBERSHIP_INSTANTS, {
  occurrence: "the one in force when the sale occurred",
  periodEnd: "the one at the period's last instant; who has none then takes no part",
});

export const roundingSchema = z.strictObject(
  {
    scope: policySchema("what is rounded", ["perFact", "perTotal"], {
      perFact: "each sale's amount, then summed (10 % of 1.06, 2.06, 3.06 and 4.06 pays 1.04)",
      perTotal: "the sum, once (the same pays 1.02)",
    }),
    mode: policySchema("how fractions of the unit are rounded", ROUNDING_MODES, {
      halfUp: "a half goes away from zero (0.125 pays 0.13)",
      halfEven: "a half goes to the even neighbour (0.125 pays 0.12, 0.135 pays 0.14)",
      down: "whatever is left over is cut (0.129 pays 0.12)",
      up: "whatever is left over pays one more (0.121 pays 0.13)",
    }),
    unit: moneySchema.describe('The smallest amount that is paid, such as "0.01"'),
  },
  {
    error:
      "say how amounts are rounded: scope (`perFact` or `perTotal`), mode (`halfUp`, `halfEven`, `down` or `up`) and " +
      'unit (such as "0.01")',
  },
);

export type Rounding = z.infer<typeof roundingSchema>;

/** What bands and steps are marks of: the measure's value, or the part of a target that it makes up. */
export const measuredBySchema = z
  .union([
    z.literal("value", { error: "say what the marks are of: `value` – the measure" }),
    z.strictObject(
      { attainment: slugSchema.describe("A label of the targets table, for the subject that is judged") },
      { error: "{attainment: start} – measure ÷ the target of that label" },
    ),
  ])
  .describe("`value`: marks in the measure's own unit · `attainment`: marks in parts of the target, compared exactly");
export type MeasuredBy = z.infer<typeof measuredBySchema>;

const POSITION_TEXT = 'use a mark in quotes that is not negative: "10000.00" of a value, "50%" of an attainment';

/** A mark on the scale that {@link measuredBySchema} names. */
export const positionSchema = z
  .string({ error: POSITION_TEXT })
  .refine((text) => {
    const position = parseRational(text);
    return position !== undefined && position.num >= 0n;
  }, POSITION_TEXT)
  .meta({ examples: ["10000.00", "50%"] });

/** Whether a price is taken of each sale or of the total; without default, as each pays differently. */
export function pricingScopeSchema(question: string, meaning: Readonly<Record<"perFact" | "cumulative", string>>) {
  return policySchema(question, ["perFact", "cumulative"], meaning);
}

export const CEL_MAX_LENGTH = 1000;
export const conditionTextSchema = z
  .string()
  .min(1)
  .max(CEL_MAX_LENGTH)
  .describe("A CEL expression over kind, source, product, channel, quantity, amount and the declared attributes");

/** What must hold before a subject takes part. */
export const gateSchema = z.strictObject({
  on: z.union([
    z.literal("self", { error: "use `self`" }),
    z.strictObject(
      {
        ancestor: slugSchema.describe("The level of the ancestor that is judged"),
        membership: membershipInstantSchema,
      },
      { error: "{ancestor: branch, membership: periodEnd} for a unit above" },
    ),
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
export const splitSchema = z.strictObject(
  {
    byRole: z.record(slugSchema, rateSchema).describe("The coefficient of each role; other roles take no part"),
    membership: membershipInstantSchema,
    nobody: policySchema("what happens with nobody on file", ["unit", "forfeit"], {
      unit: "the unit itself is paid, with a warning",
      forfeit: "nothing is paid",
    }),
  },
  { error: "say how the award is divided: byRole, membership, and nobody (`unit` or `forfeit`)" },
);
export type Split = z.infer<typeof splitSchema>;

export const paySchema = z
  .union([
    z.literal("self", { error: "say who is paid: `self` – who won" }),
    z.strictObject({ split: splitSchema }, { error: "`split` – the unit's members, by role" }),
  ])
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
