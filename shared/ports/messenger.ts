import type { Channel, ChannelKind } from "#domain/channel.ts";
import type { OutwardEvent } from "#domain/event.ts";

/** Plain text, in one language; each messenger writes it as its receivers read it. */
export type Block =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "heading"; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** The columns that a narrow screen can do without. */
      readonly wide?: readonly number[];
    };

/** An event in words. */
export interface Telling {
  readonly event: OutwardEvent;
  /** The language of its texts, as HTML names it. */
  readonly language: "en" | "zh";
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What a receiver answered. `isGone`: it will never take anything again. */
export interface Answered {
  readonly taken: boolean;
  readonly status?: number;
  /** Short, for people who look why; never a secret. */
  readonly reason?: string;
  readonly retryAfterMs?: number;
  readonly isGone?: boolean;
}

export interface Messenger {
  /** The parts in which it is sent, none longer than receivers take. The same telling has the same parts. */
  compose(telling: Telling): readonly string[];
  /** Sends one part. Throws nothing: what goes wrong is the answer. */
  send(channel: Channel, part: string, about: OutwardEvent): Promise<Answered>;
}

/** How channels of a kind are told; loaded when the first one is. */
export type Messengers = (kind: ChannelKind) => Promise<Messenger>;
