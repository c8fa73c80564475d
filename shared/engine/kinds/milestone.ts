import { addExact } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { MilestoneReward } from "#domain/plan/rewards/milestone.ts";
import type { Reached } from "#domain/progress.ts";
import {
  type Award,
  type Claim,
  type Deciding,
  type Entrant,
  measureText,
  moneyMinor,
  moneyText,
  payeeOf,
  timeText,
} from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import type { RewardKind } from "./kind.ts";
import { GATE_NOT_PASSED, nothingFor, PAYS_NOTHING, scaleFor, valueAt } from "./scale.ts";

/** Lump sums for the steps that were reached: each of them, or only the highest. */
export const milestone: RewardKind<MilestoneReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    return [...excluded, ...entrants.map((entrant) => awardTo(deciding, reward, entrant))];
  },
  liability(rules, reward) {
    const amounts = reward.steps.map(({ amount }) => moneyMinor(rules, amount));
    const most = reward.policy === "every" ? amounts.reduce(addExact, 0) : Math.max(...amounts);
    return {
      unboundedBecause: `${reward.id} pays each at most ${moneyText(rules, most)}, and nothing limits how many reach that`,
    };
  },
};

function awardTo(deciding: Deciding, reward: MilestoneReward, entrant: Entrant): Award {
  const { rules } = deciding;
  if (!entrant.qualified) return nothingFor(reward, entrant, GATE_NOT_PASSED);
  const scale = scaleFor(deciding, reward, entrant);
  if ("obstacle" in scale) return nothingFor(reward, entrant, scale.obstacle);
  const steps = reward.steps.map((step) => {
    const threshold = valueAt(deciding, reward.measure, scale.mark(step.at));
    return { ...step, threshold, ...reachOf(deciding, reward, entrant, threshold) };
  });
  const highest = steps.findLastIndex(({ isReached }) => isReached);
  const paid = steps.map(({ isReached }, index) => isReached && (reward.policy === "every" || index === highest));
  const amountMinor = steps.reduce(
    (sum, { amount }, index) => (paid[index] ? addExact(sum, moneyMinor(rules, amount)) : sum),
    0,
  );
  const told = steps.map(({ at, amount, threshold, isReached, reached }, index): Step => {
    const text = (value: number) => measureText(rules, reward.measure, value);
    return {
      step: "milestone",
      at,
      threshold: text(threshold),
      ...(isReached
        ? reached && { reached: { at: timeText(rules, reached.at), fact: reached.fact, value: text(reached.value) } }
        : { missing: text(threshold - entrant.value) }),
      pays: paid[index] ?? false,
      amount: moneyText(rules, moneyMinor(rules, amount)),
    };
  });
  const claims = steps.flatMap(({ amount, reached }, index): Claim[] =>
    paid[index] && reached ? [{ at: reached.at, fact: reached.fact, amountMinor: moneyMinor(rules, amount) }] : [],
  );
  const [next] = steps.filter(({ isReached }) => !isReached);
  const nothing: Step[] =
    amountMinor !== 0
      ? []
      : highest >= 0 || !next
        ? [PAYS_NOTHING]
        : [
            {
              step: "nothing",
              reason: "no-step",
              message: "no step was reached",
              missing: measureText(rules, reward.measure, next.threshold - entrant.value),
            },
          ];
  return {
    subject: payeeOf(reward, entrant.subject),
    amountMinor,
    steps: [...entrant.steps, ...scale.steps, ...told, ...nothing],
    ...(claims.length > 0 ? { claims } : {}),
  };
}

/** Whether the value that the plan asks about is at the threshold, and when it first was. */
function reachOf(
  { standings }: Deciding,
  reward: MilestoneReward,
  { subject, value }: Entrant,
  threshold: number,
): { readonly isReached: boolean; readonly reached: Reached | undefined } {
  const reached = standings.reach(reward.measure, reward.level, subject, threshold);
  return { isReached: reward.reach === "peak" ? reached !== undefined : value >= threshold, reached };
}
