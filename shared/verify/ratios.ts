import type { Measure } from "#domain/plan/plan.ts";
import type { Fraction } from "./exact.ts";
import { exactly, lowest, NOTHING } from "./fractions.ts";
import type { Numbers } from "./numbers.ts";

/** The exact quotient of two measures of one subject. */
export interface Ratio {
  /** Undefined over nothing where the plan says so. */
  readonly value: Fraction | undefined;
  /** Facts above and below the line. */
  readonly facts: number;
  readonly step: Numbers;
}

/** What is asked of a reckoner. */
interface Sums {
  measure(id: string): Measure;
  /** The same in the span before. */
  before(): Sums | undefined;
  tally(measure: string, level: string, subject: string): { readonly value: bigint; readonly facts: number };
  measured(measure: string, value: bigint): Fraction;
  valueText(measure: string, value: bigint): string;
}

/** A ratio in the reckoner's span; growth is over the span before, and over nothing in the first. */
export function ratioOf(reckoner: Sums, measure: string, level: string, subject: string): Ratio | undefined {
  const rule = reckoner.measure(measure).ratio;
  if (!rule) return undefined;
  const below = rule.of === "previous" ? reckoner.before() : reckoner;
  const top = reckoner.tally(rule.numerator, level, subject);
  const bottom = below?.tally(rule.denominator, level, subject) ?? { value: 0n, facts: 0 };
  const value = divided(
    reckoner.measured(rule.numerator, top.value),
    reckoner.measured(rule.denominator, bottom.value),
    rule.empty,
  );
  const step = {
    step: "ratio",
    measure,
    subject,
    numerator: reckoner.valueText(rule.numerator, top.value),
    denominator: reckoner.valueText(rule.denominator, bottom.value),
    value: value && exactly(value),
  };
  return { value, facts: top.facts + bottom.facts, step };
}

function divided(top: Fraction, bottom: Fraction, empty: "zero" | "exclude"): Fraction | undefined {
  if (bottom.over === 0n) return empty === "zero" ? NOTHING : undefined;
  return lowest({ over: top.over * bottom.under, under: top.under * bottom.over });
}
