import type { Stretch } from "#domain/org.ts";
import type { Names } from "./columns/names.ts";
import { NO_LEAF } from "./credit.ts";
import type { Rules } from "./rules.ts";

/** Numbers kept of a participant: since when, until when, and the number of the unit. */
const WIDTH = 3;
const LEAST = 1024;

/** The participant is not on file. */
export const NOT_ON_FILE = -1;

/**
 * Where a participant was when a sale occurred, by numbers of names. The newest stretch that was asked for is kept as numbers:
 * sales of one person come one after another, and looking through objects takes most of the time of a sale.
 */
export class Placements {
  readonly #rules: Rules;
  #kept = new Float64Array(0);

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** The number of the unit's name, that of {@link NO_LEAF} where there was none; {@link NOT_ON_FILE}. */
  unitOf(names: Names, participant: number, participantId: string, instant: number): number {
    const at = participant * WIDTH;
    const kept = this.#kept;
    if (at + WIDTH <= kept.length && (kept[at] ?? 0) <= instant && instant < (kept[at + 1] ?? 0))
      return kept[at + 2] ?? 0;
    return this.#lookUp(names, participant, participantId, instant);
  }

  #lookUp(names: Names, participant: number, participantId: string, instant: number): number {
    const { directory } = this.#rules;
    const stretch = directory.stretchAt(participantId, instant);
    if (stretch) return this.#keep(participant, stretch, names.numberOf(stretch.membership.unit));
    return directory.isKnown(participantId) ? names.numberOf(NO_LEAF) : NOT_ON_FILE;
  }

  #keep(participant: number, { start, end }: Stretch, unit: number): number {
    const at = participant * WIDTH;
    if (at + WIDTH > this.#kept.length) {
      // Nothing is in force from 0 until 0: of whom nothing is kept yet.
      const longer = new Float64Array(Math.max(LEAST * WIDTH, 2 * (at + WIDTH)));
      longer.set(this.#kept);
      this.#kept = longer;
    }
    this.#kept[at] = start;
    this.#kept[at + 1] = end;
    this.#kept[at + 2] = unit;
    return unit;
  }
}
