import type { MilestoneReward } from "#domain/plan/rewards/milestone.ts";
import { moneyMinor } from "../award.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** A later milestone is harder, so it should not pay less. */
export function milestoneFindings(context: LintContext): Finding[] {
  return context.plan.rewards.flatMap((reward, index) =>
    reward.kind === "milestone" ? falling(context, reward, `/rewards/${index}/steps`) : [],
  );
}

function falling(context: LintContext, { id, steps, policy }: MilestoneReward, path: string): Finding[] {
  return steps.flatMap((step, index): Finding[] => {
    const before = steps[index - 1];
    if (!before || moneyMinor(context, step.amount) >= moneyMinor(context, before.amount)) return [];
    const effect =
      policy === "highestOnly"
        ? "only the highest is paid, so who goes on loses by it"
        : "the harder step is worth less than the easier one";
    return [
      {
        code: "falling-milestone",
        severity: "warns",
        path: `${path}/${index}/amount`,
        message: `${id} pays ${before.amount} at ${before.at} and ${step.amount} at ${step.at}: ${effect}`,
        seen: step.amount,
        allowed: `at least ${before.amount}`,
        mend: "raise the later amount, or swap the two",
      },
    ];
  });
}
