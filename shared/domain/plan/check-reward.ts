import { isDecimal, parseDecimal, parseRational } from "../decimal.ts";
import type { Problem } from "../problem.ts";
import type { Gate, MeasuredBy, PrizeBand } from "./parts.ts";
import type { Measure, Plan, Reward } from "./plan.ts";
import type { MilestoneReward } from "./rewards/milestone.ts";
import type { TiersReward } from "./rewards/tiers.ts";

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
  const measure = plan.measures.find(({ id }) => id === reward.measure);
  problems.push(...kindProblems(reward, measure, path));
  return problems;
}

function kindProblems(reward: Reward, measure: Measure | undefined, path: string): Problem[] {
  switch (reward.kind) {
    case "commission":
      return [
        ...roundingProblems(reward.rounding, path),
        ...(measure && isUnits(measure)
          ? [
              {
                code: "rate-of-amount",
                path: `${path}/measure`,
                message: "a commission is a rate of money: its measure must sum the amount",
                seen: reward.measure,
              },
            ]
          : []),
      ];
    case "race":
    case "ranking":
      return prizeProblems(reward.prizes, `${path}/prizes`);
    case "tiers":
      return [...roundingProblems(reward.rounding, path, reward.scope), ...tierProblems(reward, measure, path)];
    case "perUnit":
      return [
        ...roundingProblems(reward.rounding, path, reward.scope),
        ...(measure && isMoney(measure) ? [unitOfMoney(`${path}/measure`, reward.measure)] : []),
        ...(reward.packages && (parseRational(reward.packages.size)?.num ?? 0n) === 0n
          ? [
              {
                code: "bad-package",
                path: `${path}/packages/size`,
                message: "a package holds more than nothing",
                seen: reward.packages.size,
                allowed: "a number of units above zero",
              },
            ]
          : []),
      ];
    case "milestone":
      return stepProblems(reward, path);
  }
}

function isMoney({ aggregate, of }: Measure): boolean {
  return aggregate === "sum" && of === "amount";
}

function isUnits({ aggregate, of }: Measure): boolean {
  return aggregate === "count" || of === "quantity";
}

function unitOfMoney(path: string, measure: string): Problem {
  return {
    code: "unit-of-money",
    path,
    message: `an amount for each unit needs units; ${measure} is money`,
    seen: measure,
    mend: "use a measure that counts or sums the quantity, or pay a rate",
  };
}

function roundingProblems(
  { unit, scope: rounded }: { readonly unit: string; readonly scope: "perFact" | "perTotal" },
  path: string,
  priced: "perFact" | "cumulative" = "perFact",
): Problem[] {
  const problems: Problem[] = [];
  if ((parseDecimal(unit, 8) ?? 0) <= 0) {
    problems.push({
      code: "bad-rounding-unit",
      path: `${path}/rounding/unit`,
      message: "the rounding unit must be above zero",
      seen: unit,
      allowed: "0.01 for fen, 1 for yuan",
    });
  }
  if (priced === "cumulative" && rounded === "perFact") {
    problems.push({
      code: "policy-impossible",
      path: `${path}/rounding/scope`,
      message: "scope cumulative prices the total, so there is no amount of a single sale to round",
      seen: "perFact",
      allowed: "perTotal",
    });
  }
  return problems;
}

