import * as z from "zod";
import { heldLineSchema, lineSchema, notAwardedSchema } from "#domain/line.ts";
import { payoutSchema, postingSchema, runSchema, statementSchema } from "#domain/run.ts";

/** A run as people see it. Where its settlement waits and where its files lie is nobody's business outside. */
export const runViewSchema = z
  .object(runSchema.omit({ callbackId: true, payoutFiles: true }).shape)
  .extend({ hasPayoutFile: z.boolean() })
  .meta({ id: "Run" });

export type RunView = z.infer<typeof runViewSchema>;
export const lineViewSchema = lineSchema.meta({ id: "Line" });
export const heldLineViewSchema = heldLineSchema.meta({ id: "HeldLine" });
export const notAwardedViewSchema = notAwardedSchema.meta({ id: "NotAwarded" });
export const postingViewSchema = postingSchema.meta({ id: "Posting" });
export const payoutViewSchema = payoutSchema.meta({ id: "Payout" });
export const statementViewSchema = statementSchema.meta({ id: "Statement" });
