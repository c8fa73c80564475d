import { parseDecimal } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";

export function roundingProblems(
  { unit, scope: rounded }: { readonly unit: string; readonly scope: "perFact" | "perTotal" },
  path: string,
  priced: "perFact" | "cumulative" = "perFact",
): Problem[] {
  const problems: Problem[] = [];
  if ((parseDecimal(unit, 8) ?? 0) <= 0) {
    problems.push({
      code: "bad-rounding-unit",
      path: `${path}/rounding/unit`,
      message: "the rounding unit must be above zero",
      seen: unit,
      allowed: "0.01 for fen, 1 for yuan",
    });
  }
  if (priced === "cumulative" && rounded === "perFact") {
    problems.push({
      code: "policy-impossible",
      path: `${path}/rounding/scope`,
      message: "scope cumulative prices the total, so there is no amount of a single sale to round",
      seen: "perFact",
      allowed: "perTotal",
    });
  }
  return problems;
}
