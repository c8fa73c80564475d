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

const amountsShape = {
  before: z.string().meta({ examples: ["120.00"] }),
  after: z.string().meta({ examples: ["150.00"] }),
  difference: z
    .string()
    .describe("What there is now, less what there was")
    .meta({ examples: ["30.00"] }),
};

const sideShape = {
  run: z.string(),
  against: z.string().optional().describe("The run that is compared with; absent where none had posted: all is new"),
};

/** One answer is about some of the payees; all of them are added up. */
export const runComparisonSchema = z
  .strictObject({
    ...sideShape,
    parts: z
      .strictObject({ done: z.int(), of: z.int() })
      .describe("Of the parts into which all payees are divided, those told with this answer"),
    totals: z
      .array(
        z.strictObject({
          currency: z.string().describe("ISO 4217, or the unit of a benefit in kind"),
          ...amountsShape,
          payees: z
            .strictObject({ more: z.int(), less: z.int(), same: z.int(), new: z.int(), gone: z.int() })
            .describe("`new` had no line before, `gone` has none now; each payee is one of the five"),
          changed: z.int().describe("Payees with a line of another amount"),
          matching: z.int().describe("Of these, those that fit `direction` and `reward`"),
        }),
      )
      .describe(
        "Of the payees of this answer, in each currency and benefit, money first. Add them up over all answers",
      ),
    items: z
      .array(
        z.strictObject({
          payee: payeeSchema,
          currency: z.string(),
          change: z.enum(["more", "less", "same", "new", "gone"]),
          ...amountsShape,
          rewards: z
            .array(z.strictObject({ reward: z.string(), ...amountsShape }))
            .describe("Those with a line of another amount, in order of their ids"),
        }),
      )
      .describe(
        "The largest differences of the payees of this answer, at most `limit` in each currency; two that are alike in order of kind and id. The largest of all are among those of all answers",
      ),
    nextCursor: z.string().optional().describe("Absent when all payees are told"),
  })
  .meta({ id: "RunComparison" });

export const payeeComparisonSchema = z
  .strictObject({
    ...sideShape,
    payee: payeeSchema,
    lines: z
      .array(
        z.strictObject({
          lineId: z.string(),
          currency: z.string(),
          before: lineViewSchema.optional().describe("Absent where the line is new"),
          after: lineViewSchema.optional().describe("Absent where it is gone"),
        }),
      )
      .describe("Lines of another amount, in order of their ids; what their traces say differently is why"),
  })
  .meta({ id: "PayeeComparison" });
