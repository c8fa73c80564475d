import * as z from "zod";
import { roundingSchema } from "./plan/parts.ts";
import { TIE_POLICIES } from "./plan/rewards/ranking.ts";
import { BAND_MODES } from "./plan/rewards/tiers.ts";

/**
 * What a run says: lines, and the trace of each. A trace is the ordered list of the steps that made the amount;
 * read in order it answers "why did I get this?", or "why not, and what was missing?".
 * Values are decimal texts in the unit of their measure; instants are ISO 8601 in the plan's zone.
 */

const reachSchema = z.strictObject({
  at: z.string().describe("The first instant at which the running value was at or above the threshold"),
  fact: z.string().describe("Key of the fact that reached it"),
  value: z.string().describe("The running value after that fact"),
});

const standingSchema = z
  .strictObject({ subject: z.string(), value: z.string(), target: z.string().optional(), at: z.string().optional() })
  .describe("A neighbour: its value; in a race also the target that it reached, and when");

const decidedBySchema = z
  .discriminatedUnion("rule", [
    z.strictObject({ rule: z.literal("value") }),
    z.strictObject({ rule: z.literal("target"), target: z.string() }),
    z.strictObject({
      rule: z.literal("tie"),
      policy: z.enum(TIE_POLICIES),
      at: z.string().optional().describe("The instant that the policy compared"),
      thenId: z.boolean().describe("The policy left them tied; the id decided"),
    }),
  ])
  .describe("What decided the place");

export const stepSchema = z.discriminatedUnion("step", [
  z.strictObject({
    step: z.literal("measure"),
    measure: z.string(),
    subject: z.string(),
    value: z.string(),
    facts: z.int(),
    contributions: z
      .array(
        z.strictObject({
          fact: z.string(),
          version: z.int(),
          occurredAt: z.string(),
          value: z.string(),
          pays: z.string().optional(),
        }),
      )
      .optional()
      .describe(
        "A participant's own counted facts, in time order; `pays` where each sale is paid and rounded by itself",
      ),
    contributors: z
      .array(z.strictObject({ participantId: z.string(), value: z.string(), facts: z.int() }))
      .optional()
      .describe("A unit's value by participant"),
  }),
  z.strictObject({
    step: z.literal("gate"),
    on: z.string().describe("`self`, or the level of the ancestor"),
    subject: z.string(),
    measure: z.string(),
    value: z.string(),
    threshold: z.string(),
    target: z.string().optional(),
    passed: z.boolean(),
    missing: z.string().optional(),
  }),
  z.strictObject({ step: z.literal("excluded"), reason: z.string(), message: z.string() }),
  z.strictObject({
    step: z.literal("reach"),
    target: z.string(),
    threshold: z.string(),
    reached: reachSchema.optional(),
    missing: z.string().optional(),
  }),
  z.strictObject({
    step: z.literal("place"),
    rank: z.int().optional(),
    of: z.int().describe("How many took part"),
    by: decidedBySchema,
    ahead: standingSchema.optional(),
    behind: standingSchema.optional(),
    tiedWith: z.array(z.string()).optional(),
  }),
  z.strictObject({
    step: z.literal("rate"),
    rate: z.string(),
    value: z.string(),
    rounding: roundingSchema,
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("attainment"),
    label: z.string().describe("Of the target"),
    value: z.string(),
    target: z.string(),
    attainment: z.string().describe("Exact: a percentage where its decimals end, a fraction where they do not"),
  }),
  z.strictObject({
    step: z.literal("band"),
    from: z.string().describe("As the plan says it: of the value, or of the attainment"),
    to: z.string().optional(),
    mode: z.enum(BAND_MODES),
    value: z.string().describe("What the band prices"),
    part: z.string().optional().describe("Interpolated: exact part of the band that is covered"),
    sales: z.int().optional().describe("Where each sale is priced by itself: how many have a part in the band"),
    rate: z.string().optional(),
    perUnit: z.string().optional(),
    flat: z.string().optional(),
    amount: z.string().describe("Exact, before rounding"),
    toNext: z.string().optional().describe("The band that decides: how much more of the measure leads to the next"),
  }),
  z.strictObject({
    step: z.literal("units"),
    units: z.string(),
    free: z.string(),
    packages: z.strictObject({ size: z.string(), partial: z.enum(["started", "full"]), count: z.string() }).optional(),
    paid: z.string().describe("How many times the price is paid"),
    price: z.string(),
    amount: z.string().describe("Exact, before rounding"),
  }),
  z.strictObject({
    step: z.literal("rounded"),
    exact: z.string(),
    rounding: roundingSchema,
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("milestone"),
    at: z.string().describe("As the plan says it: of the value, or of the attainment"),
    threshold: z.string().describe("The step in the measure's own unit"),
    reached: reachSchema.optional(),
    missing: z.string().optional(),
    pays: z.boolean().describe("False also where only the highest step pays, and this is another"),
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("prize"),
    from: z.int(),
    to: z.int(),
    pooled: z.boolean().describe("The prizes of the places from–to were put together and shared equally"),
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("split"),
    unit: z.string(),
    whole: z.string(),
    role: z.string().optional(),
    coefficient: z.string().optional(),
    share: z.string().optional().describe("Exact fraction of the whole"),
    members: z.int(),
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("nothing"),
    reason: z.string(),
    message: z.string(),
    missing: z.string().optional(),
  }),
]);
export type Step = z.infer<typeof stepSchema>;

