import type { Outgoing } from "#domain/channel.ts";
import { bulletinScope, COMPANY_SCOPE, eventScope, type KeptEvent, type OutwardEvent } from "#domain/event.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import { hashOf } from "#engine/hash.ts";
import type { FindDeps } from "./deps.ts";
import type { Found } from "./find-events.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** What happened longer ago and was never kept is old news: a channel was made after it, or nothing ran for days. */
const OLD_NEWS_MS = 3 * 24 * 60 * 60_000;
/** How long people can look what became of a message. */
const KEEP_SECONDS = 90 * 24 * 60 * 60;

/**
 * Keeps what is new, once by its id, and makes a message for each channel that wants it. First the event, then its messages, then
 * that it is told; cut off in between, the next look goes on. Messages are named after event and channel, so none is made twice.
 *
 * @returns how many events were new
 */
export async function keepEvents(
  deps: Pick<FindDeps, "outbox" | "clock">,
  subscriptions: Subscriptions,
  { events, campaigns }: Pick<Found, "events" | "campaigns">,
): Promise<number> {
  const scopes = new Set([COMPANY_SCOPE, ...campaigns, ...events.map(eventScope)]);
  if (subscriptions.wants("bulletin.published")) for (const id of campaigns) scopes.add(bulletinScope(id));
  let news = 0;
  for (const scope of scopes) {
    const kept = new Map((await deps.outbox.events(scope)).map((one) => [one.event.id, one]));
    for (const event of events) {
      if (eventScope(event) !== scope || kept.has(event.id) || isOldNews(deps, event)) continue;
      const fresh: KeptEvent = { scope, revision: 1, told: false, event };
      if (await deps.outbox.saveEvent(fresh)) news += 1;
      // Another look may have kept it a moment ago, with another time: that one is told.
      kept.set(event.id, (await deps.outbox.event(scope, event.id)) ?? fresh);
    }
    for (const one of kept.values()) if (!one.told) await tellChannels(deps, subscriptions, one);
  }
  return news;
}

function isOldNews({ clock }: Pick<FindDeps, "clock">, { at }: OutwardEvent): boolean {
  return clock.now() - instantOf(at) > OLD_NEWS_MS;
}

async function tellChannels(
  deps: Pick<FindDeps, "outbox" | "clock">,
  subscriptions: Subscriptions,
  kept: KeptEvent,
): Promise<void> {
  for (const { channel } of subscriptions.of(kept.event)) {
    await deps.outbox.saveOutgoing(messageOf(deps, channel, kept));
  }
  await deps.outbox.saveEvent({ ...kept, revision: kept.revision + 1, told: true });
}

function messageOf({ clock }: Pick<FindDeps, "clock">, channel: string, { scope, event }: KeptEvent): Outgoing {
  const now = clock.now();
  const time = String(instantOf(event.at)).padStart(14, "0");
  return {
    channel,
    id: `${time}-${hashOf(event.id).slice(0, 16)}`,
    scope,
    event: event.id,
    type: event.type,
    state: "waiting",
    revision: 1,
    attempts: [],
    tries: 0,
    sentParts: 0,
    nextAt: formatInstant(now),
    createdAt: formatInstant(now),
    expiresAt: Math.floor(now / 1000) + KEEP_SECONDS,
  };
}
