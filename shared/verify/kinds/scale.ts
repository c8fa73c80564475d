import type { MeasuredBy } from "#domain/plan/parts.ts";
import type { MeasuredReward } from "#domain/plan/plan.ts";
import { type Fraction, fraction, rounded } from "../exact.ts";
import { product, quotient } from "../fractions.ts";
import { percent } from "../positions.ts";
import type { Candidate, Numbers, Reckoner } from "../reckon.ts";

/** What the marks of bands and steps are in the measure's own unit, and what the trace says of that. */
export interface Scale {
  readonly mark: (text: string) => Fraction;
  readonly told: readonly Numbers[];
}

/** The scale of a candidate, or the step that says why it has none. */
export function scaleOf(
  reckoner: Reckoner,
  reward: MeasuredReward & { readonly by: MeasuredBy },
  { id, value }: Candidate,
): Scale | Numbers {
  const { by, measure } = reward;
  if (by === "value") return { mark: fraction, told: [] };
  const goal = reckoner.target(id, measure, by.attainment);
  if (goal === undefined) {
    const { last } = reckoner;
    const { where } = reckoner.book;
    // Whoever left before the end need not have a target.
    if (reward.level !== "participant" || where.post(id, last)) {
      reckoner.warnings.push({ code: "missing-target", reward: reward.id, subject: id, blocks: true });
    }
    return { step: "excluded", reason: "no-target" };
  }
  if (goal === 0n) return { step: "excluded", reason: "zero-target" };
  const step = {
    step: "attainment",
    label: by.attainment,
    value: reckoner.valueText(measure, value),
    target: reckoner.valueText(measure, goal),
    attainment: percent({ over: value, under: goal }),
  };
  return { mark: (text) => product(fraction(text), reckoner.measured(measure, goal)), told: [step] };
}

export function isScale(found: Scale | Numbers): found is Scale {
  return typeof found.mark === "function";
}

/** The first value that a measure can have at or above a mark. */
export function firstAt({ book }: Reckoner, measure: string, mark: Fraction): bigint {
  const one = { over: 1n, under: 10n ** BigInt(book.digits(measure)) };
  return rounded(quotient(mark, one), "up");
}
