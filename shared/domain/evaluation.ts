import * as z from "zod";
import { slugSchema } from "./ids.ts";
import { factCountsSchema } from "./line.ts";
import { localizedSchema } from "./plan/parts.ts";

const ratio = z
  .string()
  .describe("Exact: a decimal where its digits end, a fraction such as `200/3` where they do not");

const resultSchema = z.strictObject({
  measure: slugSchema,
  value: z.string().describe("In the measure's unit; of a ratio exact"),
  costPerUnit: ratio
    .optional()
    .describe("Cost for one of the measure's unit; absent of ratios, and where nothing was sold"),
});

/**
 * What a campaign, or its pilot, cost and brought. Cost is what all lines come to on these facts; posted is what the ledger holds.
 * Nobody's pay is in it: the smallest thing told is a unit.
 */
export const evaluationSchema = z.strictObject({
  campaign: slugSchema,
  version: z.int().min(1),
  planHash: z.string(),
  asOf: z.string().describe("Facts recorded up to and including this instant were known"),
  until: z.string().optional().describe("Only facts that occurred before were looked at; absent: all"),
  currency: z.string(),
  facts: factCountsSchema,
  cost: z.strictObject({
    computed: z.string().describe("Money that is due on these facts"),
    posted: z.string().describe("Money that the ledger holds"),
    byReward: z.array(
      z.strictObject({
        reward: z.string(),
        unit: z.string().describe("The currency, or a benefit in kind"),
        computed: z.string(),
      }),
    ),
    maximum: z.string().optional().describe("The most the plan can cost; absent when a reward has no bound"),
  }),
  results: z
    .array(resultSchema)
    .describe("Of the whole organisation: of each measure that adds up, and of ratios of such"),
  byUnit: z.array(
    z.strictObject({
      unit: slugSchema,
      name: z.string(),
      level: z.string(),
      cost: z
        .string()
        .describe("Money of the unit, of those below, and of their people where they are at the period's end"),
      results: z.array(resultSchema),
      targets: z.array(
        z.strictObject({ measure: slugSchema, label: z.string(), target: z.string(), attained: ratio.optional() }),
      ),
    }),
  ),
  byProduct: z
    .array(z.strictObject({ product: z.string(), facts: z.int(), results: z.array(resultSchema) }))
    .describe("Of sales, by what was sold; rewards are not divided by it, so there is no cost"),
  approved: z
    .strictObject({
      approval: z.string(),
      simulationHash: z.string().optional().describe("Of the simulation that its maker looked at"),
      expected: z
        .string()
        .optional()
        .describe("What all was to cost when the change was approved, on the facts of then"),
      expectedAsOf: z.string().optional(),
      difference: z.string().optional().describe("Computed less expected"),
    })
    .optional()
    .describe("The approval by which the version came into force"),
  measures: z.record(z.string(), localizedSchema).describe("Names of measures, where the plan gives them"),
  evaluationHash: z.string().describe("SHA-256 of all else"),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const EVALUATED = ["pilot", "end"] as const;

/** That an evaluation was made by itself, when its time had come. */
export const evaluationNoteSchema = z.strictObject({
  of: z.enum(EVALUATED),
  at: z.string(),
  hash: z.string().optional().describe("Its `evaluationHash`"),
  notMade: z.string().optional().describe("Why it could not be made"),
});
export type EvaluationNote = z.infer<typeof evaluationNoteSchema>;
