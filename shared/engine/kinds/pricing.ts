import { addExact, type Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { Rounding } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { type Award, type Deciding, type Entrant, moneyText, payeeOf } from "../award.ts";
import { exactText, measured, negated, plus, roundedMinor, ZERO } from "./exact.ts";
import { PAYS_NOTHING, ROUNDS_TO_ZERO, withPay } from "./scale.ts";

/** What a rule makes of a value, exactly, and what it notes for the trace. */
export interface Price<Note> {
  readonly amount: Rational;
  readonly note: Note;
}

/** A price as it counts: a return counts the other way. */
export interface Priced<Note> extends Price<Note> {
  readonly sign: 1n | -1n;
}

type PricedReward = Reward & { readonly scope: "perFact" | "cumulative"; readonly rounding: Rounding };

/**
 * Prices the total, or each sale by itself, and rounds as the plan says. A return by itself takes back what a sale of its
 * size is paid; a total below zero is priced as it is, which no rule pays for.
 */
export function awardPriced<Note>(
  { rules, standings }: Deciding,
  reward: PricedReward,
  { subject, value, steps }: Entrant,
  price: (value: Rational) => Price<Note>,
  tell: (priced: readonly Priced<Note>[]) => readonly Step[],
): Award {
  const exactly = (own: number) => price(measured(rules, reward.measure, own));
  const priced: Priced<Note>[] =
    reward.scope === "cumulative"
      ? [{ ...exactly(value), sign: 1n }]
      : salesOf(standings, reward, subject).map((own) => {
          const { amount, note } = exactly(Math.abs(own));
          return own < 0 ? { amount: negated(amount), note, sign: -1n } : { amount, note, sign: 1n };
        });
  const exact = priced.reduce((sum, { amount }) => plus(sum, amount), ZERO);
  const each =
    reward.rounding.scope === "perFact" ? priced.map(({ amount }) => roundedMinor(rules, amount, reward.rounding)) : [];
  const amountMinor =
    reward.rounding.scope === "perFact" ? each.reduce(addExact, 0) : roundedMinor(rules, exact, reward.rounding);
  const rounded: Step = {
    step: "rounded",
    exact: exactText(exact, rules.currencyDigits),
    rounding: reward.rounding,
    amount: moneyText(rules, amountMinor),
  };
  const nothing = amountMinor !== 0 ? [] : [exact.num === 0n ? PAYS_NOTHING : ROUNDS_TO_ZERO];
  return {
    subject: payeeOf(reward, subject),
    amountMinor,
    steps: [
      ...withPay(
        steps,
        each.map((minor) => moneyText(rules, minor)),
      ),
      ...tell(priced),
      rounded,
      ...nothing,
    ],
  };
}

function salesOf(standings: Deciding["standings"], reward: Reward, subject: string): readonly number[] {
  const sales = standings.contributions(reward.measure, reward.level, subject);
  if (!sales) throw new RangeError("a price for each sale needs the sales");
  return sales.map((sale) => sale.value);
}
