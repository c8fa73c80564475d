import * as z from "zod";
import { QUANTITY_DIGITS } from "../fact.ts";
import { slugSchema } from "../ids.ts";
import { conditionTextSchema, localizedSchema, membershipInstantSchema, moneySchema, policySchema } from "./parts.ts";
import { commissionSchema } from "./rewards/commission.ts";
import { milestoneSchema } from "./rewards/milestone.ts";
import { perUnitSchema } from "./rewards/per-unit.ts";
import { raceSchema } from "./rewards/race.ts";
import { rankingSchema } from "./rewards/ranking.ts";
import { tiersSchema } from "./rewards/tiers.ts";

/** One more kind of reward is one more schema here and one more file in `engine/kinds`. */
export const rewardSchema = z.discriminatedUnion(
  "kind",
  [tiersSchema, perUnitSchema, milestoneSchema, commissionSchema, raceSchema, rankingSchema],
  { error: "a reward has a kind: tiers, perUnit, milestone, commission, race or ranking" },
);
export type Reward = z.infer<typeof rewardSchema>;
export type RewardKindName = Reward["kind"];

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

/** A measure is computed for every subject at every level where a reward or a gate asks for it. */
export const measureSchema = z.strictObject({
  id: slugSchema,
  name: localizedSchema.optional(),
  aggregate: z.enum(["sum", "count"]),
  of: z.enum(["amount", "quantity"]).optional().describe("What is summed; not with `count`"),
  when: conditionTextSchema.optional().describe("A further condition on the counted facts"),
});
export type Measure = z.infer<typeof measureSchema>;

/** Digits after the point that a measure's values have, in a currency of so many. */
export function measureDigits({ aggregate, of }: Pick<Measure, "aggregate" | "of">, moneyDigits: number): number {
  if (aggregate === "count") return 0;
  return of === "quantity" ? QUANTITY_DIGITS : moneyDigits;
}

export const budgetSchema = z.strictObject({
  id: slugSchema,
  rewards: z.array(slugSchema).min(1),
  amount: moneySchema,
  policy: policySchema("what happens when the awards exceed the amount", ["stopAndFlag"], {
    stopAndFlag: "the run says so and cannot be approved",
  }),
});

/**
 * The whole rule book of a campaign, as data. Where real products differ the field is required and has no default.
 * What each field means is told in shared/docs/PLAN.md.
 */
export const planSchema = z.strictObject({
  schema: z.literal("laurel.plan/1"),
  id: slugSchema,
  name: localizedSchema,
  currency: z.string().meta({ examples: ["CNY"] }),
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
  crediting: z.strictObject({
    to: z.literal("seller"),
    rollUp: z
      .literal("occurrence")
      .describe("A credit counts for the units of the membership in force when the sale occurred"),
  }),
  measures: z.array(measureSchema).min(1),
  rewards: z.array(rewardSchema).min(1),
  budgets: z.array(budgetSchema).default([]),
  recovery: policySchema("what becomes of an amount that was paid and is no longer due", ["nextPayout", "receivable"], {
    nextPayout: "it is taken from the next payouts, never below zero",
    receivable: "it is listed for finance to collect",
  }),
});
export type Plan = z.infer<typeof planSchema>;
