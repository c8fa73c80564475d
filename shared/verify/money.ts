import type { Rounding } from "#domain/plan/parts.ts";
import { type Fraction, rounded } from "./exact.ts";
import type { Reckoner } from "./reckon.ts";

/** Minor units as money: 12850 fen are 128.5. */
export function asMoney({ book }: Reckoner, minor: bigint): Fraction {
  return { over: minor, under: 10n ** BigInt(book.moneyDigits) };
}

/** An exact amount of money as minor units, a multiple of the rounding's unit. */
export function roundedMoney(
  reckoner: Reckoner,
  { over, under }: Fraction,
  { unit, mode }: Pick<Rounding, "unit" | "mode">,
): bigint {
  const multiple = reckoner.money(unit);
  return multiple * rounded({ over: over * 10n ** BigInt(reckoner.book.moneyDigits), under: under * multiple }, mode);
}
