import { addExact } from "#domain/decimal.ts";
import type { Measured, Reached } from "#domain/progress.ts";
import { type Aggregate, NOTHING_MEASURED, running } from "./aggregate.ts";
import type { Sales } from "./sales.ts";

export { aggregateOf, NOTHING_MEASURED } from "./aggregate.ts";
export { standingsOf } from "./column-standings.ts";

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
  /** In time order, without an object for each; absent where only sums are kept. */
  sales?(measure: string, level: string, subject: string): Sales;
  /** The same as objects; undefined where only sums are kept. */
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
