import { conditionFact } from "#domain/condition.ts";
import { cancelledInstant, type Fact, type Sale } from "#domain/fact.ts";
import { parseMoney } from "#domain/money.ts";
import { CONTENT_BYTES, FactTable, NO_TEXTS } from "./columns/fact-table.ts";
import { readInstant } from "./columns/instants.ts";
import { hashContent } from "./content.ts";
import { type Crediting, creditOf, type FactCredit, isInAudience } from "./credit.ts";
import { type Answers, meaningText } from "./meaning.ts";
import { Partial } from "./partial.ts";
import { NOT_ON_FILE, Placements } from "./placements.ts";
import { plainInteger } from "./plain-integer.ts";
import type { Rules } from "./rules.ts";
import { AMOUNT, type Shape, Shapes } from "./shapes.ts";
import { type Wording, Wordings } from "./wordings.ts";

export { EMPTY_PARTIAL, type FactState, merge, mergeAll, type Partial } from "./partial.ts";
export { decodePartial, encodePartial } from "./partial-codec.ts";

/** Folds facts (any versions, any order) known as of a cut-off, inclusive. */
export function fold(rules: Rules, asOf: number, facts: Iterable<Fact>): Partial {
  return new Folding(rules, asOf).add(facts).finish();
}

const WHOLE = { num: 1n, den: 1n };

/**
 * A fold that takes facts page by page: each is worked into one table, in place.
 *
 *     const folding = new Folding(rules, asOf);
 *     for await (const page of pages) folding.add(page);
 *     const partial = folding.finish();
 */
export class Folding {
  readonly #rules: Rules;
  readonly #asOf: number;
  readonly #shapes: Shapes;
  readonly #wordings: Wordings = new Wordings();
  readonly #hasAudience: boolean;
  readonly #width: number;
  readonly #scratch: Uint8Array = new Uint8Array(CONTENT_BYTES);
  readonly #placements: Placements;
  #table: FactTable | undefined = new FactTable();

  constructor(rules: Rules, asOf: number) {
    this.#rules = rules;
    this.#asOf = asOf;
    this.#shapes = new Shapes(rules);
    this.#placements = new Placements(rules);
    const { units, roles } = rules.plan.audience;
    this.#hasAudience = units !== undefined || roles !== undefined;
    this.#width = rules.measures.size;
  }

  add(facts: Iterable<Fact>): this {
    const table = this.#table;
    if (!table) throw new RangeError("this fold is finished");
    if (isList(facts)) {
      table.reserve(facts.length);
      for (let index = 0; index < facts.length; index += 1) {
        const fact = facts[index];
        if (fact !== undefined) this.#take(table, fact);
      }
    } else for (const fact of facts) this.#take(table, fact);
    return this;
  }

  /** What all facts so far come to; nothing can be added after. */
  finish(): Partial {
    const table = this.#table;
    if (!table) throw new RangeError("this fold is finished");
    this.#table = undefined;
    return new Partial(table);
  }

