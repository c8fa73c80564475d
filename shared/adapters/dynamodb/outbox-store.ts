import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Channel, channelSchema, type Outgoing, outgoingSchema } from "#domain/channel.ts";
import { type KeptEvent, keptEventSchema } from "#domain/event.ts";
import { formatInstant } from "#domain/instant.ts";
import type { OutboxStore } from "#ports/outbox-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Clock } from "#ports/system.ts";
import { decodeCursor, encodeCursor, pageLimit } from "../paging.ts";
import { type Condition, type Fields, follows, ItemTable, parseItem } from "./item-table.ts";
import { outboxKeys } from "./keys.ts";

const cursorSchema = z.strictObject({ before: z.string() });
const reminderSchema = z.object({ id: z.string(), nextAt: z.string() });

/** A reminder whose message does not say the same is older than this: nobody is in the middle of writing the message. */
const REMINDER_IN_MOTION_MS = 60 * 60_000;
const THERE: Condition = { expression: "attribute_exists(PK)" };

/**
 * Beside the plans. A message that waits has a reminder, in order of when it is due. The reminder is written first and
 * removed last, so a message that waits always has one; a reminder alone is passed over, and removed when it is old.
 */
export class DynamoOutboxStore implements OutboxStore {
  readonly #table: ItemTable;
  readonly #clock: Clock;

  /** `clock` tells what has expired and which reminders are old. */
  constructor(client: DynamoDBDocumentClient, tableName: string, clock: Clock) {
    this.#table = new ItemTable(client, tableName);
    this.#clock = clock;
  }

  async channels(): Promise<Channel[]> {
    return (await this.#table.all(outboxKeys.channels())).map((item) => parseItem(channelSchema, item));
  }

  async channel(id: string): Promise<Channel | undefined> {
    const item = await this.#table.get(outboxKeys.channel(id));
    return item && parseItem(channelSchema, item);
  }

  async saveChannel(channel: Channel): Promise<boolean> {
    const { channel: id, revision } = channel;
    return this.#table.claim(outboxKeys.channel(id), { ...channel }, follows("revision", revision));
  }

  async events(scope: string): Promise<KeptEvent[]> {
    return (await this.#table.all(outboxKeys.events(scope))).map((item) => parseItem(keptEventSchema, item));
  }

  async event(scope: string, id: string): Promise<KeptEvent | undefined> {
    const item = await this.#table.get(outboxKeys.event(scope, id));
    return item && parseItem(keptEventSchema, item);
  }

  async saveEvent(event: KeptEvent): Promise<boolean> {
    const key = outboxKeys.event(event.scope, event.event.id);
    return this.#table.claim(key, { ...event }, follows("revision", event.revision));
  }

  async outgoing(channel: string, id: string): Promise<Outgoing | undefined> {
    const item = await this.#table.get(outboxKeys.outgoing(channel, id));
    return item && parseItem(outgoingSchema, item);
  }

  async saveOutgoing(outgoing: Outgoing, before?: Outgoing): Promise<boolean> {
    const { channel, id, state, nextAt, revision } = outgoing;
    if (state === "waiting") await this.#table.put(outboxKeys.due(outgoing), { id, nextAt });
    const key = outboxKeys.outgoing(channel, id);
    const saved = await this.#table.claim(key, { ...outgoing }, follows("revision", revision));
    const isLeft = before?.state === "waiting" && (state !== "waiting" || before.nextAt !== nextAt);
    if (saved && before && isLeft) await this.#table.deleteIf(outboxKeys.due(before), THERE);
    return saved;
  }

  async due(channel: string, now: number, limit: number): Promise<Outgoing[]> {
    const due: Outgoing[] = [];
    for await (const item of this.#table.items(outboxKeys.allDue(channel), { ahead: limit })) {
      const reminder = reminderSchema.parse(item);
      if (reminder.nextAt > formatInstant(now) || due.length >= limit) break;
      const outgoing = await this.outgoing(channel, reminder.id);
      if (outgoing?.state === "waiting" && outgoing.nextAt === reminder.nextAt) due.push(outgoing);
      else await this.#forgetIfOld(channel, reminder);
    }
    return due;
  }

  async newest(channel: string, request: PageRequest): Promise<Page<Outgoing>> {
    const limit = pageLimit(request);
    const range = outboxKeys.allOutgoing(channel);
    const before = request.cursor === undefined ? undefined : decodeCursor(cursorSchema, request.cursor).before;
    const after = before === undefined ? undefined : outboxKeys.outgoing(channel, before).SK;
    const found: Fields[] = [];
    for await (const item of this.#table.items(range, { after, ahead: limit + 1, backwards: true })) {
      // Deleting what has expired can take days: until then it is not shown.
      if (Number(item.expiresAt) * 1000 > this.#clock.now()) found.push(item);
      if (found.length > limit) break;
    }
    const items = found.slice(0, limit).map((item) => parseItem(outgoingSchema, item));
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, ...(last === undefined ? {} : { cursor: encodeCursor({ before: last.id }) }) };
  }

  async #forgetIfOld(channel: string, reminder: z.infer<typeof reminderSchema>): Promise<void> {
    if (Date.parse(reminder.nextAt) > this.#clock.now() - REMINDER_IN_MOTION_MS) return;
    await this.#table.deleteIf(outboxKeys.due({ channel, ...reminder }), THERE);
  }
}
