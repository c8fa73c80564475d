import { addExact } from "#domain/decimal.ts";
import { type Aggregate, type Aggregated, running } from "./aggregate.ts";
import type { FactTable } from "./columns/fact-table.ts";
import type { ByteWriter } from "./columns/writer.ts";
import type { Contribution } from "./contribution.ts";
import { meaningsOf, textsAt } from "./meaning.ts";

/** What one participant has of the sales so far. */
interface Own {
  value: number;
  facts: number;
  /** Undefined of what is only added up. */
  readonly after: ReturnType<typeof running> | undefined;
}

/** Credits of a table, with the fact of each. */
interface Credited {
  readonly table: FactTable;
  readonly facts: Uint32Array;
  readonly credits: Uint32Array;
}

/**
 * The facts behind one measure of one subject, in time order, read from columns: a settlement of millions looks at each
 * several times, and makes an object of one only where it is shown.
 */
export class Sales {
  readonly #credited: Credited;
  /** Places among the credits. */
  readonly #places: Uint32Array;
  readonly #measure: number;

  private constructor(credited: Credited, places: Uint32Array, measure: number) {
    this.#credited = credited;
    this.#places = places;
    this.#measure = measure;
  }

  /** Of some credits those that are of a measure, by its index. */
  static of(credited: Credited, places: Uint32Array, measure: number): Sales {
    const sales = new Sales(credited, places, measure);
    let areAll = true;
    for (let index = 0; index < places.length; index += 1) areAll &&= !Number.isNaN(sales.value(index));
    if (areAll) return sales;
    return new Sales(
      credited,
      places.filter((_, index) => !Number.isNaN(sales.value(index))),
      measure,
    );
  }

  get length(): number {
    return this.#places.length;
  }

  value(index: number): number {
    const { table, credits } = this.#credited;
    const credit = credits[this.#places[index] ?? 0] ?? 0;
    return table.values[credit * (table.width ?? 0) + this.#measure] ?? Number.NaN;
  }

  /** The key of the fact, `source#externalId`. */
  key(index: number): string {
    return this.#credited.table.keys.textOf(this.#fact(index));
  }

  writeKey(index: number, writer: ByteWriter): void {
    this.#credited.table.keys.writeInJson(this.#fact(index), writer);
  }

  version(index: number): number {
    return this.#credited.table.versions[this.#fact(index)] ?? 0;
  }

  occurredAt(index: number): number {
    return this.#credited.table.occurredAt[this.#fact(index)] ?? 0;
  }

  undoneAt(index: number): number {
    return this.#credited.table.undoneAt[this.#fact(index)] ?? 0;
  }

  /** The number of the participant's id in the table: cheaper to group by than the id. */
  participant(index: number): number {
    return this.#credited.table.creditedTo[this.#credit(index)] ?? 0;
  }

  participantName(participant: number): string {
    return this.#credited.table.names.textOf(participant);
  }

  aggregated(index: number): Aggregated {
    const text = textsAt(this.#credited.table, this.#credit(index))?.[this.#measure];
    return text === undefined ? { value: this.value(index) } : { value: this.value(index), text };
  }

  /** What each participant's own come to. */
  byParticipant(aggregate: Aggregate): { participantId: string; value: number; facts: number }[] {
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
      const isSum = aggregate === "sum" || aggregate === "count";
      own = { value: 0, facts: 0, after: isSum ? undefined : running(aggregate) };
      found.set(participant, own);
    }
    own.value = own.after ? own.after(this.aggregated(index)) : addExact(own.value, this.value(index));
    own.facts += 1;
  }

  contributions(): Contribution[] {
    return Array.from({ length: this.length }, (_, index) => this.#contribution(index));
  }

  #contribution(index: number): Contribution {
    const { table } = this.#credited;
    const { holds, labels } = meaningsOf(table)[table.meaningOf[this.#fact(index)] ?? 0] ?? {};
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

  #fact(index: number): number {
    return this.#credited.facts[this.#places[index] ?? 0] ?? 0;
  }

  #credit(index: number): number {
    return this.#credited.credits[this.#places[index] ?? 0] ?? 0;
  }
}
