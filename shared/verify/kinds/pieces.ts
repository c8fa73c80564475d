import type { Rounding } from "#domain/plan/parts.ts";
import type { Sale } from "../book.ts";
import { type Fraction, rounded } from "../exact.ts";

/** What rules of goods and points have in common. */

/** Points and pieces are whole: as many as the unit goes into, by the rounding's mode. */
export function wholeOf({ over, under }: Fraction, { unit, mode }: Pick<Rounding, "unit" | "mode">): bigint {
  const multiple = BigInt(unit);
  return multiple * rounded({ over, under: under * multiple }, mode);
}

/** What a fact says under an attribute, as a text. */
export function labelOf({ fact }: Sale, attribute: string): string | undefined {
  const found = Object.entries(fact.attributes).find(([name]) => name === attribute);
  return found && String(found[1]);
}

export function addedUp<Item>(items: readonly Item[], amount: (item: Item) => bigint): bigint {
  return items.reduce((sum, item) => sum + amount(item), 0n);
}
