import { addExact } from "#domain/decimal.ts";
import { isBenefit } from "#domain/money.ts";
import type { Plan, Reward } from "#domain/plan/plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { moneyMinor, prizeTable } from "../award.ts";
import { liabilityOf } from "../kinds/index.ts";
import { maximumLiability } from "../liability.ts";
import { hasPlaces, type LintContext, moneyIn, subjectsInScope } from "./context.ts";
import type { Finding } from "./finding.ts";

/** What a plan can cost, against what it may. */
export function liabilityFindings(context: LintContext): Finding[] {
  return [...unbounded(context), ...budgetBelow(context), ...withoutBudget(context)];
}

function unbounded(context: LintContext): Finding[] {
  const { plan } = context;
  return maximumLiability(plan).byReward.flatMap(({ amountMinor, unboundedBecause }, index): Finding[] => {
    const reward = plan.rewards[index];
    if (amountMinor !== undefined || !reward) return [];
    const tied = reward.kind === "ranking" ? samePrizeNumbers(context, reward) : "";
    return [
      {
        code: "unbounded-liability",
        severity: "warns",
        path: `/rewards/${index}`,
        message: `nothing bounds what ${reward.id} can cost: ${unboundedBecause ?? "it grows with the sales"}${tied}`,
        mend:
          reward.kind === "ranking"
            ? "use ties: poolPrizes, earliestReach or earlierLastFact, which never cost more than the prizes"
            : !spendsMoney(plan, reward)
              ? "give goods out of a stock, or accept that nothing bounds them"
              : "put it under a budget that stops the run, or accept that its cost grows with the sales",
      },
    ];
  });
}

function samePrizeNumbers(context: LintContext, reward: Extract<Reward, { kind: "ranking" }>): string {
  const table = prizeTable(context, reward.prizes);
  const money = (minor: bigint) => moneyIn(context, Number(minor));
  const all = BigInt(table.sumOf(1, table.places));
  const first = BigInt(table.amountAt(1));
  const tied = BigInt(subjectsInScope(context, reward)?.length ?? table.places);
  return `; without ties it costs at most ${money(all)}, with ${tied} tied for first ${money(tied * first)}`;
}

/**
 * Prizes are promises of known size, and a run above its budget cannot be approved: a budget below them is known to break
 * before anybody has sold, so it blocks. Against a reward that grows with the sales any budget is too small, and stopping
 * the run is just what it is for: that warns.
 */
function budgetBelow(context: LintContext): Finding[] {
  const { plan } = context;
  return plan.budgets.flatMap((budget, index): Finding[] => {
    // The other policies keep to the budget by themselves.
    if (budget.policy !== "stopAndFlag") return [];
    const amountMinor = moneyMinor(context, budget.amount);
    const costs = plan.rewards
      .filter(({ id }) => budget.rewards.includes(id))
      .map((reward) => reachableCost(context, reward));
    const cost = costs.reduce<number | undefined>(
      (sum, next) => (sum === undefined || next === undefined ? undefined : addExact(sum, next)),
      0,
    );
    const amount = moneyIn(context, amountMinor);
    const found = { code: "budget-below-liability", path: `/budgets/${index}/amount`, seen: amount };
    if (cost === undefined) {
      return [
        {
          ...found,
          severity: "warns",
          message: `the budget ${budget.id} of ${amount} covers a reward that nothing bounds`,
          mend: "accept that a run above it cannot be approved, or leave that reward out of the budget",
        },
      ];
    }
    if (cost <= amountMinor) return [];
    return [
      {
        ...found,
        severity: "blocks",
        message: `the budget ${budget.id} of ${amount} is ${moneyIn(context, cost - amountMinor)} below what its rewards can cost, ${moneyIn(context, cost)}; a run above it cannot be approved`,
        allowed: `${moneyIn(context, cost)} or more`,
        mend: `raise the budget to "${moneyIn(context, cost)}", or lower the prizes`,
      },
    ];
  });
}

/** The most that can be won, of prizes by as many as are there; undefined when nothing bounds it. */
function reachableCost(context: LintContext, reward: Reward): number | undefined {
  const liability = liabilityOf(context, reward);
  if ("unboundedBecause" in liability) return undefined;
  if (!hasPlaces(reward)) return liability.amountMinor;
  const subjects = subjectsInScope(context, reward)?.length;
  const slices = sliceWindows(context.plan, reward.per).length;
  return prizeTable(context, reward.prizes).sumOf(1, subjects ?? Number.MAX_SAFE_INTEGER) * slices;
}

function withoutBudget(context: LintContext): Finding[] {
  const { plan } = context;
  const covered = new Set(plan.budgets.flatMap(({ rewards }) => rewards));
  return plan.rewards.flatMap((reward, index): Finding[] =>
    covered.has(reward.id) || !spendsMoney(plan, reward) || !canBeBudgeted(context, reward)
      ? []
      : [
          {
            code: "reward-without-budget",
            severity: "warns",
            path: `/rewards/${index}`,
            message: `no budget covers ${reward.id} (the plan has ${plan.budgets.length}): no run is stopped for what it costs`,
            mend: `name ${reward.id} in a budget, or accept that nothing stops it`,
          },
        ],
  );
}

/** A component is paid by another reward, and no budget may name it; what costs nothing, such as published grades, needs none. */
function canBeBudgeted(context: LintContext, reward: Reward): boolean {
  if (reward.component) return false;
  const liability = liabilityOf(context, reward);
  return "unboundedBecause" in liability || liability.amountMinor !== 0;
}

/** Benefits in kind and penalties are in no budget. */
function spendsMoney(plan: Plan, reward: Reward): boolean {
  return reward.kind !== "penalty" && !isBenefit(unitOfPay(plan, reward));
}
