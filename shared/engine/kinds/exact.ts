import { formatDecimal, parseRational, type Rational, roundRational, toSafeInteger } from "#domain/decimal.ts";
import type { Rounding } from "#domain/plan/parts.ts";
import { moneyMinor } from "../award.ts";
import { compiledMeasure, type Rules } from "../rules.ts";

/** Exact fractions for kinds that price parts of a value: nothing is rounded before the plan says so. */

export const ZERO: Rational = { num: 0n, den: 1n };

export function plus(a: Rational, b: Rational): Rational {
  return lowest({ num: a.num * b.den + b.num * a.den, den: a.den * b.den });
}

export function minus(a: Rational, b: Rational): Rational {
  return plus(a, negated(b));
}

export function times(a: Rational, b: Rational): Rational {
  return lowest({ num: a.num * b.num, den: a.den * b.den });
}

/** a ÷ b, with b above zero. */
export function over(a: Rational, b: Rational): Rational {
  return times(a, { num: b.den, den: b.num });
}

export function negated({ num, den }: Rational): Rational {
  return { num: -num, den };
}

/** Below zero, zero or above, as a is smaller than b, equal or larger. */
export function compare(a: Rational, b: Rational): number {
  if (a.den === b.den) return a.num === b.num ? 0 : a.num < b.num ? -1 : 1;
  const difference = a.num * b.den - b.num * a.den;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The smallest integer that is not below. */
export function ceiling({ num, den }: Rational): bigint {
  const quotient = num / den;
  return num > 0n && num % den !== 0n ? quotient + 1n : quotient;
}

/** The largest integer that is not above, of a fraction that is not negative. */
export function whole({ num, den }: Rational): bigint {
  return num / den;
}

export function exact(text: string): Rational {
  const value = parseRational(text);
  if (!value) throw new RangeError(`${text} is no number`);
  return lowest(value);
}

/** A measured integer in the measure's own unit: 12850 of an amount in fen is 128.5. */
export function measured(rules: Rules, measure: string, value: number): Rational {
  return lowest({ num: BigInt(value), den: 10n ** BigInt(compiledMeasure(rules, measure).digits) });
}

/** {@link exactText} of {@link measured}, at least with the decimals of the currency. */
export function measuredText(rules: Rules, measure: string, value: number): string {
  const { digits } = compiledMeasure(rules, measure);
  return digits === rules.currencyDigits
    ? formatDecimal(value, digits)
    : exactText(measured(rules, measure, value), rules.currencyDigits);
}

/** A number of minor units as an exact amount of the plan's currency. */
export function fromMinor(rules: Pick<Rules, "currencyDigits">, amountMinor: number): Rational {
  return lowest({ num: BigInt(amountMinor), den: 10n ** BigInt(rules.currencyDigits) });
}

/** Integers in the proportion of fractions that are not negative, as small as they can be: what a person would write beside the names. */
export function weightsOf(fractions: readonly Rational[]): bigint[] {
  const common = fractions.reduce((product, { den }) => (product / gcd(product, den)) * den, 1n);
  const integers = fractions.map(({ num, den }) => (num * common) / den);
  const divisor = integers.reduce(gcd, 0n);
  return divisor === 0n ? integers : integers.map((integer) => integer / divisor);
}

/** `12%` where the decimals of a percentage end, a fraction where they do not. */
export function percentText(fraction: Rational): string {
  const percent = exactText(times(fraction, { num: 100n, den: 1n }));
  return percent.includes("/") ? exactText(fraction) : `${percent}%`;
}

/** An exact amount of money in minor units, rounded as the plan says. */
export function roundedMinor(rules: Rules, amount: Rational, { mode, unit }: Omit<Rounding, "scope">): number {
  const unitMinor = BigInt(moneyMinor(rules, unit));
  const minor = amount.num * 10n ** BigInt(rules.currencyDigits);
  return toSafeInteger(BigInt(roundRational(minor, amount.den * unitMinor, mode)) * unitMinor);
}

/** `128.5` where the decimals end, `257/3` where they do not; at least `digits` decimals. */
export function exactText(value: Rational, digits = 0): string {
  const { num, den } = lowest(value);
  const places = decimalPlaces(den);
  if (places === undefined) return `${num}/${den}`;
  const shown = Math.max(places, digits);
  const magnitude = ((num < 0n ? -num : num) * 10n ** BigInt(shown)) / den;
  const text = magnitude.toString().padStart(shown + 1, "0");
  const sign = num < 0n ? "-" : "";
  return shown === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -shown)}.${text.slice(-shown)}`;
}

/** How many decimals 1/den has; undefined where they never end. */
function decimalPlaces(den: bigint): number | undefined {
  let [rest, twos, fives] = [den, 0, 0];
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  return rest === 1n ? Math.max(twos, fives) : undefined;
}

function lowest({ num, den }: Rational): Rational {
  const divisor = gcd(num < 0n ? -num : num, den);
  return divisor <= 1n ? { num, den } : { num: num / divisor, den: den / divisor };
}

/** Of what fits into 31 bits as it nearly always does, with numbers: many times faster than with bigints, and as exact. */
const SMALL = 2n ** 31n;

function gcd(a: bigint, b: bigint): bigint {
  if (a < SMALL && b < SMALL && a >= 0n && b >= 0n) {
    let [x, y] = [Number(a), Number(b)];
    while (y !== 0) [x, y] = [y, x % y];
    return BigInt(x);
  }
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
