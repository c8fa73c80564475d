import { createHash } from "node:crypto";
import * as z from "zod";
import { type Fact, factContent } from "#domain/fact.ts";
import { type FactId, factKey } from "#domain/ids.ts";
import type { FactConflict, FactStore, PutFactResult, RejectedMessage, UnreadableDelivery } from "#ports/fact-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { decodeCursor, encodeCursor, foreignCursor, pageLimit } from "../paging.ts";
import { joined, MemoryTable } from "./memory-table.ts";

export interface MemoryFactStoreOptions {
  /** Told of each fact that got a new version, as a database's stream would tell. */
  readonly onDirty?: (id: FactId) => void;
}

const cursorSchema = z.strictObject({ segment: z.int(), segments: z.int(), next: z.int().min(0) });

export class MemoryFactStore implements FactStore {
  readonly #facts = new MemoryTable<Fact>();
  readonly #conflicts = new MemoryTable<FactConflict>();
  readonly #unreadable = new MemoryTable<UnreadableDelivery>();
  readonly #rejected = new MemoryTable<RejectedMessage>();
  /** Facts in the order in which they came, which never changes: a scan's cursor is a position in it. */
  readonly #log: { readonly hash: number; readonly fact: Fact }[] = [];
  readonly #onDirty: (id: FactId) => void;

  constructor(options: MemoryFactStoreOptions = {}) {
    this.#onDirty = options.onDirty ?? (() => {});
  }

  async put(fact: Fact): Promise<PutFactResult> {
    const key = factKey(fact);
    const stored = this.#facts.get(key, joined(fact.version));
    if (stored === undefined) {
      this.#facts.set(key, joined(fact.version), fact);
      this.#log.push({ hash: hashOf(key), fact: structuredClone(fact) });
      this.#onDirty({ source: fact.source, externalId: fact.externalId });
      return { outcome: "stored", fact };
    }
    const content = factContent(fact);
    if (factContent(stored) === content) return { outcome: "duplicate", fact: stored };
    const contentHash = createHash("sha256").update(content).digest("hex");
    const conflictKey = joined(fact.externalId, fact.version, contentHash);
    this.#conflicts.setIf(fact.source, conflictKey, { fact, contentHash }, (earlier) => earlier === undefined);
    return { outcome: "conflict", fact: stored };
  }

  async versions(id: FactId): Promise<Fact[]> {
    return this.#facts.all(factKey(id));
  }

  async scan(segment: number, segments: number, request: PageRequest): Promise<Page<Fact>> {
    const limit = pageLimit(request);
    const items: Fact[] = [];
    let next = scanStart(segment, segments, request.cursor);
    for (; next < this.#log.length && items.length < limit; next++) {
      const entry = this.#log[next];
      if (entry && entry.hash % segments === segment) items.push(structuredClone(entry.fact));
    }
    return next < this.#log.length ? { items, cursor: encodeCursor({ segment, segments, next }) } : { items };
  }

  async about(): Promise<number> {
    return this.#log.length;
  }

  async conflicts(source: string, request: PageRequest): Promise<Page<FactConflict>> {
    return this.#conflicts.page(source, request);
  }

  async putUnreadable(delivery: UnreadableDelivery): Promise<void> {
    this.#unreadable.setIf(delivery.source, delivery.deliveryId, delivery, (earlier) => earlier === undefined);
  }

  async unreadable(source: string, request: PageRequest): Promise<Page<UnreadableDelivery>> {
    return this.#unreadable.page(source, request);
  }

  async markDeliveryMended(delivery: UnreadableDelivery): Promise<void> {
    const { source, deliveryId } = delivery;
    this.#unreadable.setIf(source, deliveryId, delivery, (earlier) => earlier !== undefined && !earlier.mendedAt);
  }

  async putRejected(row: RejectedMessage): Promise<void> {
    this.#rejected.setIf(row.source, row.rowId, row, (earlier) => earlier === undefined);
  }

  async rejectedRow(source: string, rowId: string): Promise<RejectedMessage | undefined> {
    return this.#rejected.get(source, rowId);
  }

  async rejected(source: string, request: PageRequest): Promise<Page<RejectedMessage>> {
    return this.#rejected.page(source, request);
  }

  async markMended(row: RejectedMessage): Promise<void> {
    this.#rejected.setIf(row.source, row.rowId, row, (earlier) => earlier !== undefined && !earlier.mendedAt);
  }
}

function hashOf(key: string): number {
  return createHash("sha256").update(key).digest().readUInt32BE();
}

function scanStart(segment: number, segments: number, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const start = decodeCursor(cursorSchema, cursor);
  if (start.segment !== segment || start.segments !== segments) throw foreignCursor(cursor);
  return start.next;
}
