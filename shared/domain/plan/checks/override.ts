import type { Problem } from "../../problem.ts";
import type { Per } from "../parts.ts";
import type { Plan } from "../plan.ts";
import type { OverrideReward } from "../rewards/override.ts";
import { perText } from "../slices-of.ts";
import { unitOfPay } from "../unit-of-pay.ts";
import { rateOfMoney, unknownMeasure } from "./sums.ts";

export function overrideProblems(plan: Plan, reward: OverrideReward, path: string): Problem[] {
  const problems: Problem[] = [];
  if (reward.level === "participant") {
    problems.push({
      code: "override-needs-unit",
      path: `${path}/level`,
      message: "an override is a leader's reward from a team; its level is the team's",
      seen: reward.level,
      allowed: "a level of the organisation, such as branch",
    });
  }
  if (reward.leaders.membership === "occurrence") {
    problems.push({
      code: "policy-impossible",
      path: `${path}/leaders/membership`,
      message: "a slice is paid once, so one instant must decide who leads; occurrence can name several",
      seen: "occurrence",
      allowed: "periodEnd",
    });
  }
  if ("measure" in reward.from) {
    const at = `${path}/from/measure`;
    const { measure } = reward.from;
    return [
      ...problems,
      ...unknownMeasure(plan, measure, at),
      ...rateOfMoney(plan, measure, at, "an override of a measure"),
    ];
  }
  return [...problems, ...reward.from.lines.flatMap((id, index) => lineProblems(plan, reward, id, index, path))];
}

function lineProblems(plan: Plan, reward: OverrideReward, id: string, index: number, path: string): Problem[] {
  const at = `${path}/from/lines/${index}`;
  const before = plan.rewards.slice(0, plan.rewards.indexOf(reward));
  const source = before.find((other) => other.id === id);
  if (!source) {
    const message = `no reward ${id} stands before ${reward.id}; rewards are decided in the plan's order`;
    const allowed = before.map((other) => other.id).join(", ") || "a reward that stands before it";
    return [{ code: "unknown-reward", path: at, message, seen: id, allowed }];
  }
  if ("lines" in reward.from && reward.from.lines.indexOf(id) !== index) {
    const message = `${id} stands twice, and would be counted twice`;
    return [{ code: "duplicate-id", path: at, message, seen: id, mend: "name it once" }];
  }
  if (unitOfPay(plan, source) !== plan.currency) {
    const message = `${id} pays ${unitOfPay(plan, source)}, and an override is a rate of money`;
    return [{ code: "rate-of-amount", path: at, message, seen: id }];
  }
  if (!liesIn(source.per, reward.per)) {
    return [
      {
        code: "slices-do-not-nest",
        path: at,
        message: `${id} is decided per ${perText(source.per)}, and ${reward.id} per ${perText(reward.per)}: its slices lie in no slice of the override`,
        seen: id,
        mend: "decide both by the same slices, or the override by longer ones",
      },
    ];
  }
  return [];
}

const LONGER: Readonly<Record<string, readonly string[]>> = {
  day: ["week", "month", "quarter", "year"],
  month: ["quarter", "year"],
  quarter: ["year"],
};

/** Whether each slice of the one lies inside a slice of the other. */
function liesIn(inner: Per = "campaign", outer: Per = "campaign"): boolean {
  return (
    outer === "campaign" ||
    perText(inner) === perText(outer) ||
    (typeof inner === "string" && typeof outer === "string" && (LONGER[inner]?.includes(outer) ?? false))
  );
}
