import { CONTENT_BYTES, FactTable, NO_TEXTS } from "./columns/fact-table.ts";
import type { Names } from "./columns/names.ts";
import type { Crediting } from "./credit.ts";
import { creditingAt, meaningsOf } from "./meaning.ts";

/** The state of one fact as of a cut-off: its highest version known then, and what that means. */
export interface FactState {
  readonly key: string;
  readonly version: number;
  /** Hash of what the version says; identifies the input. */
  readonly content: string;
  /** Who the fact names: the seller, or whom a score or evidence is about. */
  readonly participantId: string;
  readonly occurredAt: number;
  readonly crediting: Crediting;
  /** Texts of the conditions that rewards ask of single facts and that hold. */
  readonly holds?: readonly string[];
  /** What the fact has under the attributes that rewards look up. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * What a shard of facts comes to. Partials form a join-semilattice: `merge` is commutative, associative and idempotent,
 * so any sharding, any order and any repetition of facts ends in the same partial. That is what makes duplicates,
 * redelivery and re-ordering harmless by construction.
 */
export class Partial {
  /** Not changed any more: a merge makes another. */
  readonly table: FactTable;

  constructor(table: FactTable) {
    this.table = table;
  }

  /** One state at a time, as objects. */
  get states(): FactStates {
    return new FactStates(this.table);
  }
}

/** The facts of a table as objects, each made when it is asked for. */
export class FactStates {
  readonly #table: FactTable;

  constructor(table: FactTable) {
    this.#table = table;
  }

  get size(): number {
    return this.#table.size;
  }

  has(key: string): boolean {
    return this.#table.keys.find(key) !== undefined;
  }

  get(key: string): FactState | undefined {
    const fact = this.#table.keys.find(key);
    return fact === undefined ? undefined : this.at(fact);
  }

  *values(): Generator<FactState> {
    for (let fact = 0; fact < this.size; fact += 1) yield this.at(fact);
  }

  at(fact: number): FactState {
    const table = this.#table;
    const meaning = meaningsOf(table)[table.meaningOf[fact] ?? 0];
    if (!meaning) throw new RangeError(`no fact ${fact} among ${this.size}`);
    const { holds, labels } = meaning;
    return {
      key: table.keys.textOf(fact),
      version: table.versions[fact] ?? 0,
      content: table.contentOf(fact),
      participantId: table.names.textOf(table.participants[fact] ?? 0),
      occurredAt: table.occurredAt[fact] ?? 0,
      crediting: creditingAt(table, fact, meaning),
      ...(holds === undefined ? {} : { holds }),
      ...(labels === undefined ? {} : { labels }),
    };
  }
}

export const EMPTY_PARTIAL: Partial = new Partial(new FactTable());

export function merge(a: Partial, b: Partial): Partial {
  return mergeAll([a, b]);
}

/** All partials as one, in one pass: the largest is copied, and the facts of the others are added to it. */
export function mergeAll(partials: readonly Partial[]): Partial {
  const [largest, ...others] = partials.toSorted((a, b) => b.table.size - a.table.size);
  if (!largest) return EMPTY_PARTIAL;
  const table = largest.table.clone();
  for (const other of others) if (other !== largest) addAll(table, other.table);
  return new Partial(table);
}

/** Adds the facts of another table to one that nobody else holds. */
export function addAll(table: FactTable, other: FactTable): void {
  const join = new Join(table, other);
  for (let fact = 0; fact < other.size; fact += 1) join.add(fact);
}

/** The numbers of one table's texts in another, looked up when they are first needed. */
function numbersIn(own: Names, theirs: Names): (number: number) => number {
  const numbers: (number | undefined)[] = [];
  return (number) => {
    let found = numbers[number];
    if (found === undefined) {
      found = own.numberOf(theirs.textOf(number));
      numbers[number] = found;
    }
    return found;
  };
}

class Join {
  readonly #own: FactTable;
  readonly #other: FactTable;
  readonly #name: (number: number) => number;
  readonly #meaning: (number: number) => number;
  readonly #texts: (number: number) => number;

  constructor(own: FactTable, other: FactTable) {
    this.#own = own;
    this.#other = other;
    this.#name = numbersIn(own.names, other.names);
    this.#meaning = numbersIn(own.meanings, other.meanings);
    this.#texts = numbersIn(own.texts, other.texts);
  }

  add(fact: number): void {
    const [own, other] = [this.#own, this.#other];
    own.reserve();
    const before = own.size;
    const place = own.keys.addFrom(other.keys, fact);
    if (place < before && !this.#isNewer(fact, place)) return;
    const [from, to] = [fact * CONTENT_BYTES, place * CONTENT_BYTES];
    for (let at = 0; at < CONTENT_BYTES; at += 1) own.contents[to + at] = other.contents[from + at] ?? 0;
    own.put(
      place,
      other.versions[fact] ?? 0,
      this.#name(other.participants[fact] ?? 0),
      other.occurredAt[fact] ?? 0,
      other.undoneAt[fact] ?? 0,
      this.#meaning(other.meaningOf[fact] ?? 0),
    );
    const first = other.firstCredit[fact] ?? 0;
    for (let credit = first; credit < first + (other.creditCount[fact] ?? 0); credit += 1)
      this.#addCredit(place, credit);
  }

  #addCredit(place: number, credit: number): void {
    const [own, other] = [this.#own, this.#other];
    const width = other.width ?? 0;
    const texts = other.textsOf[credit] ?? NO_TEXTS;
    const at = own.credit(
      place,
      this.#name(other.creditedTo[credit] ?? 0),
      this.#name(other.leafOf[credit] ?? 0),
      other.rollsUp[credit] === 1,
      texts === NO_TEXTS ? NO_TEXTS : this.#texts(texts),
      width,
    );
    for (let measure = 0; measure < width; measure += 1)
      own.values[at + measure] = other.values[credit * width + measure] ?? Number.NaN;
  }

  /** Of one version the smaller content holds, of one content what was undone earlier: the order of arrival says nothing. */
  #isNewer(fact: number, place: number): boolean {
    const [own, other] = [this.#own, this.#other];
    const version = (other.versions[fact] ?? 0) - (own.versions[place] ?? 0);
    if (version !== 0) return version > 0;
    const content = own.compareContent(place, other.contents, fact);
    if (content !== 0) return content > 0;
    return (other.undoneAt[fact] ?? 0) < (own.undoneAt[place] ?? 0);
  }
}
