import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { MeasuredBy } from "#domain/plan/parts.ts";
import type { RankedBy } from "#domain/plan/rewards/ranking.ts";
import { type Deciding, measureStep, measureText } from "../award.ts";
import { EMPTY_RATIO, ratioOf, ratioSteps } from "../ratio.ts";
import { compiledMeasure, fitsTarget, type Rules, thresholdValue } from "../rules.ts";
import { exact, exactText, measured, over, percentText, ZERO } from "./exact.ts";

/** One measure of one subject as an exact number, whatever kind of measure it is. */
export interface Reading {
  /** Undefined of a ratio over nothing. */
  readonly value?: Rational;
  readonly facts: number;
  readonly steps: readonly Step[];
}

export function readingOf(deciding: Deciding, id: string, level: string, subject: string): Reading {
  const { rules, standings } = deciding;
  if (compiledMeasure(rules, id).measure.ratio) {
    const { value, facts } = ratioOf(deciding, id, level, subject);
    return { ...(value === undefined ? {} : { value }), facts, steps: ratioSteps(deciding, id, level, subject) };
  }
  const { value, facts } = standings.measured(id, level, subject);
  return { value: measured(rules, id, value), facts, steps: [measureStep(deciding, id, level, subject)] };
}

/** Where a value is on the scale that a plan names, or why it is nowhere. */
export type Position = { readonly at: Rational; readonly steps: readonly Step[] } | { readonly obstacle: Step };

/** @param value in the measure's own unit; undefined of a ratio over nothing */
export function positionOf(
  rules: Rules,
  measure: string,
  by: MeasuredBy,
  subject: string,
  value: Rational | undefined,
): Position {
  if (value === undefined) return { obstacle: EMPTY_RATIO };
  if (by === "value") return { at: value, steps: [] };
  const { attainment: label } = by;
  if (!fitsTarget(rules, measure, label, subject)) {
    return { obstacle: { step: "excluded", reason: "no-target", message: `has no target ${label}` } };
  }
  const targetValue = thresholdValue(rules, measure, { target: label }, subject);
  const target = exact(measureText(rules, measure, targetValue));
  if (target.num <= 0n) {
    const message = `the target ${label} is zero, and nothing is a part of zero`;
    return { obstacle: { step: "excluded", reason: "zero-target", message } };
  }
  const attainment = over(value, target);
  return {
    at: attainment,
    steps: [
      {
        step: "attainment",
        label,
        value: numberText(rules, measure, value),
        target: measureText(rules, measure, targetValue),
        attainment: percentText(attainment),
      },
    ],
  };
}

/** A value as traces write it: in the measure's digits, of a ratio exactly. */
export function numberText(rules: Rules, measure: string, value: Rational): string {
  const { digits, measure: rule } = compiledMeasure(rules, measure);
  return exactText(value, rule.ratio ? 0 : digits);
}

/** A position as traces write it: a value, a percentage where it is an attainment, a scorecard's total exactly. */
export function positionText(rules: Rules, measure: string, by: RankedBy, at: Rational): string {
  if (by === "value") return numberText(rules, measure, at);
  return "scorecard" in by ? exactText(at) : percentText(at);
}

/** What several readings add up to, losses counted as nothing. */
export function notNegative(value: Rational | undefined): Rational {
  return value === undefined || value.num < 0n ? ZERO : value;
}
