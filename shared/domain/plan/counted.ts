import type { Reward } from "./plan.ts";
import { rankedScorecard } from "./rewards/ranking.ts";

/** Earlier rewards that a reward counts: what they come to, not that they are paid. */
export function countsRewards(reward: Reward): readonly string[] {
  const graded = reward.coefficient ? [reward.coefficient.scorecard] : [];
  switch (reward.kind) {
    case "payPlan":
      return [...reward.components, ...graded];
    case "override":
      return "lines" in reward.from ? [...reward.from.lines, ...graded] : graded;
    case "ranking": {
      const scorecard = rankedScorecard(reward.by);
      return scorecard === undefined ? graded : [scorecard, ...graded];
    }
    case "honour":
      return "winnerOf" in reward.to ? [reward.to.winnerOf, ...graded] : graded;
    default:
      return graded;
  }
}
