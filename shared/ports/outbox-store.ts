import type { Channel, Outgoing } from "#domain/channel.ts";
import type { KeptEvent } from "#domain/event.ts";
import type { Page, PageRequest } from "./page.ts";

/** Channels, what has happened, and what each channel is told of it. Reads are consistent; every write says whether it took effect. */
export interface OutboxStore {
  /** All of them, by id. */
  channels(): Promise<Channel[]>;
  channel(id: string): Promise<Channel | undefined>;
  /** Creates with revision 1 if the id is free, or replaces exactly the revision before. */
  saveChannel(channel: Channel): Promise<boolean>;

  /** All of a scope, by id. */
  events(scope: string): Promise<KeptEvent[]>;
  event(scope: string, id: string): Promise<KeptEvent | undefined>;
  /** Same rule of `revision`: an event is kept once. */
  saveEvent(event: KeptEvent): Promise<boolean>;

  outgoing(channel: string, id: string): Promise<Outgoing | undefined>;
  /**
   * Same rule of `revision`. While it waits it is among the due from `nextAt` on.
   *
   * @param before the revision that is replaced
   */
  saveOutgoing(outgoing: Outgoing, before?: Outgoing): Promise<boolean>;
  /** Those that wait and whose `nextAt` has come, earliest first, at most `limit`. */
  due(channel: string, now: number, limit: number): Promise<Outgoing[]>;
  /** Newest first, sent and given up ones too. */
  newest(channel: string, request: PageRequest): Promise<Page<Outgoing>>;
}
