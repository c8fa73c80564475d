import type { Fact } from "#domain/fact.ts";
import type { FactId } from "#domain/ids.ts";
import type { Page, PageRequest } from "./page.ts";

/** A message that contradicts a stored version of the same fact. Kept and shown, never applied. */
export interface FactConflict {
  readonly fact: Fact;
  readonly contentHash: string;
}

/** A delivery that could not be understood or used. Kept whole, so that it can be replayed once the cause is mended. */
export interface UnreadableDelivery {
  readonly source: string;
  readonly deliveryId: string;
  /** What a vendor called it. */
  readonly event?: string | undefined;
  readonly body: string;
  readonly reason: string;
  readonly receivedAt: string;
  /** When it was replayed, and all that it says was taken. */
  readonly mendedAt?: string | undefined;
}

/** A message that was refused, while those beside it were taken. Kept as it was said, so that it can be read again. */
export interface RejectedMessage {
  readonly source: string;
  /** SHA-256 of what it said: the same message that is refused again is the same row. */
  readonly rowId: string;
  /** What it said, as JSON. */
  readonly message: string;
  /** The first problems in words. */
  readonly reason: string;
  readonly receivedAt: string;
  /** When it says that it occurred, where that can be read. */
  readonly occurredAt?: string | undefined;
  /** When it was read after all, which made it a fact. */
  readonly mendedAt?: string | undefined;
}

export interface PutFactResult {
  /** `stored`: first of its identity and version · `duplicate`: says the same · `conflict`: says something else, and was kept as such. */
  readonly outcome: "stored" | "duplicate" | "conflict";
  /** What the store holds for that identity and version: with a duplicate, the first recording. */
  readonly fact: Fact;
}

/** Every version of every fact, immutable. Only intake writes here. */
export interface FactStore {
  /** Stores a version if its (source, externalId, version) is free; otherwise tells a duplicate from a conflict by {@link factContent}. */
  put(fact: Fact): Promise<PutFactResult>;
  /** All versions of a fact, lowest first, read consistently; empty when unknown. */
  versions(id: FactId): Promise<Fact[]>;
  /**
   * A page of one of `segments` disjoint parts that together are all facts. All versions of a fact lie in one segment.
   * Read consistently. Without a cursor in the answer the segment is at its end; a page can be empty and still have one.
   */
  scan(segment: number, segments: number, request: PageRequest): Promise<Page<Fact>>;
  /** About how many versions there are; hours old where the database counts by itself. */
  about(): Promise<number>;
  conflicts(source: string, request: PageRequest): Promise<Page<FactConflict>>;
  /** Keeps a delivery; the same source and delivery id again changes nothing. */
  putUnreadable(delivery: UnreadableDelivery): Promise<void>;
  unreadable(source: string, request: PageRequest): Promise<Page<UnreadableDelivery>>;
  /** Replaces a kept delivery by what it says with `mendedAt`; one that is mended stays as it is. */
  markDeliveryMended(delivery: UnreadableDelivery): Promise<void>;
  /** Keeps a refused message; the same source and row again changes nothing. */
  putRejected(row: RejectedMessage): Promise<void>;
  rejectedRow(source: string, rowId: string): Promise<RejectedMessage | undefined>;
  /** By row id, mended ones too. */
  rejected(source: string, request: PageRequest): Promise<Page<RejectedMessage>>;
  /** Replaces a kept row by what it says with `mendedAt`; one that is mended stays as it is. */
  markMended(row: RejectedMessage): Promise<void>;
}
