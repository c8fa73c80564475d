import type { Rounding } from "#domain/plan/parts.ts";
import type { MeasuredReward } from "#domain/plan/plan.ts";
import type { PerUnitReward } from "#domain/plan/rewards/per-unit.ts";
import { claimsOfEach, claimsOfGrowth, claimsOfValue } from "./claims.ts";
import { type Fraction, fraction, rounded } from "./exact.ts";
import { exactly, isBelow, less, NOTHING, negative, product, quotient, sum } from "./fractions.ts";
import { type Candidate, failing, type Numbers, type Reckoned, type Reckoner } from "./reckon.ts";

/** The total, or one sale by its size; a sale given back counts the other way. */
export interface Priced<Made> {
  readonly made: Made;
  readonly isBack: boolean;
}

type PricedReward = MeasuredReward & { readonly scope: "perFact" | "cumulative"; readonly rounding: Rounding };

/** Rounds what a rule makes of the total or of each sale, and tells it. */
export function payPrices<Made extends { readonly amount: Fraction }>(
  reckoner: Reckoner,
  reward: PricedReward,
  { payee, sales, value, trace }: Candidate,
  make: (value: Fraction) => Made,
  tell: (priced: readonly Priced<Made>[]) => readonly Numbers[],
): Reckoned {
  const { rounding } = reward;
  const priced = (reward.scope === "cumulative" ? [value] : sales.map((sale) => sale.value)).map((own) => {
    const isBack = reward.scope === "perFact" && own < 0n;
    return { made: make(reckoner.measured(reward.measure, isBack ? -own : own)), isBack };
  });
  const amounts = priced.map(signed(({ amount }) => amount));
  const each = rounding.scope === "perFact" ? amounts.map((amount) => paid(reckoner, amount, rounding)) : undefined;
  const exact = sum(amounts);
  const amount = each ? each.reduce((all, part) => all + part, 0n) : paid(reckoner, exact, rounding);
  const step: Numbers = {
    step: "rounded",
    exact: exactly(exact, reckoner.book.moneyDigits),
    rounding: { ...rounding },
    amount: reckoner.moneyText(amount),
  };
  const reason = exact.over === 0n ? "pays-nothing" : "rounds-to-zero";
  const nothing = amount === 0n ? [{ step: "nothing", reason }] : [];
  const shown = each ? reckoner.withPay(reward.measure, sales, trace, each) : trace;
  const whole = (own: bigint) => paid(reckoner, make(reckoner.measured(reward.measure, own)).amount, rounding);
  const soFar = amounts.map((_, index) => paid(reckoner, sum(amounts.slice(0, index + 1)), rounding));
  const claims =
    reward.scope === "cumulative"
      ? claimsOfValue(sales, whole)
      : each
        ? claimsOfEach(sales, each)
        : claimsOfGrowth(sales, soFar);
  return { payee, amount, trace: [...shown, ...tell(priced), step, ...nothing], claims };
}

/** Reads a number of what was made, the other way round of a sale given back. */
export function signed<Made>(read: (made: Made) => Fraction): (priced: Priced<Made>) => Fraction {
  return ({ made, isBack }) => (isBack ? negative(read(made)) : read(made));
}

function paid(reckoner: Reckoner, { over, under }: Fraction, { unit, mode }: Rounding): bigint {
  const smallest = reckoner.money(unit);
  const minor = over * 10n ** BigInt(reckoner.book.moneyDigits);
  return smallest * rounded({ over: minor, under: under * smallest }, mode);
}

export function perUnit(reckoner: Reckoner, reward: PerUnitReward, candidate: Candidate): Reckoned {
  if (!candidate.passes) return failing(candidate);
  const { amount: price, freeUnits, packages } = reward;
  const timesPaid = (units: Fraction): Fraction => {
    const free = fraction(freeUnits);
    if (!isBelow(free, units)) return NOTHING;
    const above = less(units, free);
    if (!packages) return above;
    const filled = quotient(above, fraction(packages.size));
    return { over: rounded(filled, packages.partial === "started" ? "up" : "down"), under: 1n };
  };
  return payPrices(
    reckoner,
    reward,
    candidate,
    (units) => {
      const times = timesPaid(units);
      return { units, times, amount: product(fraction(price), times) };
    },
    (priced) => {
      const times = exactly(sum(priced.map(signed((made) => made.times))));
      const step: Numbers = {
        step: "units",
        units: exactly(sum(priced.map(signed((made) => made.units)))),
        free: freeUnits,
        packages: packages && { ...packages, count: times },
        paid: times,
        price,
        amount: exactly(sum(priced.map(signed((made) => made.amount))), reckoner.book.moneyDigits),
      };
      return [step];
    },
  );
}
