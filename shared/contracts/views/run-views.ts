import * as z from "zod";
import { heldLineSchema, lineSchema, notAwardedSchema, payeeSchema } from "#domain/line.ts";
import { payoutSchema, postingSchema, runProgressSchema, runSchema, statementSchema } from "#domain/run.ts";

/** How far a run is, over all parts of the facts. */
const progressViewSchema = z.strictObject({
  stage: runProgressSchema.shape.stage,
  factsExpected: runProgressSchema.shape.factsExpected,
  factsRead: z.int().describe("Versions of facts read so far"),
  segments: z.int().describe("Parts into which the facts are divided"),
  segmentsDone: z.int(),
});

/** A run as people see it. Where its settlement waits, how it is cut up and where its files lie is nobody's business outside. */
export const runViewSchema = z
  .object(runSchema.omit({ callbackId: true, payoutFiles: true, fold: true, lineShards: true, progress: true }).shape)
  .extend({
    progress: progressViewSchema.optional(),
    hasPayoutFile: z.boolean(),
    payoutFileParts: z
      .int()
      .min(0)
      .describe("Of each format: very many payees are divided over several files; 0 while there is none"),
  })
  .meta({ id: "Run" });

export type RunView = z.infer<typeof runViewSchema>;
export const lineViewSchema = lineSchema.meta({ id: "Line" });
export const heldLineViewSchema = heldLineSchema.meta({ id: "HeldLine" });
export const notAwardedViewSchema = notAwardedSchema.meta({ id: "NotAwarded" });
export const postingViewSchema = postingSchema.meta({ id: "Posting" });
export const payoutViewSchema = payoutSchema.meta({ id: "Payout" });

const told = z
  .array(z.strictObject({ sentence: z.string(), details: z.array(z.string()).optional() }))
  .optional()
  .describe("With `told=true`: every step of the trace in words, in its order");
const disputableUntil = z
  .string()
  .optional()
  .describe("Until when its payee can question it, in the plan's zone, past or not; absent where nobody can");

/** Lines and what was not awarded, with the words and the deadline that their payee looks for. */
export const toldLineSchema = lineSchema.extend({ told, disputableUntil });
export const toldNotAwardedSchema = notAwardedSchema.extend({
  told,
  lineId: z.string().optional().describe("The id that it would have as a line: under it it is questioned"),
  disputableUntil,
});

const namesShape = z.record(z.string(), z.string());
export const toldNamesSchema = z
  .strictObject({
    rewards: namesShape,
    measures: namesShape,
    subjects: namesShape.describe("Units and people"),
    others: namesShape.describe("Targets, roles, levels, grades, items, factors, instalments, budgets"),
  })
  .optional()
  .describe("With `told=true`: the names of what is spoken of, by id, in the language; what has no name is missing");

export const statementViewSchema = statementSchema
  .extend({
    lines: z.array(toldLineSchema),
    held: z.array(heldLineSchema.extend({ told })).optional().describe("What is earned and falls due later"),
    components: z.array(lineSchema.extend({ told })).optional().describe("What other lines count, with their traces"),
    notAwarded: z.array(toldNotAwardedSchema),
    names: toldNamesSchema,
  })
  .meta({ id: "Statement" });

/** One of the statements of a payee, to choose from. */
export const statementSummarySchema = z
  .strictObject({
    payee: payeeSchema,
    runId: z.string(),
    kind: runSchema.shape.kind.optional(),
    asOf: z.string().describe("The run's cut-off, in the plan's zone"),
    provisional: z.boolean(),
    currency: z.string(),
    total: z.string(),
  })
  .meta({ id: "StatementSummary" });
