import { factKey } from "#domain/ids.ts";
import { instantOf } from "#domain/instant.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { isWatched } from "../crediting/credit-facts.ts";
import { type LiveCampaign, LiveRules } from "../crediting/live-rules.ts";
import { dayOf, idOf, isInMotion, type Look, type LookDeps, partKey, rulesOf } from "./look.ts";
import { outcomeOf } from "./look-at-facts.ts";
import { Notes } from "./notes.ts";

/**
 * Looks at what did not become a fact, or not one that counts: conflicts and unreadable deliveries of every source, and the list
 * of held facts, which must hold those facts that are held and no others. `parts` are those that looked at facts.
 */
export async function lookAtInflow(
  deps: LookDeps,
  look: Look,
  part: string,
  parts: readonly string[],
  liveRules = new LiveRules(),
): Promise<void> {
  const notes = new Notes();
  const live = await rulesOf(deps, look, liveRules);
  if (live) {
    await lookAtMessages(deps, live, notes);
    await lookAtHeld(deps, look, live, notes, parts);
  }
  await notes.keep(deps, partKey(look, part));
}

async function lookAtMessages(deps: LookDeps, live: LiveCampaign, notes: Notes): Promise<void> {
  for (const { source } of await deps.plans.sources()) {
    await eachOf(
      (request) => deps.facts.conflicts(source, request),
      async ({ fact }) => {
        if (isWatched(live.rules, fact)) notes.count(dayOf(live, instantOf(fact.occurredAt)), "conflicts");
      },
    );
    await eachOf(
      (request) => deps.facts.rejected(source, request),
      async ({ mendedAt, occurredAt, receivedAt }) => {
        const at = instantOf(occurredAt ?? receivedAt);
        if (mendedAt === undefined && isOfCampaign(live, at)) notes.count(dayOf(live, at), "rejected");
      },
    );
    await eachOf(
      (request) => deps.facts.unreadable(source, request),
      async ({ receivedAt }) => {
        const at = instantOf(receivedAt);
        if (isOfCampaign(live, at)) notes.count(dayOf(live, at), "unreadable");
      },
    );
  }
}

/** In the period or what follows it, or before late facts are due. */
function isOfCampaign({ rules }: LiveCampaign, at: number): boolean {
  const { start, cutOff, followUpEnd } = rules.instants;
  return start <= at && at < Math.max(cutOff, followUpEnd);
}

async function lookAtHeld(
  deps: LookDeps,
  look: Look,
  live: LiveCampaign,
  notes: Notes,
  parts: readonly string[],
): Promise<void> {
  const listed = new Map<string, number>();
  await eachOf(
    (request) => deps.derived.held(request),
    async (held) => {
      const versions = await deps.facts.versions(idOf(held));
      const newest = versions.at(-1);
      if (!newest || isInMotion(look, versions) || !isWatched(live.rules, newest)) return;
      const day = dayOf(live, instantOf(newest.occurredAt));
      if (outcomeOf(live, newest) === "held") listed.set(day, (listed.get(day) ?? 0) + 1);
      else notes.find({ kind: "held-out-of-step", day, count: 1, facts: [factKey(newest)] });
    },
  );
  const looked = new Notes();
  for (const one of parts) looked.add(await Notes.read(deps, partKey(look, one)));
  for (const { day, held } of looked.days) {
    const missing = held - (listed.get(day) ?? 0);
    // The list is by fact key over all campaigns, so which are missing is not told here: the credits' reasons tell it.
    if (missing > 0) notes.find({ kind: "held-out-of-step", day, count: missing, facts: [] });
  }
}

async function eachOf<T>(
  read: (request: PageRequest) => Promise<Page<T>>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await read({ limit: 100, cursor });
    for (const item of page.items) await work(item);
    cursor = page.cursor;
  } while (cursor !== undefined);
}
