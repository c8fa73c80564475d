import type { Award, Earlier } from "./award.ts";
import { fraction } from "./exact.ts";
import { exactly, product } from "./fractions.ts";
import { asMoney, roundedMoney } from "./money.ts";
import type { Reckoner } from "./reckon.ts";

/** An award times the factor of the subject's grade in an earlier scorecard of the same slice, rounded. */
export function withCoefficient(reckoner: Reckoner, award: Award, earlier: Earlier): Award {
  const { coefficient: rule } = award.reward;
  if (!rule || award.amount === 0n) return award;
  // Of who was graded, whoever was paid for it.
  const graded = earlier(rule.scorecard).find(({ reward, span, winner, factor }) => {
    const kind = reward.level === "participant" ? "participant" : "unit";
    return factor && span.id === award.span.id && kind === award.payee.kind && winner === award.payee.id;
  });
  const factor = graded?.factor?.factor ?? fraction(rule.without === "one" ? "1" : "0");
  const amount = roundedMoney(reckoner, product(asMoney(reckoner, award.amount), factor), rule.rounding);
  const step = {
    step: "coefficient",
    scorecard: rule.scorecard,
    grade: graded?.factor?.grade,
    factor: exactly(factor),
    before: reckoner.moneyText(award.amount),
    amount: reckoner.moneyText(amount),
  };
  const { claims: _, ...rest } = award;
  return { ...rest, amount, trace: [...award.trace, step] };
}
