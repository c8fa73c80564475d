import type { Actor } from "#domain/actor.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { listConflicts, listRejected, listSources, listUnreadable } from "./read-facts.ts";

/** Of a source, how much came in that is no fact and that nobody has mended or settled yet. */
export interface InboxCount {
  readonly source: string;
  readonly conflicts: number;
  readonly rejected: number;
  readonly unreadable: number;
  /** So much is kept of it that not all was looked at: there can be more. */
  readonly hasMore: boolean;
}

/** What one call reads is bounded: so many sources, and of each listing of theirs so many pages. */
const SOURCES_AT_MOST = 50;
const PAGES_AT_MOST = 5;
const PAGE = 200;
/** Each asks for a listing at a time. */
const SOURCES_AT_ONCE = 8;

/** By source; an integrator sees those of their own. */
export async function countInbox(
  deps: Pick<Deps, "facts" | "plans">,
  actor: Actor,
  request: PageRequest,
): Promise<Page<InboxCount>> {
  const limit = Math.min(request.limit ?? SOURCES_AT_MOST, SOURCES_AT_MOST);
  const { items, ...page } = await listSources(deps, actor, { ...request, limit });
  const counts = await inParallel(SOURCES_AT_ONCE, items, async ({ source }): Promise<InboxCount> => {
    const conflicts = await open(
      (pages) => listConflicts(deps, actor, source, pages),
      ({ fact, newest = 0 }) => newest <= fact.version,
    );
    const rejected = await open((pages) => listRejected(deps, actor, source, pages), isNotMended);
    const unreadable = await open((pages) => listUnreadable(deps, actor, source, pages), isNotMended);
    const hasMore = [conflicts, rejected, unreadable].some((one) => one.hasMore);
    return {
      source,
      conflicts: conflicts.count,
      rejected: rejected.count,
      unreadable: unreadable.count,
      hasMore,
    };
  });
  return { ...page, items: counts };
}

function isNotMended({ mendedAt }: { readonly mendedAt?: string | undefined }): boolean {
  return mendedAt === undefined;
}

/** What is mended or settled is kept, and not counted. */
async function open<T>(read: (request: PageRequest) => Promise<Page<T>>, isOpen: (item: T) => boolean) {
  let count = 0;
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const { items, cursor: next } = await read({ limit: PAGE, cursor });
    count += items.filter(isOpen).length;
    cursor = next;
    if (cursor === undefined) break;
  }
  return { count, hasMore: cursor !== undefined };
}
