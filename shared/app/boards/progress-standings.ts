import type { Measured, ParticipantProgress, PlaceTotal, UnitReach } from "#domain/progress.ts";
import { compareText } from "#domain/text.ts";
import { NO_LEAF } from "#engine/credit.ts";
import type { Rules } from "#engine/rules.ts";
import { NOTHING_MEASURED, type Standings } from "#engine/standings.ts";
import { addMeasured, type PartRule, partRules } from "../crediting/measured-parts.ts";
import { reachKey } from "../crediting/roll-up.ts";

/** Derived progress of a campaign, all of it. */
export interface Progress {
  readonly totals: readonly PlaceTotal[];
  readonly participants: readonly ParticipantProgress[];
  readonly reaches: readonly UnitReach[];
}

/** Standings from derived progress: of each subject the parts that it has in several places, put together. */
export function progressStandings(rules: Rules, { totals, participants, reaches }: Progress): Standings {
  const parts = partRules(rules);
  const byParticipant = new Subjects(parts);
  for (const { participantId, measures } of participants) {
    // What a unit scored counts for no participant.
    if (rules.directory.isKnown(participantId)) byParticipant.add(participantId, measures);
  }
  const byUnit = new Subjects(parts);
  for (const { place, measures } of totals) {
    if (place.leaf === NO_LEAF) continue;
    for (const { unit } of rules.directory.lineage(place.leaf)) byUnit.add(unit, measures);
  }
  const reachOf = new Map(reaches.map(({ unit, reaches: reached }) => [unit, reached]));
  return {
    subjects: (level) =>
      level === "participant"
        ? byParticipant.withFacts()
        : byUnit.withFacts().filter((unit) => rules.directory.unit(unit)?.level === level),
    measured: (measure, level, subject) =>
      (level === "participant" ? byParticipant : byUnit).measured(subject, measure),
    reach: (measure, _level, subject, threshold) => reachOf.get(subject)?.[reachKey(measure, threshold)],
    contributions: () => undefined,
  };
}

/** What subjects have of each measure, part by part. */
class Subjects {
  readonly #measures = new Map<string, Map<string, Measured>>();
  readonly #parts: ReadonlyMap<string, PartRule>;

  constructor(parts: ReadonlyMap<string, PartRule>) {
    this.#parts = parts;
  }

  add(subject: string, measures: ParticipantProgress["measures"]): void {
    const sums = this.#measures.get(subject) ?? new Map<string, Measured>();
    for (const [measure, rule] of this.#parts) {
      const part = measures[measure];
      if (part) sums.set(measure, addMeasured(sums.get(measure) ?? NOTHING_MEASURED, part, rule));
    }
    this.#measures.set(subject, sums);
  }

  measured(subject: string, measure: string): Measured {
    return this.#measures.get(subject)?.get(measure) ?? NOTHING_MEASURED;
  }

  /** By id. */
  withFacts(): string[] {
    return [...this.#measures]
      .filter(([, sums]) => [...sums.values()].some(({ facts }) => facts > 0))
      .map(([subject]) => subject)
      .sort(compareText);
  }
}
