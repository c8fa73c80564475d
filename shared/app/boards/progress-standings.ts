import type { Measured, PlaceTotal, Reached, UnitReach } from "#domain/progress.ts";
import { compareText } from "#domain/text.ts";
import { NO_LEAF } from "#engine/credit.ts";
import type { Rules } from "#engine/rules.ts";
import { NOTHING_MEASURED, type Standings } from "#engine/standings.ts";
import { addMeasured, type PartRule, partRules } from "../crediting/measured-parts.ts";
import { reachKey } from "../crediting/race-thresholds.ts";

type Measures = PlaceTotal["measures"];

/** Somebody with all that their parts in several places come to. */
export interface Person {
  readonly participantId: string;
  readonly measures: Measures;
  readonly reaches?: Readonly<Record<string, Reached>>;
}

/** Standings of units from the totals of the places below them; people have none. */
export function unitStandings(rules: Rules, totals: readonly PlaceTotal[], reaches: readonly UnitReach[]): Standings {
  const parts = partRules(rules);
  const byUnit = new Map<string, Measures>();
  for (const { place, measures } of totals) {
    if (place.leaf === NO_LEAF) continue;
    for (const { unit } of rules.directory.lineage(place.leaf)) {
      byUnit.set(unit, putTogether(parts, byUnit.get(unit) ?? {}, measures));
    }
  }
  const reachOf = new Map(reaches.map(({ unit, reaches: reached }) => [unit, reached]));
  const sold = [...byUnit].flatMap(([unit, measures]) => (hasFacts(measures) ? [unit] : [])).sort(compareText);
  return {
    subjects: (level) => sold.filter((unit) => rules.directory.unit(unit)?.level === level),
    measured: (measure, _level, unit) => byUnit.get(unit)?.[measure] ?? NOTHING_MEASURED,
    reach: (measure, _level, unit, threshold) => reachOf.get(unit)?.[reachKey(measure, threshold)],
    contributions: () => undefined,
  };
}

/** Standings of just these people, over those of the units above. */
export function standingsOfPeople(people: readonly Person[], units: Standings): Standings {
  const byId = new Map(people.map((person) => [person.participantId, person]));
  const ids = [...byId.keys()].sort(compareText);
  return {
    subjects: (level) => (level === "participant" ? ids : units.subjects(level)),
    measured: (measure, level, subject) =>
      level === "participant"
        ? (byId.get(subject)?.measures[measure] ?? NOTHING_MEASURED)
        : units.measured(measure, level, subject),
    reach: (measure, level, subject, threshold) =>
      level === "participant"
        ? byId.get(subject)?.reaches?.[reachKey(measure, threshold)]
        : units.reach(measure, level, subject, threshold),
    contributions: () => undefined,
  };
}

/** What two parts of one subject come to, measure by measure. */
export function putTogether(parts: ReadonlyMap<string, PartRule>, a: Measures, b: Measures): Measures {
  const together: Record<string, Measured> = { ...a };
  for (const [measure, rule] of parts) {
    const part = b[measure];
    if (part) together[measure] = addMeasured(together[measure] ?? NOTHING_MEASURED, part, rule);
  }
  return together;
}

export function hasFacts(measures: Measures): boolean {
  return Object.values(measures).some(({ facts }) => facts > 0);
}
