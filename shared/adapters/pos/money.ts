import { canonicalDecimal, formatDecimal, parseDecimal, scaledNumber } from "#domain/decimal.ts";
import { currencyDigits } from "#domain/money.ts";
import { field } from "./values.ts";

/** Digits that are kept of a currency we do not know: its facts are held, with what was said. */
const UNKNOWN_DIGITS = 4;

export function digitsOf(currency: string): number {
  return currencyDigits(currency) ?? UNKNOWN_DIGITS;
}

/** Major units, as a text or a number, in minor units; undefined when that is not exact (a number is rounded to the currency, half away from zero). */
export function minorAt(digits: number, value: unknown, ...names: readonly string[]): number | undefined {
  const found = field(value, ...names);
  if (typeof found === "string") return parseDecimal(found, digits);
  return typeof found === "number" ? scaledNumber(found, digits) : undefined;
}

/** A whole number of the vendor's minor units. */
export function wholeAt(value: unknown, ...names: readonly string[]): number | undefined {
  const found = field(value, ...names);
  return typeof found === "number" && Number.isSafeInteger(found) ? found : undefined;
}

/** Minor units at the vendor's number of digits as the text of a fact, without zeros that the currency may not have. */
export function amountText(minor: number, digits: number, currency: string): string {
  const text = formatDecimal(minor, digits);
  const ours = parseDecimal(text, digitsOf(currency));
  return ours === undefined ? canonicalDecimal(text) : formatDecimal(ours, digitsOf(currency));
}

/** `total` over weights in whole units, by largest remainder, equal remainders to the first; nothing where all weights are 0. */
export function spread(total: number, weights: readonly number[]): number[] {
  const positive = weights.map((weight) => BigInt(Math.max(0, weight)));
  const sum = positive.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) return weights.map(() => 0);
  const whole = positive.map((weight) => Number((BigInt(total) * weight) / sum));
  const left = total - whole.reduce((all, part) => all + part, 0);
  const byRemainder = positive
    .map((weight, index) => ({ index, remainder: (BigInt(total) * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  for (const { index } of byRemainder.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

/** The part of a refund that is goods, where the vendor does not tell it: as much of it as goods are of what was paid, half up. */
export function shareOf(refunded: number, goods: number, paid: number): number {
  if (paid <= 0 || refunded <= 0) return 0;
  const [num, den] = [2n * BigInt(refunded) * BigInt(Math.max(0, goods)) + BigInt(paid), 2n * BigInt(paid)];
  return Number(num / den);
}
