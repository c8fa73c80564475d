import * as z from "zod";
import type { Page, PageRequest } from "#ports/page.ts";
import { compareCodePoints } from "../code-points.ts";
import { decodeCursor, encodeCursor, foreignCursor, pageLimit } from "../paging.ts";
import type { Fields, ItemTable } from "./item-table.ts";
import type { Range } from "./keys.ts";

/** A listing that is spread over partitions, in the one order of its sort keys: who reads it does not see the partitions. */

/** Items that one page looks at before it ends short, when most of them are not kept. */
const MOST_LOOKED_AT = 5_000;

const cursorSchema = z.strictObject({ after: z.string() });

interface ReadOptions {
  readonly after?: string | undefined;
  readonly ahead?: number;
  readonly fields?: readonly string[] | undefined;
}

/** Items of all ranges, which have one prefix, in order of sort key; `ahead` of each range are read in one query. */
export async function* mergedItems(
  table: ItemTable,
  ranges: readonly Range[],
  options: ReadOptions = {},
): AsyncGenerator<Fields, void> {
  const [only] = ranges;
  if (only && ranges.length === 1) {
    yield* table.items(only, options);
    return;
  }
  const readers = ranges.map((range) => table.items(range, options));
  const heads = await Promise.all(readers.map(async (reader) => ({ reader, head: await reader.next() })));
  for (;;) {
    const open = heads.filter(({ head }) => !head.done);
    const [first, ...others] = open;
    if (!first) return;
    const least = others.reduce((a, b) => (isBefore(b.head.value, a.head.value) ? b : a), first);
    if (least.head.value) yield least.head.value;
    least.head = await least.reader.next();
  }
}

/**
 * One page of {@link mergedItems}. One item more than asked is read, so that a cursor means there is more; only a page that
 * ends short, because too many items are not kept, has a cursor and promises nothing.
 */
export async function mergedPage(
  table: ItemTable,
  ranges: readonly Range[],
  request: PageRequest,
  {
    keep = () => true,
    fields,
  }: { readonly keep?: (item: Fields) => boolean; readonly fields?: readonly string[] } = {},
): Promise<Page<Fields>> {
  const limit = pageLimit(request);
  const items: Fields[] = [];
  let looked = 0;
  let last: Fields | undefined;
  const options = { after: startOf(ranges, request.cursor), ahead: Math.ceil(limit / ranges.length) + 1, fields };
  for await (const item of mergedItems(table, ranges, options)) {
    if (keep(item)) {
      if (items.length === limit) return { items, cursor: cursorAfter(items.at(-1)) };
      items.push(item);
    }
    last = item;
    looked += 1;
    if (looked >= MOST_LOOKED_AT && looked > limit) return { items, cursor: cursorAfter(last) };
  }
  return { items };
}

function cursorAfter(item: Fields | undefined): string {
  return encodeCursor({ after: item?.SK });
}

function startOf(ranges: readonly Range[], cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const { after } = decodeCursor(cursorSchema, cursor);
  if (ranges.every(({ prefix }) => after.startsWith(prefix))) return after;
  throw foreignCursor(cursor);
}

function isBefore(a: Fields | void, b: Fields | void): boolean {
  return compareCodePoints(String(a?.SK), String(b?.SK)) < 0;
}
