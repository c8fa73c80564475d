import type { Problem } from "../../problem.ts";
import type { Plan } from "../plan.ts";
import type { HonourReward } from "../rewards/honour.ts";
import type { PenaltyReward } from "../rewards/penalty.ts";
import { earlierProblems } from "./earlier.ts";
import { inKindProblems } from "./in-kind.ts";

/** What is wrong within honours and penalties. */

export function honourProblems(plan: Plan, reward: HonourReward, path: string): Problem[] {
  const problems = inKindProblems(plan, reward, path);
  const measure = plan.measures.find(({ id }) => id === reward.measure);
  if ("best" in reward.to && reward.to.best === "earliestReach" && measure?.ratio) {
    problems.push({
      code: "policy-impossible",
      path: `${path}/to/best`,
      message: `${measure.id} is a ratio, which goes up and down: nobody reaches it first`,
      seen: "earliestReach",
      allowed: "all",
    });
  }
  if (!("winnerOf" in reward.to)) return problems;
  const { level } = reward;
  const named = { id: reward.to.winnerOf, at: `${path}/to/winnerOf`, kind: "ranking", level } as const;
  return [...problems, ...earlierProblems(plan, reward, { ...named, lacks: "no places", has: "a place" })];
}

export function penaltyProblems(plan: Plan, reward: PenaltyReward, path: string): Problem[] {
  const problems = inKindProblems(plan, reward, path);
  const { escalate, card } = reward;
  if (!escalate) return problems;
  const at = `${path}/escalate`;
  if (escalate.card === card) {
    const message = `the next card is ${card} again`;
    problems.push({ code: "same-card", path: `${at}/card`, message, seen: card, mend: "name another card" });
  }
  if (reward.per === undefined || reward.per === "campaign") {
    const message = "cards follow on one another over slices, and the campaign as a whole has only one";
    problems.push({ code: "policy-impossible", path: at, message, mend: "say per: month" });
  }
  if (escalate.over !== "inARow" && escalate.over.slices < escalate.after) {
    const message = `${escalate.over.slices} slices never hold ${escalate.after} cards`;
    problems.push({
      code: "policy-impossible",
      path: `${at}/over/slices`,
      message,
      seen: String(escalate.over.slices),
      allowed: `${escalate.after} or more`,
    });
  }
  return problems;
}
