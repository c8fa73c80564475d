import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { PenaltyReward } from "#domain/plan/rewards/penalty.ts";
import { compareText } from "#domain/text.ts";
import { type Award, type Deciding, type Entrant, measureStep, measureText, moneyMinor, payeeOf } from "../award.ts";
import { everybodyIn } from "../entrants.ts";
import { EMPTY_RATIO, ratioOf, ratioSteps } from "../ratio.ts";
import { compiledMeasure, thresholdValue } from "../rules.ts";
import { compare, exact, exactText, minus } from "./exact.ts";
import type { CarryingKind } from "./kind.ts";
import { exactValue, valueText } from "./pieces.ts";
import { GATE_NOT_PASSED, nothingFor } from "./scale.ts";

type PenaltyStep = Extract<Step, { step: "penalty" }>;
type Cause = Pick<PenaltyStep, "because" | "value" | "threshold" | "missing" | "rank" | "of">;

/** Cards and fines. Everybody in scope is judged, also who has nothing that counts; a gate not passed spares. */
export const penalty: CarryingKind<PenaltyReward> = {
  awardSlices(decidings, reward) {
    /** By subject, the slices (their places) whose cards count towards the next. */
    const counted = new Map<string, readonly number[]>();
    return decidings.map((deciding, index) => {
      const { judged, spared } = judgedIn(deciding, reward);
      const causes = causesOf(deciding, reward, judged);
      const carded: string[] = [];
      const awards = judged.flatMap((entrant) => {
        const cause = causes.get(entrant.subject);
        if (!cause) return [nothingFor(reward, entrant, NO_PENALTY)];
        const cards = [...stillCounting(reward, index, counted.get(entrant.subject) ?? []), index];
        const isEscalated = reward.escalate !== undefined && cards.length >= reward.escalate.after;
        counted.set(entrant.subject, isEscalated && reward.escalate?.next === "restart" ? [] : cards);
        const given = isEscalated && reward.escalate ? reward.escalate : reward;
        carded.push(`${entrant.subject} (${given.card})`);
        return linesOf(deciding, reward, entrant, {
          step: "penalty",
          card: given.card,
          ...cause,
          cards: cards.length,
          ...(isEscalated ? { insteadOf: reward.card } : {}),
          ...(given.fine === undefined ? {} : { fine: given.fine }),
        });
      });
      warn(deciding, reward, carded);
      return [...spared, ...awards];
    });
  },
  // A penalty pays nobody.
  liability: () => ({ amountMinor: 0 }),
};

const NO_PENALTY: Step = { step: "nothing", reason: "no-penalty", message: "nothing to penalise" };

/** Everybody on file with the value that they have, which may be none. */
function judgedIn(deciding: Deciding, reward: PenaltyReward): { judged: Entrant[]; spared: Award[] } {
  const { measure, level } = reward;
  const isRatio = compiledMeasure(deciding.rules, measure).measure.ratio !== undefined;
  const { entrants, excluded } = everybodyIn(deciding, reward);
  const judged: Entrant[] = [];
  const spared: Award[] = excluded.filter(({ subject }) => isInAudience(deciding, level, subject.id));
  for (const entrant of entrants) {
    const { subject } = entrant;
    // What others do counts nowhere, so that they cannot be among the last.
    if (!isInAudience(deciding, level, subject)) continue;
    if (!entrant.qualified) {
      spared.push(nothingFor(reward, entrant, GATE_NOT_PASSED));
    } else if (isRatio) {
      const steps = [...ratioSteps(deciding, measure, level, subject), ...entrant.steps];
      const { value: ratio } = ratioOf(deciding, measure, level, subject);
      if (ratio) judged.push({ ...entrant, steps, ratio });
      else spared.push(nothingFor(reward, { ...entrant, steps }, EMPTY_RATIO));
    } else {
      const { value } = deciding.standings.measured(measure, level, subject);
      judged.push({ ...entrant, value, steps: [measureStep(deciding, measure, level, subject), ...entrant.steps] });
    }
  }
  return { judged: judged.sort((a, b) => compareText(a.subject, b.subject)), spared };
}

