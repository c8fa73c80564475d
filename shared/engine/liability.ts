import { addExact } from "#domain/decimal.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { moneyMinor } from "./award.ts";
import { liabilityOf } from "./kinds/index.ts";

export interface RewardLiability {
  readonly reward: string;
  /** The most it can cost, in minor units; absent when nothing bounds it. */
  readonly amountMinor?: number;
  readonly unboundedBecause?: string;
}

export interface MaximumLiability {
  readonly byReward: readonly RewardLiability[];
  /** Sum over the bounded rewards, in minor units. */
  readonly boundedMinor: number;
  /** What the whole plan can cost at most; absent when a reward is unbounded. */
  readonly totalMinor?: number;
  /** Budgets that their rewards can exceed, with the most they can cost; an unbounded reward exceeds any. */
  readonly exceededBudgets: readonly {
    readonly budget: string;
    readonly amountMinor: number;
    readonly liabilityMinor?: number;
  }[];
}

/** What a plan can cost at most, known before it is launched. */
export function maximumLiability(plan: Plan): MaximumLiability {
  const byReward = plan.rewards.map(
    (reward): RewardLiability => ({ reward: reward.id, ...liabilityOf({ plan }, reward) }),
  );
  const sum = (liabilities: readonly RewardLiability[]) =>
    liabilities.reduce((total, { amountMinor }) => addExact(total, amountMinor ?? 0), 0);
  const bounded = (liabilities: readonly RewardLiability[]) =>
    liabilities.every(({ amountMinor }) => amountMinor !== undefined);
  return {
    byReward,
    boundedMinor: sum(byReward),
    ...(bounded(byReward) ? { totalMinor: sum(byReward) } : {}),
    exceededBudgets: plan.budgets.flatMap((budget) => {
      const covered = byReward.filter(({ reward }) => budget.rewards.includes(reward));
      const amountMinor = moneyMinor({ plan }, budget.amount);
      if (!bounded(covered)) return [{ budget: budget.id, amountMinor }];
      return sum(covered) > amountMinor ? [{ budget: budget.id, amountMinor, liabilityMinor: sum(covered) }] : [];
    }),
  };
}
