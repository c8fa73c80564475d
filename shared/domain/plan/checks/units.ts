import type { Problem } from "../../problem.ts";
import type { Measure } from "../plan.ts";

/** What a measure is measured in, and what may be asked of it. */

export function isMoney({ aggregate, of }: Measure): boolean {
  return aggregate === "sum" && of === "amount";
}

export function isUnits({ aggregate, of }: Measure): boolean {
  return aggregate === "count" || of === "quantity";
}

export function unitOfMoney(path: string, measure: string): Problem {
  return {
    code: "unit-of-money",
    path,
    message: `an amount for each unit needs units; ${measure} is money`,
    seen: measure,
    mend: "use a measure that counts or sums the quantity, or pay a rate",
  };
}