export const payeeSchema = z.strictObject({ kind: z.enum(["participant", "unit"]), id: z.string() });
export type Payee = z.infer<typeof payeeSchema>;

export const lineSchema = z.strictObject({
  lineId: z
    .string()
    .describe("Stable: the same reward and payee have the same id in every run")
    .meta({ examples: ["speed-award:participant:m-nanchang-1"] }),
  reward: z.string(),
  payee: payeeSchema,
  amount: z.string().meta({ examples: ["4000.00"] }),
  currency: z.string(),
  rank: z.int().optional(),
  trace: z.array(stepSchema),
});
export type Line = z.infer<typeof lineSchema>;

/** A subject that a reward looked at and that won nothing, with the trace that says why not. */
export const notAwardedSchema = z.strictObject({
  reward: z.string(),
  subject: payeeSchema,
  rank: z.int().optional(),
  trace: z.array(stepSchema),
});
export type NotAwarded = z.infer<typeof notAwardedSchema>;

export const warningSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  reward: z.string().optional(),
  subject: z.string().optional(),
  blocks: z.boolean().default(false).describe("The run cannot be approved while this stands"),
});
export type Warning = z.infer<typeof warningSchema>;

export const factCountsSchema = z
  .strictObject({
    known: z.int().describe("Facts known as of the cut-off, one per identity"),
    counted: z.int(),
    cancelled: z.int(),
    notCounted: z.record(z.string(), z.int()).describe("By the first reason that held"),
    held: z
      .record(z.string(), z.int())
      .describe("Stored but not usable yet, by reason: unknown participant or currency"),
  })
  .describe("Every known fact ends in exactly one of these; they add up to `known`");
export type FactCounts = z.infer<typeof factCountsSchema>;

export const totalsSchema = z.strictObject({
  byReward: z.record(z.string(), z.string()),
  all: z.string(),
  budgets: z.array(z.strictObject({ id: z.string(), amount: z.string(), used: z.string(), left: z.string() })),
  facts: factCountsSchema,
});
export type Totals = z.infer<typeof totalsSchema>;

/** What a run computed. The same inputs give the same result, and the same hash, on any machine. */
export const settlementSchema = z.strictObject({
  inputHash: z.string().describe("SHA-256 of plan, organisation, people, targets, cut-off and the facts known then"),
  resultHash: z.string().describe("SHA-256 of lines, totals, those not awarded, and warnings"),
  asOf: z.string(),
  lines: z.array(lineSchema),
  notAwarded: z.array(notAwardedSchema),
  totals: totalsSchema,
  warnings: z.array(warningSchema),
});
export type Settlement = z.infer<typeof settlementSchema>;

export function lineId(reward: string, payee: Payee): string {
  return `${reward}:${payee.kind}:${payee.id}`;
}
