import * as z from "zod";
import type { Page, PageRequest } from "#ports/page.ts";
import { compareCodePoints } from "../code-points.ts";
import { decodeCursor, encodeCursor, foreignCursor, pageLimit } from "../paging.ts";

export { compareCodePoints };

const cursorSchema = z.strictObject({ after: z.string() });

interface Partition<T> {
  readonly items: Map<string, T>;
  /** The keys in order; forgotten when one comes or goes. */
  order?: readonly string[] | undefined;
}

/**
 * A map of maps with the few operations the stores need. Values are copied on the way in and out, so that nobody holds a
 * reference to what is stored; listings are in order of the inner key.
 */
export class MemoryTable<T> {
  readonly #partitions = new Map<string, Partition<T>>();

  get(partition: string, key: string): T | undefined {
    return structuredClone(this.#partitions.get(partition)?.items.get(key));
  }

  set(partition: string, key: string, value: T): void {
    const stored = this.#partitions.get(partition) ?? { items: new Map<string, T>() };
    if (!stored.items.has(key)) stored.order = undefined;
    stored.items.set(key, structuredClone(value));
    this.#partitions.set(partition, stored);
  }

  /** Sets if `allowed` says so of what is stored; tells whether it did. */
  setIf(partition: string, key: string, value: T, allowed: (stored: T | undefined) => boolean): boolean {
    if (!allowed(this.#partitions.get(partition)?.items.get(key))) return false;
    this.set(partition, key, value);
    return true;
  }

  delete(partition: string, key: string): void {
    const stored = this.#partitions.get(partition);
    if (stored?.items.delete(key)) stored.order = undefined;
  }

  all(partition: string): T[] {
    return this.#copies(partition, this.#order(partition));
  }

  /**
   * @param keep which items are listed; all of them unless it says so
   * @param prefix only items whose keys begin so, and cursors that one of them gave
   */
  page(partition: string, request: PageRequest, keep?: (item: T) => boolean, prefix = ""): Page<T> {
    const limit = pageLimit(request);
    const all = keep ? this.#kept(partition, keep) : this.#order(partition);
    const order = prefix === "" ? all : all.filter((key) => key.startsWith(prefix));
    const start = startOf(order, request.cursor, prefix);
    const keys = order.slice(start, start + limit);
    const last = start + limit < order.length ? keys.at(-1) : undefined;
    return {
      items: this.#copies(partition, keys),
      ...(last === undefined ? {} : { cursor: encodeCursor({ after: last }) }),
    };
  }

  #kept(partition: string, keep: (item: T) => boolean): readonly string[] {
    const items = this.#partitions.get(partition)?.items;
    return this.#order(partition).filter((key) => {
      const item = items?.get(key);
      return item !== undefined && keep(item);
    });
  }

  #order(partition: string): readonly string[] {
    const stored = this.#partitions.get(partition);
    if (!stored) return [];
    stored.order ??= [...stored.items.keys()].sort(compareCodePoints);
    return stored.order;
  }

  #copies(partition: string, keys: readonly string[]): T[] {
    const items = this.#partitions.get(partition)?.items;
    return keys.flatMap((key) => {
      const item = items?.get(key);
      return item === undefined ? [] : [structuredClone(item)];
    });
  }
}

function startOf(order: readonly string[], cursor: string | undefined, prefix: string): number {
  if (cursor === undefined) return 0;
  const { after } = decodeCursor(cursorSchema, cursor);
  if (!after.startsWith(prefix)) throw foreignCursor(cursor);
  const next = order.findIndex((key) => compareCodePoints(key, after) > 0);
  return next === -1 ? order.length : next;
}

/** Several ids as one key: the separator sorts below every character an id can have. */
export function joined(...parts: readonly (string | number)[]): string {
  return parts.map((part) => (typeof part === "number" ? String(part).padStart(16, "0") : part)).join("\u0000");
}

/** The rule of `seq` and `revision`: 1 needs an empty place, n needs n - 1. */
export function follows(number: number, stored: number | undefined): boolean {
  return number === 1 ? stored === undefined : stored === number - 1;
}
