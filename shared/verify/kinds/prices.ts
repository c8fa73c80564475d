import type { Rounding } from "#domain/plan/parts.ts";
import type { MeasuredReward } from "#domain/plan/plan.ts";
import type { PerUnitReward } from "#domain/plan/rewards/per-unit.ts";
import { type Fraction, fraction, rounded } from "../exact.ts";
import { exactly, isBelow, less, NOTHING, negative, product, quotient, sum } from "../fractions.ts";
import { type Candidate, type Claim, failing, type Numbers, type Reckoned, type Reckoner } from "../reckon.ts";
import { claimsOfEach, claimsOfGrowth, claimsOfValue } from "./claims.ts";
import { paidSales, paysOf, saleSteps, stands } from "./paid-sales.ts";

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
  candidate: Candidate,
  make: (value: Fraction) => Made,
  tell: (priced: readonly Priced<Made>[]) => readonly Numbers[],
): Reckoned {
  const priceAll = reward.scope === "cumulative" ? priceTotal : priceEach;
  const { exact, amount, trace, priced, steps, claims } = priceAll(reckoner, reward, candidate, make);
  const step: Numbers = {
    step: "rounded",
    exact: exactly(exact, reckoner.book.moneyDigits),
    rounding: { ...reward.rounding },
    amount: reckoner.moneyText(amount),
  };
  const reason = exact.over === 0n ? "pays-nothing" : "rounds-to-zero";
  const nothing = amount === 0n ? [{ step: "nothing", reason }] : [];
  return { payee: candidate.payee, amount, trace: [...trace, ...tell(priced), ...steps, step, ...nothing], claims };
}

interface Prices<Made> {
  readonly exact: Fraction;
  readonly amount: bigint;
  readonly trace: readonly Numbers[];
  /** Without cancelled sales, and before factors. */
  readonly priced: readonly Priced<Made>[];
  readonly steps: readonly Numbers[];
  readonly claims: readonly Claim[];
}

function priceTotal<Made extends { readonly amount: Fraction }>(
  reckoner: Reckoner,
  { measure, rounding }: PricedReward,
  { value, sales, trace }: Candidate,
  make: (value: Fraction) => Made,
): Prices<Made> {
  const made = make(reckoner.measured(measure, value));
  const pay = (own: bigint) => paid(reckoner, make(reckoner.measured(measure, own)).amount, rounding);
  const claims = claimsOfValue(sales, pay);
  return { exact: made.amount, amount: pay(value), trace, priced: [{ made, isBack: false }], steps: [], claims };
}

function priceEach<Made extends { readonly amount: Fraction }>(
  reckoner: Reckoner,
  reward: PricedReward,
  candidate: Candidate,
  make: (value: Fraction) => Made,
): Prices<Made> {
  const pay = (exact: Fraction) => paid(reckoner, exact, reward.rounding);
  const rows = paidSales(reckoner, reward, candidate).map((row) => {
    const isBack = row.sale.value < 0n;
    const made = make(reckoner.measured(reward.measure, isBack ? -row.sale.value : row.sale.value));
    const priced = { made, isBack };
    const earned = signed<Made>(({ amount }) => amount)(priced);
    return { row, priced, earned, pays: paysOf(row, earned) };
  });
  const sales = rows.map(({ row }) => row.sale);
  const amounts = rows.map(({ pays }) => pays);
  const standing = rows.filter(({ row }) => stands(row));
  const exact = sum(amounts);
  const told = { exact, priced: standing.map(({ priced }) => priced), steps: saleSteps(reckoner, rows) };
  if (reward.rounding.scope === "perTotal") {
    const after = amounts.map((_, index) => pay(sum(amounts.slice(0, index + 1))));
    return { ...told, amount: pay(exact), trace: candidate.trace, claims: claimsOfGrowth(sales, after) };
  }
  const each = amounts.map(pay);
  const own = standing.map(({ pays }) => pay(pays));
  const trace = reckoner.withPay(reward.measure, candidate.sales, candidate.trace, own);
  return { ...told, amount: each.reduce((all, part) => all + part, 0n), trace, claims: claimsOfEach(sales, each) };
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
