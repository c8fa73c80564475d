import { parseDecimal } from "#domain/decimal.ts";
import type { Gate } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { compiledMeasure } from "../rules.ts";
import { type LintContext, subjectsInScope } from "./context.ts";
import { type Finding, listed } from "./finding.ts";

/** Gates that decide nothing, or that nobody can pass. */
export function gateFindings(context: LintContext): Finding[] {
  return context.plan.rewards.flatMap((reward, index) =>
    reward.gates.flatMap((gate, place) => {
      const path = `/rewards/${index}/gates/${place}`;
      return [
        ...zeroGate(context, reward, gate, path),
        ...redundant(context, reward, place, path),
        ...withoutAncestor(context, reward, gate, path),
      ];
    }),
  );
}

function zeroGate(context: LintContext, reward: Reward, gate: Gate, path: string): Finding[] {
  if (ownValue(context, gate) !== 0) return [];
  return [
    {
      code: "zero-gate",
      severity: "warns",
      path: `${path}/atLeast/value`,
      message: `${reward.id} asks for at least 0 of ${gate.measure}, which everybody has who sold`,
      seen: "value" in gate.atLeast ? gate.atLeast.value : "0",
      mend: "give the gate a value, or remove it",
    },
  ];
}

/** Two gates on the same measure of the same subject: the lower one decides nothing. */
function redundant(context: LintContext, reward: Reward, place: number, path: string): Finding[] {
  const gate = reward.gates[place];
  const value = gate && ownValue(context, gate);
  if (!gate || value === undefined) return [];
  const higher = reward.gates.find((other, index) => {
    const theirs = ownValue(context, other);
    const isOther = index !== place && judgedLevel(other) === judgedLevel(gate) && other.measure === gate.measure;
    return isOther && theirs !== undefined && (theirs > value || (theirs === value && index < place));
  });
  if (!higher || !("value" in higher.atLeast) || !("value" in gate.atLeast)) return [];
  return [
    {
      code: "redundant-gate",
      severity: "warns",
      path,
      message: `${reward.id} asks for ${gate.atLeast.value} of ${gate.measure} here and for ${higher.atLeast.value} in another gate: this one decides nothing`,
      seen: gate.atLeast.value,
      mend: "remove the lower gate",
    },
  ];
}

function withoutAncestor(context: LintContext, reward: Reward, gate: Gate, path: string): Finding[] {
  if (gate.on === "self" || !context.knows.units) return [];
  const { directory, instants } = context.rules;
  const level = gate.on.ancestor;
  const subjects = subjectsInScope(context, reward) ?? [];
  if (subjects.length === 0 || directory.unitsAt(level).length === 0) return [];
  const without = subjects.filter((subject) => {
    const unit = reward.level === "participant" ? directory.membershipAt(subject, instants.last)?.unit : subject;
    return unit === undefined || directory.ancestorAt(unit, level) === undefined;
  });
  if (without.length === 0) return [];
  return [
    {
      code: "gate-without-ancestor",
      // People move; a unit does not get another level above it.
      severity: without.length === subjects.length && reward.level !== "participant" ? "blocks" : "warns",
      path: `${path}/on/ancestor`,
      message: `${without.length} of the ${subjects.length} in the scope of ${reward.id} belong to no ${level}, and can never pass the gate: ${listed(without)}`,
      seen: level,
      mend: "name another level, or accept that they take no part",
    },
  ];
}

function judgedLevel({ on }: Gate): string {
  return on === "self" ? "" : on.ancestor;
}

/** The gate's own value at the measure's scale; undefined when it stands in the targets table. */
function ownValue({ rules }: LintContext, { measure, atLeast }: Gate): number | undefined {
  return "value" in atLeast ? parseDecimal(atLeast.value, compiledMeasure(rules, measure).digits) : undefined;
}
