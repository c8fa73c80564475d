import type { Reward } from "#domain/plan/plan.ts";
import { type Award, type Deciding, payText } from "../award.ts";
import { earlierOf } from "../earlier.ts";
import { exactText, fromMinor, roundedMinor, times } from "../kinds/exact.ts";

const ONE = { num: 1n, den: 1n };
const ZERO_FACTOR = { num: 0n, den: 1n };

/** An award times the factor of the subject's grade in a scorecard of the same slice. */
export function withCoefficient(deciding: Deciding, reward: Reward, award: Award): Award {
  const { rules } = deciding;
  const rule = reward.coefficient;
  if (!rule || award.amountMinor === 0) return award;
  const { claims: _, ...rest } = award;
  const result = earlierOf(deciding, rule.scorecard, award.subject);
  const factor = result?.factor ?? (rule.without === "one" ? ONE : ZERO_FACTOR);
  const amountMinor = roundedMinor(rules, times(fromMinor(rules, award.amountMinor), factor), rule.rounding);
  const step = {
    step: "coefficient",
    scorecard: rule.scorecard,
    ...(result?.grade === undefined ? {} : { grade: result.grade }),
    factor: exactText(factor),
    before: payText(rules, reward, award.amountMinor),
    amount: payText(rules, reward, amountMinor),
  } as const;
  return { ...rest, amountMinor, steps: [...award.steps, step] };
}
