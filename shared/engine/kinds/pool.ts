import { allocate } from "#domain/allocate.ts";
import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { PoolReward } from "#domain/plan/rewards/pool.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { type Award, type Deciding, moneyMinor, moneyText, payeeOf } from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import { exact, exactText, fromMinor, minus, plus, roundedMinor, times, weightsOf, ZERO } from "./exact.ts";
import type { RewardKind } from "./kind.ts";
import { type Shared, sharesOf } from "./pool-shares.ts";
import { notNegative, numberText, readingOf } from "./reading.ts";
import { GATE_NOT_PASSED, nothingFor, ROUNDS_TO_ZERO } from "./scale.ts";

/** A pot that is shared among those who take part; what is paid and what is kept sum exactly to it. */
export const pool: RewardKind<PoolReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    const failed = entrants.filter(({ qualified }) => !qualified);
    const pot = potOf(deciding, reward);
    const { sharers, without } = sharesOf(
      deciding,
      reward,
      entrants.filter(({ qualified }) => qualified),
      fromMinor(deciding.rules, pot.amountMinor),
    );
    const parts = partsOf(pot.amountMinor, sharers);
    return [
      ...excluded,
      ...failed.map((entrant) => nothingFor(reward, entrant, GATE_NOT_PASSED)),
      ...without,
      ...sharers.map((sharer) => awardTo(deciding, reward, pot, sharer, sharers.length, parts)),
    ];
  },
  liability(rules, reward) {
    if ("rate" in reward.pot) {
      return { unboundedBecause: `the pot of ${reward.id} grows with ${reward.pot.measure}` };
    }
    const slices = sliceWindows(rules.plan, reward.per).length;
    return { amountMinor: moneyMinor(rules, reward.pot.amount) * slices };
  },
};

interface Pot {
  readonly amountMinor: number;
  readonly said: Partial<Extract<Step, { step: "pot" }>>;
}

/** A fixed amount, or a rate of what everybody in scope came to, gates or not. Losses make no pot. */
function potOf(deciding: Deciding, reward: PoolReward): Pot {
  const { rules } = deciding;
  const { pot } = reward;
  if ("amount" in pot) return { amountMinor: moneyMinor(rules, pot.amount), said: {} };
  const { entrants } = entrantsOf(deciding, { ...reward, measure: pot.measure });
  const value = entrants
    .map(({ subject }) => readingOf(deciding, pot.measure, reward.level, subject).value ?? ZERO)
    .reduce(plus, ZERO);
  return {
    amountMinor: roundedMinor(rules, times(exact(pot.rate), notNegative(value)), pot.rounding),
    said: { rate: pot.rate, measure: pot.measure, value: numberText(rules, pot.measure, value) },
  };
}

/** Sorts after every id, so that at equal remainders the part that is kept comes last. */
const KEPT = "\u{10ffff}";

/** Whole minor units by largest remainder; what nobody claims is one more part. */
function partsOf(potMinor: number, sharers: readonly Shared[]): ReadonlyMap<string, number> {
  const kept = minus({ num: 1n, den: 1n }, sharers.map(({ share }) => share).reduce(plus, ZERO));
  const shares = [...sharers.map(({ entrant, share }) => ({ id: entrant.subject, share })), { id: KEPT, share: kept }];
  const weights = weightsOf(shares.map(({ share }) => share));
  return allocate(
    potMinor,
    shares.map(({ id }, index) => ({ id, weight: weights[index] ?? 0n })),
  );
}

function awardTo(
  { rules }: Deciding,
  reward: PoolReward,
  pot: Pot,
  { entrant, share, rank, steps }: Shared,
  sharers: number,
  parts: ReadonlyMap<string, number>,
): Award {
  const amountMinor = parts.get(entrant.subject) ?? 0;
  const whole: Rational = fromMinor(rules, pot.amountMinor);
  const potStep: Step = { step: "pot", amount: moneyText(rules, pot.amountMinor), ...pot.said, sharers };
  const paid: Step = {
    step: "potPaid",
    exact: exactText(times(whole, share), rules.currencyDigits),
    amount: moneyText(rules, amountMinor),
  };
  const nothing = share.num === 0n ? NO_SHARE : ROUNDS_TO_ZERO;
  return {
    subject: payeeOf(reward, entrant.subject),
    amountMinor,
    ...(rank === undefined ? {} : { rank }),
    steps: [...entrant.steps, potStep, ...steps, paid, ...(amountMinor === 0 ? [nothing] : [])],
  };
}

const NO_SHARE: Step = { step: "nothing", reason: "no-share", message: "no share of the pot falls to this result" };