  #take(table: FactTable, fact: Fact): void {
    if (readInstant(fact.recordedAt) > this.#asOf) return;
    const occurredAt = readInstant(fact.occurredAt);
    const undoneAt = fact.status === "cancelled" ? cancelledInstant(fact) : 0;
    table.reserve();
    const before = table.size;
    const place = table.keys.add(fact.source, fact.externalId);
    const wording = fact.kind === "sale" ? this.#wordings.of(fact) : undefined;
    if (place < before) {
      if (!this.#supersedes(table, place, fact, wording, occurredAt, undoneAt)) return;
      table.contents.set(this.#scratch, place * CONTENT_BYTES);
    } else hashFact(fact, wording, occurredAt, table.contents, place);
    const shape = fact.kind === "sale" ? this.#shapes.of(fact, occurredAt, wording) : undefined;
    if (fact.kind !== "sale" || !shape || !this.#putShaped(table, place, fact, shape, occurredAt, undoneAt))
      this.#putAlone(table, place, fact, occurredAt, undoneAt);
  }

  /**
   * Stores refuse other content for a stored version; should both be handed in all the same, the content decides, not the
   * order. Of two recordings of the same words the earlier holds: it says when we knew. Leaves the content in the scratch.
   */
  #supersedes(
    table: FactTable,
    place: number,
    fact: Fact,
    wording: Wording | undefined,
    occurredAt: number,
    undoneAt: number,
  ): boolean {
    const version = table.versions[place] ?? 0;
    if (fact.version < version) return false;
    hashFact(fact, wording, occurredAt, this.#scratch, 0);
    if (fact.version > version) return true;
    const content = table.compareContent(place, this.#scratch, 0);
    return content === 0 ? undoneAt < (table.undoneAt[place] ?? 0) : content > 0;
  }

  /** By what is known of all sales of this shape. False: it must be looked at by itself. */
  #putShaped(table: FactTable, place: number, sale: Sale, shape: Shape, occurredAt: number, undoneAt: number): boolean {
    const participant = table.names.numberOf(sale.participantId);
    const leaf = this.#placements.unitOf(table.names, participant, sale.participantId, occurredAt);
    if (leaf === NOT_ON_FILE) return false;
    const reason = this.#reasonFor(table, sale, shape, leaf, occurredAt);
    const meaning =
      sale.status === "cancelled"
        ? this.#meaningOf(table, shape, "cancelled")
        : reason === undefined
          ? this.#meaningOf(table, shape, "counted")
          : notCountedOf(table, shape, reason);
    table.put(place, sale.version, participant, occurredAt, undoneAt, meaning);
    if (reason !== undefined) return true;
    const at = table.credit(place, participant, leaf, true, this.#textsOf(table, shape), this.#width);
    for (let measure = 0; measure < this.#width; measure += 1) {
      const value = shape.values[measure] ?? null;
      table.values[at + measure] = (value === AMOUNT ? amountOf(sale, shape.digits) : value) ?? Number.NaN;
    }
    return true;
  }

  /** Why the sale does not count: the same questions in the same order as in `credit.ts`. */
  #reasonFor(table: FactTable, sale: Sale, shape: Shape, leaf: number, occurredAt: number): string | undefined {
    const { start, followUpEnd } = this.#rules.instants;
    if (!(start <= occurredAt && occurredAt < followUpEnd)) return "outside-period";
    if (shape.isOtherCurrency) return "other-currency";
    if (this.#hasAudience) {
      const { participantId } = sale;
      const place = { leaf: table.names.textOf(leaf), rollsUp: true, isUnit: false };
      const share = { participantId, ...place, part: WHOLE, counts: true };
      if (!isInAudience(this.#rules, share, occurredAt)) return "outside-audience";
    }
    return shape.reason;
  }

  #meaningOf(table: FactTable, shape: Shape, outcome: "counted" | "cancelled"): number {
    const known = shape[outcome];
    if (known !== undefined) return known;
    const crediting: Crediting =
      outcome === "counted" ? { outcome, credits: [] } : { outcome, cancelledAt: 0, credits: [] };
    const number = table.meanings.numberOf(meaningText(crediting, shape));
    shape[outcome] = number;
    return number;
  }

  #textsOf(table: FactTable, shape: Shape): number {
    shape.textsNumber ??= textsNumber(table, shape.texts);
    return shape.textsNumber;
  }

  #putAlone(table: FactTable, place: number, fact: Fact, occurredAt: number, undoneAt: number): void {
    const crediting = creditOf(this.#rules, fact);
    const meaning = table.meanings.numberOf(meaningText(crediting, answersOf(this.#rules, fact)));
    table.put(place, fact.version, table.names.numberOf(fact.participantId), occurredAt, undoneAt, meaning);
    if (crediting.outcome !== "counted" && crediting.outcome !== "cancelled") return;
    for (const credit of crediting.credits) putCredit(table, place, credit);
  }
}

function isList(facts: Iterable<Fact>): facts is readonly Fact[] {
  return Array.isArray(facts);
}

function notCountedOf(table: FactTable, shape: Shape, reason: string): number {
  let number = shape.notCounted.get(reason);
  if (number === undefined) {
    number = table.meanings.numberOf(meaningText({ outcome: "notCounted", reason }, shape));
    shape.notCounted.set(reason, number);
  }
  return number;
}

function hashFact(fact: Fact, wording: Wording | undefined, occurredAt: number, into: Uint8Array, place: number): void {
  if (fact.kind !== "sale" || !wording?.hash(fact, occurredAt, into, place)) hashContent(fact, occurredAt, into, place);
}

function putCredit(table: FactTable, place: number, { participantId, leaf, values, texts, rollsUp }: FactCredit): void {
  const at = table.credit(
    place,
    table.names.numberOf(participantId),
    table.names.numberOf(leaf),
    rollsUp,
    textsNumber(table, texts ?? {}),
    values.length,
  );
  for (const [measure, value] of values.entries()) table.values[at + measure] = value ?? Number.NaN;
}

function textsNumber(table: FactTable, texts: Readonly<Record<string, string>>): number {
  return Object.keys(texts).length === 0 ? NO_TEXTS : table.texts.numberOf(JSON.stringify(texts));
}

function amountOf({ amount, currency }: Sale, digits: number): number | undefined {
  return plainInteger(amount, digits) ?? parseMoney(amount, currency);
}

/** What rewards ask of single facts; nothing where they do not. */
function answersOf({ asked }: Rules, fact: Fact): Answers {
  if (asked.conditions.length === 0 && asked.labels.length === 0) return { holds: [], labels: {} };
  const facing = conditionFact(fact);
  const labels = asked.labels.flatMap((name) =>
    Object.hasOwn(fact.attributes, name) ? [[name, String(fact.attributes[name])] as const] : [],
  );
  return {
    holds: asked.conditions.filter((condition) => condition.test(facing) === "holds").map(({ text }) => text),
    labels: Object.fromEntries(labels),
  };
}
