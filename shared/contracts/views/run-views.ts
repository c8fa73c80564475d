import * as z from "zod";
import { heldLineSchema, lineSchema, notAwardedSchema } from "#domain/line.ts";
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
export const statementViewSchema = statementSchema.meta({ id: "Statement" });
