import type { NotShown } from "#domain/board.ts";
import type { Rational } from "#domain/decimal.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { rankedScorecard } from "#domain/plan/rewards/ranking.ts";
import { compareText } from "#domain/text.ts";
import { type Award, decidingOn } from "#engine/award.ts";
import { compare, ZERO } from "#engine/kinds/exact.ts";
import { awardReward } from "#engine/kinds/index.ts";
import { positionOf, readingOf } from "#engine/kinds/reading.ts";
import { compiledMeasure, type Rules } from "#engine/rules.ts";
import type { Standings } from "#engine/standings.ts";

export type PlacingReward = Extract<Reward, { kind: "race" | "ranking" }>;

/** What is paid by amount alone has no places. */
export function isPlacing(reward: Reward): reward is PlacingReward {
  return reward.kind === "race" || reward.kind === "ranking";
}

/** Why progress cannot tell the board of a reward, whatever it says; undefined where it can. */
export function whyNoBoard(rules: Rules, reward: PlacingReward): NotShown["why"] | undefined {
  // Progress is kept for the campaign as a whole: neither a slice nor what was before it can be told from it.
  if (reward.per !== undefined && reward.per !== "campaign") return "slices";
  if (compiledMeasure(rules, reward.measure).measure.ratio?.of === "previous") return "slices";
  // A total is put together from KPIs, which progress does not tell.
  if (reward.kind === "ranking" && rankedScorecard(reward.by) !== undefined) return "parts";
  return undefined;
}

export interface DecidedBoard {
  /** Those with a place, in order. */
  readonly placed: readonly Award[];
  /** The others by value, equal ones by id. */
  readonly others: readonly Award[];
  /** Progress does not tell a value that was asked for, or the order of equals. */
  readonly isUnknown: boolean;
}

/** What the engine decides of a reward on these standings, in the order of a board. */
export function decideBoard(rules: Rules, standings: Standings, reward: PlacingReward): DecidedBoard {
  const asking = new Asking(standings);
  const awards = awardReward(decidingOn(rules, asking.standings), reward);
  const placed = awards
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || compareText(a.subject.id, b.subject.id));
  const others = byValue(
    rules,
    standings,
    reward,
    awards.filter(({ rank }) => rank === undefined),
  );
  return { placed, others, isUnknown: asking.metUnknown || !isOrderKnown(standings, reward, awards) };
}

export function byValue(
  rules: Rules,
  standings: Standings,
  reward: PlacingReward,
  awards: readonly Award[],
): readonly Award[] {
  return awards
    .map((award) => ({ award, value: exactValue(rules, standings, reward, award.subject.id) ?? ZERO }))
    .sort((a, b) => compare(b.value, a.value) || compareText(a.award.subject.id, b.award.subject.id))
    .map(({ award }) => award);
}

/** Undefined of a ratio over nothing. */
export function exactValue(rules: Rules, standings: Standings, { measure, level }: PlacingReward, subject: string) {
  return readingOf(decidingOn(rules, standings), measure, level, subject).value;
}

/** The number that a subject's place in a ranking goes by; undefined where it has none, and in races. */
export function positionIn(
  rules: Rules,
  standings: Standings,
  reward: PlacingReward,
  subject: string,
): Rational | undefined {
  if (reward.kind !== "ranking") return undefined;
  const { measure, by = "value" } = reward;
  if (typeof by === "object" && "scorecard" in by) return undefined;
  const position = positionOf(rules, measure, by, subject, exactValue(rules, standings, reward, subject));
  return "at" in position ? position.at : undefined;
}

/** Standings that notice when a value is asked for which progress does not tell: in the measure itself, a side of a ratio, a gate. */
class Asking {
  metUnknown = false;
  readonly standings: Standings;

  constructor(standings: Standings) {
    this.standings = {
      ...standings,
      measured: (measure, level, subject) => {
        const measured = standings.measured(measure, level, subject);
        if (measured.unknown) this.metUnknown = true;
        return measured;
      },
    };
  }
}

/** Where the earlier reach decides among equals, it must be known of all who take a place. */
function isOrderKnown(standings: Standings, reward: PlacingReward, awards: readonly Award[]): boolean {
  if (reward.kind !== "ranking" || reward.ties !== "earliestReach") return true;
  return awards.every(({ rank, subject }) => {
    const { facts, finalReach } = standings.measured(reward.measure, reward.level, subject.id);
    return rank === undefined || facts === 0 || finalReach !== undefined;
  });
}
