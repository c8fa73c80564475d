import { parseRational, sumOfRationals } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import type { Plan } from "../plan.ts";

/** Checks that several kinds of reward share: rates that make a whole, and names of measures. */

/** Rates that must sum to exactly 1. */
export function notWhole(
  rates: readonly string[],
  { code, path, what }: { readonly code: string; readonly path: string; readonly what: string },
): Problem[] {
  const { num, den } = sumOfRationals(rates.flatMap((rate) => parseRational(rate) ?? []));
  if (num === den) return [];
  const sum = den === 1n ? `${num}` : `${num}/${den}`;
  return [
    {
      code,
      path,
      message: `${what} sum to ${sum}, and must sum to 1`,
      seen: rates.join(" + "),
      allowed: "rates that sum to exactly 100%",
    },
  ];
}

export function unknownMeasure({ measures }: Plan, id: string, path: string): Problem[] {
  if (measures.some((measure) => measure.id === id)) return [];
  const allowed = measures.map((measure) => measure.id).join(", ");
  return [{ code: "unknown-measure", path, message: `there is no measure ${id}`, seen: id, allowed }];
}

/** A rate of a measure pays money, so the measure must sum it. */
export function rateOfMoney({ measures }: Plan, id: string, path: string, what: string): Problem[] {
  const measure = measures.find((one) => one.id === id);
  if (!measure || (measure.aggregate === "sum" && measure.of === "amount")) return [];
  return [
    { code: "rate-of-amount", path, message: `${what} is a rate of money: its measure must sum the amount`, seen: id },
  ];
}
