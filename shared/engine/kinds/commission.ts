import { addExact } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { CommissionReward } from "#domain/plan/rewards/commission.ts";
import { type Award, type Claim, type Deciding, type Entrant, moneyText, payeeOf } from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import type { Sales } from "../sales.ts";
import type { Pay } from "../told-sales.ts";
import { exact, exactText, measured, measuredText, plus, roundedMinor, times, ZERO } from "./exact.ts";
import type { RewardKind } from "./kind.ts";
import { claimsOfValue, followsFacts, isFirstCome, paidByFacts, paidFactsOf } from "./paid-facts.ts";
import { payByRate } from "./rate-pay.ts";
import { GATE_NOT_PASSED, nothingFor, ROUNDS_TO_ZERO, withPay, withPays } from "./scale.ts";

/** A rate of the measure, rounded for each sale or once for the total, as the plan says. */
export const commission: RewardKind<CommissionReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    const pay = payOf(deciding, reward);
    return [...excluded, ...entrants.map((entrant) => awardTo(deciding, reward, entrant, pay))];
  },
  liability: (_rules, reward) => ({
    unboundedBecause: `${reward.id} pays ${reward.rate} of ${reward.measure}, and nothing limits how much is sold`,
  }),
};

/** What a sale's value pays, where sales are rounded one by one and nothing is done to any of them. */
function payOf({ rules }: Deciding, reward: CommissionReward): Pay | undefined {
  if (reward.rounding.scope === "perTotal" || followsFacts(reward) || isFirstCome(rules.plan, reward)) return undefined;
  const pay = payByRate(rules, reward.measure, exact(reward.rate), reward.rounding);
  return { digits: rules.currencyDigits, minor: (_, value) => pay(value) };
}

function awardTo(deciding: Deciding, reward: CommissionReward, entrant: Entrant, pay: Pay | undefined): Award {
  if (!entrant.qualified) return nothingFor(reward, entrant, GATE_NOT_PASSED);
  const { rules } = deciding;
  const sales = pay && deciding.standings.sales?.(reward.measure, reward.level, entrant.subject);
  const isPlain = reward.rounding.scope === "perTotal" && !followsFacts(reward);
  const { amountMinor, base, told, claims } =
    pay && sales
      ? paidByRate(deciding, reward, entrant, pay, sales)
      : isPlain
        ? paidOnValue(deciding, reward, entrant)
        : paidOnSales(deciding, reward, entrant);
  const rate: Step = {
    step: "rate",
    rate: reward.rate,
    value: base,
    rounding: reward.rounding,
    amount: moneyText(rules, amountMinor),
  };
  return {
    subject: payeeOf(reward, entrant.subject),
    amountMinor,
    steps: [...told, rate, ...(amountMinor === 0 ? [ROUNDS_TO_ZERO] : [])],
    ...(claims ? { claims } : {}),
  };
}

interface Paid {
  readonly amountMinor: number;
  /** What the rate is of, in words: the measure, by its factors, with what is kept of cancelled sales. */
  readonly base: string;
  /** How far the entrant came, with what each sale pays. */
  readonly told: readonly Step[];
  readonly claims?: readonly Claim[];
}

function paidByRate(
  { rules }: Deciding,
  { measure }: CommissionReward,
  { value, steps }: Entrant,
  pay: Pay,
  sales: Sales,
): Paid {
  return { amountMinor: sumOfPay(sales, pay), base: measuredText(rules, measure, value), told: withPay(steps, pay) };
}

function sumOfPay(sales: Sales, pay: Pay): number {
  let sum = 0;
  for (let index = 0; index < sales.length; index += 1) sum = addExact(sum, pay.minor(index, sales.value(index)) ?? 0);
  return sum;
}

function paidOnValue(deciding: Deciding, reward: CommissionReward, { subject, value, steps }: Entrant): Paid {
  const { rules } = deciding;
  const rate = exact(reward.rate);
  const amountOf = (own: number) =>
    roundedMinor(rules, times(measured(rules, reward.measure, own), rate), reward.rounding);
  return {
    amountMinor: amountOf(value),
    base: measuredText(rules, reward.measure, value),
    told: steps,
    ...(isFirstCome(rules.plan, reward) ? { claims: claimsOfValue(deciding, reward, subject, amountOf) } : {}),
  };
}

function paidOnSales(deciding: Deciding, reward: CommissionReward, { subject, steps: reached }: Entrant): Paid {
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
  return {
    amountMinor,
    base: exactText(base, deciding.rules.currencyDigits),
    told: [...withPays(deciding.rules, reached, pays), ...steps],
    ...(claims ? { claims } : {}),
  };
}
