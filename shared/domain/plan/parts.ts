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
  .describe(
    "A CEL expression over kind, source, product, channel, quantity, amount, topic, value and the declared attributes",
  );

/** The name of an attribute of facts. */
export const attributeNameSchema = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9_]{0,31}$/, "attribute names are camelCase, at most 32 characters");

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

/** By what a reward is decided again and again: the whole campaign, calendar slices in the plan's zone, or listed windows. */
export const perSchema = z.union(
  [
    z.enum(["campaign", "day", "week", "month", "quarter", "year"]),
    z.strictObject({ windows: slugSchema.describe("A list of the plan's `windows`") }),
  ],
  { error: "say campaign, day, week, month, quarter, year, or {windows: <list>}" },
);
export type Per = z.infer<typeof perSchema>;

/** Local date-times, half-open. */
const duringSchema = z.strictObject({ start: z.string(), end: z.string() });

/** Factors on what single facts pay. */
export const multipliersSchema = z.strictObject({
  stacking: policySchema("what several factors of one fact come to (here 1.5 and 2)", ["multiply", "highest", "add"], {
    multiply: "their product: 3",
    highest: "the highest alone: 2",
    add: "their gains together: 1 + 0.5 + 1 = 2.5",
  }),
  factors: z
    .array(
      z.strictObject({
        id: slugSchema,
        factor: rateSchema,
        during: duringSchema.optional().describe("Only facts that occurred in this local window"),
        when: conditionTextSchema.optional().describe("Only facts for which this holds"),
      }),
    )
    .min(1),
});
export type Multipliers = z.infer<typeof multipliersSchema>;

/** What is taken back of the pay for a sale that was cancelled. Without it a cancelled sale pays as if it never happened. */
export const clawbackSchema = z.strictObject({
  within: z.string().describe("ISO 8601 duration after the sale; what is cancelled later keeps its pay"),
  take: z.union([
    z.literal("full", { error: "`full` – all of it" }),
    z.strictObject({ part: rateSchema }, { error: '{part: "50%"} – a fixed part' }),
    z.strictObject(
      { unearned: z.enum(["days", "months"]) },
      { error: "{unearned: months} – the part of `within` that had not passed, in whole started months or days" },
    ),
  ]),
});
export type Clawback = z.infer<typeof clawbackSchema>;

/** Deductions from what a payee gets: fees, withholding, contributions to a fund. */
export const deductionsSchema = z.strictObject({
  stacking: policySchema(
    "what several deductions are taken of (here 10 %, 5 % and 5 % of 100)",
    ["together", "sequential"],
    {
      together: "each of the whole: 80 is left",
      sequential: "each of what the one before left: 81.225 is left",
    },
  ),
  rounded: policySchema("when amounts are rounded", ["each", "once"], {
    each: "after each deduction",
    once: "what is left at the end",
  }),
  mode: policySchema("how fractions are rounded", ROUNDING_MODES, {
    halfUp: "a half goes away from zero",
    halfEven: "a half goes to the even neighbour",
    down: "whatever is left over is cut",
    up: "whatever is left over pays one more",
  }),
  items: z
    .array(
      z.strictObject({
        id: slugSchema,
        rate: rateSchema.optional(),
        amount: moneySchema.optional().describe("Either a rate or an amount"),
      }),
    )
    .min(1),
});
export type Deductions = z.infer<typeof deductionsSchema>;

/** One part of an award that is paid later, or only if something holds. A holdback is an instalment with a condition. */
export const instalmentSchema = z.strictObject({
  id: slugSchema,
  part: rateSchema.describe("Of the award; the parts of all instalments sum to exactly 1"),
  after: z.string().default("P0D").describe("ISO 8601 duration after the end of the slice at which it falls due"),
  provided: z
    .strictObject({ measure: slugSchema, atLeast: thresholdSchema })
    .optional()
    .describe(
      "What must hold for the subject when it falls due, over everything since the campaign's start; lost otherwise",
    ),
  inProportionTo: slugSchema
    .optional()
    .describe("A ratio measure of the subject: so much of the part is due as it has come to, at most all"),
});
export type Instalment = z.infer<typeof instalmentSchema>;

/** Who a reward looks at, when, and what is done to any kind of award. */
export const subjectHeaderShape = {
  id: slugSchema,
  name: localizedSchema.optional(),
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
  per: perSchema.optional().describe("Decided for each such slice by itself; without it once for the whole campaign"),
  accumulate: policySchema(
    "what the pay of a slice looks at (here a quota of 10 a month, 20 sold in January and none in February)",
    ["slice", "toDate"],
    {
      slice: "that slice alone: the quota is reached in January only",
      toDate: "everything since the start against the targets since the start, less what earlier slices paid",
    },
  )
    .optional()
    .describe("Required with `per`"),
  gates: z.array(gateSchema).default([]),
  component: z
    .literal(true)
    .optional()
    .describe("Not paid itself: a later reward counts it (a pay plan, an override, a coefficient)"),
  coefficient: z
    .strictObject({
      scorecard: slugSchema.describe("An earlier scorecard of the same level and slices"),
      without: policySchema("the factor of who has no result there", ["one", "zero"], {
        one: "1: paid as it stands",
        zero: "0: nothing is paid",
      }),
      rounding: z.strictObject({ mode: z.enum(ROUNDING_MODES), unit: moneySchema }),
    })
    .optional()
    .describe("The award is multiplied by the factor of the subject's grade"),
  pay: paySchema,
  cap: z
    .strictObject({
      amount: moneySchema,
      over: policySchema("what the cap is for (here 100, with 80 in each of two months)", ["slice", "campaign"], {
        slice: "each slice: 80 and 80",
        campaign: "all slices together: 80 and 20",
      }),
    })
    .optional()
    .describe("The most a payee gets of this reward"),
  deductions: deductionsSchema.optional(),
  instalments: z.array(instalmentSchema).min(1).optional(),
};

/** The same for a reward that looks at one measure. */
export const rewardHeaderShape = { ...subjectHeaderShape, measure: slugSchema };
