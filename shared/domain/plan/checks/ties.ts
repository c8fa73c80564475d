import type { Problem } from "../../problem.ts";
import type { Plan } from "../plan.ts";
import { type RankingReward, rankedScorecard } from "../rewards/ranking.ts";
import { earlierProblems } from "./earlier.ts";

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

/** What is wrong with what a ranking goes by, and with its ties. */
export function rankedByProblems(plan: Plan, reward: RankingReward, path: string): Problem[] {
  const { by, level, ties, measure } = reward;
  const id = rankedScorecard(by);
  if (id === undefined) return tieOfRatioProblems(plan, measure, ties, `${path}/ties`);
  const at = `${path}/by/scorecard`;
  const lacks = "no total to rank by";
  return [
    ...earlierProblems(plan, reward, { id, at, kind: "scorecard", level, lacks, has: "a total" }),
    ...(ties === "earliestReach" ? [reachOfTotal(id, `${path}/ties`)] : []),
  ];
}

function reachOfTotal(scorecard: string, path: string): Problem {
  return {
    code: "policy-impossible",
    path,
    message: `the total of ${scorecard} is known at the slice's end: there is no instant at which it was reached`,
    seen: "earliestReach",
    allowed: "earlierLastFact, poolPrizes, samePrize",
  };
}
