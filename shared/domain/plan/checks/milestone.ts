import type { Problem } from "../../problem.ts";
import type { MilestoneReward } from "../rewards/milestone.ts";
import { differenceOf, markProblems } from "./marks.ts";

export function stepProblems({ steps, by }: MilestoneReward, path: string): Problem[] {
  return steps.flatMap((step, index): Problem[] => {
    const at = `${path}/steps/${index}/at`;
    const before = steps[index - 1];
    const found = markProblems(by, step.at, at);
    if (before === undefined || differenceOf(step.at, before.at) > 0) return found;
    const message = `the step at ${step.at} does not come after the one at ${before.at}`;
    return [
      ...found,
      { code: "steps-not-rising", path: at, message, seen: step.at, allowed: `more than ${before.at}` },
    ];
  });
}
