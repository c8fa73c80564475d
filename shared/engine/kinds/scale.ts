import { type Rational, toSafeInteger } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { MeasuredBy } from "#domain/plan/parts.ts";
import type { MeasuredReward, Reward } from "#domain/plan/plan.ts";
import { type Award, type Deciding, type Entrant, measureText, payeeOf } from "../award.ts";
import { compiledMeasure, fitsTarget, type Rules, thresholdValue } from "../rules.ts";
import { type Pay, tellPay } from "../told-sales.ts";
import { ceiling, exact, measured, over, percentText, times } from "./exact.ts";

/** The scale that marks of bands and steps are on, brought to the measure's own unit. */
export interface Scale {
  /** A mark of the plan in the measure's unit: `50%` of a target of 33,000 is 16,500. */
  mark(text: string): Rational;
  /** Says how far the target was attained; nothing where marks are values. */
  readonly steps: readonly Step[];
}

/** The scale for a subject, or why there is none. A missing target of somebody on file blocks the run. */
export function scaleFor(
  { rules, warnings }: Deciding,
  reward: MeasuredReward & { readonly by: MeasuredBy },
  { subject, value }: Entrant,
): Scale | { readonly obstacle: Step } {
  if (reward.by === "value") return { mark: exact, steps: [] };
  const { attainment: label } = reward.by;
  if (!fitsTarget(rules, reward.measure, label, subject)) {
    const message = `has no target ${label}`;
    if (reward.level !== "participant" || rules.directory.membershipAt(subject, rules.instants.last)) {
      warnings.push({
        code: "missing-target",
        reward: reward.id,
        subject,
        message: `${subject} ${message} of ${reward.measure}, so its attainment is not known`,
        blocks: true,
      });
    }
    return { obstacle: { step: "excluded", reason: "no-target", message } };
  }
  const targetValue = thresholdValue(rules, reward.measure, { target: label }, subject);
  if (targetValue === 0) {
    const message = `the target ${label} is zero, and nothing is a part of zero`;
    return { obstacle: { step: "excluded", reason: "zero-target", message } };
  }
  const target = measured(rules, reward.measure, targetValue);
  const step: Step = {
    step: "attainment",
    label,
    value: measureText(rules, reward.measure, value),
    target: measureText(rules, reward.measure, targetValue),
    attainment: percentText(over(measured(rules, reward.measure, value), target)),
  };
  return { mark: (text) => times(exact(text), target), steps: [step] };
}

/** The smallest measured value that is at a mark, in the measure's integers. */
export function valueAt({ rules }: Pick<Deciding, "rules">, measure: string, mark: Rational): number {
  const { digits } = compiledMeasure(rules, measure);
  return toSafeInteger(ceiling(times(mark, { num: 10n ** BigInt(digits), den: 1n })));
}

/** Who takes part and wins nothing, with the steps that say why. */
export function nothingFor(reward: Reward, { subject, steps }: Entrant, ...why: readonly Step[]): Award {
  return { subject: payeeOf(reward, subject), amountMinor: 0, steps: [...steps, ...why] };
}

export const GATE_NOT_PASSED: Step = { step: "nothing", reason: "gate", message: "a gate was not passed" };
export const ROUNDS_TO_ZERO: Step = { step: "nothing", reason: "rounds-to-zero", message: "the amount rounds to zero" };
export const PAYS_NOTHING: Step = { step: "nothing", reason: "pays-nothing", message: "what was reached pays nothing" };

/** Each sale's own pay beside it, in minor units, where sales are paid one by one. */
export function withPays({ currencyDigits }: Rules, steps: readonly Step[], pays: readonly number[]): Step[] {
  return pays.length === 0 ? [...steps] : withPay(steps, { digits: currencyDigits, minor: (index) => pays[index] });
}

/** The same, by what is asked of each sale. The steps are the entrant's own, made for this reward. */
export function withPay(steps: readonly Step[], pay: Pay): Step[] {
  for (const step of steps) if (step.step === "measure") tellPay(step, pay);
  return [...steps];
}
