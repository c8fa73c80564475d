import type * as z from "zod";
import type { planSchema } from "#domain/plan/plan.ts";

/** A small plan that is complete: a commission, and prizes for the best three branches. */
export const examplePlan: z.input<typeof planSchema> = {
  schema: "laurel.plan/1",
  id: "spring-2026",
  name: { en: "Spring campaign", zh: "春季竞赛" },
  currency: "CNY",
  period: { start: "2026-03-01T00:00", end: "2026-06-01T00:00", zone: "Asia/Shanghai" },
  lateFacts: "P15D",
  attributes: { entry: "string" },
  counts: [{ id: "channel", when: 'channel == "individual" && entry == "app"' }],
  crediting: { to: "seller", rollUp: "occurrence" },
  measures: [{ id: "premium", name: { en: "signed premium", zh: "签单保费" }, aggregate: "sum", of: "amount" }],
  rewards: [
    {
      kind: "commission",
      id: "commission",
      measure: "premium",
      level: "participant",
      rate: "3%",
      rounding: { scope: "perFact", mode: "halfUp", unit: "0.01" },
      pay: "self",
    },
    {
      kind: "ranking",
      id: "branch-ranking",
      measure: "premium",
      level: "branch",
      gates: [{ on: "self", measure: "premium", atLeast: { target: "start" } }],
      gateEffect: "rerank",
      ties: "earliestReach",
      prizes: [
        { from: 1, to: 1, amount: "8000.00" },
        { from: 2, to: 3, amount: "5000.00" },
      ],
      pay: "self",
    },
  ],
  budgets: [{ id: "prizes", rewards: ["branch-ranking"], amount: "18000.00", policy: "stopAndFlag" }],
  recovery: "nextPayout",
};
