import type { Reward } from "#domain/plan/plan.ts";
import type { RaceReward } from "#domain/plan/rewards/race.ts";
import { measureText } from "../award.ts";
import { neededTargets } from "../fit.ts";
import { fitsTarget, type TargetAsked, targetsAsked, thresholdValue } from "../rules.ts";
import { type LintContext, subjectsAsked } from "./context.ts";
import { type Finding, listed } from "./finding.ts";

/** Targets that are missing, contradict one another, or are met by everybody. */
export function targetFindings(context: LintContext): Finding[] {
  return context.plan.rewards.flatMap((reward, index) => {
    const path = `/rewards/${index}`;
    return [
      ...missing(context, reward, path),
      ...(reward.kind === "race"
        ? [
            ...repeated(reward, path),
            ...fallbacks(context, reward, path),
            ...gatesAbove(context, reward, path),
            ...zeroTargets(context, reward, path),
          ]
        : []),
    ];
  });
}

function missing(context: LintContext, reward: Reward, path: string): Finding[] {
  const { knows } = context;
  if (!knows.units || !knows.targets) return [];
  return targetsAsked(reward).flatMap((asked, index): Finding[] => {
    const { measure, label, level } = asked;
    if (level === "participant" && !knows.people) return [];
    const subjects = subjectsAsked(context, reward, level);
    const lacks = lackedBy(context, reward, asked);
    const without = subjects.filter((subject) => lacks.has(subject));
    if (without.length === 0) return [];
    const [first = ""] = without;
    const slice = lacks.get(first) ?? "";
    return [
      {
        code: "missing-target",
        severity: "blocks",
        path: placeOfTarget(reward, path, measure, label, index),
        message: `${without.length} of the ${subjects.length} in the scope of ${reward.id} have no target ${label} of ${measure}, or one finer than it is measured${slice === "" ? "" : ` in ${slice}, the first slice`}: ${listed(without, 20)}`,
        mend: `add rows such as ${first},${measure},${label},${slice},<value> to the targets table`,
      },
    ];
  });
}

/** Who has no such target, with the slice: a sliced reward asks for those of its first slice, so that it can begin. */
function lackedBy(context: LintContext, reward: Reward, asked: TargetAsked): ReadonlyMap<string, string> {
  const { rules } = context;
  const { measure, label, level } = asked;
  if (reward.per === undefined || reward.per === "campaign") {
    const without = subjectsAsked(context, reward, level).filter((one) => !fitsTarget(rules, measure, label, one));
    return new Map(without.map((subject) => [subject, ""]));
  }
  const lacks = new Map<string, string>();
  for (const { subject, slice, ...needed } of neededTargets(rules, [reward], (_, index) => index === 0)) {
    if (needed.measure !== measure || needed.label !== label || lacks.has(subject)) continue;
    if (!fitsTarget(rules, measure, label, subject, slice.id)) lacks.set(subject, slice.id);
  }
  return lacks;
}

/** Where the plan asks for a target: among those raced to, in a gate, or elsewhere in the reward. */
export function placeOfTarget(reward: Reward, path: string, measure: string, label: string, index: number): string {
  const raced = reward.kind === "race" ? reward.targets.length : 0;
  if (index < raced) return `${path}/targets/${index}`;
  const gate = reward.gates.findIndex(
    ({ measure: judged, atLeast }) => judged === measure && "target" in atLeast && atLeast.target === label,
  );
  return gate < 0 ? path : `${path}/gates/${gate}/atLeast/target`;
}

function repeated({ id, targets }: RaceReward, path: string): Finding[] {
  return targets.flatMap((label, index): Finding[] =>
    targets.indexOf(label) === index
      ? []
      : [
          {
            code: "repeated-target",
            severity: "warns",
            path: `${path}/targets/${index}`,
            message: `${id} names the target ${label} again as its number ${index + 1}, where it fills no place`,
            seen: label,
            mend: "name it once",
          },
        ],
  );
}

