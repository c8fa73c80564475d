import { Refusal } from "#domain/problem.ts";
import type { Page, PageRequest } from "#ports/page.ts";

const DEFAULT_LIMIT = 50;

/**
 * One page of a list that is at hand whole. The cursor names the last item shown, so that items added meanwhile are
 * neither repeated nor passed over.
 *
 * @param keyOf unique within the list
 * @throws Refusal("invalid") for a cursor that no item of the list gave
 */
export function listPage<T>(items: readonly T[], keyOf: (item: T) => string, request: PageRequest): Page<T> {
  const limit = request.limit ?? DEFAULT_LIMIT;
  const start = request.cursor === undefined ? 0 : startAfter(items, keyOf, request.cursor);
  const shown = items.slice(start, start + limit);
  const last = shown.at(-1);
  const hasMore = start + limit < items.length;
  return { items: shown, ...(hasMore && last !== undefined ? { cursor: toCursor(keyOf(last)) } : {}) };
}

function startAfter<T>(items: readonly T[], keyOf: (item: T) => string, cursor: string): number {
  const index = items.findIndex((item) => toCursor(keyOf(item)) === cursor);
  if (index >= 0) return index + 1;
  throw foreignCursor();
}

/** For a cursor that continues some other listing, or none. */
export function foreignCursor(): Refusal {
  return new Refusal("invalid", "the cursor does not belong to this listing", [
    {
      code: "cursor",
      path: "cursor",
      message: "a cursor continues only the listing that gave it",
      mend: "begin again without a cursor",
    },
  ]);
}

function toCursor(key: string): string {
  return Buffer.from(key, "utf8").toString("base64url");
}
