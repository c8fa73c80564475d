import { addExact } from "#domain/decimal.ts";
import type { Measured, Reached } from "#domain/progress.ts";
import { type Aggregate, NOTHING_MEASURED, running } from "./aggregate.ts";
import type { Contribution } from "./contribution.ts";

export { aggregateOf, NOTHING_MEASURED } from "./aggregate.ts";
export { standingsOf } from "./column-standings.ts";
export type { Cancelled, Contribution } from "./contribution.ts";
export type { SlicedStandings, Standings } from "./questions.ts";

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
