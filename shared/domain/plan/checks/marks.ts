import { isDecimal, parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import type { MeasuredBy } from "../parts.ts";

/** A percentage marks an attainment; a value is marked in the measure's own unit. */
export function markProblems(by: MeasuredBy, text: string, path: string): Problem[] {
  if (by !== "value" || isDecimal(text)) return [];
  const message = `${text} is no mark of a value`;
  return [
    { code: "bad-mark", path, message, seen: text, allowed: 'a decimal such as "10000.00"; or by: {attainment: …}' },
  ];
}

export function differenceOf(a: string, b: string): number {
  const [x, y] = [parseRational(a), parseRational(b)];
  if (!x || !y) return 0;
  const difference = x.num * y.den - y.num * x.den;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
