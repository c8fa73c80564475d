import { type Condition, ConditionCompiler } from "#domain/condition.ts";
import { parseDecimal } from "#domain/decimal.ts";
import { currencyDigits } from "#domain/money.ts";
import { Directory, type Membership, type OrgUnit } from "#domain/org.ts";
import { type PlanInstants, planInstants } from "#domain/plan/check.ts";
import type { Threshold } from "#domain/plan/parts.ts";
import { type Measure, measureDigits, type Plan, type Reward } from "#domain/plan/plan.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { type Target, targetKey } from "#domain/target.ts";

/** A measure ready to be computed; its values are integers at `digits` decimals. */
export interface CompiledMeasure {
  readonly measure: Measure;
  readonly index: number;
  readonly digits: number;
  readonly when: Condition | undefined;
}

/** A plan with its people, organisation and targets, compiled once: everything that a computation looks up. */
export interface Rules {
  readonly plan: Plan;
  readonly directory: Directory;
  readonly instants: PlanInstants;
  readonly currencyDigits: number;
  readonly counts: readonly { readonly id: string; readonly condition: Condition }[];
  readonly measures: ReadonlyMap<string, CompiledMeasure>;
  readonly targets: ReadonlyMap<string, Target>;
}

export interface RuleSources {
  readonly plan: Plan;
  readonly units: readonly OrgUnit[];
  readonly memberships: readonly Membership[];
  readonly targets: readonly Target[];
}

/** Compiles a checked plan. Whether it fits this organisation and these targets is told by {@link requireFit}. */
export function compileRules({ plan, units, memberships, targets }: RuleSources): Rules {
  const compiler = new ConditionCompiler(plan.attributes);
  const moneyDigits = currencyDigits(plan.currency) ?? 0;
  const measures = new Map(
    plan.measures.map((measure, index) => {
      const digits = measureDigits(measure, moneyDigits);
      const when = measure.when === undefined ? undefined : compiler.compile(measure.when);
      return [measure.id, { measure, index, digits, when }] as const;
    }),
  );
  return {
    plan,
    directory: new Directory(units, memberships, plan.period.zone),
    instants: planInstants(plan),
    currencyDigits: moneyDigits,
    counts: plan.counts.map(({ id, when }) => ({ id, condition: compiler.compile(when) })),
    measures,
    targets: new Map(targets.map((target) => [targetKey(target), target])),
  };
}

/** What keeps a plan from being decided: units and levels that do not exist, targets that are missing or cannot be read. */
export function fitProblems(rules: Rules): Problem[] {
  return [...scopeProblems(rules), ...targetProblems(rules)];
}

/** @throws Refusal("invalid") with every problem of {@link fitProblems} */
export function requireFit(rules: Rules): void {
  const problems = fitProblems(rules);
  if (problems.length > 0) throw new Refusal("invalid", "the plan does not fit its organisation and targets", problems);
}

export function compiledMeasure(rules: Rules, id: string): CompiledMeasure {
  const measure = rules.measures.get(id);
  if (!measure) throw new RangeError(`no measure ${id}`);
  return measure;
}

/** A threshold for a subject, as an integer at the measure's scale; a RangeError if {@link fitProblems} was not heeded. */
export function thresholdValue(rules: Rules, measureId: string, threshold: Threshold, subject: string): number {
  const { digits } = compiledMeasure(rules, measureId);
  const text =
    "value" in threshold
      ? threshold.value
      : rules.targets.get(targetKey({ subject, measure: measureId, label: threshold.target, slice: "" }))?.value;
  const value = text === undefined ? undefined : parseDecimal(text, digits);
  if (value === undefined) throw new RangeError(`no target for ${measureId} of ${subject}`);
  return value;
}

/** The targets table has a readable value for this. */
export function fitsTarget(rules: Rules, measureId: string, label: string, subject: string): boolean {
  const text = rules.targets.get(targetKey({ subject, measure: measureId, label, slice: "" }))?.value;
  return text !== undefined && parseDecimal(text, compiledMeasure(rules, measureId).digits) !== undefined;
}

/** People are judged by where they are at the period's last instant: who has no membership then takes no part. */
export function needsMembership(reward: Reward): boolean {
  return reward.within !== undefined || reward.roles !== undefined || reward.gates.some(({ on }) => on !== "self");
}

/** The targets that a reward asks for of those it judges: those it races to, and those of its gates. */
export function targetsAsked(
  reward: Reward,
): readonly { readonly measure: string; readonly label: string; readonly level: string }[] {
  const raced = reward.kind === "race" ? reward.targets : [];
  return [
    ...raced.map((label) => ({ measure: reward.measure, label, level: reward.level })),
    ...reward.gates.flatMap(({ measure, atLeast, on }) =>
      "target" in atLeast
        ? [{ measure, label: atLeast.target, level: on === "self" ? reward.level : on.ancestor }]
        : [],
    ),
  ];
}

/** Every target that a reward may ask for, so that a missing one is known before anything is computed. */
function* neededTargets(
  rules: Rules,
): Generator<{ readonly subject: string; readonly measure: string; readonly label: string; readonly reward: string }> {
  for (const reward of rules.plan.rewards) {
    for (const { measure, label, level } of targetsAsked(reward)) {
      for (const subject of subjectsInScope(rules, reward, level)) yield { subject, measure, label, reward: reward.id };
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

function targetProblems(rules: Rules): Problem[] {
  const problems = new Map<string, Problem>();
  for (const { subject, measure, label, reward } of neededTargets(rules)) {
    const key = targetKey({ subject, measure, label, slice: "" });
    const target = rules.targets.get(key);
    const { digits } = compiledMeasure(rules, measure);
    if (!target) {
      problems.set(key, {
        code: "missing-target",
        path: `targets/${subject}/${measure}/${label}`,
        message: `${reward} needs the target ${label} of ${measure} for ${subject}, and the targets table has none`,
        mend: `add the row ${subject},${measure},${label},,<value>`,
      });
    } else if (parseDecimal(target.value, digits) === undefined) {
      problems.set(key, {
        code: "too-fine",
        path: `targets/${subject}/${measure}/${label}`,
        message: `the target ${target.value} is finer than ${measure} is measured`,
        seen: target.value,
        allowed: `at most ${digits} digits after the point`,
      });
    }
  }
  return [...problems.values()];
}

/** Levels and units that the plan names must exist in the organisation. */
function scopeProblems({ plan, directory }: Rules): Problem[] {
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
