import type { LintInput } from "#engine/lint/context.ts";
import {
  type PlanDocument,
  person,
  planOf,
  type RewardDocument,
  sale,
  target,
  UNITS,
} from "#test/fixtures/plan-builder.ts";

/** What a plan that triggers a finding is linted with, and a neighbour that does not. */
export interface LintCase {
  readonly code: string;
  readonly severity: "blocks" | "warns";
  readonly path: string;
  /** What the message must say: the numbers. */
  readonly says: string;
  readonly unwise: LintInput;
  readonly wise: LintInput;
}

export const planned = (changes: Partial<PlanDocument>, beside: Omit<LintInput, "plan"> = {}): LintInput => ({
  plan: planOf(changes),
  ...beside,
});
export const rewarding = (reward: RewardDocument, beside: Omit<LintInput, "plan"> = {}) =>
  planned({ rewards: [reward] }, beside);
export const budget = (rewards: string[], amount: string) => ({
  id: "b",
  rewards,
  amount,
  policy: "stopAndFlag" as const,
});
export const period = (start: string, end: string) => ({ period: { start, end, zone: "Asia/Shanghai" } });
export const counting = (...texts: string[]) => ({
  counts: texts.map((when, index) => ({ id: `c${index + 1}`, when })),
});

export const AGENTS = ["ann", "bob", "cy", "dan", "eve"].map((id, index) =>
  person(id, ["east", "east", "west", "west", "coast"][index] ?? "east"),
);
export const STAFFED = { units: UNITS, memberships: AGENTS };
export const START = [
  target("east", "start", "100.00"),
  target("west", "start", "80.00"),
  target("coast", "start", "60.00"),
];
export const easy = (values: readonly string[]) =>
  ["east", "west", "coast"].map((unit, index) => target(unit, "easy", values[index] ?? ""));
export const FACTS = [
  sale("ann", 100, "05-02 10:00", { product: "LAY", attributes: { entry: "app" } }),
  sale("bob", 200, "05-03 10:00", { product: "LAI", attributes: { entry: "web" } }),
];
export const GATED = (...values: string[]) =>
  values.map((value) => ({ on: "self" as const, measure: "sales", atLeast: { value } }));
export const SPLIT = (byRole: Record<string, string>) => ({
  split: { byRole, membership: "periodEnd" as const, nobody: "unit" as const },
});
export const ancestor = (level: string) => ({
  on: { ancestor: level, membership: "periodEnd" as const },
  measure: "sales",
  atLeast: { value: "10.00" },
});
export const rounded = (unit: string, scope: "perFact" | "perTotal") => ({ scope, mode: "halfUp" as const, unit });
