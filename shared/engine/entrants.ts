import type { Step } from "#domain/line.ts";
import type { Gate } from "#domain/plan/parts.ts";
import type { MeasuredReward, Reward } from "#domain/plan/plan.ts";
import { compareText } from "#domain/text.ts";
import { type Award, type Deciding, type Entrant, measureStep, measureText, payeeOf } from "./award.ts";
import { exact, exactText, minus, ZERO } from "./kinds/exact.ts";
import { clawbackOf } from "./kinds/paid-facts.ts";
import { EMPTY_RATIO, ratioOf, ratioSteps } from "./ratio.ts";
import {
  compiledMeasure,
  fitsTarget,
  needsMembership,
  type TargetAsked,
  targetsAsked,
  thresholdValue,
} from "./rules.ts";

export interface Entrants {
  readonly entrants: readonly Entrant[];
  readonly excluded: readonly Award[];
}

/**
 * Who takes part in a reward. Subjects out of its scope are not looked at; subjects in scope that cannot take part
 * come back as awards of nothing that say why.
 */
export function entrantsOf(deciding: Deciding, reward: MeasuredReward): Entrants {
  return entrantsAmong(deciding, reward, subjectsOf(deciding, reward), (subject) => {
    const { measure: id, level } = reward;
    if (compiledMeasure(deciding.rules, id).measure.ratio) {
      const ratio = ratioOf(deciding, id, level, subject);
      const steps = ratioSteps(deciding, id, level, subject);
      if (ratio.facts === 0) return { value: 0, steps, obstacle: NO_FACTS };
      return ratio.value === undefined
        ? { value: 0, steps, obstacle: EMPTY_RATIO }
        : { value: 0, ratio: ratio.value, steps };
    }
    const { value, facts } = deciding.standings.measured(id, level, subject);
    const steps = [measureStep(deciding, id, level, subject)];
    return facts === 0 && !keepsCancelled(deciding, reward, subject)
      ? { value, steps, obstacle: NO_FACTS }
      : { value, steps };
  });
}

/**
 * Everybody on file in a reward's scope, whether they sold or not: for pay that does not hang on one measure.
 *
 * @param leavers participants who belong to no unit at the slice's last instant and are looked at all the same
 */
export function everybodyIn(deciding: Deciding, reward: Reward, leavers: readonly string[] = []): Entrants {
  const { rules } = deciding;
  const { last } = rules.instants;
  const subjects =
    reward.level === "participant"
      ? rules.directory.participantIds().filter((id) => {
          const membership = rules.directory.membershipAt(id, last);
          if (membership === undefined) return false;
          return reward.within === undefined || rules.directory.isWithin(membership.unit, reward.within.unit);
        })
      : subjectsOf(deciding, reward);
  return entrantsAmong(deciding, reward, [...subjects, ...leavers], () => ({ value: 0, steps: [] }));
}

interface Looked {
  readonly value: number;
  readonly ratio?: Entrant["ratio"];
  readonly steps: readonly Step[];
  readonly obstacle?: Step;
}

function entrantsAmong(
  deciding: Deciding,
  reward: Reward,
  subjects: readonly string[],
  look: (subject: string) => Looked,
): Entrants {
  const entrants: Entrant[] = [];
  const excluded: Award[] = [];
  const asked = targetsAsked(reward).filter(({ level }) => level === reward.level);
  for (const subject of subjects) {
    const { value, ratio, steps, obstacle: found } = look(subject);
    const obstacle = found ?? membershipObstacle(deciding, reward, subject) ?? targetObstacle(deciding, asked, subject);
    if (obstacle) {
      excluded.push({ subject: payeeOf(reward, subject), amountMinor: 0, steps: [...steps, obstacle] });
      continue;
    }
    const gates = reward.gates.map((gate) => gateStep(deciding, reward, gate, subject));
    const qualified = gates.every((gate) => gate.step === "gate" && gate.passed);
    const all = gates.length === 0 ? steps : [...steps, ...gates];
    entrants.push(ratio ? { subject, value, ratio, steps: all, qualified } : { subject, value, steps: all, qualified });
  }
  return { entrants, excluded };
}

