import type { Rational } from "#domain/decimal.ts";
import type { Multipliers } from "#domain/plan/parts.ts";
import { localToInstant } from "#domain/time.ts";
import { compare, exact, minus, plus, times } from "../kinds/exact.ts";
import type { Rules } from "../rules.ts";
import type { Contribution } from "../standings.ts";

/** What one fact is multiplied by, and which factors that is made of, in the plan's order. */
export interface Factored {
  readonly factor: Rational;
  readonly ids: readonly string[];
}

export const ONE: Rational = { num: 1n, den: 1n };
const NO_FACTORS: Factored = { factor: ONE, ids: [] };

/**
 * The factor of single facts. A factor applies where the fact occurred in its window, `start` up to but not including `end`, and
 * its condition holds; one that cannot be told does not. Of several `multiply` takes the product, `highest` the highest alone,
 * `add` 1 and what each is above 1. Without any it is 1.
 */
export function factorsOf(rules: Rules, multipliers: Multipliers | undefined): (fact: Contribution) => Factored {
  if (!multipliers) return () => NO_FACTORS;
  const factors = multipliers.factors.map(({ id, factor, during, when }) => {
    const [start, end] = [during?.start, during?.end].map((local) => localInstant(rules, local));
    return { id, factor: exact(factor), start, end, when };
  });
  return ({ occurredAt, holds = [] }) => {
    const applied = factors.filter(
      ({ start, end, when }) =>
        (start === undefined || start <= occurredAt) &&
        (end === undefined || occurredAt < end) &&
        (when === undefined || holds.includes(when)),
    );
    const together = stacked(
      multipliers.stacking,
      applied.map(({ factor }) => factor),
    );
    return { factor: together, ids: applied.map(({ id }) => id) };
  };
}

function stacked(stacking: Multipliers["stacking"], factors: readonly Rational[]): Rational {
  switch (stacking) {
    case "multiply":
      return factors.reduce(times, ONE);
    case "add":
      return factors.reduce((sum, factor) => plus(sum, minus(factor, ONE)), ONE);
    case "highest":
      // Alone it counts as it is, also below 1.
      return factors.reduce<Rational | undefined>((a, b) => (a && compare(a, b) >= 0 ? a : b), undefined) ?? ONE;
  }
}

function localInstant({ plan }: Rules, local: string | undefined): number | undefined {
  if (local === undefined) return undefined;
  const instant = localToInstant(local, plan.period.zone);
  if (instant === undefined) throw new RangeError(`${local} was not checked`);
  return instant;
}
