import { addExact, parseRational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import { multiplyMoney } from "#domain/money.ts";
import type { CommissionReward } from "#domain/plan/rewards/commission.ts";
import { type Award, type Deciding, type Entrant, moneyMinor, moneyText, payeeOf } from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import type { RewardKind } from "./kind.ts";

/** A rate of the measure, rounded for each sale or once for the total, as the plan says. */
export const commission: RewardKind<CommissionReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    return [...excluded, ...entrants.map((entrant) => awardTo(deciding, reward, entrant))];
  },
  liability: (_rules, reward) => ({
    unboundedBecause: `${reward.id} pays ${reward.rate} of ${reward.measure}, and nothing limits how much is sold`,
  }),
};

function awardTo(deciding: Deciding, reward: CommissionReward, { subject, value, steps, qualified }: Entrant): Award {
  const { rules } = deciding;
  if (!qualified) {
    const nothing: Step = { step: "nothing", reason: "gate", message: "a gate was not passed" };
    return { subject: payeeOf(reward, subject), amountMinor: 0, steps: [...steps, nothing] };
  }
  const { amountMinor, perFact } = amountOf(deciding, reward, subject, value);
  const measured = steps.map(
    (step): Step =>
      step.step === "measure" && step.contributions
        ? {
            ...step,
            contributions: step.contributions.map((sale, index) => ({
              ...sale,
              ...(perFact[index] === undefined ? {} : { pays: moneyText(rules, perFact[index]) }),
            })),
          }
        : step,
  );
  const rate: Step = {
    step: "rate",
    rate: reward.rate,
    value: moneyText(rules, value),
    rounding: reward.rounding,
    amount: moneyText(rules, amountMinor),
  };
  const nothing: Step[] =
    amountMinor === 0 ? [{ step: "nothing", reason: "rounds-to-zero", message: "the amount rounds to zero" }] : [];
  return { subject: payeeOf(reward, subject), amountMinor, steps: [...measured, rate, ...nothing] };
}

function amountOf(
  deciding: Deciding,
  reward: CommissionReward,
  subject: string,
  value: number,
): { amountMinor: number; perFact: readonly number[] } {
  const { rules, standings } = deciding;
  const rate = parseRational(reward.rate);
  if (!rate) throw new RangeError(`${reward.rate} is no rate`);
  const unitMinor = moneyMinor(rules, reward.rounding.unit);
  const pay = (minor: number) => multiplyMoney(minor, rate, reward.rounding.mode, unitMinor);
  if (reward.rounding.scope === "perTotal") return { amountMinor: pay(value), perFact: [] };
  const sales = standings.contributions(reward.measure, reward.level, subject);
  if (!sales) throw new RangeError("a commission for each sale needs the sales");
  const perFact = sales.map((sale) => pay(sale.value));
  return { amountMinor: perFact.reduce(addExact, 0), perFact };
}
