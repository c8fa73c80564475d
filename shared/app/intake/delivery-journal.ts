import { type DeliveryEntry, type DeliveryMinute, joinRanges } from "#domain/delivery.ts";
import { formatInstant } from "#domain/instant.ts";
import type { DeliveryLog } from "#ports/delivery-log.ts";
import type { Clock } from "#ports/system.ts";

const MINUTE_MS = 60_000;
/** Deliveries of a minute that are written at once: those of a quiet source are all seen at once. */
const AT_ONCE = 10;
/** Between two writes after that, of one source by one instance: a write stands for all deliveries of these seconds. */
const FLUSH_MS = 5_000;
/** Entries of a minute; of the others only counts are kept. */
const MOST_ENTRIES = 50;
/** How long people can look back. */
const KEPT_SECONDS = 14 * 24 * 60 * 60;

export interface JournalParts {
  readonly deliveries: DeliveryLog;
  /** When deliveries came. */
  readonly clock: Clock;
  /** Real time, between writes. */
  readonly securityClock: Clock;
  /** Eight hexadecimal digits that no other instance has. */
  readonly instance: string;
  /** A log that cannot be written must not cost a sale. */
  readonly onFailure?: (error: unknown) => void;
}

interface Open {
  minute: DeliveryMinute;
  writtenAt: number;
  writes: number;
  dirty: boolean;
}

/**
 * What became of deliveries, a minute an item: the first ten of a minute are written at once, the rest every five seconds. So a busy
 * source costs a fraction of a write a sale. The last seconds before an instance ends may be missing; facts never are.
 */
export class DeliveryJournal {
  readonly #parts: JournalParts;
  readonly #open = new Map<string, Open>();

  constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  /** @param sequence the number that the source gave the delivery; those are written at once, so that a gap is a gap */
  async note(source: string, entry: DeliveryEntry, sequence?: number): Promise<void> {
    try {
      const open = await this.#minuteOf(source);
      const { counts, entries, sequences } = open.minute;
      const isNamed = entry.outcome !== "unauthenticated";
      open.minute = {
        ...open.minute,
        counts: { ...counts, [entry.outcome]: (counts[entry.outcome] ?? 0) + 1 },
        // What nobody vouches for is counted; its words are anybody's.
        entries: isNamed ? [...entries, entry].slice(-MOST_ENTRIES) : entries,
        sequences: sequence === undefined ? sequences : joinRanges([...sequences, [sequence, sequence]]),
      };
      open.dirty = true;
      const isDue = open.writes < AT_ONCE || this.#parts.securityClock.now() - open.writtenAt >= FLUSH_MS;
      if (isDue || sequence !== undefined) await this.#write(open);
    } catch (error) {
      this.#parts.onFailure?.(error);
    }
  }

  async #minuteOf(source: string): Promise<Open> {
    const now = this.#parts.clock.now();
    const start = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    const minute = formatInstant(start);
    const before = this.#open.get(source);
    if (before?.minute.minute === minute) return before;
    if (before?.dirty) await this.#write(before);
    const { instance } = this.#parts;
    const expiresAt = Math.floor(start / 1000) + KEPT_SECONDS;
    const open: Open = {
      minute: { source, minute, instance, counts: {}, entries: [], sequences: [], expiresAt },
      writtenAt: Number.NEGATIVE_INFINITY,
      writes: 0,
      dirty: false,
    };
    this.#open.set(source, open);
    return open;
  }

  async #write(open: Open): Promise<void> {
    open.writtenAt = this.#parts.securityClock.now();
    open.writes += 1;
    open.dirty = false;
    await this.#parts.deliveries.put(open.minute);
  }
}