/** Whether what a subject does counts, by where it is at the slice's last instant. */
function isInAudience({ rules }: Deciding, level: string, subject: string): boolean {
  const { plan, directory, instants } = rules;
  const { units, roles } = plan.audience;
  const membership = level === "participant" ? directory.membershipAt(subject, instants.last) : undefined;
  const unit = level === "participant" ? membership?.unit : subject;
  if (units && !units.some((root) => unit !== undefined && directory.isWithin(unit, root))) return false;
  return (
    level !== "participant" || roles === undefined || (membership !== undefined && roles.includes(membership.role))
  );
}

/** Who is carded, and why. */
function causesOf(deciding: Deciding, reward: PenaltyReward, judged: readonly Entrant[]): ReadonlyMap<string, Cause> {
  const { rules } = deciding;
  const { measure, when } = reward;
  const exactly = (entrant: Entrant) => exactValue(rules, measure, entrant);
  if ("below" in when) {
    return new Map(
      judged.flatMap((entrant): [string, Cause][] => {
        const threshold = measureText(rules, measure, thresholdValue(rules, measure, when.below, entrant.subject));
        const missing = minus(exact(threshold), exactly(entrant));
        if (missing.num <= 0n) return [];
        const value = valueText(rules, measure, entrant);
        const digits = compiledMeasure(rules, measure).digits;
        const lacks = entrant.ratio ? exactText(missing) : exactText(missing, digits);
        return [[entrant.subject, { because: "below", value, threshold, missing: lacks }]];
      }),
    );
  }
  const placeOf = placesFromBelow(judged.map(exactly));
  return new Map(
    judged.flatMap((entrant): [string, Cause][] => {
      const { below, same } = placeOf(exactly(entrant));
      const isLast = when.ties === "all" ? below < when.last : below + same <= when.last;
      if (!isLast) return [];
      const rank = judged.length - below - same + 1;
      return [
        [entrant.subject, { because: "last", value: valueText(rules, measure, entrant), rank, of: judged.length }],
      ];
    }),
  );
}

/** How many values are below one of them, and how many are the same. */
function placesFromBelow(values: readonly Rational[]): (value: Rational) => { below: number; same: number } {
  const places = new Map<string, { below: number; same: number }>();
  [...values].sort(compare).forEach((value, below) => {
    const place = places.get(exactText(value));
    if (place) place.same += 1;
    else places.set(exactText(value), { below, same: 1 });
  });
  return (value) => places.get(exactText(value)) ?? { below: values.length, same: 0 };
}

/** Of the earlier cards, those that count with one of this slice. */
function stillCounting({ escalate }: PenaltyReward, index: number, cards: readonly number[]): readonly number[] {
  if (!escalate) return [];
  const { over } = escalate;
  if (over !== "inARow") return cards.filter((card) => card > index - over.slices);
  return cards.at(-1) === index - 1 ? cards : [];
}

/** The card as an honour of its own unit, and the fine as money below zero. */
function linesOf({ rules }: Deciding, reward: PenaltyReward, { subject, steps }: Entrant, step: PenaltyStep): Award[] {
  const payee = payeeOf(reward, subject);
  const trace = [...steps, step];
  const fineMinor = step.fine === undefined ? 0 : moneyMinor(rules, step.fine);
  return [
    { subject: payee, amountMinor: 1, part: step.card, unit: `honour:${step.card}`, steps: trace },
    ...(fineMinor === 0 ? [] : [{ subject: payee, amountMinor: -fineMinor, steps: trace }]),
  ];
}

function warn({ warnings, slice }: Deciding, reward: PenaltyReward, carded: readonly string[]): void {
  if (carded.length === 0) return;
  const when = slice.id === "" ? "" : ` in ${slice.id}`;
  const message = `${reward.id} penalises${when}: ${carded.join(", ")}`;
  warnings.push({ code: "penalty", reward: reward.id, message, blocks: false });
}
