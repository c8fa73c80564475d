import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { PoolReward, PoolShare } from "#domain/plan/rewards/pool.ts";
import type { Award, Deciding, Entrant } from "../award.ts";
import { compare, exact, exactText, minus, over, percentText, plus, times, ZERO } from "./exact.ts";
import { flagUnresolvedTies, type PlaceRule, placeStep, type Ranked, rank } from "./places.ts";
import { notNegative, numberText, readingOf } from "./reading.ts";
import { nothingFor } from "./scale.ts";
import { standingIn } from "./standing.ts";

/** Somebody who takes part, with an exact part of the pot. */
export interface Shared {
  readonly entrant: Entrant;
  readonly share: Rational;
  readonly rank?: number;
  readonly steps: readonly Step[];
}

export interface Shares {
  readonly sharers: readonly Shared[];
  readonly without: readonly Award[];
}

type ByRank = Extract<PoolShare, { byRank: unknown }>["byRank"];
type Weighing = "contribution" | "weight" | "attainment";

const ONE: Rational = { num: 1n, den: 1n };

/** The exact part of the pot that each gets. They sum to 1, or to less where nobody claims the rest. */
export function sharesOf(deciding: Deciding, reward: PoolReward, entrants: readonly Entrant[], pot: Rational): Shares {
  const { share } = reward;
  if ("byWeight" in share) return byWeight(deciding, reward, share.byWeight.roles, entrants, pot);
  const by = "byAttainment" in share ? { attainment: share.byAttainment } : "value";
  const { standing, without } = standingIn(deciding, reward, { measure: reward.measure, by }, entrants);
  if ("byRank" in share) {
    const rule: PlaceRule = { measure: reward.measure, level: reward.level, by: "value", ties: share.byRank.ties };
    return { sharers: ranked(deciding, reward, share.byRank, rank(deciding, rule, standing), rule, pot), without };
  }
  const atMost = "byAttainment" in share && share.atMost !== undefined ? exact(share.atMost) : undefined;
  const weighed = standing.map(({ entrant, at }) => {
    const weight = notNegative(at);
    return { entrant, weight: atMost && compare(weight, atMost) > 0 ? atMost : weight };
  });
  const kind = by === "value" ? "contribution" : "attainment";
  const text = (weight: Rational) =>
    by === "value" ? numberText(deciding.rules, reward.measure, weight) : percentText(weight);
  return { sharers: inProportion(deciding, kind, weighed, pot, text), without };
}

interface Weighed {
  readonly entrant: Entrant;
  readonly weight: Rational;
}

function byWeight(
  deciding: Deciding,
  reward: PoolReward,
  roles: Readonly<Record<string, string>>,
  entrants: readonly Entrant[],
  pot: Rational,
): Shares {
  const { directory, instants } = deciding.rules;
  const without: Award[] = [];
  const weighed: Weighed[] = [];
  for (const entrant of entrants) {
    const role = directory.membershipAt(entrant.subject, instants.last)?.role;
    const text = role !== undefined && Object.hasOwn(roles, role) ? roles[role] : undefined;
    const weight = text === undefined ? ZERO : exact(text);
    if (weight.num > 0n) weighed.push({ entrant, weight });
    else without.push(nothingFor(reward, entrant, noWeight(role)));
  }
  return { sharers: inProportion(deciding, "weight", weighed, pot, exactText), without };
}

function noWeight(role: string | undefined): Step {
  const reason = role === undefined ? "no-membership" : "role";
  const message =
    role === undefined
      ? "belongs to no unit at the period's last instant"
      : `is ${role} at the period's last instant, which has no weight`;
  return { step: "excluded", reason, message };
}

/** Shares in proportion to weights that are not negative; of no weight at all nobody gets anything. */
function inProportion(
  { rules }: Deciding,
  by: Weighing,
  weighed: readonly Weighed[],
  pot: Rational,
  text: (weight: Rational) => string,
): Shared[] {
  const all = weighed.map(({ weight }) => weight).reduce(plus, ZERO);
  return weighed.map(({ entrant, weight }) => {
    const share = all.num === 0n ? ZERO : over(weight, all);
    const amount = exactText(times(pot, share), rules.currencyDigits);
    const step: Step = { step: "potShare", by, own: text(weight), all: text(all), share: percentText(share), amount };
    return { entrant, share, steps: [step] };
  });
}

