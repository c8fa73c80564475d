import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import { type Deciding, measureText } from "./award.ts";
import { exactText, measured, over, ZERO } from "./kinds/exact.ts";
import { compiledMeasure } from "./rules.ts";
import type { Standings } from "./standings.ts";

/** An exact quotient of two measures of one subject. */
export interface Ratio {
  /** Undefined over nothing, where the plan says so. */
  readonly value?: Rational;
  /** Facts in numerator and denominator: with none the subject did nothing that is looked at. */
  readonly facts: number;
}

export const EMPTY_RATIO: Step = {
  step: "excluded",
  reason: "empty-ratio",
  message: "there is nothing to compare with, so the ratio is undefined",
};

export function ratioOf(deciding: Deciding, id: string, level: string, subject: string): Ratio {
  const { rules } = deciding;
  const { rule, numerator, denominator } = partsOf(deciding, id, level, subject);
  const facts = numerator.facts + denominator.facts;
  if (denominator.value === 0) return rule.empty === "zero" ? { value: ZERO, facts } : { facts };
  const quotient = over(
    measured(rules, rule.numerator, numerator.value),
    measured(rules, rule.denominator, Math.abs(denominator.value)),
  );
  return { value: denominator.value < 0 ? { num: -quotient.num, den: quotient.den } : quotient, facts };
}

export function ratioSteps(deciding: Deciding, id: string, level: string, subject: string): Step[] {
  const { rules } = deciding;
  const { rule, numerator, denominator } = partsOf(deciding, id, level, subject);
  const { value } = ratioOf(deciding, id, level, subject);
  return [
    {
      step: "ratio",
      measure: id,
      subject,
      numerator: measureText(rules, rule.numerator, numerator.value),
      denominator: measureText(rules, rule.denominator, denominator.value),
      ...(value === undefined ? {} : { value: exactText(value) }),
    },
  ];
}

const NOTHING: Pick<Standings, "measured"> = { measured: () => ({ value: 0, facts: 0, gained: 0 }) };

function partsOf({ rules, standings, before }: Deciding, id: string, level: string, subject: string) {
  const { ratio: rule } = compiledMeasure(rules, id).measure;
  if (!rule) throw new RangeError(`${id} is no ratio`);
  const compared = rule.of === "previous" ? (before ?? NOTHING) : standings;
  return {
    rule,
    numerator: standings.measured(rule.numerator, level, subject),
    denominator: compared.measured(rule.denominator, level, subject),
  };
}
