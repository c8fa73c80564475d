import type { Award, Earlier } from "./award.ts";
import { Cannot } from "./book.ts";
import { type Fraction, fraction, rounded } from "./exact.ts";
import { exactly } from "./fractions.ts";
import type { Reckoner } from "./reckon.ts";

/** An award times the factor that the subject has in an earlier reward of the same slice, rounded. */
export function withCoefficient(reckoner: Reckoner, award: Award, earlier: Earlier): Award {
  const { coefficient: rule } = award.reward;
  if (!rule || award.amount === 0n) return award;
  const result = earlier(rule.scorecard).find(
    ({ span, payee }) => span.id === award.span.id && payee.kind === award.payee.kind && payee.id === award.payee.id,
  );
  const factor = factorOf(result) ?? fraction(rule.without === "one" ? "1" : "0");
  const unit = reckoner.money(rule.rounding.unit);
  const exact = { over: award.amount * factor.over, under: factor.under * unit };
  const amount = unit * rounded(exact, rule.rounding.mode);
  const step = {
    step: "coefficient",
    scorecard: rule.scorecard,
    factor: exactly(factor),
    before: reckoner.moneyText(award.amount),
    amount: reckoner.moneyText(amount),
  };
  const { claims: _, ...rest } = award;
  return { ...rest, amount, trace: [...award.trace, step] };
}

/** Only a scorecard has factors. */
function factorOf(result: Award | undefined): Fraction | undefined {
  const kind: string | undefined = result?.reward.kind;
  if (kind === "scorecard") throw new Cannot("this verifier does not know the kind scorecard");
  return undefined;
}
