import { useMemo } from "react";
import { useCaller, usePages } from "../api/hooks.ts";
import { useAllPages } from "../api/use-all-pages.ts";
import { useUnits } from "../api/use-units.ts";
import type { Payee } from "./types.ts";

/** Names of people and units as they are on file; of whom nothing is known here, the id. */
export type PayeeName = (payee: Payee) => string;

const MOST_PAGES = 5;

/** Of very many people the first are enough for a search by name; the others are shown by their ids. */
export function usePayeeNames(): PayeeName {
  const { may } = useCaller();
  const people = usePages("listPeople", { query: { limit: 200 } }, { enabled: may("listPeople") });
  const { units } = useUnits(undefined, may("listOrgUnits"));
  const pages = people.data?.pages;
  useAllPages(people, MOST_PAGES);
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const { participantId, memberships } of (pages ?? []).flatMap(({ items }) => items)) {
      const name = memberships.at(-1)?.name;
      if (name !== undefined) names.set(`participant ${participantId}`, name);
    }
    for (const { unit, name } of units ?? []) names.set(`unit ${unit}`, name);
    return ({ kind, id }) => names.get(`${kind} ${id}`) ?? id;
  }, [pages, units]);
}
