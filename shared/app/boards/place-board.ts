import type { Measured, PlaceBoard } from "#domain/progress.ts";
import type { Rules } from "#engine/rules.ts";
import type { Standings } from "#engine/standings.ts";
import { countedBuckets } from "./buckets.ts";
import { byValue, decideBoard, isPlacing, type PlacingReward, positionIn, whyNoBoard } from "./decide-board.ts";
import { type Person, standingsOfPeople, unitStandings } from "./progress-standings.ts";

/**
 * So many of a place are kept with what a reward asks of them; the others are counted. It is how many rows a board shows, so all of
 * them are known, also those without a place who follow the last who has one.
 */
export const MOST_BEST = 100;

/** The rewards that people compete for, of which progress tells a board. */
export function peopleBoards(rules: Rules): PlacingReward[] {
  return rules.plan.rewards
    .filter(isPlacing)
    .filter((reward) => reward.level === "participant" && whyNoBoard(rules, reward) === undefined);
}

/**
 * What a board of everybody needs to know of some people, decided by the engine that decides the board itself. Whoever is among
 * the first `most` of everybody is among the first `most` of these, for who is ahead of whom does not hang on others. What
 * units above must have reached is left open: it changes without anything happening here, but for all who are at home in one place alike.
 */
export function placeBoard(rules: Rules, people: readonly Person[], reward: PlacingReward, most: number): PlaceBoard {
  const standings = standingsOfPeople(people, unitStandings(rules, [], []));
  const ownGates = reward.gates.filter(({ on }) => on === "self");
  const { placed, others, isUnknown } = decideBoard(rules, standings, { ...reward, gates: ownGates });
  const first = [...placed, ...others].slice(0, most);
  // Where a unit above has not reached its gate, all of them are others.
  const ifGateFails =
    ownGates.length === reward.gates.length
      ? []
      : byValue(rules, standings, reward, [...placed, ...others]).slice(0, most);
  const best = new Set([...first, ...ifGateFails].map(({ subject }) => subject.id));
  const byId = new Map(people.map((person) => [person.participantId, person]));
  const asked = askedOf(rules, reward);
  return {
    people: placed.length + others.length,
    ranked: placed.length,
    kept: Math.min(most, placed.length),
    best: [...best].flatMap((id) => {
      const person = byId.get(id);
      return person ? [shortened(reward, asked, person)] : [];
    }),
    buckets: countedBuckets(placed.flatMap(({ subject }) => positionIn(rules, standings, reward, subject.id) ?? [])),
    ...(isUnknown ? { unknown: true } : {}),
  };
}

/** The measures that a reward looks at of a person: its own and its gates', of ratios both sides. */
function askedOf(rules: Rules, reward: PlacingReward): readonly string[] {
  const measures = [reward.measure, ...reward.gates.filter(({ on }) => on === "self").map(({ measure }) => measure)];
  return [...new Set(measures)].flatMap((id) => {
    const ratio = rules.measures.get(id)?.measure.ratio;
    return ratio ? [ratio.numerator, ratio.denominator] : [id];
  });
}

function shortened(reward: PlacingReward, asked: readonly string[], person: Person): PlaceBoard["best"][number] {
  const measures = Object.fromEntries(
    asked.flatMap((measure): [string, Measured][] => {
      const measured = person.measures[measure];
      return measured ? [[measure, whatDecides(reward, measured)]] : [];
    }),
  );
  const { participantId, reaches } = person;
  return { participantId, measures, ...(reward.kind === "race" && reaches ? { reaches: { ...reaches } } : {}) };
}

/** Without what no place hangs on: it would be stored a hundred times. */
function whatDecides(reward: PlacingReward, { value, facts, finalReach, lastFactAt, unknown }: Measured): Measured {
  const ties = reward.kind === "ranking" ? reward.ties : undefined;
  return {
    value,
    facts,
    gained: 0,
    ...(ties === "earliestReach" && finalReach ? { finalReach: { ...finalReach, fact: "" } } : {}),
    ...(ties === "earlierLastFact" && lastFactAt !== undefined ? { lastFactAt } : {}),
    ...(unknown ? { unknown } : {}),
  };
}

/** The people whom a board of everybody is decided among. */
export function standingsOfBest(boards: readonly PlaceBoard[], more: readonly Person[], units: Standings): Standings {
  return standingsOfPeople([...boards.flatMap(({ best }) => best), ...more], units);
}
