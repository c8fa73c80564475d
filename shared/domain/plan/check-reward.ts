import type { Problem } from "../problem.ts";
import { kindProblems } from "./checks/kinds.ts";
import { modifierProblems } from "./checks/modifiers.ts";
import type { Gate } from "./parts.ts";
import type { Plan, Reward } from "./plan.ts";

/** Rules that span the fields of one reward; `path` is its place in the plan. */
export function rewardProblems(plan: Plan, reward: Reward, path: string): Problem[] {
  const problems: Problem[] = [];
  const knowsMeasure = (id: string, at: string) => {
    if (!plan.measures.some((measure) => measure.id === id)) {
      problems.push({
        code: "unknown-measure",
        path: at,
        message: `there is no measure ${id}`,
        seen: id,
        allowed: plan.measures.map((measure) => measure.id).join(", "),
      });
    }
  };
  if ("measure" in reward) knowsMeasure(reward.measure, `${path}/measure`);
  reward.gates.forEach((gate, index) => {
    knowsMeasure(gate.measure, `${path}/gates/${index}/measure`);
    problems.push(...gateProblems(reward, gate, `${path}/gates/${index}`));
  });
  if (reward.level === "participant") {
    if (reward.within && reward.within.membership === undefined) {
      problems.push({
        code: "policy-missing",
        path: `${path}/within/membership`,
        message: "at level participant, `within` must say which membership decides",
        allowed: "periodEnd",
      });
    }
    for (const field of ["within", "roles"] as const) {
      if (reward[field]?.membership !== "occurrence") continue;
      problems.push({
        code: "policy-impossible",
        path: `${path}/${field}/membership`,
        message: `${reward.id} judges a person over the whole period, so one membership must decide; occurrence can name several`,
        seen: "occurrence",
        allowed: "periodEnd",
      });
    }
    if (reward.pay !== "self") {
      problems.push({
        code: "split-needs-unit",
        path: `${path}/pay`,
        message: "a split divides a unit's award; the level here is participant",
        mend: "use pay: self, or a level of the organisation",
      });
    }
  } else if (reward.roles) {
    problems.push({
      code: "roles-need-participant",
      path: `${path}/roles`,
      message: `roles belong to level participant; the level here is ${reward.level}`,
      mend: "remove roles",
    });
  }
  if (reward.pay !== "self" && reward.pay.split.membership === "occurrence") {
    problems.push({
      code: "policy-impossible",
      path: `${path}/pay/split/membership`,
      message: "a prize is shared once, so one instant must decide who is on file; occurrence can name several",
      seen: "occurrence",
      allowed: "periodEnd",
    });
  }
  if (
    reward.pay !== "self" &&
    Object.values(reward.pay.split.byRole).every((coefficient) => Number.parseFloat(coefficient) === 0)
  ) {
    problems.push({
      code: "split-of-nothing",
      path: `${path}/pay/split/byRole`,
      message: "no role has a coefficient above zero",
      mend: 'give at least one role a coefficient such as "1"',
    });
  }
  problems.push(...modifierProblems(plan, reward, path), ...kindProblems(plan, reward, path));
  return problems;
}

function gateProblems(reward: Reward, gate: Gate, path: string): Problem[] {
  if (gate.on !== "self" && reward.level === "participant" && gate.on.membership === "occurrence") {
    return [
      {
        code: "policy-impossible",
        path: `${path}/on/membership`,
        message:
          "the gate judges a person over the whole period, so one membership must decide; occurrence can name several",
        seen: "occurrence",
        allowed: "periodEnd",
      },
    ];
  }
  return [];
}
