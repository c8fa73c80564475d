import { type Rational, roundRational, toSafeInteger } from "#domain/decimal.ts";
import type { Rounding } from "#domain/plan/parts.ts";
import { type Entrant, measureText } from "../award.ts";
import type { Rules } from "../rules.ts";
import { exactText, measured } from "./exact.ts";

/** What rewards in kind have in common: whole pieces and points, and values of any kind of measure. */

/** An exact number of pieces or points as a whole multiple of the rounding's unit. */
export function roundedWhole({ num, den }: Rational, { mode, unit }: Pick<Rounding, "mode" | "unit">): number {
  const multiple = BigInt(unit);
  return toSafeInteger(BigInt(roundRational(num, den * multiple, mode)) * multiple);
}

/** An entrant's value, exactly, also of a ratio. */
export function exactValue(
  rules: Rules,
  measure: string,
  { value, ratio }: Pick<Entrant, "value" | "ratio">,
): Rational {
  return ratio ?? measured(rules, measure, value);
}

export function valueText(rules: Rules, measure: string, { value, ratio }: Pick<Entrant, "value" | "ratio">): string {
  return ratio ? exactText(ratio) : measureText(rules, measure, value);
}
