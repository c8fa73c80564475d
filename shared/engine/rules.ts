import type { Adjustment } from "#domain/adjustment.ts";
import { type Condition, ConditionCompiler } from "#domain/condition.ts";
import { parseDecimal } from "#domain/decimal.ts";
import { currencyDigits } from "#domain/money.ts";
import { Directory, type Membership, type OrgUnit } from "#domain/org.ts";
import { type AskedOfFacts, conditionsAsked, labelsAsked } from "#domain/plan/asked.ts";
import { type PlanInstants, planInstants } from "#domain/plan/instants.ts";
import { attainedTargets } from "#domain/plan/measures-asked.ts";
import type { Threshold } from "#domain/plan/parts.ts";
import { type Measure, measureDigits, type Plan, type Reward } from "#domain/plan/plan.ts";
import type { PayPlanReward } from "#domain/plan/rewards/pay-plan.ts";
import { type UncountedStretch, uncountedStretches } from "#domain/plan/uncounted.ts";
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
  readonly uncounted: readonly UncountedStretch[];
  readonly measures: ReadonlyMap<string, CompiledMeasure>;
  readonly targets: ReadonlyMap<string, Target>;
  /** What rewards ask of single facts: conditions by their text, and attributes. */
  readonly asked: { readonly conditions: readonly Condition[]; readonly labels: readonly string[] };
}

export interface RuleSources {
  readonly plan: Plan;
  readonly units: readonly OrgUnit[];
  readonly memberships: readonly Membership[];
  readonly targets: readonly Target[];
  /** Amounts that people added or took away: lines of their own beside what the rules give. */
  readonly adjustments?: readonly Adjustment[];
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
    uncounted: uncountedStretches(plan.uncounted),
    measures,
    targets: new Map(targets.map((target) => [targetKey(target), target])),
    asked: {
      conditions: distinct(plan.rewards.flatMap(conditionsAsked)).map((text) => compiler.compile(text)),
      labels: distinct(plan.rewards.flatMap(labelsAsked)),
    },
  };
}

function distinct(asked: readonly AskedOfFacts[]): string[] {
  return [...new Set(asked.map(({ text }) => text))];
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
export function fitsTarget(rules: Rules, measureId: string, label: string, subject: string, slice = ""): boolean {
  const text = rules.targets.get(targetKey({ subject, measure: measureId, label, slice }))?.value;
  return text !== undefined && parseDecimal(text, compiledMeasure(rules, measureId).digits) !== undefined;
}

/** People are judged by where they are at the period's last instant: who has no membership then takes no part. */
export function needsMembership(reward: Reward): boolean {
  return reward.within !== undefined || reward.roles !== undefined || reward.gates.some(({ on }) => on !== "self");
}

function racedTargets(reward: Reward): TargetAsked[] {
  if (reward.kind !== "race") return [];
  return reward.targets.map((label) => ({ measure: reward.measure, label, level: reward.level }));
}

/** Marks of honours and penalties. */
function markedTargets(reward: Reward): TargetAsked[] {
  if (reward.kind !== "honour" && reward.kind !== "penalty") return [];
  const { measure, level } = reward;
  const mark =
    reward.kind === "honour"
      ? "atLeast" in reward.to && reward.to.atLeast
      : "below" in reward.when && reward.when.below;
  return mark && "target" in mark ? [{ measure, label: mark.target, level }] : [];
}

/** Base pay and allowances that the targets table says; a draw that it does not say is none. */
function fixedTargets({ level, base, allowances }: PayPlanReward): TargetAsked[] {
  return [base, ...allowances.map(({ pay }) => pay)].flatMap((amount) =>
    amount !== undefined && "target" in amount ? [{ ...amount.target, level }] : [],
  );
}

export interface TargetAsked {
  readonly measure: string;
  readonly label: string;
  readonly level: string;
}

/** The targets that a reward asks for of those it judges: those it races to, of fixed pay, and those of its gates. */
export function targetsAsked(reward: Reward): readonly TargetAsked[] {
  return [
    ...racedTargets(reward),
    ...attainedTargets(reward).map((target) => ({ ...target, level: reward.level })),
    ...markedTargets(reward),
    ...(reward.kind === "payPlan" ? fixedTargets(reward) : []),
    ...reward.gates.flatMap(({ measure, atLeast, on }) =>
      "target" in atLeast
        ? [{ measure, label: atLeast.target, level: on === "self" ? reward.level : on.ancestor }]
        : [],
    ),
  ];
}
