import { formatInstant, instantOf } from "#domain/instant.ts";
import type { LimitLevel, LimitRef, Reservation, ReservationKey } from "#domain/reservation.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { ReservationClaim, ReservationStore, ReserveResult } from "#ports/reservation-store.ts";
import { follows, joined, MemoryTable } from "./memory-table.ts";

/** A check and the write that relies on it run without a pause between them: nobody else can come in. */
export class MemoryReservationStore implements ReservationStore {
  readonly #levels = new MemoryTable<LimitLevel>();
  readonly #reservations = new MemoryTable<Reservation>();
  readonly #due = new MemoryTable<ReservationKey>();

  async reserve({ reservation, capacity, epoch }: ReservationClaim): Promise<ReserveResult> {
    const { campaign, limit, reservationId, quantity } = reservation;
    const known = this.#find(reservation);
    if (known) return { outcome: "known", reservation: known };
    const level = this.#levelOf(campaign, limit);
    if (level && level.epoch > epoch) return { outcome: "outdated" };
    const { reserved, committed } = level ?? { reserved: 0, committed: 0 };
    if (reserved + committed + quantity > capacity) return { outcome: "refused", level };
    this.#setLevel({ campaign, limit, epoch, reserved: reserved + quantity, committed });
    this.#reservations.set(partitionOf(reservation), reservationId, reservation);
    this.#due.set(campaign, dueKey(reservation), { campaign, limit, reservationId });
    return { outcome: "reserved" };
  }

  async reservation(key: ReservationKey): Promise<Reservation | undefined> {
    return this.#find(key);
  }

  async close(closed: Reservation): Promise<"closed" | "stale" | "busy"> {
    const { campaign, limit, reservationId, quantity, state } = closed;
    const level = this.#levelOf(campaign, limit);
    const stored = this.#reservations.setIf(partitionOf(closed), reservationId, closed, (before) =>
      follows(closed.revision, before?.revision),
    );
    if (!stored || !level) return "stale";
    const committed = state === "committed" ? level.committed + quantity : level.committed;
    this.#setLevel({ ...level, reserved: level.reserved - quantity, committed });
    this.#due.delete(campaign, dueKey(closed));
    return "closed";
  }

  async reservations(campaign: string, limit: LimitRef, request: PageRequest): Promise<Page<Reservation>> {
    return this.#reservations.page(partitionOf({ campaign, limit }), request);
  }

  async due(campaign: string, until: string, count: number): Promise<ReservationKey[]> {
    const open = this.#due.all(campaign).map((key) => this.#find(key));
    return open
      .filter((one) => one !== undefined)
      .filter(({ expiresAt }) => instantOf(expiresAt) <= instantOf(until))
      .slice(0, count)
      .map(({ limit, reservationId }) => ({ campaign, limit, reservationId }));
  }

  async level(campaign: string, limit: LimitRef): Promise<LimitLevel | undefined> {
    return this.#levelOf(campaign, limit);
  }

  async levels(campaign: string): Promise<LimitLevel[]> {
    return this.#levels.all(campaign);
  }

  #find(key: ReservationKey): Reservation | undefined {
    return this.#reservations.get(partitionOf(key), key.reservationId);
  }

  #levelOf(campaign: string, { kind, id }: LimitRef): LimitLevel | undefined {
    return this.#levels.get(campaign, joined(kind, id));
  }

  #setLevel(level: LimitLevel): void {
    this.#levels.set(level.campaign, joined(level.limit.kind, level.limit.id), level);
  }
}

function partitionOf({ campaign, limit }: Pick<ReservationKey, "campaign" | "limit">): string {
  return joined(campaign, limit.kind, limit.id);
}

function dueKey({ expiresAt, limit, reservationId }: Reservation): string {
  return joined(formatInstant(instantOf(expiresAt)), limit.kind, limit.id, reservationId);
}