/** Bands follow on one another: a gap pays nobody in between, an overlap prices a part twice. */
function tierProblems(
  { bands, by, mode, scope, measure: id }: TiersReward,
  measure: Measure | undefined,
  path: string,
): Problem[] {
  const problems: Problem[] = [];
  if (by !== "value" && scope === "perFact") {
    problems.push({
      code: "policy-impossible",
      path: `${path}/scope`,
      message: "a target is for the whole campaign, and no single sale attains it",
      seen: "perFact",
      allowed: "cumulative",
    });
  }
  bands.forEach((band, index) => {
    const at = `${path}/bands/${index}`;
    problems.push(...markProblems(by, band.from, `${at}/from`));
    if (band.to !== undefined) problems.push(...markProblems(by, band.to, `${at}/to`));
    const before = bands[index - 1];
    if (before && before.to !== undefined && differenceOf(band.from, before.to) !== 0) {
      const gap = differenceOf(band.from, before.to) > 0;
      problems.push({
        code: gap ? "band-gap" : "band-overlap",
        path: `${at}/from`,
        message: `the band starts at ${band.from}, and the one before ends at ${before.to}: ${gap ? "what lies between is in no band" : "what lies between is in two bands"}`,
        seen: band.from,
        allowed: before.to,
        mend: "start where the band before ends; `edge` says to which of the two the boundary belongs",
      });
    }
    if (band.to !== undefined && differenceOf(band.to, band.from) <= 0) {
      problems.push({
        code: "band-reversed",
        path: `${at}/to`,
        message: `the band ends at ${band.to}, not after it starts at ${band.from}`,
        seen: band.to,
        allowed: `more than ${band.from}`,
      });
    }
    if (band.to === undefined && index < bands.length - 1) {
      problems.push({
        code: "band-endless",
        path: `${at}/to`,
        message: "only the last band may go on without end; no value reaches those after this one",
        mend: `add to: "${bands[index + 1]?.from}"`,
      });
    }
    if (band.to === undefined && (band.mode ?? mode) === "interpolated") {
      problems.push({
        code: "policy-impossible",
        path: `${at}/to`,
        message: "an interpolated band grows to its full rate at its end, so it must have one",
        mend: "add to, or another mode for this band",
      });
    }
    if (band.rate === undefined && band.perUnit === undefined && band.flat === undefined) {
      problems.push({
        code: "band-empty",
        path: at,
        message: "the band does not say what it pays",
        mend: 'add rate, perUnit or flat; flat: "0" where it pays nothing',
      });
    }
    if (measure && isMoney(measure) && band.perUnit !== undefined) problems.push(unitOfMoney(`${at}/perUnit`, id));
    if (measure && isUnits(measure) && band.rate !== undefined) {
      problems.push({
        code: "rate-of-amount",
        path: `${at}/rate`,
        message: `a rate is of money, and ${id} does not sum the amount`,
        seen: band.rate,
        mend: "use perUnit or flat, or a measure that sums the amount",
      });
    }
  });
  return problems;
}

function stepProblems({ steps, by }: MilestoneReward, path: string): Problem[] {
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

/** A percentage marks an attainment; a value is marked in the measure's own unit. */
function markProblems(by: MeasuredBy, text: string, path: string): Problem[] {
  if (by !== "value" || isDecimal(text)) return [];
  const message = `${text} is no mark of a value`;
  return [
    { code: "bad-mark", path, message, seen: text, allowed: 'a decimal such as "10000.00"; or by: {attainment: …}' },
  ];
}

function differenceOf(a: string, b: string): number {
  const [x, y] = [parseRational(a), parseRational(b)];
  if (!x || !y) return 0;
  const difference = x.num * y.den - y.num * x.den;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The amounts of a reward that are paid or rounded to as they stand, and so must be whole minor units. */
export function payableAmounts(reward: Reward): readonly { readonly at: string; readonly text: string }[] {
  switch (reward.kind) {
    case "commission":
    case "perUnit":
    case "tiers":
      return [{ at: "rounding/unit", text: reward.rounding.unit }];
    case "milestone":
      return reward.steps.map(({ amount }, index) => ({ at: `steps/${index}/amount`, text: amount }));
    case "race":
    case "ranking":
      return reward.prizes.map(({ amount }, index) => ({ at: `prizes/${index}/amount`, text: amount }));
  }
}

/** Prices of a reward, which are multiplied and rounded, and so may be finer than what can be paid. */
export function prices(reward: Reward): readonly { readonly at: string; readonly text: string }[] {
  if (reward.kind === "perUnit") return [{ at: "amount", text: reward.amount }];
  if (reward.kind !== "tiers") return [];
  return reward.bands.flatMap(({ flat, perUnit }, index) => [
    ...(flat === undefined ? [] : [{ at: `bands/${index}/flat`, text: flat }]),
    ...(perUnit === undefined ? [] : [{ at: `bands/${index}/perUnit`, text: perUnit }]),
  ]);
}

/** Marks and counts of a reward in the unit of its measure, which can be no finer than that. */
export function measureMarks(reward: Reward): readonly { readonly at: string; readonly text: string }[] {
  if (reward.kind === "perUnit") {
    const size = reward.packages ? [{ at: "packages/size", text: reward.packages.size }] : [];
    return [...size, { at: "freeUnits", text: reward.freeUnits }];
  }
  if (reward.kind === "milestone" && reward.by === "value")
    return reward.steps.map(({ at }, index) => ({ at: `steps/${index}/at`, text: at }));
  if (reward.kind === "tiers" && reward.by === "value")
    return reward.bands.flatMap(({ from, to }, index) => [
      { at: `bands/${index}/from`, text: from },
      ...(to === undefined ? [] : [{ at: `bands/${index}/to`, text: to }]),
    ]);
  return [];
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
