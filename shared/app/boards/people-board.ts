import type { PlaceBoard } from "#domain/progress.ts";
import type { Award } from "#engine/award.ts";
import type { Rules } from "#engine/rules.ts";
import type { Standings } from "#engine/standings.ts";
import { addedUp, type Histogram } from "./buckets.ts";
import { decideBoard, type PlacingReward } from "./decide-board.ts";
import { standingsOfBest } from "./place-board.ts";
import type { Person } from "./progress-standings.ts";

/** A board of everybody, put together from those of places. */
export interface PeopleBoard {
  readonly standings: Standings;
  /** The best of all places in the order of everybody; places are those among all up to {@link exactTo}. */
  readonly placed: readonly Award[];
  /** Those who take no place, by value; all that a board can show once it has shown who takes one. */
  readonly others: readonly Award[];
  readonly isUnknown: boolean;
  /** From here on somebody who was not kept may be in between; infinite where all who take a place were. */
  readonly exactTo: number;
  /** Who takes part or could. */
  readonly subjects: number;
  /** Who takes a place. */
  readonly ranked: number;
  /** What places of a ranking go by, of all who take one. */
  readonly histogram: () => Histogram;
}

/**
 * Decides a board among the best of each place. It equals the board decided from everybody, up to where a place was cut:
 * everyone who is not kept stands behind the last who is kept of the same place.
 *
 * @param more somebody who need not be among the best
 */
export function peopleBoard(
  rules: Rules,
  units: Standings,
  reward: PlacingReward,
  boards: readonly PlaceBoard[],
  more: readonly Person[] = [],
): PeopleBoard {
  const standings = standingsOfBest(boards, more, units);
  const { placed, others, isUnknown } = decideBoard(rules, standings, reward);
  const indexOf = new Map(placed.map(({ subject }, index) => [subject.id, index]));
  // The gates of units above hold for all who are at home in one place, or for none.
  const competing = boards.filter(({ best: [first] }) => first !== undefined && indexOf.has(first.participantId));
  const cuts = competing
    .filter(({ kept, ranked }) => kept < ranked)
    .map(({ best, kept }) => indexOf.get(best[kept - 1]?.participantId ?? "") ?? 0);
  return {
    standings,
    placed,
    others,
    isUnknown: isUnknown || boards.some(({ unknown }) => unknown === true),
    exactTo: cuts.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...cuts) + 1,
    subjects: boards.reduce((sum, { people }) => sum + people, 0),
    ranked: cuts.length === 0 ? placed.length : competing.reduce((sum, { ranked }) => sum + ranked, 0),
    histogram: () => addedUp(competing.map(({ buckets }) => buckets)),
  };
}
