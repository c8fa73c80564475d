import { useMemo } from "react";
import type { Answer } from "./client.ts";
import { useCaller } from "./hooks.ts";
import { useEverything } from "./use-everything.ts";

export type Unit = Answer<"listOrgUnits">["items"][number];

/** Every unit that the caller may see, by id; with how many people belong to each on a day. */
export function useUnits(countedOn?: string, enabled = true) {
  const query = { limit: 200, ...(countedOn === undefined ? {} : { countedOn }) };
  const found = useEverything("listOrgUnits", { query }, { enabled });
  const units = useMemo(() => found.data?.pages.flatMap(({ items }) => items), [found.data]);
  const byId = useMemo(() => new Map(units?.map((unit) => [unit.unit, unit])), [units]);
  return { ...found, units, byId };
}

/** Names of units, by id; of one that is not known here, its id. */
export function useUnitName(enabled = true): (unit: string) => string {
  const { may } = useCaller();
  const { byId } = useUnits(undefined, enabled && may("listOrgUnits"));
  return (unit) => byId.get(unit)?.name ?? unit;
}

/** A unit, then those above it up to the top. */
export function lineageOf(unit: string, byId: ReadonlyMap<string, Unit>): readonly Unit[] {
  const lineage: Unit[] = [];
  for (let up = byId.get(unit); up && !lineage.includes(up); up = byId.get(up.parent ?? "")) lineage.push(up);
  return lineage;
}
