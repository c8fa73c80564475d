import { addExact } from "#domain/decimal.ts";
import { type Aggregate, type Aggregated, running } from "./aggregate.ts";
import type { ByteWriter } from "./columns/writer.ts";
import type { Contribution } from "./contribution.ts";
import { meaningsOf, textsAt } from "./meaning.ts";
import { FACT, KEY, KEY_LENGTHS, OCCURRED_AT, type Rows, VALUES, VERSION } from "./rows.ts";

/** What one participant has of the sales so far. */
interface Own {
  value: number;
  facts: number;
  readonly after: ReturnType<typeof running>;
}

/** By number of a participant, one more than its place in a list; all are 0 between two uses, unless one was cut off by an error. */
const scratch = {
  places: new Uint32Array(0),
  isClear: true,
  /** What was read ahead, so that it is read. */
  touched: 0,
};

function placesFor(names: number): Uint32Array {
  if (scratch.places.length < names || !scratch.isClear) scratch.places = new Uint32Array(Math.ceil(names * 1.6));
  scratch.isClear = false;
  return scratch.places;
}

/**
 * The facts behind one measure of one subject, in time order, read from rows of numbers: a settlement of millions looks at each
 * several times, and makes an object of one only where it is shown.
 */
export class Sales {
  readonly #rows: Rows;
  readonly #first: number;
  readonly #measure: number;
  /** The rows after the first that are of the measure; undefined where all are. */
  readonly #picked: Uint32Array | undefined;
  readonly length: number;

  private constructor(rows: Rows, measure: number, first: number, length: number, picked?: Uint32Array) {
    this.#rows = rows;
    this.#measure = measure;
    this.#first = first;
    this.#picked = picked;
    this.length = length;
  }

  /** Of a subject's rows those that are of a measure, by its index. */
  static of(rows: Rows, subject: number | undefined, measure: number): Sales {
    if (subject === undefined) return new Sales(rows, measure, 0, 0);
    const first = rows.starts[subject] ?? 0;
    const all = new Sales(rows, measure, first, (rows.starts[subject + 1] ?? first) - first);
    let count = 0;
    for (let index = 0; index < all.length; index += 1) if (!Number.isNaN(all.value(index))) count += 1;
    if (count === all.length) return all;
    const picked = new Uint32Array(count);
    for (let index = 0, next = 0; next < count; index += 1) {
      if (Number.isNaN(all.value(index))) continue;
      picked[next] = index;
      next += 1;
    }
    return new Sales(rows, measure, first, count, picked);
  }

  value(index: number): number {
    return this.#number(index, VALUES + this.#measure);
  }

  /** The key of the fact, `source#externalId`. */
  key(index: number): string {
    return this.#rows.table.keys.textOf(this.fact(index));
  }

  writeKey(index: number, writer: ByteWriter): void {
    const { keys } = this.#rows.table;
    const place = this.#number(index, KEY);
    const length = place % KEY_LENGTHS;
    const start = (place - length) / KEY_LENGTHS;
    const isWhole = length < KEY_LENGTHS - 1 && keys.writePlain(start, start + length, writer);
    if (!isWhole) keys.writeInJson(this.fact(index), writer);
  }

  /** Asks for all keys at once, so that the memory that holds them is waited for once and not for each. */
  touchKeys(): void {
    const { all } = this.#rows.table.keys;
    let sum = 0;
    for (let index = 0; index < this.length; index += 1)
      sum += all[Math.floor(this.#number(index, KEY) / KEY_LENGTHS)] ?? 0;
    scratch.touched = sum;
  }

  /** The number of the fact in the table. */
  fact(index: number): number {
    return this.#number(index, FACT);
  }

  version(index: number): number {
    return this.#number(index, VERSION);
  }

  occurredAt(index: number): number {
    return this.#number(index, OCCURRED_AT);
  }

  undoneAt(index: number): number {
    return this.#rows.table.undoneAt[this.fact(index)] ?? 0;
  }

  /** The number of the participant's id in the table: cheaper to group by than the id. */
  participant(index: number): number {
    return this.#rows.table.creditedTo[this.#credit(index)] ?? 0;
  }

  participantName(participant: number): string {
    return this.#rows.table.names.textOf(participant);
  }

  aggregated(index: number): Aggregated {
    const text = textsAt(this.#rows.table, this.#credit(index))?.[this.#measure];
    return text === undefined ? { value: this.value(index) } : { value: this.value(index), text };
  }

  /** What each participant's own come to. */
  byParticipant(aggregate: Aggregate): { participantId: string; value: number; facts: number }[] {
    if (aggregate === "sum" || aggregate === "count") return this.#sumsByParticipant();
    const found = new Map<number, Own>();
    for (let index = 0; index < this.length; index += 1) this.#addTo(found, index, aggregate);
    return [...found].map(([participant, { value, facts }]) => ({
      participantId: this.participantName(participant),
      value,
      facts,
    }));
  }

  #addTo(found: Map<number, Own>, index: number, aggregate: Aggregate): void {
    const participant = this.participant(index);
    let own = found.get(participant);
    if (!own) {
      own = { value: 0, facts: 0, after: running(aggregate) };
      found.set(participant, own);
    }
    own.value = own.after(this.aggregated(index));
    own.facts += 1;
  }

  /** By numbers of participants, without an object for each as long as it is added up. */
  #sumsByParticipant(): { participantId: string; value: number; facts: number }[] {
    const places = placesFor(this.#rows.table.names.size);
    const found: number[] = [];
    const values: number[] = [];
    const facts: number[] = [];
    for (let index = 0; index < this.length; index += 1) {
      const participant = this.participant(index);
      const place = places[participant] ?? 0;
      if (place === 0) {
        places[participant] = found.push(participant);
        values.push(this.value(index));
        facts.push(1);
      } else {
        values[place - 1] = addExact(values[place - 1] ?? 0, this.value(index));
        facts[place - 1] = (facts[place - 1] ?? 0) + 1;
      }
    }
    for (const participant of found) places[participant] = 0;
    scratch.isClear = true;
    return found.map((participant, place) => {
      return {
        participantId: this.participantName(participant),
        value: values[place] ?? 0,
        facts: facts[place] ?? 0,
      };
    });
  }

  contributions(): Contribution[] {
    return Array.from({ length: this.length }, (_, index) => this.#contribution(index));
  }

  #contribution(index: number): Contribution {
    const { table } = this.#rows;
    const { holds, labels } = meaningsOf(table)[table.meaningOf[this.fact(index)] ?? 0] ?? {};
    const contribution = {
      fact: this.key(index),
      version: this.version(index),
      participantId: this.participantName(this.participant(index)),
      occurredAt: this.occurredAt(index),
      ...this.aggregated(index),
    };
    if (holds === undefined && labels === undefined) return contribution;
    return {
      ...contribution,
      ...(holds === undefined ? {} : { holds }),
      ...(labels === undefined ? {} : { labels }),
    };
  }

  #credit(index: number): number {
    return this.#rows.credits[this.#row(index)] ?? 0;
  }

  #row(index: number): number {
    return this.#first + (this.#picked === undefined ? index : (this.#picked[index] ?? 0));
  }

  #number(index: number, column: number): number {
    return this.#rows.numbers[this.#row(index) * this.#rows.width + column] ?? Number.NaN;
  }
}
