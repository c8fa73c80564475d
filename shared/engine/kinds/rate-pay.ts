import type { Rational, RoundingMode } from "#domain/decimal.ts";
import type { Rounding } from "#domain/plan/parts.ts";
import { moneyMinor } from "../award.ts";
import type { Rules } from "../rules.ts";
import { fromMinor, measured, over, roundedMinor, times } from "./exact.ts";

/**
 * What a rate of one sale's value pays, in minor units and rounded: with integers that are numbers as long as these are exact, as
 * they nearly always are, else with bigints. A test holds the two together.
 */
export function payByRate(
  rules: Rules,
  measure: string,
  rate: Rational,
  rounding: Omit<Rounding, "scope">,
): (value: number) => number {
  const unitMinor = moneyMinor(rules, rounding.unit);
  // Units of rounding for each step of the measure.
  const perStep = over(times(measured(rules, measure, 1), rate), fromMinor(rules, unitMinor));
  const [num, den] = [Number(perStep.num), Number(perStep.den)];
  const isSmall = Number.isSafeInteger(num) && Number.isSafeInteger(den * 2);
  const exactly = (value: number) => roundedMinor(rules, times(measured(rules, measure, value), rate), rounding);
  return (value) => {
    const product = value * num;
    if (!isSmall || !Number.isSafeInteger(product)) return exactly(value);
    const minor = roundedQuotient(Math.abs(product), den, rounding.mode) * unitMinor;
    if (!Number.isSafeInteger(minor)) return exactly(value);
    return product < 0 && minor !== 0 ? -minor : minor;
  };
}

/** Of safe integers: `magnitude` not negative, twice `den` safe as well. */
function roundedQuotient(magnitude: number, den: number, mode: RoundingMode): number {
  const rest = magnitude % den;
  const quotient = (magnitude - rest) / den;
  const twice = 2 * rest;
  switch (mode) {
    case "down":
      return quotient;
    case "up":
      return rest > 0 ? quotient + 1 : quotient;
    case "halfUp":
      return twice >= den ? quotient + 1 : quotient;
    case "halfEven":
      return twice > den || (twice === den && quotient % 2 === 1) ? quotient + 1 : quotient;
  }
}
