import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { Rounding } from "#domain/plan/parts.ts";
import type { MeasuredReward } from "#domain/plan/plan.ts";
import { type Award, type Deciding, type Entrant, moneyText, payeeOf } from "../award.ts";
import { exactText, measured, negated, roundedMinor } from "./exact.ts";
import { claimsOfValue, isFirstCome, type PaidByFacts, paidByFacts, paidFactsOf } from "./paid-facts.ts";
import { PAYS_NOTHING, ROUNDS_TO_ZERO, withPays } from "./scale.ts";

/** What a rule makes of a value, exactly, and what it notes for the trace. */
export interface Price<Note> {
  readonly amount: Rational;
  readonly note: Note;
}

/** A price as it counts: a return counts the other way. */
export interface Priced<Note> extends Price<Note> {
  readonly sign: 1n | -1n;
}

type PricedReward = MeasuredReward & { readonly scope: "perFact" | "cumulative"; readonly rounding: Rounding };

/**
 * Prices the total, or each sale by itself, and rounds as the plan says. A return by itself takes back what a sale of its
 * size is paid; a total below zero is priced as it is, which no rule pays for.
 */
export function awardPriced<Note>(
  deciding: Deciding,
  reward: PricedReward,
  entrant: Entrant,
  price: (value: Rational) => Price<Note>,
  tell: (priced: readonly Priced<Note>[]) => readonly Step[],
): Award {
  const { rules } = deciding;
  const { priced, exact, pays, amountMinor, steps, claims } =
    reward.scope === "cumulative"
      ? pricedTotal(deciding, reward, entrant, price)
      : pricedEach(deciding, reward, entrant, price);
  const rounded: Step = {
    step: "rounded",
    exact: exactText(exact, rules.currencyDigits),
    rounding: reward.rounding,
    amount: moneyText(rules, amountMinor),
  };
  const nothing = amountMinor !== 0 ? [] : [exact.num === 0n ? PAYS_NOTHING : ROUNDS_TO_ZERO];
  return {
    subject: payeeOf(reward, entrant.subject),
    amountMinor,
    steps: [...withPays(rules, entrant.steps, pays), ...tell(priced), ...steps, rounded, ...nothing],
    ...(claims ? { claims } : {}),
  };
}

/** What an award by price comes to, before it is told. */
interface Reckoned<Note> extends PaidByFacts {
  /** Before factors, and without what is kept of cancelled sales. */
  readonly priced: readonly Priced<Note>[];
}

function pricedTotal<Note>(
  deciding: Deciding,
  reward: PricedReward,
  { subject, value }: Entrant,
  price: (value: Rational) => Price<Note>,
): Reckoned<Note> {
  const { rules } = deciding;
  const exactly = (own: number) => price(measured(rules, reward.measure, own));
  const amountOf = (own: number) => roundedMinor(rules, exactly(own).amount, reward.rounding);
  const total = exactly(value);
  return {
    priced: [{ ...total, sign: 1n }],
    exact: total.amount,
    amountMinor: amountOf(value),
    pays: [],
    steps: [],
    ...(isFirstCome(rules.plan, reward) ? { claims: claimsOfValue(deciding, reward, subject, amountOf) } : {}),
  };
}

function pricedEach<Note>(
  deciding: Deciding,
  reward: PricedReward,
  { subject }: Entrant,
  price: (value: Rational) => Price<Note>,
): Reckoned<Note> {
  const sales = paidFactsOf(deciding, reward, subject).map((fact) => {
    const { amount, note } = price(measured(deciding.rules, reward.measure, Math.abs(fact.value)));
    const priced: Priced<Note> =
      fact.value < 0 ? { amount: negated(amount), note, sign: -1n } : { amount, note, sign: 1n };
    return { fact, priced, earned: priced.amount };
  });
  const standing = sales.filter(({ fact }) => fact.cancelledAt === undefined);
  return { ...paidByFacts(deciding, reward, sales), priced: standing.map(({ priced }) => priced) };
}
