import { formatMoney } from "#domain/money.ts";
import { parsePlan } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import { type MaximumLiability, maximumLiability } from "#engine/liability.ts";

export interface PlanReport {
  readonly valid: boolean;
  /** What must be mended before the plan can be published. */
  readonly problems: readonly Problem[];
  /** What a person should look at. */
  readonly findings: readonly Problem[];
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
    findings: [...unboundedFindings(plan, liability), ...budgetFindings(plan, liability, money)],
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

function unboundedFindings(plan: Plan, { byReward }: MaximumLiability): Problem[] {
  return byReward.flatMap(({ reward, amountMinor, unboundedBecause }): Problem[] =>
    amountMinor === undefined
      ? [
          {
            code: "unbounded-liability",
            path: `/rewards/${plan.rewards.findIndex(({ id }) => id === reward)}`,
            message: `nothing bounds what ${reward} can cost: ${unboundedBecause ?? "it grows with the sales"}`,
          },
        ]
      : [],
  );
}

function budgetFindings(
  plan: Plan,
  { exceededBudgets }: MaximumLiability,
  money: (amountMinor: number) => string,
): Problem[] {
  return exceededBudgets.map(({ budget, amountMinor, liabilityMinor }) => ({
    code: "budget-below-liability",
    path: `/budgets/${plan.budgets.findIndex(({ id }) => id === budget)}/amount`,
    message:
      liabilityMinor === undefined
        ? `the budget ${budget} of ${money(amountMinor)} covers a reward that nothing bounds`
        : `the budget ${budget} of ${money(amountMinor)} is ${money(liabilityMinor - amountMinor)} below what its rewards can cost`,
    seen: money(amountMinor),
    ...(liabilityMinor === undefined ? {} : { allowed: `${money(liabilityMinor)} or more` }),
    mend: "raise the budget, or accept that a run above it cannot be approved",
  }));
}
