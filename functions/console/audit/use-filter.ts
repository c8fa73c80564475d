import { useSearchParams } from "wouter";

const NAMES = ["chain", "actor", "action", "subject", "day"] as const;
type Name = (typeof NAMES)[number];

export type AuditFilter = Readonly<Partial<Record<Name, string>>>;

/** In which chain somebody looks who says nothing. */
export const COMPANY = "company";
export const ALL = "*";

/** What is looked for, in the address: it can be kept, and sent to somebody else. */
export function useFilter() {
  const [search, setSearch] = useSearchParams();
  const filter: AuditFilter = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = search.get(name);
      return value === null || value === "" ? [] : [[name, value]];
    }),
  );
  const set = (name: Name, value: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === "") after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  return { filter, set, clear: () => setSearch(new URLSearchParams()) };
}

/** As the API takes it: newest first in one chain; over all of them each in its own order. */
export function queryOf({ chain = COMPANY, ...filter }: AuditFilter) {
  return chain === ALL ? { limit: 50, ...filter } : ({ limit: 50, chain, order: "newest", ...filter } as const);
}
