import { allocate } from "#domain/allocate.ts";
import type { Rational } from "#domain/decimal.ts";
import type { Step, Warning } from "#domain/line.ts";
import type { Instalment } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { addDuration } from "#domain/time.ts";
import { type Decided, type Deciding, decidingOn, measureText, payText, timeText } from "../award.ts";
import { compare, exact, exactText, percentText, weightsOf, whole } from "../kinds/exact.ts";
import { ratioOf } from "../ratio.ts";
import { compiledMeasure, fitsTarget, type Rules, thresholdValue } from "../rules.ts";
import type { SlicedStandings } from "../standings.ts";

/** What instalments look at: everything since the campaign's start, whatever the slice. */
export interface Looking {
  readonly rules: Rules;
  readonly standings: SlicedStandings;
  readonly warnings: Warning[];
}

/** A part of an award as of the cut-off. */
export interface Part {
  readonly award: Decided;
  readonly part?: string;
  readonly state: "due" | "held" | "lost";
  /** When it falls due, in milliseconds; absent where it follows a proportion. */
  readonly dueAt?: number;
}

/**
 * Divides an award into its instalments. The parts sum exactly to the award (largest remainder, ties by instalment id); each
 * is due, held until its time or its proportion, or lost because its condition did not hold when it fell due.
 */
export function partsOf(looking: Looking, reward: Reward, award: Decided, asOf: number): Part[] {
  if (!reward.instalments) return [{ award, state: "due" }];
  const shares = reward.instalments.map(({ id, part }) => ({ id, part: exact(part) }));
  const weights = weightsOf(shares.map(({ part }) => part));
  const amounts = allocate(
    award.amountMinor,
    shares.map(({ id }, index) => ({ id, weight: weights[index] ?? 0n })),
  );
  return reward.instalments.flatMap((instalment) => {
    const amountMinor = amounts.get(instalment.id) ?? 0;
    return amountMinor === 0 ? [] : partOf(looking, reward, award, instalment, amountMinor, asOf);
  });
}

function partOf(
  looking: Looking,
  reward: Reward,
  award: Decided,
  instalment: Instalment,
  amountMinor: number,
  asOf: number,
): Part[] {
  const { rules, standings } = looking;
  const { id, part, after, provided, inProportionTo } = instalment;
  // Who won is judged, also where its members are paid.
  const judged = award.unitOf ?? award.subject.id;
  const dueAt = addDuration(award.slice.end, after, rules.plan.period.zone) ?? Number.POSITIVE_INFINITY;
  const { claims: _, ...rest } = award;
  const made = (amount: number, extra: readonly Step[], proportion?: Rational): Decided => ({
    ...rest,
    amountMinor: amount,
    steps: [
      ...award.steps,
      {
        step: "instalment",
        id,
        part,
        of: payText(rules, reward, award.amountMinor),
        ...(dueAt === Number.POSITIVE_INFINITY ? {} : { due: timeText(rules, dueAt) }),
        ...(proportion === undefined ? {} : { proportion: percentText(proportion) }),
        amount: payText(rules, reward, amount),
      },
      ...extra,
    ],
  });
  if (asOf < dueAt) return [{ award: made(amountMinor, []), part: id, state: "held", dueAt }];
  if (inProportionTo !== undefined) {
    const come = proportionOf(decidingOn(rules, standings), inProportionTo, reward.level, judged);
    const due = Number(whole({ num: come.num * BigInt(amountMinor), den: come.den }));
    return [
      ...(due === 0 ? [] : [{ award: made(due, [], come), part: id, state: "due" } as const]),
      ...(due === amountMinor ? [] : [{ award: made(amountMinor - due, [], come), part: id, state: "held" } as const]),
    ];
  }
  if (provided && lacksTarget(looking, reward, judged, provided))
    return [{ award: made(amountMinor, []), part: id, state: "held" }];
  const unmet = provided && unmetStep(rules, standings, reward, judged, provided, dueAt);
  return unmet
    ? [{ award: made(0, unmet), part: id, state: "lost" }]
    : [{ award: made(amountMinor, []), part: id, state: "due", dueAt }];
}

const ONE: Rational = { num: 1n, den: 1n };
const NONE: Rational = { num: 0n, den: 1n };

function proportionOf(deciding: Deciding, measure: string, level: string, subject: string): Rational {
  const { value = NONE } = ratioOf(deciding, measure, level, subject);
  return compare(value, ONE) > 0 ? ONE : compare(value, NONE) < 0 ? NONE : value;
}

/** A target that is not on file blocks the run: nobody loses an instalment for want of a row. */
function lacksTarget(
  { rules, warnings }: Looking,
  reward: Reward,
  subject: string,
  { measure, atLeast }: NonNullable<Instalment["provided"]>,
): boolean {
  if (!("target" in atLeast) || fitsTarget(rules, measure, atLeast.target, subject)) return false;
  const message = `${subject} has no target ${atLeast.target} of ${measure}, on which an instalment hangs`;
  if (!warnings.some((other) => other.message === message))
    warnings.push({ code: "missing-target", reward: reward.id, subject, message, blocks: true });
  return true;
}

/** Why the condition of an instalment did not hold over everything that occurred before it fell due. */
function unmetStep(
  rules: Rules,
  standings: SlicedStandings,
  reward: Reward,
  subject: string,
  { measure, atLeast }: NonNullable<Instalment["provided"]>,
  dueAt: number,
): Step[] | undefined {
  const until = standings.during({ start: rules.instants.start, end: dueAt });
  const threshold = thresholdValue(rules, measure, atLeast, subject);
  const thresholdText = measureText(rules, measure, threshold);
  const isRatio = compiledMeasure(rules, measure).measure.ratio !== undefined;
  const value = isRatio
    ? (ratioOf(decidingOn(rules, until), measure, reward.level, subject).value ?? NONE)
    : exact(measureText(rules, measure, until.measured(measure, reward.level, subject).value));
  if (compare(value, exact(thresholdText)) >= 0) return undefined;
  return [
    {
      step: "gate",
      on: "self",
      subject,
      measure,
      value: isRatio
        ? exactText(value)
        : measureText(rules, measure, until.measured(measure, reward.level, subject).value),
      threshold: thresholdText,
      ...("target" in atLeast ? { target: atLeast.target } : {}),
      passed: false,
    },
    {
      step: "nothing",
      reason: "condition-not-met",
      message: "what the instalment hangs on did not hold when it fell due",
    },
  ];
}
