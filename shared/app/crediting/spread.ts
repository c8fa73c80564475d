import { type Campaign, MOST_SHARDS, type Spread } from "#domain/campaign.ts";
import type { Membership } from "#domain/org.ts";
import { NO_LEAF } from "#engine/credit-shares.ts";
import type { PlanStore } from "#ports/plan-store.ts";

/** A total is computed anew from everybody's progress in its place: so many are one quick query. */
const PEOPLE_PER_PLACE = 1000;
/** Progress of so many is read in a second or two when somebody looks at a board; of more, workers keep the best. */
const PEOPLE_WITHOUT_KEPT_BOARDS = 5000;
/** A place may hold so many times what it should before everything is credited anew because of that alone. */
const OUTGROWN_TIMES = 4;
const PAGE = 5000;

/** How many there are, in all and by unit. */
export interface Headcount {
  readonly people: number;
  readonly byUnit: ReadonlyMap<string, number>;
}

/** How a campaign of these people should be spread: never over less than it is, so that a place is never of an earlier spread. */
export function wantedSpread(memberships: readonly Membership[], now?: Spread): Spread | undefined {
  const byUnit = Map.groupBy(memberships, ({ unit }) => unit);
  const counts = new Map([...byUnit].map(([unit, ofUnit]) => [unit, ofUnit.length]));
  const people = new Set(memberships.map(({ participantId }) => participantId)).size;
  return spreadFor({ people, byUnit: counts }, now);
}

/** The same of people who were only counted. */
export function spreadFor({ people, byUnit }: Headcount, now?: Spread): Spread | undefined {
  const shards = { ...now?.shards };
  for (const [leaf, count] of [...byUnit, [NO_LEAF, people] as const]) {
    const wanted = Math.max(shardsFor(count), shards[leaf] ?? 1);
    if (wanted > 1) shards[leaf] = wanted;
  }
  const keepsBoards = now?.keepsBoards === true || people > PEOPLE_WITHOUT_KEPT_BOARDS;
  return keepsBoards || Object.keys(shards).length > 0 ? { shards, keepsBoards } : undefined;
}

/** Whether a place holds four times the people it should, or boards of so many are put together when they are read. */
export function hasOutgrown({ people, byUnit }: Headcount, { spread }: Pick<Campaign, "spread">): boolean {
  const isTooMany = (leaf: string, count: number) => {
    const shards = spread?.shards[leaf] ?? 1;
    return shards < MOST_SHARDS && count > OUTGROWN_TIMES * PEOPLE_PER_PLACE * shards;
  };
  const isSlowToRead = spread?.keepsBoards !== true && people > OUTGROWN_TIMES * PEOPLE_WITHOUT_KEPT_BOARDS;
  return isSlowToRead || isTooMany(NO_LEAF, people) || [...byUnit].some(([leaf, count]) => isTooMany(leaf, count));
}

function shardsFor(people: number): number {
  let shards = 1;
  while (shards < MOST_SHARDS && people > shards * PEOPLE_PER_PLACE) shards *= 2;
  return shards;
}

/** The newest count of each store. It hints at how to spread and is never what is paid, so a process may keep it until the directory changes. */
const newest = new WeakMap<PlanStore, { readonly revision: number; readonly count: Promise<Headcount> }>();

/** Counts everybody on file page by page, once for each revision of the directory: a million people need no memory. */
export async function headcount(plans: PlanStore): Promise<Headcount> {
  const revision = await plans.directoryRevision();
  const known = newest.get(plans);
  // Under an odd number an import writes: what was counted then may be a part.
  if (known?.revision === revision && revision % 2 === 0) return known.count;
  const count = counted(plans);
  newest.set(plans, { revision, count });
  count.catch(() => newest.delete(plans));
  return count;
}

async function counted(plans: PlanStore): Promise<Headcount> {
  const byUnit = new Map<string, number>();
  let people = 0;
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<PlanStore["people"]>> = await plans.people({ limit: PAGE, cursor });
    people += page.items.length;
    for (const { memberships } of page.items)
      for (const { unit } of memberships) byUnit.set(unit, (byUnit.get(unit) ?? 0) + 1);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { people, byUnit };
}
