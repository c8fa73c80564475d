import type { Measured, Reached } from "#domain/progress.ts";
import type { Cancelled, Contribution } from "./contribution.ts";
import type { Sales } from "./sales.ts";

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
