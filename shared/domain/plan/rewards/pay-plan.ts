import * as z from "zod";
import { ROUNDING_MODES } from "../../decimal.ts";
import { slugSchema } from "../../ids.ts";
import { moneySchema, policySchema, rateSchema, subjectHeaderShape } from "../parts.ts";

/** Money that stands beside what is earned: one amount for all, one a role, or a cell of the targets table. */
export const payAmountSchema = z
  .union(
    [
      z.strictObject({ amount: moneySchema }),
      z.strictObject({ byRole: z.record(slugSchema, moneySchema).describe("Other roles have none") }),
      z.strictObject({
        target: z.strictObject({ measure: slugSchema.describe("A sum of amounts"), label: slugSchema }),
      }),
    ],
    { error: 'use {amount: "2000.00"}, {byRole: {officer: "2000.00"}} or {target: {measure: sales, label: base}}' },
  )
  .describe(
    "`amount` for everybody · `byRole` at the slice's last instant · `target` of the participant in that slice",
  );
export type PayAmount = z.infer<typeof payAmountSchema>;

const onSchema = (question: string, meaning: Readonly<Record<"performance" | "total", string>>) =>
  policySchema(question, ["performance", "total"], meaning);

const boundSchema = z.strictObject({
  amount: moneySchema,
  on: onSchema("what the bound is for (here 3000, with base pay 1000 and performance pay 1500)", {
    performance: "performance pay alone: a minimum pays 1000 + 3000, a maximum changes nothing",
    total: "base, allowances and performance pay together: a minimum pays 3000, a maximum changes nothing",
  }),
});

const withoutSchema = policySchema("what becomes of performance pay where no factor is named", ["one", "zero"], {
  one: "it is paid as it stands",
  zero: "nothing of it is paid",
});

const adjustmentSchema = z.strictObject({
  by: z.union(
    [
      z.strictObject({ rate: rateSchema }),
      z.strictObject({
        byUnit: z
          .record(slugSchema, rateSchema)
          .describe("The nearest of these units counts: the own one, then upwards"),
        without: withoutSchema,
      }),
      z.strictObject({ byRole: z.record(slugSchema, rateSchema), without: withoutSchema }),
    ],
    { error: 'use {rate: "0.9"}, {byUnit: {mountain: "1.2"}, without: one} or {byRole: {teller: "1"}, without: one}' },
  ),
  rounding: z.strictObject({ mode: z.enum(ROUNDING_MODES), unit: moneySchema }),
});

const drawSchema = z.strictObject({
  amount: payAmountSchema,
  on: onSchema("which earnings the draw is compared with (here a draw of 2000, base pay 1000, performance pay 500)", {
    performance: "performance pay: 1500 are missing to the draw",
    total: "everything: 500 are missing",
  }),
  timing: policySchema("how the draw is paid (here a draw of 2000 with 1500 earned)", ["guarantee", "onTop", "ahead"], {
    guarantee: "pay is topped up to it: 1500 + 500",
    onTop: "it is a loan beyond what is earned: 1500 + 2000",
    ahead: "it is paid before the slice ends and the rest at its end: 2000, then nothing",
  }),
  recovery: policySchema(
    "which earnings an open balance is recovered from (here 500 open, a draw of 2000 and 2300 earned)",
    ["aboveDraw", "allEarnings", "none"],
    {
      aboveDraw: "those above the draw: 300, and 2000 is paid",
      allEarnings: "all of them: 500, and 1800 is paid",
      none: "none: the draw is never recovered, and 2300 is paid",
    },
  ),
  trueUp: policySchema(
    "what becomes of a balance that is open after the last slice of a calendar year or of the plan (here 400)",
    ["carried", "forgiven", "settled"],
    {
      carried: "it stays open into the next year",
      forgiven: "it is struck out",
      settled: "it is taken from that slice's pay, which can go below zero; the plan's `recovery` says what then",
    },
  )
    .optional()
    .describe("Required unless recovery is `none`"),
});

/**
 * What a participant is paid in a slice: base pay, allowances, and what earlier rewards earned, within a guaranteed minimum and
 * a maximum, with a draw whose balance goes from slice to slice.
 */
export const payPlanSchema = z.strictObject({
  kind: z.literal("payPlan"),
  ...subjectHeaderShape,
  base: payAmountSchema.optional(),
  allowances: z.array(z.strictObject({ id: slugSchema, pay: payAmountSchema })).default([]),
  components: z
    .array(slugSchema)
    .default([])
    .describe("Earlier rewards with `component: true`; what they award the participant is performance pay"),
  adjustment: adjustmentSchema.optional().describe("What performance pay is multiplied by"),
  minimum: boundSchema.optional(),
  maximum: boundSchema.optional(),
  draw: drawSchema.optional(),
});
export type PayPlanReward = z.infer<typeof payPlanSchema>;

/** Where a pay plan says amounts of money, with their places. */
export function payAmountsOf({ base, allowances, draw }: PayPlanReward): readonly (readonly [string, PayAmount])[] {
  return [
    ...(base ? [["base", base] as const] : []),
    ...allowances.map(({ pay }, index) => [`allowances/${index}/pay`, pay] as const),
    ...(draw ? [["draw/amount", draw.amount] as const] : []),
  ];
}