/** A fallback that is harder than a target before it fills no place, and mostly means that two columns were swapped. */
function fallbacks(context: LintContext, reward: RaceReward, path: string): Finding[] {
  return reward.targets.flatMap((label, index) => {
    if (index === 0 || reward.targets.indexOf(label) !== index) return [];
    const rows = valuesOf(context, reward, [reward.targets[index - 1] ?? "", label]);
    const harder = rows.filter(({ values: [before = 0, after = 0] }) => after > before);
    const equal = rows.filter(({ values: [before, after] }) => after === before);
    return [
      ...fallbackFinding(context, reward, `${path}/targets/${index}`, index, harder, rows.length, "harder"),
      ...fallbackFinding(context, reward, `${path}/targets/${index}`, index, equal, rows.length, "same"),
    ];
  });
}

interface TargetRow {
  readonly subject: string;
  readonly values: readonly number[];
}

function fallbackFinding(
  { rules }: LintContext,
  { id, measure, targets }: RaceReward,
  path: string,
  index: number,
  rows: readonly TargetRow[],
  all: number,
  how: "harder" | "same",
): Finding[] {
  const [first] = rows;
  if (!first) return [];
  const [before, label] = [targets[index - 1], targets[index]];
  const [beforeText, text] = first.values.map((value) => measureText(rules, measure, value));
  const says = how === "harder" ? "above" : "the same as";
  return [
    {
      code: how === "harder" ? "fallback-harder" : "fallback-same",
      severity: how === "harder" ? "blocks" : "warns",
      path,
      message: `for ${rows.length} of ${all} in ${id} the fallback ${label} is ${says} ${before} and fills no place: ${first.subject} has ${label} ${text} and ${before} ${beforeText}${rows.length > 1 ? `; also ${listed(rows.slice(1).map(({ subject }) => subject))}` : ""}`,
      mend: how === "harder" ? "swap the two targets, or correct the table" : "lower the fallback, or accept it",
    },
  ];
}

function gatesAbove(context: LintContext, reward: RaceReward, path: string): Finding[] {
  const { rules } = context;
  return reward.gates.flatMap((gate, place) => {
    if (gate.on !== "self" || gate.measure !== reward.measure) return [];
    return reward.targets.flatMap((label): Finding[] => {
      const above = valuesOf(context, reward, [label]).flatMap(({ subject, values: [target = 0] }) => {
        if ("target" in gate.atLeast && !fitsTarget(rules, gate.measure, gate.atLeast.target, subject)) return [];
        const asked = thresholdValue(rules, gate.measure, gate.atLeast, subject);
        return asked > target ? [{ subject, target, asked }] : [];
      });
      const [first] = above;
      if (!first) return [];
      const text = (value: number) => measureText(rules, reward.measure, value);
      return [
        {
          code: "gate-above-target",
          severity: "warns",
          path: `${path}/gates/${place}/atLeast`,
          message: `${first.subject} reaches the target ${label} of ${reward.id} at ${text(first.target)}, and the gate asks for ${text(first.asked)}: to reach the target is not enough${above.length > 1 ? `; the same for ${above.length - 1} more` : ""}`,
          seen: text(first.asked),
          allowed: `at most ${text(first.target)}`,
          mend: "lower the gate, or raise the target",
        },
      ];
    });
  });
}

function zeroTargets(context: LintContext, reward: RaceReward, path: string): Finding[] {
  return reward.targets.flatMap((label, index): Finding[] => {
    const zero = valuesOf(context, reward, [label]).filter(({ values }) => values[0] === 0);
    if (zero.length === 0) return [];
    return [
      {
        code: "zero-target",
        severity: "warns",
        path: `${path}/targets/${index}`,
        message: `the target ${label} is 0 for ${zero.length} in ${reward.id}, who reach it with their first sale: ${listed(zero.map(({ subject }) => subject))}`,
        mend: "give them a target in the targets table",
      },
    ];
  });
}

/** Of the subjects that have all of these targets, their values at the measure's scale. */
function valuesOf(context: LintContext, reward: RaceReward, labels: readonly string[]): TargetRow[] {
  const { knows, rules } = context;
  const isKnown = knows.targets && (reward.level === "participant" ? knows.people : knows.units);
  if (!isKnown) return [];
  return subjectsAsked(context, reward, reward.level)
    .filter((subject) => labels.every((label) => fitsTarget(rules, reward.measure, label, subject)))
    .map((subject) => ({
      subject,
      values: labels.map((label) => thresholdValue(rules, reward.measure, { target: label }, subject)),
    }));
}
