import { toSafeInteger } from "./decimal.ts";
import { compareText } from "./text.ts";

/**
 * Divides a whole among weighted parts by largest remainder; equal remainders go to the smaller id.
 * The parts always sum exactly to the whole, and −100 divides as the mirror of 100.
 *
 * @param wholeMinor integer to divide, of either sign
 * @param parts ids with non-negative integer weights, at least one of them positive
 * @returns id → part, in the order of `parts`
 */
export function allocate(
  wholeMinor: number,
  parts: readonly { readonly id: string; readonly weight: bigint }[],
): Map<string, number> {
  const totalWeight = parts.reduce((sum, part) => sum + part.weight, 0n);
  if (totalWeight <= 0n || parts.some((part) => part.weight < 0n)) {
    throw new RangeError("allocate needs non-negative weights with a positive sum");
  }
  const sign = wholeMinor < 0 ? -1 : 1;
  const whole = BigInt(Math.abs(wholeMinor));
  const quotas = parts.map((part) => ({
    id: part.id,
    floor: (whole * part.weight) / totalWeight,
    remainder: (whole * part.weight) % totalWeight,
  }));
  let left = whole - quotas.reduce((sum, quota) => sum + quota.floor, 0n);
  const extra = new Set<string>();
  const byRemainder = [...quotas].sort((a, b) =>
    a.remainder === b.remainder ? compareText(a.id, b.id) : a.remainder > b.remainder ? -1 : 1,
  );
  for (const quota of byRemainder) {
    if (left === 0n) break;
    extra.add(quota.id);
    left -= 1n;
  }
  return new Map(
    quotas.map(({ id, floor }) => {
      const part = toSafeInteger(floor) + (extra.has(id) ? 1 : 0);
      return [id, part === 0 ? 0 : sign * part];
    }),
  );
}
