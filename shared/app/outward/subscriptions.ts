import type { Channel } from "#domain/channel.ts";
import type { EventType, OutwardEvent } from "#domain/event.ts";
import { instantOf } from "#domain/instant.ts";

/** What is told at all: what nobody wants is not looked for. */
export class Subscriptions {
  readonly channels: readonly Channel[];

  constructor(channels: readonly Channel[]) {
    this.channels = channels.filter(({ enabled }) => enabled);
  }

  wants(type: EventType, campaign?: string): boolean {
    return this.channels.some((channel) => covers(channel, type, campaign));
  }

  /** The channels that an event is told to. A bulletin goes to those of its schedule. */
  of(event: OutwardEvent): Channel[] {
    const { type, campaign } = event;
    return this.channels.filter(
      (channel) =>
        covers(channel, type, campaign) &&
        instantOf(happenedAt(event)) >= instantOf(channel.since) &&
        (type !== "bulletin.published" || event.id.startsWith(bulletinIdPrefix(event.data.campaign, channel))),
    );
  }
}

/** Of a target the instant at which it was reached, where that is known: `at` is when it was noticed. */
function happenedAt(event: OutwardEvent): string {
  return event.type === "target.reached" ? (event.data.reachedAt ?? event.at) : event.at;
}

/** Channels of one schedule share their bulletins. */
export function bulletinIdPrefix(campaign: string, { bulletins }: Pick<Channel, "bulletins">): string {
  return `bulletin:${campaign}:d${bulletins?.day}h${bulletins?.hour}:`;
}

/** What is no one campaign's goes to channels of all campaigns. */
export function covers({ events, campaigns }: Channel, type: EventType, campaign?: string): boolean {
  if (!events.includes(type)) return false;
  return campaigns === undefined || (campaign !== undefined && campaigns.includes(campaign));
}
