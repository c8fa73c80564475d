import * as z from "zod";
import { QUANTITY_DIGITS } from "../fact.ts";
import { slugSchema } from "../ids.ts";
import { disputeRulesSchema } from "./dispute-rules.ts";
import { conditionTextSchema, localizedSchema, membershipInstantSchema, moneySchema, policySchema } from "./parts.ts";
import { advanceSchema } from "./rewards/advance.ts";
import { commissionSchema } from "./rewards/commission.ts";
import { giftSchema } from "./rewards/gift.ts";
import { honourSchema } from "./rewards/honour.ts";
import { milestoneSchema } from "./rewards/milestone.ts";
import { overrideSchema } from "./rewards/override.ts";
import { payPlanSchema } from "./rewards/pay-plan.ts";
import { penaltySchema } from "./rewards/penalty.ts";
import { perUnitSchema } from "./rewards/per-unit.ts";
import { pointsSchema } from "./rewards/points.ts";
import { poolSchema } from "./rewards/pool.ts";
import { raceSchema } from "./rewards/race.ts";
import { rankingSchema } from "./rewards/ranking.ts";
import { rebateSchema } from "./rewards/rebate.ts";
import { scorecardSchema } from "./rewards/scorecard.ts";
import { tiersSchema } from "./rewards/tiers.ts";
import { uncountedSchema } from "./uncounted.ts";

/** One more kind of reward is one more schema here and one more file in `engine/kinds`. */
export const rewardSchema = z.discriminatedUnion(
  "kind",
  [
    tiersSchema,
    perUnitSchema,
    milestoneSchema,
    commissionSchema,
    raceSchema,
    rankingSchema,
    scorecardSchema,
    poolSchema,
    overrideSchema,
    payPlanSchema,
    advanceSchema,
    rebateSchema,
    giftSchema,
    pointsSchema,
    honourSchema,
    penaltySchema,
  ],
  {
    error:
      "a reward has a kind: tiers, perUnit, milestone, commission, race, ranking, scorecard, pool, override, payPlan, advance, rebate, gift, points, honour or penalty",
  },
);
export type Reward = z.infer<typeof rewardSchema>;
export type RewardKindName = Reward["kind"];
/** Kinds that look at one measure. */
export type MeasuredReward = Extract<Reward, { readonly measure: string }>;

export const periodSchema = z.strictObject({
  start: z
    .string()
    .describe("Local date-time, inclusive")
    .meta({ examples: ["2018-05-01T00:00"] }),
  end: z
    .string()
    .describe("Local date-time, exclusive")
    .meta({ examples: ["2018-11-01T00:00"] }),
  zone: z
    .string()
    .describe("IANA zone")
    .meta({ examples: ["Asia/Shanghai"] }),
});

export const AGGREGATES = ["sum", "count", "distinct", "last", "max"] as const;

/**
 * What is measured of the counted facts of a subject and slice. With `ratio` a measure is the exact quotient of two others.
 * A measure is computed for every subject at every level where a reward or a gate asks for it.
 */
export const measureSchema = z.strictObject({
  id: slugSchema,
  name: localizedSchema.optional(),
  aggregate: z
    .enum(AGGREGATES)
    .optional()
    .describe("`sum`, `count` (facts), `distinct` (values), `last` (the newest value), `max`; not with `ratio`"),
  of: z
    .string()
    .optional()
    .describe(
      "`amount` or `quantity` of sales, `value` of scores, `quantity` of evidence, or a declared attribute; not with `count`",
    ),
  ratio: z
    .strictObject({
      numerator: slugSchema,
      denominator: slugSchema,
      of: z
        .enum(["same", "previous"])
        .default("same")
        .describe("The slice of the denominator: `previous` makes a growth rate of a measure over itself"),
      empty: policySchema("what a ratio over nothing is", ["zero", "exclude"], {
        zero: "0, so that the subject takes part and scores nothing",
        exclude: "undefined: the subject takes no part, and is told so",
      }),
    })
    .optional()
    .describe("An exact fraction of two measures: conversion, fill rate, persistency, growth"),
  when: conditionTextSchema.optional().describe("A further condition on the counted facts; not with `ratio`"),
});
export type Measure = z.infer<typeof measureSchema>;

/**
 * Digits after the point that a measure's values have, in a currency of so many. A ratio has none of its own: it is
 * kept as an exact fraction, and its marks are plain numbers ("0.8").
 */
export function measureDigits({ aggregate, of }: Pick<Measure, "aggregate" | "of">, moneyDigits: number): number {
  if (aggregate === "count" || aggregate === "distinct") return 0;
  return of === "amount" ? moneyDigits : QUANTITY_DIGITS;
}

/** A list of local windows that rewards can be sliced by: two holidays, four campaign weeks. Half-open, without overlap. */
export const windowsSchema = z.strictObject({
  id: slugSchema,
  windows: z.array(z.strictObject({ id: slugSchema, start: z.string(), end: z.string() })).min(1),
});

/** A limited number of goods, for gifts, rebates in kind and the redemption of points. */
export const stockSchema = z.strictObject({
  id: slugSchema,
  name: localizedSchema.optional(),
  quantity: z.int().min(0),
});
export type Stock = z.infer<typeof stockSchema>;