/** Whether there is a cancelled sale of which the subject may keep a part. */
function keepsCancelled({ standings }: Deciding, reward: MeasuredReward, subject: string): boolean {
  if (!clawbackOf(reward)) return false;
  return (standings.cancelled?.(reward.measure, reward.level, subject) ?? []).length > 0;
}

const NO_FACTS: Step = { step: "excluded", reason: "no-facts", message: "nothing was sold that counts" };

function subjectsOf({ rules, standings }: Deciding, reward: Reward): readonly string[] {
  const within = reward.within?.unit;
  if (reward.level !== "participant") return rules.directory.unitsAt(reward.level, within).map(({ unit }) => unit);
  // Of people, those who sold; one who has no membership at the deciding instant stays in, to be told so.
  const cancelled = clawbackOf(reward) ? (standings.subjectsOfCancelled?.("participant") ?? []) : [];
  const sold = standings.subjects("participant");
  const all = cancelled.length === 0 ? sold : [...new Set([...sold, ...cancelled])].sort(compareText);
  if (within === undefined) return all;
  return all.filter((id) => {
    const membership = rules.directory.membershipAt(id, rules.instants.last);
    return membership === undefined || rules.directory.isWithin(membership.unit, within);
  });
}

function membershipObstacle({ rules }: Deciding, reward: Reward, participantId: string): Step | undefined {
  if (reward.level !== "participant" || !needsMembership(reward)) return undefined;
  const membership = rules.directory.membershipAt(participantId, rules.instants.last);
  if (!membership) {
    return { step: "excluded", reason: "no-membership", message: "belongs to no unit at the period's last instant" };
  }
  if (reward.roles && !reward.roles.anyOf.includes(membership.role)) {
    return {
      step: "excluded",
      reason: "role",
      message: `is ${membership.role} at the period's last instant; ${reward.roles.anyOf.join(" or ")} takes part`,
    };
  }
  return undefined;
}

/** Targets of those on file are known to be there before a run starts; somebody who left before the end may have none. */
function targetObstacle({ rules }: Deciding, asked: readonly TargetAsked[], subject: string): Step | undefined {
  const missing = asked.find(({ measure, label }) => !fitsTarget(rules, measure, label, subject));
  return missing && { step: "excluded", reason: "no-target", message: `has no target ${missing.label}` };
}

function gateStep(deciding: Deciding, reward: Reward, gate: Gate, subject: string): Step {
  const { rules, standings } = deciding;
  const level = gate.on === "self" ? reward.level : gate.on.ancestor;
  const judged = gate.on === "self" ? subject : ancestorOf({ rules }, reward, level, subject);
  const label = "target" in gate.atLeast ? { target: gate.atLeast.target } : {};
  const on = gate.on === "self" ? "self" : gate.on.ancestor;
  if (judged === undefined) return { step: "excluded", reason: "no-ancestor", message: `belongs to no ${level}` };
  const threshold = thresholdValue(rules, gate.measure, gate.atLeast, judged);
  const { measure } = gate;
  const head = { step: "gate", on, subject: judged, measure } as const;
  const thresholdText = measureText(rules, measure, threshold);
  if (compiledMeasure(rules, measure).measure.ratio) {
    const { value = ZERO } = ratioOf(deciding, measure, level, judged);
    const missing = minus(exact(thresholdText), value);
    const passed = missing.num <= 0n;
    return {
      ...head,
      value: exactText(value),
      threshold: thresholdText,
      ...label,
      passed,
      ...(passed ? {} : { missing: exactText(missing) }),
    };
  }
  const { value } = standings.measured(measure, level, judged);
  const passed = value >= threshold;
  return {
    ...head,
    value: measureText(rules, measure, value),
    threshold: thresholdText,
    ...label,
    passed,
    ...(passed ? {} : { missing: measureText(rules, measure, threshold - value) }),
  };
}

function ancestorOf(
  { rules }: Pick<Deciding, "rules">,
  reward: Reward,
  level: string,
  subject: string,
): string | undefined {
  const unit =
    reward.level === "participant" ? rules.directory.membershipAt(subject, rules.instants.last)?.unit : subject;
  return unit === undefined ? undefined : rules.directory.ancestorAt(unit, level);
}
