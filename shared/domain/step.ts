import * as z from "zod";
import { roundingSchema } from "./plan/parts.ts";
import { TIE_POLICIES } from "./plan/rewards/ranking.ts";
import { BAND_MODES } from "./plan/rewards/tiers.ts";
import { BENEFIT_STEPS } from "./steps/benefits.ts";
import { HONOUR_STEPS } from "./steps/honours.ts";
import { MANUAL_STEPS } from "./steps/manual.ts";
import { PAY_STEPS } from "./steps/pay.ts";
import { SALE_STEPS } from "./steps/sales.ts";
import { SCORECARD_STEPS } from "./steps/scorecard.ts";
import { OVERRIDE_STEPS, POOL_STEPS } from "./steps/shares.ts";

/** The steps of a trace; those of one kind of reward alone stand in `steps/`. */

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
  ...SALE_STEPS,
  ...PAY_STEPS,
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
    step: z.literal("ratio"),
    measure: z.string(),
    subject: z.string(),
    numerator: z.string(),
    denominator: z.string(),
    value: z.string().optional().describe("Exact; absent where it is undefined"),
  }),
  z.strictObject({
    step: z.literal("toDate"),
    since: z.string().describe("First slice that is counted in"),
    earned: z.string().describe("Everything since then"),
    before: z.string().describe("What earlier slices paid of it"),
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("coefficient"),
    scorecard: z.string(),
    grade: z.string().optional(),
    factor: z.string(),
    before: z.string(),
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("capped"),
    cap: z.string(),
    over: z.enum(["slice", "campaign"]),
    before: z.string(),
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("deducted"),
    id: z.string(),
    of: z.string().describe("What it is taken of"),
    rate: z.string().optional(),
    taken: z.string().describe("Exact"),
    left: z.string(),
  }),
  z.strictObject({
    step: z.literal("budget"),
    budget: z.string(),
    policy: z.enum(["firstCome", "proRata", "stock"]),
    limit: z.string(),
    earned: z.string().describe("By all who share the budget"),
    before: z.string(),
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("instalment"),
    id: z.string(),
    part: z.string(),
    of: z.string().describe("The whole award"),
    due: z.string().optional(),
    proportion: z.string().optional().describe("How much of the part has come due"),
    amount: z.string(),
  }),
  ...SCORECARD_STEPS,
  ...POOL_STEPS,
  ...OVERRIDE_STEPS,
  ...BENEFIT_STEPS,
  ...HONOUR_STEPS,
  ...MANUAL_STEPS,
  z.strictObject({
    step: z.literal("nothing"),
    reason: z.string(),
    message: z.string(),
    missing: z.string().optional(),
  }),
]);
export type Step = z.infer<typeof stepSchema>;
