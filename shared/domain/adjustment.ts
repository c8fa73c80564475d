import * as z from "zod";
import { adjustmentContentSchema } from "./approval.ts";

/** A manual adjustment that a second person approved: every run that is frozen from then on has it as a line of its own. */
export const adjustmentSchema = z.strictObject({
  ...adjustmentContentSchema.omit({ kind: true, campaign: true }).shape,
  id: z.string().describe("Of the request for it"),
  reason: z.string(),
  requestedBy: z.string(),
  approvedBy: z.string(),
  approvedAt: z.string(),
});
export type Adjustment = z.infer<typeof adjustmentSchema>;
