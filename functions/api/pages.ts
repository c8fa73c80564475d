import type { Page } from "#ports/page.ts";

/** A page as the wire shows it. */
export function pageView<T, V>({ items, cursor }: Page<T>, view: (item: T) => V): { items: V[]; nextCursor?: string } {
  return { items: items.map(view), ...(cursor === undefined ? {} : { nextCursor: cursor }) };
}

/** For items that are shown as they are, as copies that may be changed. */
export function itself<T>(item: T): T {
  return item;
}
