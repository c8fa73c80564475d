import type { Page, PageRequest } from "#ports/page.ts";

/** All items of a paged listing, and how many pages it took. Refuses to go round in circles. */
export async function allPages<T>(
  list: (request: PageRequest) => Promise<Page<T>>,
  limit?: number,
): Promise<{ items: T[]; pages: number }> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let pages = 1; pages < 10_000; pages++) {
    const page = await list(limit === undefined ? { cursor } : { limit, cursor });
    items.push(...page.items);
    if (page.cursor === undefined) return { items, pages };
    cursor = page.cursor;
  }
  throw new Error("the listing does not end");
}

/** Runs all at once and counts how many said true. */
export async function countTrue(attempts: readonly (() => Promise<boolean>)[]): Promise<number> {
  const results = await Promise.all(attempts.map((attempt) => attempt()));
  return results.filter(Boolean).length;
}

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export function shuffled<T>(items: readonly T[], turn: number): T[] {
  return items
    .map((item, index) => ({ item, rank: (index * 7 + turn * 13) % items.length }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** By code point, as UTF-8 sorts: what a port calls the order of an id. */
export function inOrder<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return items.toSorted((a, b) => Buffer.compare(Buffer.from(keyOf(a)), Buffer.from(keyOf(b))));
}
