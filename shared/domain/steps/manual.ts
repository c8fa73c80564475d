import * as z from "zod";

/** The step of an amount that no rule gives. */
export const MANUAL_STEPS = [
  z.strictObject({
    step: z.literal("manual"),
    number: z.string().describe("The maker's own number of the adjustment"),
    reason: z.string(),
    evidence: z.string(),
    requestedBy: z.string(),
    approvedBy: z.string(),
    approvedAt: z.string(),
    amount: z.string(),
  }),
] as const;
