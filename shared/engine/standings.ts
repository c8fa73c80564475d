import { addExact } from "#domain/decimal.ts";
import { compareFactKeys } from "#domain/ids.ts";
import type { Measured, Reached } from "#domain/progress.ts";
import { compareText } from "#domain/text.ts";
import { type Aggregate, running } from "./aggregate.ts";
import { type FactCredit, NO_LEAF } from "./credit.ts";
import type { FactState, Partial } from "./fold.ts";
import { compiledMeasure, type Rules } from "./rules.ts";

/** One counted fact inside a measure. */
export interface Contribution {
  readonly fact: string;
  readonly version: number;
  readonly participantId: string;
  readonly occurredAt: number;
  readonly value: number;
  /** What a `distinct` measure tells apart. */
  readonly text?: string;
  /** Texts of the conditions that rewards ask of single facts and that hold of it. */
  readonly holds?: readonly string[];
  /** Its attributes that rewards look up. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A fact that would count, had it not been cancelled. */
export interface Cancelled extends Contribution {
  readonly cancelledAt: number;
}

/**
 * What the deciding steps ask about measures. Settlement answers from facts; boards answer from derived progress;
 * so both decide by the same code.
 */
export interface Standings {
  /** Subjects with at least one counted fact, by id. */
  subjects(level: string): readonly string[];
  measured(measure: string, level: string, subject: string): Measured;
  /** The first instant at which the running value, over facts ordered by (occurredAt, fact key), was at or above the threshold. */
  reach(measure: string, level: string, subject: string, threshold: number): Reached | undefined;
  /** In time order; undefined where only sums are kept. */
  contributions(measure: string, level: string, subject: string): readonly Contribution[] | undefined;
  /** In time order, what counts nowhere else; absent where only sums are kept. */
  cancelled?(measure: string, level: string, subject: string): readonly Cancelled[];
  /** Subjects with a cancelled fact that would have counted, by id. */
  subjectsOfCancelled?(level: string): readonly string[];
}

/** Standings that can also be asked about a part of the campaign. */
export interface SlicedStandings extends Standings {
  /** Of the facts that occurred from `start` up to but not including `end`. */
  during(window: { readonly start: number; readonly end: number }): SlicedStandings;
}

export const NOTHING_MEASURED: Measured = { value: 0, facts: 0, gained: 0 };

/** Standings from a merged partial. */
export function standingsOf(rules: Rules, partial: Partial): SlicedStandings {
  const states = [...partial.states.values()].sort(byTime);
  return standingsFrom(rules, states.filter(isCounted), states.filter(isCancelled));
}

function isCounted({ crediting }: FactState): boolean {
  return crediting.outcome === "counted";
}

function isCancelled({ crediting }: FactState): boolean {
  return crediting.outcome === "cancelled";
}

function standingsFrom(rules: Rules, counted: readonly FactState[], cancelled: readonly FactState[]): SlicedStandings {
  const atLevel = groupedByLevel(rules, counted);
  const cancelledAtLevel = groupedByLevel(rules, cancelled);
  const aggregate = (measure: string) => aggregateOf(rules, measure);
  // A gate on a branch asks the same of it for each of its people: what was answered once is kept.
  const contributions = remembered((measure, level, subject): readonly Contribution[] =>
    contributionsOf(atLevel(level).get(subject) ?? [], compiledMeasure(rules, measure).index),
  );
  const measured = remembered((measure, level, subject) =>
    measureOf(contributions(measure, level, subject), aggregate(measure)),
  );
  return {
    subjects: (level) => [...atLevel(level).keys()].sort(compareText),
    measured,
    reach: (measure, level, subject, threshold) =>
      firstReach(contributions(measure, level, subject), threshold, aggregate(measure)),
    contributions,
    cancelled: (measure, level, subject) =>
      (cancelledAtLevel(level).get(subject) ?? []).flatMap((credited) => {
        const { crediting } = credited.state;
        if (crediting.outcome !== "cancelled") return [];
        const { cancelledAt } = crediting;
        return contributionsOf([credited], compiledMeasure(rules, measure).index).map((fact) => ({
          ...fact,
          cancelledAt,
        }));
      }),
    subjectsOfCancelled: (level) => [...cancelledAtLevel(level).keys()].sort(compareText),
    during: ({ start, end }) => {
      const isInside = ({ occurredAt }: FactState) => start <= occurredAt && occurredAt < end;
      return standingsFrom(rules, counted.filter(isInside), cancelled.filter(isInside));
    },
  };
}

/** A question about a measure of a subject, answered once. */
function remembered<T>(ask: (measure: string, level: string, subject: string) => T): typeof ask {
  const answers = new Map<string, Map<string, T>>();
  return (measure, level, subject) => {
    const place = `${measure} ${level}`;
    const bySubject = answers.get(place) ?? new Map<string, T>();
    if (bySubject.size === 0) answers.set(place, bySubject);
    const known = bySubject.get(subject);
    if (known !== undefined) return known;
    const answer = ask(measure, level, subject);
    bySubject.set(subject, answer);
    return answer;
  };
}

/** Facts by subject of a level, worked out when a level is first asked for. */
function groupedByLevel(
  rules: Rules,
  states: readonly FactState[],
): (level: string) => ReadonlyMap<string, readonly CreditedFact[]> {
  const groups = new Map<string, Map<string, CreditedFact[]>>();
  let credited: readonly CreditedFact[] | undefined;
  return (level) => {
    credited ??= states.flatMap(creditedFacts);
    const group = groups.get(level) ?? groupBySubject(rules, credited, level);
    groups.set(level, group);
    return group;
  };
}

/** The order in which facts count: by when they happened, facts of one instant by key. */
function byTime(a: FactState, b: FactState): number {
  return a.occurredAt - b.occurredAt || compareFactKeys(a.key, b.key);
}

/** A fact with one of its credits, and what that is in each measure it was asked for: the same object at every level. */
interface CreditedFact {
  readonly state: FactState;
  readonly credit: FactCredit;
  readonly byMeasure: (Contribution | undefined)[];
}

function creditedFacts(state: FactState): CreditedFact[] {
  const { crediting } = state;
  if (crediting.outcome !== "counted" && crediting.outcome !== "cancelled") return [];
  return crediting.credits.map((credit) => ({ state, credit, byMeasure: [] }));
}

function groupBySubject(rules: Rules, credited: readonly CreditedFact[], level: string): Map<string, CreditedFact[]> {
  const groups = new Map<string, CreditedFact[]>();
  for (const one of credited) {
    const subject = subjectOf(rules, one.credit, level);
    if (subject === undefined) continue;
    const group = groups.get(subject);
    if (group) group.push(one);
    else groups.set(subject, [one]);
  }
  return groups;
}

/** Whom a credit counts for at a level. What a unit scored counts for no participant; an overlay for no unit. */
function subjectOf({ directory }: Rules, credit: FactCredit, level: string): string | undefined {
  const { participantId, leaf, rollsUp } = credit;
  if (level === "participant") return directory.isKnown(participantId) ? participantId : undefined;
  return rollsUp && leaf !== NO_LEAF ? directory.ancestorAt(leaf, level) : undefined;
}

function contributionsOf(credited: readonly CreditedFact[], measureIndex: number): Contribution[] {
  const contributions: Contribution[] = [];
  for (const one of credited) {
    const value = one.credit.values[measureIndex];
    if (value === null || value === undefined) continue;
    const contribution = one.byMeasure[measureIndex] ?? contributionOf(one, measureIndex, value);
    one.byMeasure[measureIndex] = contribution;
    contributions.push(contribution);
  }
  return contributions;
}

function contributionOf({ state, credit }: CreditedFact, measureIndex: number, value: number): Contribution {
  const { key: fact, version, occurredAt, holds, labels } = state;
  const { participantId, texts } = credit;
  const text = texts?.[measureIndex];
  const plain = { fact, version, participantId, occurredAt, value };
  if (text === undefined && holds === undefined && labels === undefined) return plain;
  return {
    ...plain,
    ...(text === undefined ? {} : { text }),
    ...(holds === undefined ? {} : { holds }),
    ...(labels === undefined ? {} : { labels }),
  };
}

export function aggregateOf(rules: Rules, id: string): Aggregate {
  const { measure } = compiledMeasure(rules, id);
  if (measure.aggregate === undefined) throw new RangeError(`${id} is a ratio, which has no value of its own`);
  return measure.aggregate;
}

/** Value, count and final reach of contributions in time order. */
export function measureOf(contributions: readonly Contribution[], aggregate: Aggregate): Measured {
  const last = contributions.at(-1);
  if (!last) return NOTHING_MEASURED;
  const after = running(aggregate);
  const values = contributions.map((contribution) => after(contribution));
  const value = values.at(-1) ?? 0;
  const reachedAt = values.findIndex((running) => running >= value);
  const reaching = contributions[reachedAt];
  return {
    value,
    facts: contributions.length,
    gained: highestOf(contributions, values, aggregate),
    lastFactAt: last.occurredAt,
    ...(reaching
      ? { finalReach: { at: reaching.occurredAt, fact: reaching.fact, value: values[reachedAt] ?? value } }
      : {}),
  };
}

/** A bound that the running value never was above, that adds up over parts of a sum. */
function highestOf(contributions: readonly Contribution[], values: readonly number[], aggregate: Aggregate): number {
  if (aggregate !== "sum" && aggregate !== "count") return values.reduce((a, b) => Math.max(a, b), 0);
  return contributions.reduce((sum, { value }) => addExact(sum, Math.max(0, value)), 0);
}

export function firstReach(
  contributions: readonly Contribution[],
  threshold: number,
  aggregate: Aggregate,
): Reached | undefined {
  const after = running(aggregate);
  for (const contribution of contributions) {
    const value = after(contribution);
    if (value >= threshold) return { at: contribution.occurredAt, fact: contribution.fact, value };
  }
  return undefined;
}
