import { parseDecimal } from "#domain/decimal.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { targetKey } from "#domain/target.ts";
import { compiledMeasure, type Rules, targetsAsked } from "./rules.ts";
import { hasBegun, isClosed, rulesOfSlice, type Slice } from "./slices.ts";

/**
 * Of which slices targets are asked for: those that have begun; or also the first of each reward, so that it can begin; or only
 * those that are closed, which is all that a run which is posted decides.
 */
export type AskedSlices = "begun" | "begunAndFirst" | "closed";

/**
 * What keeps a plan from being decided: units and levels that do not exist, targets that are missing or cannot be read.
 * Targets of slices that have not begun are not asked for yet: the weeks of a year are planned as they come.
 *
 * @param asOf the cut-off, in milliseconds since the epoch
 */
export function fitProblems(rules: Rules, asOf: number, slices: AskedSlices = "begun"): Problem[] {
  return [...scopeProblems(rules), ...targetProblems(rules, asOf, slices)];
}

/** @throws Refusal("invalid") with every problem of {@link fitProblems} */
export function requireFit(rules: Rules, asOf: number, slices: AskedSlices = "begun"): void {
  const problems = fitProblems(rules, asOf, slices);
  if (problems.length > 0) throw new Refusal("invalid", "the plan does not fit its organisation and targets", problems);
}

export interface NeededTarget {
  readonly subject: string;
  readonly measure: string;
  readonly label: string;
  readonly reward: string;
  readonly slice: Slice;
}

/** Every target that a reward may ask for, in each of its slices, so that a missing one is known before anything is computed. */
export function* neededTargets(
  rules: Rules,
  rewards: readonly Reward[] = rules.plan.rewards,
  isAsked: (slice: Slice, index: number, reward: Reward) => boolean = () => true,
): Generator<NeededTarget> {
  for (const reward of rewards) {
    const asked = targetsAsked(reward);
    if (asked.length === 0) continue;
    const windows = sliceWindows(rules.plan, reward.per).filter((slice, index) => isAsked(slice, index, reward));
    for (const slice of windows) {
      const ofSlice = rulesOfSlice(rules, slice);
      for (const { measure, label, level } of asked) {
        for (const subject of subjectsInScope(ofSlice, reward, level))
          yield { subject, measure, label, reward: reward.id, slice };
      }
    }
  }
}

function subjectsInScope({ directory, instants }: Rules, reward: Reward, level: string): string[] {
  const within = reward.within?.unit;
  if (level !== "participant") {
    // A gate can look at a unit above those that take part.
    return directory
      .unitsAt(level)
      .map(({ unit }) => unit)
      .filter((unit) => within === undefined || directory.isWithin(unit, within) || directory.isWithin(within, unit));
  }
  return directory.participantIds().filter((id) => {
    const membership = directory.membershipAt(id, instants.last);
    return (
      membership !== undefined &&
      (within === undefined || directory.isWithin(membership.unit, within)) &&
      (reward.roles?.anyOf.includes(membership.role) ?? true)
    );
  });
}

function targetProblems(rules: Rules, asOf: number, slices: AskedSlices): Problem[] {
  const problems = new Map<string, Problem>();
  const isAsked = (slice: Slice, index: number, reward: Reward) => {
    if (slices === "begunAndFirst" && index === 0) return true;
    const closedOnly = slices === "closed" && slice.id !== "" && !paysAhead(reward);
    return closedOnly ? isClosed(rules.plan, slice.end, asOf) : hasBegun(slice, asOf);
  };
  for (const { subject, measure, label, reward, slice } of neededTargets(rules, rules.plan.rewards, isAsked)) {
    const key = targetKey({ subject, measure, label, slice: slice.id });
    const target = rules.targets.get(key);
    const { digits } = compiledMeasure(rules, measure);
    const path = `targets/${subject}/${measure}/${label}${slice.id === "" ? "" : `/${slice.id}`}`;
    if (!target) {
      const inSlice = slice.id === "" ? "" : ` in ${slice.id}`;
      problems.set(key, {
        code: "missing-target",
        path,
        message: `${reward} needs the target ${label} of ${measure} for ${subject}${inSlice}, and the targets table has none`,
        mend: `add the row ${subject},${measure},${label},${slice.id},<value>`,
      });
    } else if (parseDecimal(target.value, digits) === undefined) {
      problems.set(key, {
        code: "too-fine",
        path,
        message: `the target ${target.value} is finer than ${measure} is measured`,
        seen: target.value,
        allowed: `at most ${digits} digits after the point`,
      });
    }
  }
  return [...problems.values()];
}

/** A draw ahead is paid in a slice that is still open. */
function paysAhead(reward: Reward): boolean {
  return reward.kind === "payPlan" && reward.draw?.timing === "ahead";
}

/** Levels and units that the plan names must exist in the organisation. */
export function scopeProblems({ plan, directory }: Rules): Problem[] {
  const levels = new Set(directory.units().map(({ level }) => level));
  const knowsUnit = (unit: string, path: string): Problem[] =>
    directory.unit(unit)
      ? []
      : [
          {
            code: "unknown-unit",
            path,
            message: `the plan names the unit ${unit}, which the organisation does not have`,
            seen: unit,
            allowed: "a unit of the organisation",
          },
        ];
  const knowsLevel = (level: string, path: string): Problem[] =>
    level === "participant" || levels.has(level)
      ? []
      : [
          {
            code: "unknown-level",
            path,
            message: `no unit of the organisation is of level ${level}`,
            seen: level,
            allowed: ["participant", ...levels].join(", "),
          },
        ];
  return [
    ...(plan.audience.units ?? []).flatMap((unit, index) => knowsUnit(unit, `/audience/units/${index}`)),
    ...plan.rewards.flatMap((reward, index) => [
      ...knowsLevel(reward.level, `/rewards/${index}/level`),
      ...(reward.within ? knowsUnit(reward.within.unit, `/rewards/${index}/within/unit`) : []),
      ...reward.gates.flatMap((gate, place) =>
        gate.on === "self" ? [] : knowsLevel(gate.on.ancestor, `/rewards/${index}/gates/${place}/on/ancestor`),
      ),
    ]),
  ];
}
