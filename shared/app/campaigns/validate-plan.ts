import { formatMoney } from "#domain/money.ts";
import { parsePlan } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import { maximumLiability } from "#engine/liability.ts";
import type { Finding } from "#engine/lint/finding.ts";
import { lintPlan } from "#engine/lint/index.ts";

export interface PlanReport {
  readonly valid: boolean;
  /** What must be mended before the plan can be published. */
  readonly problems: readonly Problem[];
  /** What is unwise, by the plan alone; its organisation, people and targets are looked at when a version is activated. */
  readonly findings: readonly Finding[];
  readonly planHash?: string;
  /** Amounts are decimal texts in the plan's currency. */
  readonly maximumLiability?: {
    readonly currency: string;
    readonly byReward: readonly {
      readonly reward: string;
      readonly amount?: string;
      readonly unboundedBecause?: string;
    }[];
    readonly bounded: string;
    readonly total?: string;
  };
}

/** Checks a document that should be a plan. A bad one is an answer, not an error. */
export function validatePlan(document: unknown): PlanReport {
  try {
    return reportOf(parsePlan(document));
  } catch (error) {
    if (error instanceof Refusal) return { valid: false, problems: error.problems, findings: [] };
    throw error;
  }
}

function reportOf(plan: Plan): PlanReport {
  const liability = maximumLiability(plan);
  const money = (amountMinor: number) => formatMoney(amountMinor, plan.currency);
  return {
    valid: true,
    problems: [],
    findings: lintPlan({ plan }),
    planHash: hashOf(plan),
    maximumLiability: {
      currency: plan.currency,
      byReward: liability.byReward.map(({ reward, amountMinor, unboundedBecause }) => ({
        reward,
        ...(amountMinor === undefined ? {} : { amount: money(amountMinor) }),
        ...(unboundedBecause === undefined ? {} : { unboundedBecause }),
      })),
      bounded: money(liability.boundedMinor),
      ...(liability.totalMinor === undefined ? {} : { total: money(liability.totalMinor) }),
    },
  };
}
