import type { Reward } from "./plan.ts";

/** Earlier rewards that a reward counts: what they come to, not that they are paid. */
export function countsRewards(reward: Reward): readonly string[] {
  const graded = reward.coefficient ? [reward.coefficient.scorecard] : [];
  switch (reward.kind) {
    case "payPlan":
      return [...reward.components, ...graded];
    case "override":
      return "lines" in reward.from ? [...reward.from.lines, ...graded] : graded;
    default:
      return graded;
  }
}
