import { addExact } from "#domain/decimal.ts";
import { type Line, lineId, type NotAwarded, type Totals, type Warning } from "#domain/line.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { compareText } from "#domain/text.ts";
import { type Award, type Deciding, moneyMinor, moneyText } from "./award.ts";
import { awardReward } from "./kinds/index.ts";
import type { Rules } from "./rules.ts";
import { splitAward } from "./split.ts";
import type { Standings } from "./standings.ts";

export interface Decision {
  readonly lines: readonly Line[];
  readonly notAwarded: readonly NotAwarded[];
  readonly totals: Omit<Totals, "facts">;
  readonly warnings: readonly Warning[];
}

/**
 * The one place that says in which order amounts come about:
 *
 * 1. scope, then gates — who takes part (`entrants.ts`);
 * 2. the reward's own rule, with its rounding — what the subject wins (`kinds/`);
 * 3. split — a unit's award is divided only after it is known and rounded, so that its parts sum to what was announced;
 * 4. budgets — last, because they look at what would really be paid.
 *
 * Rewards are decided in the plan's order; no reward sees another's lines.
 */
export function decide(rules: Rules, standings: Standings): Decision {
  const deciding: Deciding = { rules, standings, warnings: [] };
  const lines: Line[] = [];
  const notAwarded: NotAwarded[] = [];
  const totalByReward = new Map<string, number>();
  for (const reward of rules.plan.rewards) {
    const awards = awardReward(deciding, reward);
    const paid = awards
      .filter((award) => award.amountMinor !== 0)
      .flatMap((award) => payAward(deciding, reward, award));
    for (const award of paid.filter(({ amountMinor }) => amountMinor !== 0)) lines.push(lineOf(rules, reward, award));
    for (const award of [...awards, ...paid].filter(({ amountMinor }) => amountMinor === 0))
      notAwarded.push(notAwardedOf(reward, award));
    totalByReward.set(
      reward.id,
      paid.reduce((sum, { amountMinor }) => addExact(sum, amountMinor), 0),
    );
  }
  const budgets = rules.plan.budgets.map((budget) => budgetUse(deciding, budget, totalByReward));
  return {
    lines: lines.sort((a, b) => compareText(a.lineId, b.lineId)),
    notAwarded: notAwarded.sort((a, b) => compareText(lineId(a.reward, a.subject), lineId(b.reward, b.subject))),
    totals: {
      byReward: Object.fromEntries([...totalByReward].map(([id, minor]) => [id, moneyText(rules, minor)])),
      all: moneyText(rules, [...totalByReward.values()].reduce(addExact, 0)),
      budgets,
    },
    warnings: deciding.warnings,
  };
}

function payAward(deciding: Deciding, reward: Reward, award: Award): Award[] {
  return reward.pay === "self" ? [award] : splitAward(deciding, reward, reward.pay.split, award);
}

function lineOf(rules: Rules, reward: Reward, award: Award): Line {
  return {
    lineId: lineId(reward.id, award.subject),
    reward: reward.id,
    payee: award.subject,
    amount: moneyText(rules, award.amountMinor),
    currency: rules.plan.currency,
    ...(award.rank === undefined ? {} : { rank: award.rank }),
    trace: [...award.steps],
  };
}

function notAwardedOf(reward: Reward, award: Award): NotAwarded {
  return {
    reward: reward.id,
    subject: award.subject,
    ...(award.rank === undefined ? {} : { rank: award.rank }),
    trace: [...award.steps],
  };
}

function budgetUse(
  { rules, warnings }: Deciding,
  budget: Rules["plan"]["budgets"][number],
  totalByReward: ReadonlyMap<string, number>,
) {
  const usedMinor = budget.rewards.reduce((sum, id) => addExact(sum, totalByReward.get(id) ?? 0), 0);
  const amountMinor = moneyMinor(rules, budget.amount);
  if (usedMinor > amountMinor) {
    warnings.push({
      code: "budget-exceeded",
      subject: budget.id,
      message: `${budget.rewards.join(" and ")} come to ${moneyText(rules, usedMinor)} ${rules.plan.currency}, above the budget ${budget.id} of ${budget.amount}`,
      blocks: true,
    });
  }
  return {
    id: budget.id,
    amount: moneyText(rules, amountMinor),
    used: moneyText(rules, usedMinor),
    left: moneyText(rules, amountMinor - usedMinor),
  };
}
