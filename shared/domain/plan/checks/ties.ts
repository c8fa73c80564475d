import type { Problem } from "../../problem.ts";
import type { Plan } from "../plan.ts";

/** A ratio rises and falls with each fact of its two sides, so there is no instant at which it was reached. */
export function tieOfRatioProblems({ measures }: Plan, measure: string, ties: string, path: string): Problem[] {
  if (ties !== "earliestReach" || !measures.find(({ id }) => id === measure)?.ratio) return [];
  return [
    {
      code: "policy-impossible",
      path,
      message: `${measure} is a ratio, which rises and falls: there is no instant at which it was reached`,
      seen: ties,
      allowed: "earlierLastFact, poolPrizes",
    },
  ];
}