/** The shares of the places that are taken, by place or, in a tie that shares, equal parts of several places. */
function ranked(
  deciding: Deciding,
  reward: PoolReward,
  rule: ByRank,
  places: readonly Ranked[],
  placing: PlaceRule,
  pot: Rational,
): Shared[] {
  const { rules } = deciding;
  const shares = rule.shares.map(exact);
  const shareAt = (place: number) => shares[place - 1] ?? ZERO;
  flagUnresolvedTies(deciding, { id: reward.id, ties: rule.ties }, places, (place) => exactText(shareAt(place)));
  const claimed = places.map((_, index) => shareAt(index + 1)).reduce(plus, ZERO);
  const scale = rule.unclaimed === "redistributed" && claimed.num > 0n ? over(ONE, claimed) : ONE;
  const own = places.map((row) => {
    const { first, members } = row.group;
    const pooled = rule.ties === "poolPrizes" ? members.length : 1;
    const from = pooled === 1 ? row.rank : first;
    const sum = Array.from({ length: pooled }, (_, index) => shareAt(from + index)).reduce(plus, ZERO);
    const share = times(over(sum, { num: BigInt(pooled), den: 1n }), scale);
    return { row, share, from, to: from + pooled - 1 };
  });
  const averaged = averagedShares(deciding, reward, rule, own, pot);
  return own.map(({ row, share, from, to }, index): Shared => {
    const { share: after, step } = averaged[index] ?? { share };
    const prize: Step = {
      step: "potShare",
      by: "rank",
      places: { from, to },
      share: percentText(share),
      amount: exactText(times(pot, share), rules.currencyDigits),
    };
    return {
      entrant: row.entrant,
      share: after,
      rank: row.rank,
      steps: [placeStep(rules, placing, places, index), prize, ...(step ? [step] : [])],
    };
  });
}

/**
 * A winner below the average contribution keeps prize × contribution ÷ average. What is left over goes to all above the
 * average, in proportion to how far above they are. The shares sum to the same as before.
 */
function averagedShares(
  deciding: Deciding,
  reward: PoolReward,
  { belowAverage, contribution: measure }: ByRank,
  own: readonly { readonly row: Ranked; readonly share: Rational }[],
  pot: Rational,
): { readonly share: Rational; readonly step?: Step }[] {
  if (belowAverage === "full" || measure === undefined || own.length === 0) return own.map(({ share }) => ({ share }));
  const contributions = own.map(({ row }) =>
    notNegative(readingOf(deciding, measure, reward.level, row.entrant.subject).value),
  );
  const average = over(contributions.reduce(plus, ZERO), { num: BigInt(own.length), den: 1n });
  if (average.num === 0n) return own.map(({ share }) => ({ share }));
  const kept = own.map(({ share }, index) => {
    const part = over(contributions[index] ?? ZERO, average);
    return compare(part, ONE) < 0 ? times(share, part) : share;
  });
  const residual = minus(own.map(({ share }) => share).reduce(plus, ZERO), kept.reduce(plus, ZERO));
  const excess = contributions.map((contribution) => notNegative(minus(contribution, average)));
  const allExcess = excess.reduce(plus, ZERO);
  const text = (part: Rational) => exactText(times(pot, part), deciding.rules.currencyDigits);
  return own.map(({ share: before }, index) => {
    const bonus = allExcess.num === 0n ? ZERO : times(residual, over(excess[index] ?? ZERO, allExcess));
    const share = plus(kept[index] ?? ZERO, bonus);
    const step: Step = {
      step: "potAverage",
      contribution: numberText(deciding.rules, measure, contributions[index] ?? ZERO),
      average: exactText(average),
      before: text(before),
      residual: text(residual),
      amount: text(share),
    };
    return { share, step };
  });
}
