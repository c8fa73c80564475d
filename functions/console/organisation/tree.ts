import type { Unit } from "../api/use-units.ts";

/** A unit with those below it, and how many people all of them have. */
export interface Branch {
  readonly unit: Unit;
  readonly children: readonly Branch[];
  readonly people: number;
}

/** At the top stands who has nobody above, or nobody that may be seen. */
export function treeOf(units: readonly Unit[]): readonly Branch[] {
  const known = new Set(units.map(({ unit }) => unit));
  const below = Map.groupBy(units, ({ parent }) => (parent !== null && known.has(parent) ? parent : ""));
  const grown = (parent: string, above: ReadonlySet<string>): readonly Branch[] =>
    (below.get(parent) ?? [])
      // Whatever is its own ancestor grows no further.
      .filter(({ unit }) => !above.has(unit))
      .map((unit) => {
        const children = grown(unit.unit, new Set([...above, unit.unit]));
        return { unit, children, people: (unit.people ?? 0) + children.reduce((sum, { people }) => sum + people, 0) };
      });
  return grown("", new Set());
}
