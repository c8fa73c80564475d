import type { Sale } from "../book.ts";
import { type Claim, totals } from "../reckon.ts";

/** What each sale earned by itself. */
export function claimsOfEach(sales: readonly Sale[], each: readonly bigint[]): Claim[] {
  return sales.map(({ at, key }, index) => ({ at, fact: key, amount: each[index] ?? 0n }));
}

/** Of what is rounded together: by how much each sale made it grow. */
export function claimsOfGrowth(sales: readonly Sale[], after: readonly bigint[]): Claim[] {
  return claimsOfEach(
    sales,
    after.map((amount, index) => amount - (after[index - 1] ?? 0n)),
  );
}

/** The same for what is paid on a value: by what it is after each sale. */
export function claimsOfValue(sales: readonly Sale[], paid: (value: bigint) => bigint): Claim[] {
  return claimsOfGrowth(sales, totals(sales).map(paid));
}
