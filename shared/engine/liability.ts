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

/**
 * What a plan can cost at most, known before it is launched. A budget that goes first come or scales bounds what it covers; one
 * that only stops the run bounds nothing. A component is not paid itself.
 */
export function maximumLiability(plan: Plan): MaximumLiability {
  const alone = plan.rewards.map(
    (reward): RewardLiability => ({
      reward: reward.id,
      ...(reward.component ? { amountMinor: 0 } : liabilityOf({ plan }, reward)),
    }),
  );
  const sum = (liabilities: readonly RewardLiability[]) =>
    liabilities.reduce((total, { amountMinor }) => addExact(total, amountMinor ?? 0), 0);
  const bounded = (liabilities: readonly RewardLiability[]) =>
    liabilities.every(({ amountMinor }) => amountMinor !== undefined);
  const limits = plan.budgets
    .filter(({ policy }) => policy !== "stopAndFlag")
    .map(({ rewards, amount }) => ({ rewards, amountMinor: moneyMinor({ plan }, amount) }));
  // A reward that several budgets cover is counted under the first: a bound all the same.
  const limitOf = (id: string) => limits.find(({ rewards }) => rewards.includes(id));
  const byReward = alone.map(({ reward, amountMinor, unboundedBecause }): RewardLiability => {
    const limit = limitOf(reward)?.amountMinor;
    if (limit === undefined)
      return {
        reward,
        ...(amountMinor === undefined ? { unboundedBecause: unboundedBecause ?? "" } : { amountMinor }),
      };
    return { reward, amountMinor: Math.min(limit, amountMinor ?? limit) };
  });
  const free = byReward.filter(({ reward }) => !limitOf(reward));
  const limited = limits.map((limit) =>
    Math.min(limit.amountMinor, sum(byReward.filter(({ reward }) => limitOf(reward) === limit))),
  );
  const boundedMinor = limited.reduce(addExact, sum(free));
  return {
    byReward,
    boundedMinor,
    ...(bounded(byReward) ? { totalMinor: boundedMinor } : {}),
    exceededBudgets: plan.budgets.flatMap((budget) => {
      if (budget.policy !== "stopAndFlag") return [];
      const covered = byReward.filter(({ reward }) => budget.rewards.includes(reward));
      const amountMinor = moneyMinor({ plan }, budget.amount);
      if (!bounded(covered)) return [{ budget: budget.id, amountMinor }];
      return sum(covered) > amountMinor ? [{ budget: budget.id, amountMinor, liabilityMinor: sum(covered) }] : [];
    }),
  };
}
