import { MemoryReservationStore } from "#adapters/memory/reservation-store.ts";
import type { Reservation } from "#domain/reservation.ts";
import type { ReservationClaim, ReserveResult } from "#ports/reservation-store.ts";
import { COFFEE, SPRINT } from "./world.ts";

/** The store, watched: after each of its writes it is asked whether more is taken than there is, and whether the sums add up. */
export class WatchedReservations extends MemoryReservationStore {
  /** What was seen that must never be, each with the id of its invariant. */
  readonly seen: string[] = [];
  #epoch = 0;

  override async reserve(claim: ReservationClaim): Promise<ReserveResult> {
    const before = await this.#taken();
    const result = await super.reserve(claim);
    const { quantity } = claim.reservation;
    if (result.outcome === "refused" && before + quantity <= claim.capacity)
      this.seen.push(`RES-1 ${quantity} were refused though ${claim.capacity - before} are left`);
    if (result.outcome !== "reserved") return result;
    if (before + quantity > claim.capacity) this.seen.push(`RES-1 ${before + quantity} are taken of ${claim.capacity}`);
    if (claim.epoch < this.#epoch) this.seen.push("RES-1 it is reserved by an older plan after a newer one");
    this.#epoch = Math.max(this.#epoch, claim.epoch);
    await this.#lookAtSums();
    return result;
  }

  override async close(closed: Reservation): Promise<"closed" | "stale" | "busy"> {
    const outcome = await super.close(closed);
    await this.#lookAtSums();
    return outcome;
  }

  async all(): Promise<readonly Reservation[]> {
    return (await this.reservations(SPRINT, COFFEE, { limit: 1_000_000 })).items;
  }

  async #taken(): Promise<number> {
    return sumOf(await this.all(), "reserved") + sumOf(await this.all(), "committed");
  }

  async #lookAtSums(): Promise<void> {
    const [all, level] = [await this.all(), await this.level(SPRINT, COFFEE)];
    for (const state of ["reserved", "committed"] as const) {
      if (level?.[state] === sumOf(all, state)) continue;
      this.seen.push(`RES-2 ${level?.[state]} are said to be ${state}, of reservations of ${sumOf(all, state)}`);
    }
  }
}

function sumOf(reservations: readonly Reservation[], state: Reservation["state"]): number {
  return reservations.filter((one) => one.state === state).reduce((sum, { quantity }) => sum + quantity, 0);
}
