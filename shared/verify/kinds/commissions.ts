import type { CommissionReward } from "#domain/plan/rewards/commission.ts";
import { type Fraction, fraction, rounded } from "../exact.ts";
import { exactly, product, sum } from "../fractions.ts";
import { type Candidate, type Claim, failing, type Numbers, type Reckoned, type Reckoner } from "../reckon.ts";
import { claimsOfEach, claimsOfGrowth, claimsOfValue } from "./claims.ts";
import { paidSales, paysOf, saleSteps, stands } from "./paid-sales.ts";

/** A rate of each sale or of the total. */
export function commission(reckoner: Reckoner, reward: CommissionReward, candidate: Candidate): Reckoned {
  if (!candidate.passes) return failing(candidate);
  const isPlain =
    reward.rounding.scope === "perTotal" && reward.multipliers === undefined && reward.clawback === undefined;
  const { amount, base, trace, claims } = (isPlain ? onTotal : onSales)(reckoner, reward, candidate);
  const rate = {
    step: "rate",
    rate: reward.rate,
    value: exactly(base, reckoner.book.moneyDigits),
    rounding: { ...reward.rounding },
    amount: reckoner.moneyText(amount),
  };
  const nothing = amount === 0n ? [{ step: "nothing", reason: "rounds-to-zero" }] : [];
  return { payee: candidate.payee, amount, trace: [...trace, rate, ...nothing], claims };
}

interface Paid {
  readonly amount: bigint;
  /** What the rate is of. */
  readonly base: Fraction;
  readonly trace: readonly Numbers[];
  readonly claims: readonly Claim[];
}

/** The rate of an amount, in minor units. */
function payer(reckoner: Reckoner, { rate, rounding: { unit, mode } }: CommissionReward) {
  const smallest = reckoner.money(unit);
  const minor = { over: 10n ** BigInt(reckoner.book.moneyDigits), under: smallest };
  return (value: Fraction) => smallest * rounded(product(product(value, fraction(rate)), minor), mode);
}

function onTotal(reckoner: Reckoner, reward: CommissionReward, { value, sales, trace }: Candidate): Paid {
  const pay = payer(reckoner, reward);
  const paid = (own: bigint) => pay(reckoner.measured(reward.measure, own));
  const base = reckoner.measured(reward.measure, value);
  return { amount: paid(value), base, trace, claims: claimsOfValue(sales, paid) };
}

function onSales(reckoner: Reckoner, reward: CommissionReward, candidate: Candidate): Paid {
  const pay = payer(reckoner, reward);
  const rows = paidSales(reckoner, reward, candidate).map((row) => {
    const value = reckoner.measured(reward.measure, row.sale.value);
    return { row, base: paysOf(row, value), earned: product(value, fraction(reward.rate)) };
  });
  const sales = rows.map(({ row }) => row.sale);
  const bases = rows.map(({ base }) => base);
  const base = sum(bases);
  const steps = saleSteps(reckoner, rows);
  if (reward.rounding.scope === "perTotal") {
    const after = bases.map((_, index) => pay(sum(bases.slice(0, index + 1))));
    return { amount: pay(base), base, trace: [...candidate.trace, ...steps], claims: claimsOfGrowth(sales, after) };
  }
  const each = bases.map(pay);
  const standing = rows.filter(({ row }) => stands(row)).map((row) => pay(row.base));
  const shown = reckoner.withPay(reward.measure, candidate.sales, candidate.trace, standing);
  const amount = each.reduce((all, part) => all + part, 0n);
  return { amount, base, trace: [...shown, ...steps], claims: claimsOfEach(sales, each) };
}
