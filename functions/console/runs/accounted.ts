import type { Reconciliation } from "./types.ts";

export type Day = Reconciliation["days"][number];

/** What came in is the sum of all these: each message in exactly one. */
export const OUTCOMES = ["counted", "notCounted", "cancelled", "held", "inMotion", "conflicts", "rejected"] as const;

export function cameIn({ facts, conflicts, rejected }: Pick<Day, "facts" | "conflicts" | "rejected">): number {
  return facts + conflicts + rejected;
}

/** How much of what came in is where it belongs. */
export interface Accounted {
  readonly all: number;
  /** Has its one outcome, and the credits that it should have. */
  readonly accounted: number;
  /** Too young to be compared. */
  readonly inMotion: number;
  /** Has credits that are not what it says, or no outcome. */
  readonly open: number;
  /** Of 100, with one decimal, rounded down: 100 is said only when it is all. */
  readonly percent: number;
}

/** @returns undefined where nothing came in */
export function accountedOf(days: readonly Day[]): Accounted | undefined {
  const total = (of: (day: Day) => number) => days.reduce((sum, day) => sum + of(day), 0);
  const all = total(cameIn);
  if (all === 0) return undefined;
  const inMotion = total((day) => day.inMotion);
  const open = total((day) => day.differing + Math.max(0, cameIn(day) - outcomesOf(day)));
  const accounted = Math.max(0, all - inMotion - open);
  return { all, accounted, inMotion, open, percent: Math.floor((accounted * 1000) / all) / 10 };
}

/** Messages of a day that have an outcome. */
export function outcomesOf(day: Day): number {
  return OUTCOMES.reduce((sum, outcome) => sum + day[outcome], 0);
}
