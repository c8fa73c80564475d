import * as z from "zod";
import type { Channel, Outgoing } from "#domain/channel.ts";
import type { KeptEvent } from "#domain/event.ts";
import { instantOf } from "#domain/instant.ts";
import type { OutboxStore } from "#ports/outbox-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Clock } from "#ports/system.ts";
import { decodeCursor, encodeCursor, pageLimit } from "../paging.ts";
import { compareCodePoints, follows, MemoryTable } from "./memory-table.ts";

const cursorSchema = z.strictObject({ before: z.string() });

export class MemoryOutboxStore implements OutboxStore {
  readonly #channels = new MemoryTable<Channel>();
  readonly #events = new MemoryTable<KeptEvent>();
  readonly #outgoing = new MemoryTable<Outgoing>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async channels(): Promise<Channel[]> {
    return this.#channels.all("channels");
  }

  async channel(id: string): Promise<Channel | undefined> {
    return this.#channels.get("channels", id);
  }

  async saveChannel(channel: Channel): Promise<boolean> {
    return this.#channels.setIf("channels", channel.channel, channel, (stored) =>
      follows(channel.revision, stored?.revision),
    );
  }

  async events(scope: string): Promise<KeptEvent[]> {
    return this.#events.all(scope).sort((a, b) => compareCodePoints(a.event.id, b.event.id));
  }

  async event(scope: string, id: string): Promise<KeptEvent | undefined> {
    return this.#events.get(scope, id);
  }

  async saveEvent(event: KeptEvent): Promise<boolean> {
    return this.#events.setIf(event.scope, event.event.id, event, (stored) =>
      follows(event.revision, stored?.revision),
    );
  }

  async outgoing(channel: string, id: string): Promise<Outgoing | undefined> {
    return this.#outgoing.get(channel, id);
  }

  async saveOutgoing(outgoing: Outgoing): Promise<boolean> {
    return this.#outgoing.setIf(outgoing.channel, outgoing.id, outgoing, (stored) =>
      follows(outgoing.revision, stored?.revision),
    );
  }

  async due(channel: string, now: number, limit: number): Promise<Outgoing[]> {
    return this.#outgoing
      .all(channel)
      .filter(({ state, nextAt }) => state === "waiting" && instantOf(nextAt) <= now)
      .sort((a, b) => instantOf(a.nextAt) - instantOf(b.nextAt) || compareCodePoints(a.id, b.id))
      .slice(0, limit);
  }

  async newest(channel: string, request: PageRequest): Promise<Page<Outgoing>> {
    const limit = pageLimit(request);
    const before = request.cursor === undefined ? undefined : decodeCursor(cursorSchema, request.cursor).before;
    const found = this.#outgoing
      .all(channel)
      .filter(({ expiresAt }) => expiresAt * 1000 > this.#clock.now())
      .filter(({ id }) => before === undefined || compareCodePoints(id, before) < 0)
      .sort((a, b) => compareCodePoints(b.id, a.id));
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, ...(last === undefined ? {} : { cursor: encodeCursor({ before: last.id }) }) };
  }
}
