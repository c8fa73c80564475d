import * as z from "zod";

/** The steps of a scorecard's trace. Scores and totals are exact: a decimal, or a fraction where decimals do not end. */
export const SCORECARD_STEPS = [
  z.strictObject({
    step: z.literal("kpi"),
    kpi: z.string(),
    weight: z.string(),
    measure: z.string().optional().describe("The one that was looked at; absent where nothing was there to look at"),
    result: z.string().optional().describe("The measure's value, or the attainment of the target"),
    target: z.string().optional().describe("Label of the target that the result is a part of"),
    score: z.string().optional().describe("Absent where the KPI is left out and the others weigh more"),
    missing: z
      .enum(["zero", "excluded", "reweight"])
      .optional()
      .describe("There were no facts: what the plan does then"),
    unmet: z
      .strictObject({ kpi: z.string(), atLeast: z.string(), score: z.string() })
      .optional()
      .describe("Another KPI had to score more, so that this one scores 0"),
  }),
  z.strictObject({
    step: z.literal("total"),
    weights: z.string().describe("Sum of the weights that counted: 100%, or less where a KPI was left out"),
    exact: z.string(),
    total: z.string().describe("What the grade is looked up with: rounded where the plan says so"),
  }),
  z.strictObject({
    step: z.literal("scored"),
    scorecard: z.string(),
    total: z.string().describe("Of an earlier scorecard, by which a ranking goes: exact"),
  }),
  z.strictObject({
    step: z.literal("grade"),
    grade: z.string(),
    from: z.string(),
    result: z.enum(["pass", "fail"]).optional(),
    factor: z.string().optional(),
    pays: z.string().optional(),
    next: z.strictObject({ grade: z.string(), missing: z.string() }).optional(),
  }),
  z.strictObject({
    step: z.literal("scorePay"),
    points: z.string(),
    perPoint: z.string(),
    exact: z.string(),
    amount: z.string(),
  }),
  z.strictObject({
    step: z.literal("consequence"),
    id: z.string(),
    flag: z.string(),
    grades: z.array(z.strictObject({ slice: z.string(), grade: z.string() })).describe("The slices in a row, in order"),
  }),
] as const;
