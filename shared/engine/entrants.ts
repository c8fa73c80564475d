import type { Step } from "#domain/line.ts";
import type { Gate } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { type Award, type Deciding, type Entrant, measureStep, measureText, payeeOf } from "./award.ts";
import { fitsTarget, needsMembership, targetsAsked, thresholdValue } from "./rules.ts";

/**
 * Who takes part in a reward. Subjects out of its scope are not looked at; subjects in scope that cannot take part
 * come back as awards of nothing that say why.
 */
export function entrantsOf(
  deciding: Deciding,
  reward: Reward,
): { readonly entrants: readonly Entrant[]; readonly excluded: readonly Award[] } {
  const { standings } = deciding;
  const entrants: Entrant[] = [];
  const excluded: Award[] = [];
  for (const subject of subjectsOf(deciding, reward)) {
    const measured = standings.measured(reward.measure, reward.level, subject);
    const steps: Step[] = [measureStep(deciding, reward.measure, reward.level, subject)];
    const obstacle =
      measured.facts === 0
        ? NO_FACTS
        : (membershipObstacle(deciding, reward, subject) ?? targetObstacle(deciding, reward, subject));
    if (obstacle) {
      excluded.push({ subject: payeeOf(reward, subject), amountMinor: 0, steps: [...steps, obstacle] });
      continue;
    }
    const gates = reward.gates.map((gate) => gateStep(deciding, reward, gate, subject));
    const qualified = gates.every((gate) => gate.step === "gate" && gate.passed);
    entrants.push({ subject, value: measured.value, steps: [...steps, ...gates], qualified });
  }
  return { entrants, excluded };
}

const NO_FACTS: Step = { step: "excluded", reason: "no-facts", message: "nothing was sold that counts" };

function subjectsOf({ rules, standings }: Deciding, reward: Reward): readonly string[] {
  const within = reward.within?.unit;
  if (reward.level !== "participant") return rules.directory.unitsAt(reward.level, within).map(({ unit }) => unit);
  // Of people, those who sold; one who has no membership at the deciding instant stays in, to be told so.
  return standings.subjects("participant").filter((id) => {
    if (within === undefined) return true;
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
function targetObstacle({ rules }: Deciding, reward: Reward, subject: string): Step | undefined {
  const missing = targetsAsked(reward).find(
    ({ measure, label, level }) => level === reward.level && !fitsTarget(rules, measure, label, subject),
  );
  return missing && { step: "excluded", reason: "no-target", message: `has no target ${missing.label}` };
}

function gateStep({ rules, standings }: Deciding, reward: Reward, gate: Gate, subject: string): Step {
  const level = gate.on === "self" ? reward.level : gate.on.ancestor;
  const judged = gate.on === "self" ? subject : ancestorOf({ rules }, reward, level, subject);
  const label = "target" in gate.atLeast ? { target: gate.atLeast.target } : {};
  const on = gate.on === "self" ? "self" : gate.on.ancestor;
  if (judged === undefined) return { step: "excluded", reason: "no-ancestor", message: `belongs to no ${level}` };
  const threshold = thresholdValue(rules, gate.measure, gate.atLeast, judged);
  const { value } = standings.measured(gate.measure, level, judged);
  return {
    step: "gate",
    on,
    subject: judged,
    measure: gate.measure,
    value: measureText(rules, gate.measure, value),
    threshold: measureText(rules, gate.measure, threshold),
    ...label,
    passed: value >= threshold,
    ...(value >= threshold ? {} : { missing: measureText(rules, gate.measure, threshold - value) }),
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
