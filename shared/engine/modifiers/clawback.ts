import type { Rational } from "#domain/decimal.ts";
import type { Clawback } from "#domain/plan/parts.ts";
import { addDuration } from "#domain/time.ts";
import { compare, exact, minus, ZERO } from "../kinds/exact.ts";

const ALL: Rational = { num: 1n, den: 1n };

/**
 * The part of a cancelled sale's pay that is kept: all of it where the sale stood for `within` (half-open), and else what the
 * plan does not take back.
 *
 * @param occurredAt milliseconds since the epoch, like `cancelledAt`
 */
export function keptPart({ within, take }: Clawback, occurredAt: number, cancelledAt: number, zone: string): Rational {
  const until = addDuration(occurredAt, within, zone) ?? Number.POSITIVE_INFINITY;
  if (cancelledAt >= until) return ALL;
  if (take === "full") return ZERO;
  if ("part" in take) {
    const taken = exact(take.part);
    return compare(taken, ALL) > 0 ? ZERO : minus(ALL, taken);
  }
  const unit = take.unearned === "months" ? "M" : "D";
  const earned = started(occurredAt, cancelledAt, unit, zone);
  return { num: BigInt(earned), den: BigInt(Math.max(1, started(occurredAt, until, unit, zone))) };
}

/** How many months or days, counted from an instant on the zone's calendar, began before another. */
function started(from: number, before: number, unit: "M" | "D", zone: string): number {
  const hasBegun = (count: number) =>
    (addDuration(from, `P${count}${unit}`, zone) ?? Number.POSITIVE_INFINITY) < before;
  let above = 1;
  while (hasBegun(above)) above *= 2;
  // Those below `low` have begun, those from `above` on have not.
  let low = 0;
  while (low < above) {
    const middle = Math.floor((low + above) / 2);
    if (hasBegun(middle)) low = middle + 1;
    else above = middle;
  }
  return low;
}
