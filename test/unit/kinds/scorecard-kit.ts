import type { PlanDocument, RewardDocument } from "#test/fixtures/plan-builder.ts";

/** A scorecard of two judged KPIs, for tests to change. */

export type Scorecard = Extract<RewardDocument, { kind: "scorecard" }>;
type Kpi = Scorecard["kpis"][number];

export const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount" },
  { id: "service", aggregate: "last", of: "value", when: 'topic == "service"' },
  { id: "attitude", aggregate: "last", of: "value", when: 'topic == "attitude"' },
];

export function kpi(id: string, weight: string, changes: Partial<Kpi> = {}): Kpi {
  return { id, weight, measure: id, by: "value", scoring: { asIs: true }, missing: "zero", ...changes };
}

export function scorecard(changes: Partial<Scorecard> = {}): Scorecard {
  return {
    id: "card",
    kind: "scorecard",
    level: "participant",
    pay: "self",
    kpis: [kpi("service", "60%"), kpi("attitude", "40%")],
    grades: [
      { id: "poor", from: "0", result: "fail", factor: "0.5" },
      { id: "good", from: "60", result: "pass", pays: "500.00" },
      { id: "best", from: "90", result: "pass", pays: "1000.00", factor: "1.2" },
    ],
    ...changes,
  };
}
