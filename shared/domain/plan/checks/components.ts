import type { Problem } from "../../problem.ts";
import { countsRewards } from "../counted.ts";
import type { Plan, Reward } from "../plan.ts";

/** A component is paid only by way of the reward that counts it. */
export function componentProblems(plan: Plan, reward: Reward, path: string): Problem[] {
  if (!reward.component) return [];
  const later = plan.rewards.slice(plan.rewards.indexOf(reward) + 1);
  const problems: Problem[] = [];
  if (!later.some((other) => countsRewards(other).includes(reward.id))) {
    problems.push({
      code: "component-uncounted",
      path: `${path}/component`,
      message: `${reward.id} is not paid itself, and no later reward counts it`,
      mend: "remove component, or name it in a pay plan, an override or a coefficient that stands after it",
    });
  }
  if (reward.instalments) {
    problems.push({
      code: "policy-impossible",
      path: `${path}/instalments`,
      message: `${reward.id} is a component, so it is never paid itself, in parts or whole`,
      mend: "give the instalments to the reward that counts it",
    });
  }
  plan.budgets.forEach(({ id, rewards }, index) => {
    const place = rewards.indexOf(reward.id);
    if (place < 0) return;
    problems.push({
      code: "component-in-budget",
      path: `/budgets/${index}/rewards/${place}`,
      message: `${reward.id} is a component, so nothing of it is paid from the budget ${id}`,
      seen: reward.id,
      mend: "name the reward that counts it",
    });
  });
  return problems;
}
