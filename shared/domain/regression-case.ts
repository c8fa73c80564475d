import * as z from "zod";
import { adjustmentSchema } from "./adjustment.ts";
import { factSchema } from "./fact.ts";
import { parseInstant } from "./instant.ts";
import { payeeSchema } from "./line.ts";
import { membershipSchema, orgUnitSchema } from "./org.ts";
import { planSchema } from "./plan/plan.ts";
import { targetSchema } from "./target.ts";

const expectedSchema = z.strictObject({
  reward: z.string(),
  payee: payeeSchema,
  slice: z.string().optional(),
  part: z.string().optional(),
  amount: z.string().optional().describe("Absent: there must be no such line"),
  currency: z.string().optional(),
});
export type ExpectedLine = z.infer<typeof expectedSchema>;

/** A quarrel that was settled, with all that its line was computed from: whoever changes a plan or an engine can ask whether it still holds. */
export const regressionCaseSchema = z.strictObject({
  schema: z.literal("laurel.case/1"),
  about: z.string().describe("The dispute that it was made of, and the run"),
  plan: planSchema,
  units: z.array(orgUnitSchema),
  memberships: z.array(membershipSchema),
  targets: z.array(targetSchema),
  adjustments: z.array(adjustmentSchema).exactOptional(),
  facts: z.array(factSchema).describe("Those that the line needs, in every version that the run knew"),
  asOf: z
    .string()
    .refine((text) => parseInstant(text) !== undefined, "use an ISO 8601 instant with an offset")
    .describe("The run's cut-off"),
  expected: z.array(expectedSchema).min(1),
});
export type RegressionCase = z.infer<typeof regressionCaseSchema>;
