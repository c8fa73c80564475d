import { addExact, type Rational } from "#domain/decimal.ts";
import { compareFactKeys } from "#domain/ids.ts";
import type { Step } from "#domain/line.ts";
import { multipliersOf } from "#domain/plan/asked.ts";
import type { Clawback, Rounding } from "#domain/plan/parts.ts";
import type { MeasuredReward, Plan, Reward } from "#domain/plan/plan.ts";
import { stockOf } from "#domain/plan/unit-of-pay.ts";
import { running } from "../aggregate.ts";
import { type Claim, type Deciding, timeText } from "../award.ts";
import { keptPart } from "../modifiers/clawback.ts";
import { type Factored, factorsOf, ONE } from "../modifiers/multipliers.ts";
import { compiledMeasure } from "../rules.ts";
import { aggregateOf, type Contribution } from "../standings.ts";
import { exactText, percentText, plus, roundedMinor, times, ZERO } from "./exact.ts";

/** A sale that is paid by itself, also one that was cancelled and keeps a part of its pay. */
export interface PaidFact extends Contribution {
  readonly factored: Factored;
  /** The part of its pay that is kept: 1 of a sale that stands. */
  readonly kept: Rational;
  readonly cancelledAt?: number;
}

type PaidByFact = Reward & { readonly measure: string; readonly rounding: Rounding };

/** The factor and the part of a sale to which nothing is done; compared by identity, to leave it alone. */
const ALL: Rational = ONE;

/** What is taken back of cancelled sales, where the reward says so. */
export function clawbackOf(reward: Reward): Clawback | undefined {
  return "clawback" in reward ? reward.clawback : undefined;
}

/** Whether anything is done to what a single sale pays, before it is summed. */
export function followsFacts(reward: Reward): boolean {
  return clawbackOf(reward) !== undefined || multipliersOf(reward) !== undefined;
}

/** Whether a limit that goes first come, first served looks at a reward: only then is it asked when each sale earned. */
export function isFirstCome(plan: Plan, reward: Reward): boolean {
  return (
    stockOf(reward) !== undefined ||
    plan.budgets.some(({ policy, rewards }) => policy === "firstCome" && rewards.includes(reward.id))
  );
}

/** The sales of a subject in time order; those that were cancelled too, where the reward says what is kept of them. */
export function paidFactsOf({ rules, standings }: Deciding, reward: PaidByFact, subject: string): PaidFact[] {
  const standing = standings.contributions(reward.measure, reward.level, subject);
  if (!standing) throw new RangeError("pay for each sale needs the sales");
  const factorOf = factorsOf(rules, multipliersOf(reward));
  const facts = standing.map((fact): PaidFact => Object.assign({}, fact, { factored: factorOf(fact), kept: ALL }));
  const clawback = clawbackOf(reward);
  if (!clawback) return facts;
  const { zone } = rules.plan.period;
  const cancelled = (standings.cancelled?.(reward.measure, reward.level, subject) ?? []).map((fact) => ({
    ...fact,
    factored: factorOf(fact),
    kept: keptPart(clawback, fact.occurredAt, fact.cancelledAt, zone),
  }));
  return [...facts, ...cancelled].sort((a, b) => a.occurredAt - b.occurredAt || compareFactKeys(a.fact, b.fact));
}

/** A sale with what it earns by itself, exactly: before its factor, and before anything is taken back. */
export interface Earning {
  readonly fact: PaidFact;
  readonly earned: Rational;
}

/** What sales come to that are paid one by one. */
export interface PaidByFacts {
  readonly exact: Rational;
  readonly amountMinor: number;
  /** Of each sale that stands, in minor units, where sales are rounded one by one. */
  readonly pays: readonly number[];
  /** What multiplied the pay, and what is kept of cancelled sales. */
  readonly steps: readonly Step[];
  readonly claims?: readonly Claim[];
}

