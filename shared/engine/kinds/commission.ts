import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { CommissionReward } from "#domain/plan/rewards/commission.ts";
import { type Award, type Claim, type Deciding, type Entrant, moneyText, payeeOf } from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import { exact, exactText, measured, plus, roundedMinor, times, ZERO } from "./exact.ts";
import type { RewardKind } from "./kind.ts";
import { claimsOfValue, followsFacts, isFirstCome, paidByFacts, paidFactsOf } from "./paid-facts.ts";
import { GATE_NOT_PASSED, nothingFor, ROUNDS_TO_ZERO, withPay } from "./scale.ts";

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

function awardTo(deciding: Deciding, reward: CommissionReward, entrant: Entrant): Award {
  if (!entrant.qualified) return nothingFor(reward, entrant, GATE_NOT_PASSED);
  const { rules } = deciding;
  const isPlain = reward.rounding.scope === "perTotal" && !followsFacts(reward);
  const { amountMinor, base, pays, steps, claims } = isPlain
    ? paidOnValue(deciding, reward, entrant)
    : paidOnSales(deciding, reward, entrant);
  const rate: Step = {
    step: "rate",
    rate: reward.rate,
    value: exactText(base, rules.currencyDigits),
    rounding: reward.rounding,
    amount: moneyText(rules, amountMinor),
  };
  return {
    subject: payeeOf(reward, entrant.subject),
    amountMinor,
    steps: [...withPay(entrant.steps, pays), ...steps, rate, ...(amountMinor === 0 ? [ROUNDS_TO_ZERO] : [])],
    ...(claims ? { claims } : {}),
  };
}

interface Paid {
  readonly amountMinor: number;
  /** What the rate is of: the measure, by its factors, with what is kept of cancelled sales. */
  readonly base: Rational;
  /** Of each sale that stands, where sales are rounded one by one. */
  readonly pays: readonly string[];
  readonly steps: readonly Step[];
  readonly claims?: readonly Claim[];
}

function paidOnValue(deciding: Deciding, reward: CommissionReward, { subject, value }: Entrant): Paid {
  const { rules } = deciding;
  const rate = exact(reward.rate);
  const amountOf = (own: number) =>
    roundedMinor(rules, times(measured(rules, reward.measure, own), rate), reward.rounding);
  return {
    amountMinor: amountOf(value),
    base: measured(rules, reward.measure, value),
    pays: [],
    steps: [],
    ...(isFirstCome(rules.plan, reward) ? { claims: claimsOfValue(deciding, reward, subject, amountOf) } : {}),
  };
}

function paidOnSales(deciding: Deciding, reward: CommissionReward, { subject }: Entrant): Paid {
  const rate = exact(reward.rate);
  const sales = paidFactsOf(deciding, reward, subject).map((fact) => ({
    fact,
    value: measured(deciding.rules, reward.measure, fact.value),
  }));
  const { amountMinor, pays, steps, claims } = paidByFacts(
    deciding,
    reward,
    sales.map(({ fact, value }) => ({ fact, earned: times(value, rate) })),
  );
  const base = followsFacts(reward)
    ? sales.reduce((sum, { fact, value }) => plus(sum, times(times(value, fact.factored.factor), fact.kept)), ZERO)
    : measured(
        deciding.rules,
        reward.measure,
        deciding.standings.measured(reward.measure, reward.level, subject).value,
      );
  return { amountMinor, base, pays, steps, ...(claims ? { claims } : {}) };
}
