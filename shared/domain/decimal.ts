/**
 * Exact decimals and rationals. Nothing here ever becomes a binary fraction: a decimal text is
 * an integer at a scale, a rate is a fraction of two integers.
 */

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** A decimal text of any size; whether it fits a number of digits is told by {@link parseDecimal}. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text.trim());
}

/** Parses `"12.5"` at `digits` decimals into a safe integer (12.5 at 2 → 1250); undefined if it does not fit exactly. */
export function parseDecimal(text: string, digits: number): number | undefined {
  const match = DECIMAL.exec(text.trim());
  if (!match) return undefined;
  const [, sign = "", whole = "", fraction = ""] = match;
  const significant = withoutLastZeros(fraction);
  if (significant.length > digits) return undefined;
  const value = Number(`${whole}${significant.padEnd(digits, "0")}`);
  if (!Number.isSafeInteger(value)) return undefined;
  return sign === "-" && value !== 0 ? -value : value;
}

/** A pattern would look at each zero again from each zero before it: an hour for a body full of them. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}

/** One spelling for each decimal: `+0260.50` is `260.5`, `-0.00` is `0`; anything else as it stands. */
export function canonicalDecimal(text: string): string {
  const match = DECIMAL.exec(text.trim());
  if (!match) return text;
  const [, sign = "", whole = "", fraction = ""] = match;
  const significant = withoutLastZeros(fraction);
  const magnitude = `${whole.replace(/^0+(?=\d)/, "")}${significant === "" ? "" : `.${significant}`}`;
  return sign === "-" && magnitude !== "0" ? `-${magnitude}` : magnitude;
}

/** `00` to `99`: the decimals of most currencies, which are written by the million. */
const HUNDREDTHS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

/** Writes an integer at a scale as a decimal text (1250 at 2 → `"12.50"`). */
export function formatDecimal(value: number, digits: number): string {
  if (digits === 2 && value >= 0 && Number.isSafeInteger(value)) {
    const fraction = value % 100;
    return `${(value - fraction) / 100}.${HUNDREDTHS[fraction]}`;
  }
  const sign = value < 0 ? "-" : "";
  const text = String(Math.abs(value)).padStart(digits + 1, "0");
  if (digits === 0) return `${sign}${text}`;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** An exact fraction; `den` is positive. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

/** Parses `"35%"`, `"0.35"` or `"7/20"`; undefined when it is none of them. */
export function parseRational(text: string): Rational | undefined {
  const trimmed = text.trim();
  const fraction = /^(-?\d+)\/(\d+)$/.exec(trimmed);
  if (fraction) {
    const den = BigInt(fraction[2] ?? "0");
    return den === 0n ? undefined : { num: BigInt(fraction[1] ?? "0"), den };
  }
  const percent = trimmed.endsWith("%");
  const match = DECIMAL.exec(percent ? trimmed.slice(0, -1) : trimmed);
  if (!match) return undefined;
  const [, sign = "", whole = "", decimals = ""] = match;
  const num = BigInt(`${whole}${decimals}`);
  return { num: sign === "-" ? -num : num, den: 10n ** BigInt(decimals.length) * (percent ? 100n : 1n) };
}

/** Ways to bring an exact value to an integer. `halfUp` and `halfEven` mirror on zero, so −x rounds to −(round x). */
export const ROUNDING_MODES = ["halfUp", "halfEven", "down", "up"] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/** Rounds num/den (den > 0) to an integer, symmetrically about zero. */
export function roundRational(num: bigint, den: bigint, mode: RoundingMode): number {
  const negative = num < 0n;
  const magnitude = negative ? -num : num;
  let quotient = magnitude / den;
  const twice = 2n * (magnitude % den);
  const roundsUp = {
    down: false,
    up: twice > 0n,
    halfUp: twice >= den,
    halfEven: twice > den || (twice === den && quotient % 2n === 1n),
  }[mode];
  if (roundsUp) quotient += 1n;
  return toSafeInteger(negative ? -quotient : quotient);
}

/** A bigint as a number, or an error that says the amount is beyond exact integers. */
export function toSafeInteger(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${value} is beyond exact integers (±${Number.MAX_SAFE_INTEGER})`);
  return number;
}

/** `a + b` of integers, refusing to leave the exact range. */
export function addExact(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isSafeInteger(sum))
    throw new RangeError(`${a} + ${b} is beyond exact integers (±${Number.MAX_SAFE_INTEGER})`);
  return sum;
}

/** The exact sum of fractions, in lowest terms. */
export function sumOfRationals(fractions: readonly Rational[]): Rational {
  let { num, den }: Rational = { num: 0n, den: 1n };
  for (const fraction of fractions) {
    [num, den] = [num * fraction.den + fraction.num * den, den * fraction.den];
    const common = greatestCommonDivisor(num < 0n ? -num : num, den);
    [num, den] = [num / common, den / common];
  }
  return { num, den };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/**
 * A number that a source gave as JSON (an attribute), as an integer at `digits` decimals: the shortest decimal that the number
 * is written with counts, digits beyond are rounded half away from zero. Undefined when it is beyond exact integers.
 */
export function scaledNumber(value: number, digits: number): number | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (!match || Math.abs(value) * 10 ** digits > Number.MAX_SAFE_INTEGER) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const shift = Number(exponent) - fraction.length + digits;
  const digitsOf = BigInt(`${sign}${whole}${fraction}`);
  const scaled =
    shift >= 0
      ? toSafeInteger(digitsOf * 10n ** BigInt(shift))
      : roundRational(digitsOf, 10n ** BigInt(-shift), "halfUp");
  return scaled === 0 ? 0 : scaled;
}