export function paidByFacts(deciding: Deciding, reward: PaidByFact, earnings: readonly Earning[]): PaidByFacts {
  const { rules } = deciding;
  const facts = earnings.map(({ fact }) => fact);
  const pays = earnings.map(({ fact, earned }) => {
    const { factored, kept } = fact;
    const multiplied = factored.factor === ALL ? earned : times(earned, factored.factor);
    return kept === ALL ? multiplied : times(multiplied, kept);
  });
  const rounded = (amount: Rational) => roundedMinor(rules, amount, reward.rounding);
  const steps = [...multipliedSteps(deciding, earnings), ...cancelledSteps(deciding, earnings)];
  if (reward.rounding.scope === "perTotal") {
    const after = sumsOf(pays);
    const exact = after.at(-1) ?? ZERO;
    const claims = isFirstCome(rules.plan, reward) ? { claims: claimsOfGrowth(facts, after.map(rounded)) } : {};
    return { exact, steps, amountMinor: rounded(exact), pays: [], ...claims };
  }
  const told = { exact: sumOf(pays), steps };
  const each = pays.map(rounded);
  return {
    ...told,
    amountMinor: each.reduce(addExact, 0),
    pays: each.filter((_, index) => facts[index]?.cancelledAt === undefined),
    claims: facts.map(({ occurredAt, fact }, index) => ({ at: occurredAt, fact, amountMinor: each[index] ?? 0 })),
  };
}

/** Claims of sales that are rounded together: each claims what the rounded amount grew by it, so that they sum to the whole. */
export function claimsOfGrowth(facts: readonly Contribution[], amountsAfter: readonly number[]): Claim[] {
  return facts.map(({ occurredAt, fact }, index) => ({
    at: occurredAt,
    fact,
    amountMinor: addExact(amountsAfter[index] ?? 0, -(amountsAfter[index - 1] ?? 0)),
  }));
}

/** The same for a price of the measure's value: by what it is after each sale. */
export function claimsOfValue(
  { rules, standings }: Deciding,
  reward: PaidByFact,
  subject: string,
  amountOf: (value: number) => number,
): Claim[] {
  const facts = standings.contributions(reward.measure, reward.level, subject) ?? [];
  const after = running(aggregateOf(rules, reward.measure));
  return claimsOfGrowth(
    facts,
    facts.map((fact) => amountOf(after(fact))),
  );
}

/** What is won by a value is claimed when the value was first reached; of a ratio there is no such instant. */
export function claimWon(
  { rules, standings }: Deciding,
  { measure, level }: MeasuredReward,
  subject: string,
  amountMinor: number,
): { readonly claims?: readonly Claim[] } {
  if (compiledMeasure(rules, measure).measure.ratio) return {};
  const reached = standings.measured(measure, level, subject).finalReach;
  return reached ? { claims: [{ at: reached.at, fact: reached.fact, amountMinor }] } : {};
}

/** Brought to the lowest terms once: fractions of the same prices nearly all have one denominator. */
function sumOf(values: readonly Rational[]): Rational {
  let { num, den }: Rational = ZERO;
  for (const value of values) {
    if (value.den === den) num += value.num;
    else ({ num, den } = plus({ num, den }, value));
  }
  return plus({ num, den }, ZERO);
}

/** The sum up to each. */
function sumsOf(values: readonly Rational[]): Rational[] {
  let sum = ZERO;
  return values.map((value) => {
    sum = plus(sum, value);
    return sum;
  });
}

/** What the same factors made of the sales that they apply to; sales without any are not told. */
function multipliedSteps({ rules }: Deciding, earnings: readonly Earning[]): Step[] {
  const text = (amount: Rational) => exactText(amount, rules.currencyDigits);
  const standing = earnings.filter(({ fact }) => fact.cancelledAt === undefined && fact.factored.ids.length > 0);
  return [...Map.groupBy(standing, ({ fact }) => fact.factored.ids.join(" ")).values()].flatMap((group): Step[] => {
    const [first] = group;
    if (!first) return [];
    const { factor, ids } = first.fact.factored;
    const before = group.reduce((sum, { earned }) => plus(sum, earned), ZERO);
    return [
      {
        step: "multiplied",
        factors: [...ids],
        factor: exactText(factor),
        sales: group.length,
        before: text(before),
        amount: text(times(before, factor)),
      },
    ];
  });
}

/** What became of the pay for sales that were cancelled. */
function cancelledSteps({ rules }: Deciding, earnings: readonly Earning[]): Step[] {
  return earnings.flatMap(({ fact, earned: alone }): Step[] => {
    if (fact.cancelledAt === undefined) return [];
    const earned = times(alone, fact.factored.factor);
    return [
      {
        step: "cancelled",
        fact: fact.fact,
        version: fact.version,
        occurredAt: timeText(rules, fact.occurredAt),
        cancelledAt: timeText(rules, fact.cancelledAt),
        earned: exactText(earned, rules.currencyDigits),
        keeps: percentText(fact.kept),
        amount: exactText(times(earned, fact.kept), rules.currencyDigits),
      },
    ];
  });
}
