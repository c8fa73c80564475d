import { type Fraction, written } from "./exact.ts";

/** Exact fractions, written for the verifier alone: in lowest terms, the lower part above zero. */

export const NOTHING: Fraction = { over: 0n, under: 1n };

export function lowest({ over, under }: Fraction): Fraction {
  const divisor = greatestCommon(over < 0n ? -over : over, under < 0n ? -under : under) * (under < 0n ? -1n : 1n);
  return { over: over / divisor, under: under / divisor };
}

export function sum(parts: readonly Fraction[]): Fraction {
  return parts.reduce(
    (all, part) => lowest({ over: all.over * part.under + part.over * all.under, under: all.under * part.under }),
    NOTHING,
  );
}

export function less(from: Fraction, part: Fraction): Fraction {
  return sum([from, negative(part)]);
}

export function negative({ over, under }: Fraction): Fraction {
  return { over: -over, under };
}

export function product(a: Fraction, b: Fraction): Fraction {
  return lowest({ over: a.over * b.over, under: a.under * b.under });
}

export function quotient(a: Fraction, b: Fraction): Fraction {
  return lowest({ over: a.over * b.under, under: a.under * b.over });
}

export function isBelow(a: Fraction, b: Fraction): boolean {
  return less(a, b).over < 0n;
}

export function smaller(a: Fraction, b: Fraction): Fraction {
  return isBelow(b, a) ? b : a;
}

/** `128.50` where the decimals end, with as many as are asked for or more; `257/3` where they do not. */
export function exactly(value: Fraction, atLeast = 0): string {
  const { over, under } = lowest(value);
  let [rest, digits] = [under, 0];
  for (let common = greatestCommon(rest, 10n); common > 1n; common = greatestCommon(rest, 10n)) {
    rest /= common;
    digits += 1;
  }
  if (rest > 1n) return `${over}/${under}`;
  const shown = Math.max(digits, atLeast);
  return written((over * 10n ** BigInt(shown)) / under, shown);
}

function greatestCommon(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommon(b, a % b);
}
