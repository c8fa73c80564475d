import * as z from "zod";

/** The steps of a pool's trace. */
export const POOL_STEPS = [
  z.strictObject({
    step: z.literal("pot"),
    amount: z.string(),
    rate: z.string().optional(),
    measure: z.string().optional(),
    value: z.string().optional().describe("Of everybody in scope, where the pot is a rate of it"),
    sharers: z.int().describe("How many take part"),
  }),
  z.strictObject({
    step: z.literal("potShare"),
    by: z.enum(["rank", "contribution", "weight", "attainment"]),
    own: z.string().optional().describe("Exact: contribution, weight or attainment"),
    all: z.string().optional().describe("Their sum over all who take part"),
    places: z
      .strictObject({ from: z.int(), to: z.int() })
      .optional()
      .describe("By rank: more than one where a tie shares"),
    share: z.string().describe("Exact part of the pot"),
    amount: z.string().describe("Exact, before the parts are brought to whole units"),
  }),
  z.strictObject({
    step: z.literal("potAverage"),
    contribution: z.string(),
    average: z.string(),
    before: z.string().describe("The prize of the place, exact"),
    residual: z.string().describe("What those below the average left, exact"),
    amount: z.string().describe("Exact"),
  }),
  z.strictObject({
    step: z.literal("potPaid"),
    exact: z.string(),
    amount: z.string().describe("By largest remainder, so that all parts sum to the pot"),
  }),
] as const;

/** The steps of an override's trace. */
export const OVERRIDE_STEPS = [
  z.strictObject({
    step: z.literal("team"),
    unit: z.string(),
    rewards: z.array(z.string()).optional().describe("Whose awards count"),
    measure: z.string().optional(),
    sum: z.string().describe("What the team came to"),
    own: z.string().optional().describe("The leader's part of it, which does not count"),
    parts: z.array(z.strictObject({ id: z.string(), value: z.string() })).describe("By participant or unit"),
  }),
  z.strictObject({
    step: z.literal("override"),
    unit: z.string(),
    base: z.string(),
    rate: z.string(),
    exact: z.string(),
    whole: z.string().describe("Rounded: what one leader gets, or what several share"),
    leaders: z.int(),
    shared: z.boolean().describe("Several leaders share it"),
    amount: z.string(),
  }),
] as const;
