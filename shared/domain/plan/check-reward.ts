import { parseDecimal } from "../decimal.ts";
import type { Problem } from "../problem.ts";
import type { Gate, PrizeBand } from "./parts.ts";
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
  knowsMeasure(reward.measure, `${path}/measure`);
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
  if (reward.kind !== "commission") problems.push(...prizeProblems(reward.prizes, `${path}/prizes`));
  if (reward.kind === "commission" && (parseDecimal(reward.rounding.unit, 8) ?? 0) <= 0) {
    problems.push({
      code: "bad-rounding-unit",
      path: `${path}/rounding/unit`,
      message: "the rounding unit must be above zero",
      seen: reward.rounding.unit,
      allowed: "0.01 for fen, 1 for yuan",
    });
  }
  const measure = plan.measures.find(({ id }) => id === reward.measure);
  if (reward.kind === "commission" && (measure?.aggregate === "count" || measure?.of === "quantity")) {
    problems.push({
      code: "rate-of-amount",
      path: `${path}/measure`,
      message: "a commission is a rate of money: its measure must sum the amount",
      seen: reward.measure,
    });
  }
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

/** Bands must run 1..n: a gap pays nobody in between, an overlap pays a place twice. */
function prizeProblems(prizes: readonly PrizeBand[], path: string): Problem[] {
  let expected = 1;
  const problems: Problem[] = [];
  prizes.forEach((band, index) => {
    if (band.from !== expected) {
      problems.push({
        code: band.from > expected ? "band-gap" : "band-overlap",
        path: `${path}/${index}/from`,
        message: `places ${band.from} to ${band.to} do not follow on the places before, which end at ${expected - 1}`,
        seen: String(band.from),
        allowed: String(expected),
      });
    }
    if (band.to < band.from) {
      problems.push({
        code: "band-reversed",
        path: `${path}/${index}/to`,
        message: `the band ends at place ${band.to}, before it starts at ${band.from}`,
        seen: String(band.to),
        allowed: `${band.from} or more`,
      });
    }
    expected = Math.max(band.to, band.from) + 1;
  });
  return problems;
}
