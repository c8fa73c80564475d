import * as z from "zod";

/** The steps of rebates, gifts and points. Pieces and points are whole numbers as texts; instants are in the plan's zone. */

export const ORDER_OUTCOMES = [
  "counts",
  "below",
  "above",
  "not-first",
  "no-customer",
  "evidence-awaited",
  "evidence-missing",
] as const;

const factShape = { fact: z.string(), occurredAt: z.string() };

export const BENEFIT_STEPS = [
  z.strictObject({
    step: z.literal("orders"),
    rate: z.string(),
    unitValue: z.string().optional().describe("Of goods: what a piece is worth"),
    orders: z
      .array(
        z.strictObject({
          ...factShape,
          value: z.string(),
          outcome: z.enum(ORDER_OUTCOMES),
          due: z.string().optional().describe("Until when evidence counts, exclusive"),
          evidence: z.string().optional().describe("Key of the fact that is the evidence"),
          amount: z.string().describe("Money or pieces, exact, before rounding"),
        }),
      )
      .describe("Every order of the slice, in time order"),
  }),
  z.strictObject({
    step: z.literal("gifts"),
    item: z.string(),
    pieces: z.string().describe("For each"),
    for: z.enum(["eachFact", "eachRecipient", "every"]),
    every: z.string().optional(),
    earned: z.string().describe("Before the limit"),
    limit: z.string().optional(),
    amount: z.string(),
    given: z
      .array(z.strictObject({ ...factShape, recipient: z.string().optional(), pieces: z.string() }))
      .describe("In time order; `recipient` where it is not the payee, who hands it out"),
  }),
  z.strictObject({
    step: z.literal("points"),
    programme: z.string(),
    rate: z.string(),
    facts: z.array(
      z.strictObject({
        ...factShape,
        value: z.string(),
        factor: z.string(),
        factors: z.array(z.string()).describe("Ids of the multipliers that apply"),
        exact: z.string(),
      }),
    ),
  }),
  z.strictObject({
    step: z.literal("used"),
    how: z.enum(["redeemed", "expired"]),
    movements: z.array(
      z.strictObject({
        at: z.string(),
        fact: z.string().describe("Of a redemption its fact, of what expired the fact that earned it"),
        points: z.string(),
        missing: z.string().optional().describe("Of a redemption: what it was above the balance"),
      }),
    ),
  }),
  z.strictObject({
    step: z.literal("balance"),
    programme: z.string(),
    before: z.string(),
    earned: z.string(),
    redeemed: z.string(),
    expired: z.string(),
    after: z.string(),
  }),
] as const;
