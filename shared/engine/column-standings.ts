import { addExact } from "#domain/decimal.ts";
import type { Meaning } from "#domain/partial.ts";
import type { Measured, Reached } from "#domain/progress.ts";
import { type Aggregate, aggregateOf, NOTHING_MEASURED, running } from "./aggregate.ts";
import type { FactTable } from "./columns/fact-table.ts";
import { sortByTime } from "./columns/sort.ts";
import type { Cancelled, Contribution } from "./contribution.ts";
import { type Level, levelOf } from "./levels.ts";
import { meaningsOf } from "./meaning.ts";
import type { Partial } from "./partial.ts";
import type { SlicedStandings } from "./questions.ts";
import { compiledMeasure, type Rules } from "./rules.ts";
import { Sales } from "./sales.ts";

/** Standings from a merged partial. */
export function standingsOf(rules: Rules, { table }: Partial): SlicedStandings {
  return standingsFrom(rules, Entries.of(table, "counted"), Entries.of(table, "cancelled"));
}

/** Credits of facts in the order in which they count: by when the fact happened, facts of one instant by key. */
class Entries {
  readonly table: FactTable;
  readonly facts: Uint32Array;
  readonly credits: Uint32Array;
  readonly #levels = new Map<string, Level>();

  constructor(table: FactTable, facts: Uint32Array, credits: Uint32Array) {
    this.table = table;
    this.facts = facts;
    this.credits = credits;
  }

  static of(table: FactTable, outcome: Meaning["outcome"]): Entries {
    const wanted = Uint8Array.from(meaningsOf(table), (meaning) => (meaning.outcome === outcome ? 1 : 0));
    let [count, entries] = [0, 0];
    for (let fact = 0; fact < table.size; fact += 1) {
      if (wanted[table.meaningOf[fact] ?? 0] !== 1) continue;
      count += 1;
      entries += table.creditCount[fact] ?? 0;
    }
    const facts = new Uint32Array(count);
    for (let fact = 0, next = 0; next < count; fact += 1) {
      if (wanted[table.meaningOf[fact] ?? 0] !== 1) continue;
      facts[next] = fact;
      next += 1;
    }
    sortByTime(facts, table.occurredAt, table.keys);
    const [ofEntry, credits] = [new Uint32Array(entries), new Uint32Array(entries)];
    let next = 0;
    for (let place = 0; place < count; place += 1) {
      const fact = facts[place] ?? 0;
      const first = table.firstCredit[fact] ?? 0;
      for (let index = 0; index < (table.creditCount[fact] ?? 0); index += 1, next += 1) {
        ofEntry[next] = fact;
        credits[next] = first + index;
      }
    }
    return new Entries(table, ofEntry, credits);
  }

