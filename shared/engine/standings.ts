import { addExact } from "#domain/decimal.ts";
import { compareFactKeys } from "#domain/ids.ts";
import type { Measured, Reached } from "#domain/progress.ts";
import { compareText } from "#domain/text.ts";
import { NO_LEAF } from "./credit.ts";
import type { FactState, Partial } from "./fold.ts";
import { compiledMeasure, type Rules } from "./rules.ts";

/** One counted fact inside a measure. */
export interface Contribution {
  readonly fact: string;
  readonly version: number;
  readonly participantId: string;
  readonly occurredAt: number;
  readonly value: number;
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
}

export const NOTHING_MEASURED: Measured = { value: 0, facts: 0, gained: 0 };

/** Standings from a merged partial. */
export function standingsOf(rules: Rules, partial: Partial): Standings {
  const counted = [...partial.states.values()].filter((state) => state.crediting.outcome === "counted").sort(byTime);
  const groups = new Map<string, Map<string, FactState[]>>();
  const atLevel = (level: string): Map<string, FactState[]> => {
    let group = groups.get(level);
    if (!group) {
      group = groupBySubject(rules, counted, level);
      groups.set(level, group);
    }
    return group;
  };
  const contributions = (measure: string, level: string, subject: string): readonly Contribution[] =>
    contributionsOf(atLevel(level).get(subject) ?? [], compiledMeasure(rules, measure).index);
  return {
    subjects: (level) => [...atLevel(level).keys()].sort(compareText),
    measured: (measure, level, subject) => measureOf(contributions(measure, level, subject)),
    reach: (measure, level, subject, threshold) => firstReach(contributions(measure, level, subject), threshold),
    contributions,
  };
}

/** The order in which facts count: by when they happened, facts of one instant by key. */
function byTime(a: FactState, b: FactState): number {
  return a.occurredAt - b.occurredAt || compareFactKeys(a.key, b.key);
}

function groupBySubject(rules: Rules, counted: readonly FactState[], level: string): Map<string, FactState[]> {
  const groups = new Map<string, FactState[]>();
  for (const state of counted) {
    const subject = subjectOf(rules, state, level);
    if (subject === undefined) continue;
    const group = groups.get(subject);
    if (group) group.push(state);
    else groups.set(subject, [state]);
  }
  return groups;
}

function subjectOf(rules: Rules, state: FactState, level: string): string | undefined {
  if (level === "participant") return state.participantId;
  if (state.crediting.outcome !== "counted" || state.crediting.leaf === NO_LEAF) return undefined;
  return rules.directory.ancestorAt(state.crediting.leaf, level);
}

function contributionsOf(states: readonly FactState[], measureIndex: number): Contribution[] {
  const contributions: Contribution[] = [];
  for (const { key, version, participantId, occurredAt, crediting } of states) {
    const value = crediting.outcome === "counted" ? crediting.values[measureIndex] : null;
    if (value !== null && value !== undefined)
      contributions.push({ fact: key, version, participantId, occurredAt, value });
  }
  return contributions;
}

/** Value, count and final reach of contributions in time order. */
export function measureOf(contributions: readonly Contribution[]): Measured {
  const last = contributions.at(-1);
  if (!last) return NOTHING_MEASURED;
  const value = contributions.reduce((sum, contribution) => addExact(sum, contribution.value), 0);
  const gained = contributions.reduce((sum, contribution) => addExact(sum, Math.max(0, contribution.value)), 0);
  const finalReach = firstReach(contributions, value);
  return {
    value,
    facts: contributions.length,
    gained,
    lastFactAt: last.occurredAt,
    ...(finalReach ? { finalReach } : {}),
  };
}

export function firstReach(contributions: readonly Contribution[], threshold: number): Reached | undefined {
  let running = 0;
  for (const { value, occurredAt, fact } of contributions) {
    running = addExact(running, value);
    if (running >= threshold) return { at: occurredAt, fact, value: running };
  }
  return undefined;
}

/**
 * Two parts of one subject's measure as one. Values add up exactly; the final reach is taken to be the later of the two,
 * which it is while no contribution is negative: enough for boards, never used for money.
 */
export function addMeasured(a: Measured, b: Measured): Measured {
  if (a.facts === 0) return b;
  if (b.facts === 0) return a;
  const later = (b.finalReach?.at ?? 0) > (a.finalReach?.at ?? 0) ? b : a;
  return {
    value: addExact(a.value, b.value),
    facts: a.facts + b.facts,
    gained: addExact(a.gained, b.gained),
    ...(later.finalReach ? { finalReach: later.finalReach } : {}),
    lastFactAt: Math.max(a.lastFactAt ?? 0, b.lastFactAt ?? 0),
  };
}