export const budgetSchema = z.strictObject({
  id: slugSchema,
  rewards: z.array(slugSchema).min(1),
  amount: moneySchema,
  policy: policySchema(
    "what happens when the awards exceed the amount (here 900 for awards of 900 and 450)",
    ["firstCome", "proRata", "stopAndFlag"],
    {
      firstCome: "who earned first is paid while it lasts: 900 and 0",
      proRata: "all are scaled by the same factor: 600 and 300",
      stopAndFlag: "the run says so and cannot be approved",
    },
  ),
});

/** What sellers see of each other on boards. It is no rule of pay: no run looks at it. */
export const boardPolicySchema = z.strictObject({
  names: policySchema("what sellers see of others on boards", ["shown", "masked", "hidden"], {
    shown: "their rows with names and ids",
    masked: "their rows with the first character of the name (`杜**`) and no id; units keep their names",
    hidden: "nothing: only the own row, with its place among all",
  }),
  amounts: policySchema("whether sellers see the figures of others", ["shown", "hidden"], {
    shown: "value, prize and what is missing",
    hidden: "the place only; `value` is empty",
  }),
});
export type BoardPolicy = z.infer<typeof boardPolicySchema>;

/**
 * The whole rule book of a campaign, as data. Where real products differ the field is required and has no default.
 * What each field means is told in shared/docs/PLAN.md.
 */
export const planSchema = z.strictObject({
  schema: z.literal("laurel.plan/1"),
  id: slugSchema,
  name: localizedSchema,
  currency: z.string().meta({ examples: ["CNY"] }),
  names: z
    .record(slugSchema, localizedSchema)
    .optional()
    .describe(
      "What statements call ids of the plan that have no name of their own: targets, roles, levels, windows, items, programmes, " +
        "badges, cards, flags, allowances, factors, deductions, instalments, budgets",
    ),
  followUp: z
    .string()
    .optional()
    .describe(
      "ISO 8601 duration after the end: facts that occur in it count for no slice, but still for what is looked back on later " +
        "(conditions and proportions of instalments, advances)",
    )
    .meta({ examples: ["P6M"] }),
  period: periodSchema,
  lateFacts: z
    .string()
    .describe("ISO 8601 duration after the end during which facts that occurred inside still enter the final run")
    .meta({ examples: ["P15D"] }),
  attributes: z
    .record(z.string().regex(/^[a-z][a-zA-Z0-9_]{0,31}$/), z.enum(["string", "number", "boolean"]))
    .default({})
    .describe("Attributes of facts that conditions may name"),
  audience: z
    .strictObject({
      units: z.array(slugSchema).min(1).optional(),
      roles: z.array(slugSchema).min(1).optional(),
      membership: membershipInstantSchema.optional().describe("Required with units or roles"),
    })
    .default({})
    .describe("Whose sales count; empty: everybody on file"),
  counts: z
    .array(z.strictObject({ id: slugSchema, when: conditionTextSchema, name: localizedSchema.optional() }))
    .describe("All must hold before a fact counts; the first that does not is the reason that is told"),
  uncounted: z.array(uncountedSchema).optional().describe("What does not count, by when and where it occurred"),
  crediting: z.strictObject({
    to: policySchema("to whom a sale is credited", ["seller", "splits"], {
      seller: "the participant who sold, whatever splits the sale names",
      splits: "those whom the sale's `splits` name, by their parts; the seller where it names none",
    }),
    overlays: policySchema(
      "what the sale's `overlays` are (here a sale of 100 with an overlay of 100 % for a specialist)",
      ["ignored", "credited"],
      {
        ignored: "nothing: 100 is credited in all",
        credited: "credit beyond the sale that rolls up nowhere: 100 to the seller and 100 to the specialist",
      },
    ).default("ignored"),
    shared: policySchema("what a shared sale counts (here one sale of two people)", ["each", "seller"], {
      each: "one for each who has a part in it",
      seller: "one for the participant who sold",
    })
      .optional()
      .describe("Required with splits or overlays"),
    rollUp: z
      .literal("occurrence")
      .describe("A credit counts for the units of the membership in force when the sale occurred"),
  }),
  measures: z.array(measureSchema).min(1),
  windows: z.array(windowsSchema).default([]).describe("Lists of local windows that rewards can be sliced by"),
  stocks: z.array(stockSchema).default([]).describe("Goods of which there are only so many"),
  rewards: z.array(rewardSchema).min(1),
  budgets: z.array(budgetSchema).default([]),
  boards: boardPolicySchema
    .optional()
    .describe("What sellers see of each other while the campaign runs; absent: names and amounts `hidden`"),
  disputes: disputeRulesSchema
    .optional()
    .describe("Whether and how long payees can question a line; absent: not at all"),
  runs: z
    .enum(["end", "month", "quarter", "year"])
    .default("end")
    .describe(
      "When runs are posted: once after the end, or also after each month, quarter or year for the slices that closed",
    ),
  minimumPayout: moneySchema
    .optional()
    .describe("A payout below this is carried to the next run; the final run pays all that is open"),
  recovery: policySchema("what becomes of an amount that was paid and is no longer due", ["nextPayout", "receivable"], {
    nextPayout: "it is taken from the next payouts, never below zero",
    receivable: "it is listed for finance to collect",
  }),
});
export type Plan = z.infer<typeof planSchema>;