  during(start: number, end: number): Entries {
    const [from, to] = [this.#firstFrom(start), this.#firstFrom(end)];
    return new Entries(this.table, this.facts.subarray(from, to), this.credits.subarray(from, to));
  }

  /** Worked out when a level is first asked for. */
  atLevel(rules: Rules, level: string): Level {
    const known = this.#levels.get(level);
    if (known) return known;
    const found = levelOf(rules, this, level);
    this.#levels.set(level, found);
    return found;
  }

  #firstFrom(instant: number): number {
    let [low, high] = [0, this.facts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.table.occurredAt[this.facts[middle] ?? 0] ?? 0) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function standingsFrom(rules: Rules, counted: Entries, cancelled: Entries): SlicedStandings {
  const aggregate = (measure: string) => aggregateOf(rules, measure);
  const salesOf = (entries: Entries) => (measure: string, level: string, subject: string) => {
    const found = entries.atLevel(rules, level);
    return Sales.of(found.rows, found.numberOf(subject), compiledMeasure(rules, measure).index);
  };
  const atLevel = (level: string) => counted.atLevel(rules, level);
  // Deciding asks the same of one subject several times in a row.
  const sales = lastKept(salesOf(counted));
  // A gate on a branch asks the same of it for each of its people: what was answered once is kept.
  const measured = lastKept(
    remembered(atLevel, (measure, level, subject) => measuredOf(sales(measure, level, subject), aggregate(measure))),
  );
  const contributions = remembered(atLevel, (measure, level, subject): readonly Contribution[] =>
    sales(measure, level, subject).contributions(),
  );
  return {
    subjects: (level) => atLevel(level).subjects,
    measured,
    reach: (measure, level, subject, threshold) =>
      reachOf(sales(measure, level, subject), threshold, aggregate(measure)),
    sales,
    contributions,
    cancelled: (measure, level, subject) => {
      const undone = salesOf(cancelled)(measure, level, subject);
      return undone
        .contributions()
        .map((fact, index): Cancelled => Object.assign({}, fact, { cancelledAt: undone.undoneAt(index) }));
    },
    subjectsOfCancelled: (level) => cancelled.atLevel(rules, level).subjects,
    during: ({ start, end }) => standingsFrom(rules, counted.during(start, end), cancelled.during(start, end)),
  };
}

type Ask<T> = (measure: string, level: string, subject: string) => T;

/** The answer to the question that was asked last is kept. */
function lastKept<T>(ask: Ask<T>): Ask<T> {
  let last: { measure: string; level: string; subject: string; answer: T } | undefined;
  return (measure, level, subject) => {
    if (last && last.subject === subject && last.level === level && last.measure === measure) return last.answer;
    const answer = ask(measure, level, subject);
    if (last) {
      last.measure = measure;
      last.level = level;
      last.subject = subject;
      last.answer = answer;
    } else last = { measure, level, subject, answer };
    return answer;
  };
}

/** A question about a measure of a subject, answered once; of who has no sales each time. */
function remembered<T>(levelOf: (level: string) => Level, ask: Ask<T>): Ask<T> {
  const answers = new Map<string, Map<string, (T | undefined)[]>>();
  const of = (measure: string, level: string): (T | undefined)[] => {
    const known = answers.get(measure)?.get(level);
    if (known) return known;
    const byLevel = answers.get(measure) ?? new Map<string, (T | undefined)[]>();
    const bySubject = new Array<T | undefined>(levelOf(level).subjects.length).fill(undefined);
    answers.set(measure, byLevel.set(level, bySubject));
    return bySubject;
  };
  return (measure, level, subject) => {
    const number = levelOf(level).numberOf(subject);
    if (number === undefined) return ask(measure, level, subject);
    const bySubject = of(measure, level);
    const known = bySubject[number];
    if (known !== undefined) return known;
    const answer = ask(measure, level, subject);
    bySubject[number] = answer;
    return answer;
  };
}

/** Value, count and final reach. */
function measuredOf(sales: Sales, aggregate: Aggregate): Measured {
  const facts = sales.length;
  if (facts === 0) return NOTHING_MEASURED;
  const isSum = aggregate === "sum" || aggregate === "count";
  const after = runningOver(sales, aggregate);
  let value = 0;
  let gained = 0;
  let isRising = true;
  for (let index = 0; index < facts; index += 1) {
    const before = value;
    value = after(index);
    isRising &&= value > before;
    gained = isSum ? addExact(gained, Math.max(0, sales.value(index))) : Math.max(gained, value);
  }
  const lastFactAt = sales.occurredAt(facts - 1);
  // What rises with each sale comes to its final value with the last.
  const finalReach = isRising
    ? { at: lastFactAt, fact: sales.key(facts - 1), value }
    : reachOf(sales, value, aggregate);
  return { value, facts, gained, lastFactAt, ...(finalReach ? { finalReach } : {}) };
}

function reachOf(sales: Sales, threshold: number, aggregate: Aggregate): Reached | undefined {
  const after = runningOver(sales, aggregate);
  for (let index = 0; index < sales.length; index += 1) {
    const value = after(index);
    if (value >= threshold) return { at: sales.occurredAt(index), fact: sales.key(index), value };
  }
  return undefined;
}

/** The value after each sale, asked for in time order: sums without an object for each. */
function runningOver(sales: Sales, aggregate: Aggregate): (index: number) => number {
  if (aggregate === "sum" || aggregate === "count") {
    let sum = 0;
    return (index) => {
      sum = addExact(sum, sales.value(index));
      return sum;
    };
  }
  const after = running(aggregate);
  return (index) => after(sales.aggregated(index));
}
