import type { Campaign } from "#domain/campaign.ts";
import type { Channel } from "#domain/channel.ts";
import { bulletinScope, type EventOf, type OutwardEvent } from "#domain/event.ts";
import { instantOf } from "#domain/instant.ts";
import { formatInZone, localToInstant } from "#domain/time.ts";
import { LiveRules } from "../crediting/live-rules.ts";
import { makeBulletin } from "./bulletin.ts";
import type { FindDeps } from "./deps.ts";
import { bulletinIdPrefix, covers } from "./subscriptions.ts";

/** A slot that was missed for longer, because the machine stood still, is left out: its figures would be those of another day. */
const LATEST_MS = 24 * 60 * 60_000;

type Head = Pick<OutwardEvent, "campaign" | "campaignName">;

/** The bulletins of a campaign that are due now and were not made: one of each schedule, whichever channels have it. */
export async function dueBulletins(
  deps: FindDeps,
  campaign: Campaign,
  channels: readonly Channel[],
  head: Head,
  liveRules = new LiveRules(),
): Promise<EventOf<"bulletin.published">[]> {
  const { id, rebuiltEpoch, epoch } = campaign;
  const scheduled = channels.filter((channel) => channel.bulletins && covers(channel, "bulletin.published", id));
  // Sums are on their way: a little later they are there.
  if (scheduled.length === 0 || rebuiltEpoch < epoch) return [];
  const { instants, plan } = (await liveRules.one(deps, id)).rules;
  const now = deps.clock.now();
  const slots = new Map<string, string>();
  for (const channel of scheduled) {
    const slot = slotBefore(now, channel, plan.period.zone);
    if (slot === undefined || slot.at < instantOf(channel.since) || now - slot.at > LATEST_MS) continue;
    if (slot.at <= instants.start || slot.before >= instants.end) continue;
    const prefix = bulletinIdPrefix(id, channel);
    slots.set(`${prefix}${slot.local}`, prefix);
  }
  const due: EventOf<"bulletin.published">[] = [];
  for (const [eventId, prefix] of slots) {
    if (await deps.outbox.event(bulletinScope(id), eventId)) continue;
    const previous = await newestOf(deps, id, prefix);
    const data = await makeBulletin(deps, id, previous?.data, liveRules);
    due.push({ ...head, id: eventId, type: "bulletin.published", at: data.at, data });
  }
  return due;
}

interface Slot {
  readonly at: number;
  readonly local: string;
  /** The slot a month earlier: the last bulletin is the first that sees the whole period. */
  readonly before: number;
}

/** The newest slot of a schedule that is not after `now`; undefined where the clock changes over the hour. */
export function slotBefore(now: number, { bulletins }: Pick<Channel, "bulletins">, zone: string): Slot | undefined {
  if (bulletins === undefined) return undefined;
  const month = Number(formatInZone(now, zone).slice(0, 4)) * 12 + Number(formatInZone(now, zone).slice(5, 7)) - 1;
  const [next, current, older] = [month, month - 1, month - 2].map((index) => {
    const local = localSlot(index, bulletins.day, bulletins.hour);
    return { local, at: localToInstant(local, zone) };
  });
  const [slot, before] = next?.at !== undefined && next.at <= now ? [next, current] : [current, older];
  if (slot?.at === undefined || before?.at === undefined) return undefined;
  return { at: slot.at, local: slot.local, before: before.at };
}

function localSlot(month: number, day: number, hour: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${Math.floor(month / 12)}-${two((month % 12) + 1)}-${two(day)}T${two(hour)}:00`;
}

async function newestOf(
  deps: FindDeps,
  campaign: string,
  prefix: string,
): Promise<EventOf<"bulletin.published"> | undefined> {
  const made = (await deps.outbox.events(bulletinScope(campaign))).flatMap(({ event }) =>
    event.type === "bulletin.published" && event.id.startsWith(prefix) ? [event] : [],
  );
  return made.toSorted((a, b) => instantOf(a.at) - instantOf(b.at)).at(-1);
}
