import * as z from "zod";

/** The steps of pay that follows single sales: what multiplies it, and what is kept of it after a sale was cancelled. */
export const SALE_STEPS = [
  z.strictObject({
    step: z.literal("multiplied"),
    factors: z.array(z.string()).describe("Ids of the factors that apply to these sales, in the plan's order"),
    factor: z.string().describe("What they come to, exact"),
    sales: z.int().describe("How many sales they apply to; cancelled ones are told by themselves"),
    before: z.string().describe("Exact, before rounding"),
    amount: z.string().describe("Exact, before rounding"),
  }),
  z.strictObject({
    step: z.literal("cancelled"),
    fact: z.string(),
    version: z.int(),
    occurredAt: z.string(),
    cancelledAt: z.string().describe("By the source's clock, or when it became known where the source does not say"),
    earned: z.string().describe("What the sale would pay had it stood; exact, before rounding"),
    keeps: z.string().describe("The part of that which is not taken back, exact: a percentage or a fraction"),
    amount: z.string().describe("What is kept; exact, before rounding"),
  }),
] as const;
