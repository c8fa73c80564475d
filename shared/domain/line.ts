import * as z from "zod";
import { type Step, stepSchema } from "./step.ts";

export type { Step };

/**
 * What a run says: lines, and the trace of each. A trace is the ordered list of the steps that made the amount;
 * read in order it answers "why did I get this?", or "why not, and what was missing?".
 * Values are decimal texts in the unit of their measure; instants are ISO 8601 in the plan's zone.
 */

export const payeeSchema = z.strictObject({ kind: z.enum(["participant", "unit"]), id: z.string() });
export type Payee = z.infer<typeof payeeSchema>;

export const lineSchema = z.strictObject({
  lineId: z
    .string()
    .describe("Stable: the same reward and payee have the same id in every run")
    .meta({ examples: ["speed-award:participant:m-nanchang-1"] }),
  reward: z.string(),
  payee: payeeSchema,
  slice: z
    .string()
    .optional()
    .describe("Of a reward that is decided by slices: `2026-01`")
    .meta({ examples: ["2026-01"] }),
  part: z.string().optional().describe("Of an award that is paid in instalments: which"),
  amount: z.string().meta({ examples: ["4000.00"] }),
  currency: z
    .string()
    .describe("ISO 4217, or the unit of a benefit in kind: `points:stars`, `item:rice`, `honour:red-flag`"),
  rank: z.int().optional(),
  trace: z.array(stepSchema),
});
export type Line = z.infer<typeof lineSchema>;

/** A line without what it was computed from, which is most of what it takes to read. */
export const lineAmountSchema = lineSchema.omit({ trace: true });
export type LineAmount = z.infer<typeof lineAmountSchema>;

/** What is earned and not due yet: a later instalment, or a holdback until its condition. */
export const heldLineSchema = lineSchema.extend({
  due: z.string().optional().describe("When it falls due, in the plan's zone; absent where it follows a proportion"),
});
export type HeldLine = z.infer<typeof heldLineSchema>;

/** A subject that a reward looked at and that won nothing, with the trace that says why not. */
export const notAwardedSchema = z.strictObject({
  reward: z.string(),
  subject: payeeSchema,
  slice: z.string().optional(),
  part: z.string().optional(),
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
  byReward: z.record(z.string(), z.string()).describe("Each in what it pays: the currency, or a benefit in kind"),
  all: z.string().describe("Money that is due; without components, benefits in kind and what is held"),
  held: z.string().optional().describe("Money that is earned and not due yet"),
  budgets: z.array(z.strictObject({ id: z.string(), amount: z.string(), used: z.string(), left: z.string() })),
  facts: factCountsSchema,
});
export type Totals = z.infer<typeof totalsSchema>;

/** What a run computed. The same inputs give the same result, and the same hash, on any machine. */
export const settlementSchema = z.strictObject({
  inputHash: z.string().describe("SHA-256 of plan, organisation, people, targets, cut-off and the facts known then"),
  resultHash: z.string().describe("SHA-256 of lines, totals, those not awarded, and warnings"),
  asOf: z.string(),
  lines: z.array(lineSchema).describe("What is due"),
  components: z
    .array(lineSchema)
    .optional()
    .describe("Awards that another reward counts, so that their traces can be read; not paid themselves"),
  held: z.array(heldLineSchema).optional().describe("What is earned and falls due later"),
  notAwarded: z.array(notAwardedSchema),
  totals: totalsSchema,
  warnings: z.array(warningSchema),
});
export type Settlement = z.infer<typeof settlementSchema>;

/** Stable for as long as reward, payee, slice and instalment are the same. */
export function lineId(reward: string, payee: Payee, slice?: string, part?: string): string {
  const base = `${reward}:${payee.kind}:${payee.id}`;
  const ofSlice = slice ? `${base}:${slice}` : base;
  return part === undefined ? ofSlice : `${ofSlice}:${part}`;
}
