import type { LimitLevel, LimitRef, Reservation, ReservationKey } from "#domain/reservation.ts";
import type { Page, PageRequest } from "./page.ts";

/** A claim with the capacity that the plan in force gives, and the campaign's epoch in which that plan was read. */
export interface ReservationClaim {
  /** Of revision 1, in the state `reserved`. */
  readonly reservation: Reservation;
  readonly capacity: number;
  readonly epoch: number;
}

export type ReserveResult =
  /** It is reserved, and counted once. */
  | { readonly outcome: "reserved" }
  /** The id stands already, whatever it says: this is it as it is now. Nothing was changed. */
  | { readonly outcome: "known"; readonly reservation: Reservation }
  /** Less is left than was asked. */
  | { readonly outcome: "refused"; readonly level: LimitLevel | undefined }
  /** Another has reserved by a newer plan: read the campaign again. */
  | { readonly outcome: "outdated" }
  /** So many wrote at once that it could not be tried; nothing was changed. */
  | { readonly outcome: "busy" };

/**
 * Stocks and budgets: how much is taken, and by whom. A reservation and what it takes of its limit change together or not at
 * all, so what is reserved and committed is at every moment the sum of the reservations in those states. Nothing is
 * lost; reads are consistent.
 */
export interface ReservationStore {
  /** Reserves if the id is free within its limit and what is taken already leaves room for it within `capacity`. */
  reserve(claim: ReservationClaim): Promise<ReserveResult>;
  reservation(key: ReservationKey): Promise<Reservation | undefined>;
  /**
   * Stores the final state of a reservation whose stored revision is the one before, and moves its quantity: from reserved
   * to committed, or back to what is left. `stale` when another was faster: exactly one of several rivals is told `closed`.
   */
  close(closed: Reservation): Promise<"closed" | "stale" | "busy">;
  /** In order of reservation id, by Unicode code point. */
  reservations(campaign: string, limit: LimitRef, request: PageRequest): Promise<Page<Reservation>>;
  /** The first `count` open reservations whose `expiresAt` is `until` or before, those that expired first in front. */
  due(campaign: string, until: string, count: number): Promise<ReservationKey[]>;
  /** undefined before the first reservation. */
  level(campaign: string, limit: LimitRef): Promise<LimitLevel | undefined>;
  levels(campaign: string): Promise<LimitLevel[]>;
}
