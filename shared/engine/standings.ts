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
  const contributions = (measure: string, level: string, subject: string): readonly Contribution[] =>
    contributionsOf(atLevel(level).get(subject) ?? [], compiledMeasure(rules, measure).index);
  const aggregate = (measure: string) => aggregateOf(rules, measure);
  return {
    subjects: (level) => [...atLevel(level).keys()].sort(compareText),
    measured: (measure, level, subject) => measureOf(contributions(measure, level, subject), aggregate(measure)),
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

/** Facts by subject of a level, worked out when a level is first asked for. */
function groupedByLevel(
  rules: Rules,
  states: readonly FactState[],
): (level: string) => ReadonlyMap<string, readonly CreditedFact[]> {
  const groups = new Map<string, Map<string, CreditedFact[]>>();
  return (level) => {
    const group = groups.get(level) ?? groupBySubject(rules, states, level);
    groups.set(level, group);
    return group;
  };
}

/** The order in which facts count: by when they happened, facts of one instant by key. */
function byTime(a: FactState, b: FactState): number {
  return a.occurredAt - b.occurredAt || compareFactKeys(a.key, b.key);
}

/** A fact with one of its credits. */
interface CreditedFact {
  readonly state: FactState;
  readonly credit: FactCredit;
}

function groupBySubject(rules: Rules, states: readonly FactState[], level: string): Map<string, CreditedFact[]> {
  const groups = new Map<string, CreditedFact[]>();
  for (const state of states) {
    if (state.crediting.outcome !== "counted" && state.crediting.outcome !== "cancelled") continue;
    for (const credit of state.crediting.credits) {
      const subject = subjectOf(rules, credit, level);
      if (subject === undefined) continue;
      const group = groups.get(subject);
      if (group) group.push({ state, credit });
      else groups.set(subject, [{ state, credit }]);
    }
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
  return credited.flatMap(({ state, credit: { participantId, values, texts } }): Contribution[] => {
    const { key, version, occurredAt, holds, labels } = state;
    const value = values[measureIndex];
    const text = texts?.[measureIndex];
    if (value === null || value === undefined) return [];
    return [
      {
        fact: key,
        version,
        participantId,
        occurredAt,
        value,
        ...(text === undefined ? {} : { text }),
        ...(holds === undefined ? {} : { holds }),
        ...(labels === undefined ? {} : { labels }),
      },
    ];
  });
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
  const finalReach = firstReach(contributions, value, aggregate);
  return {
    value,
    facts: contributions.length,
    gained: highestOf(contributions, values, aggregate),
    lastFactAt: last.occurredAt,
    ...(finalReach ? { finalReach } : {}),
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
