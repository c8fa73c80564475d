import { type Actor, requireRole } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import { Refusal } from "#domain/problem.ts";
import { closeReservation, isHoldOver, type Reservation, type ReservationKey } from "#domain/reservation.ts";
import { noted, spreadChain } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { busy, findReservation } from "./limits.ts";

type CloseDeps = Pick<Deps, "reservations" | "audit" | "clock">;

/**
 * Makes a reservation final: what was held is given. Committing what is committed changes nothing. Who commits while it
 * expires either is in time, or is told that it expired.
 *
 * @throws Refusal `forbidden`; `notFound`; `conflict`: released, expired, past its holding time, or too many at once
 */
export async function commitReservation(deps: CloseDeps, actor: Actor, key: ReservationKey): Promise<Reservation> {
  return closeAs(deps, actor, key, "committed");
}

/**
 * Gives back what was held. Releasing what is released changes nothing; what has expired is given back already, and
 * is answered as it stands.
 *
 * @throws Refusal `forbidden`; `notFound`; `conflict`: committed, or too many at once
 */
export async function releaseReservation(deps: CloseDeps, actor: Actor, key: ReservationKey): Promise<Reservation> {
  return closeAs(deps, actor, key, "released");
}

const RESERVERS = ["marketing", "integrator"] as const;

async function closeAs(
  deps: CloseDeps,
  actor: Actor,
  key: ReservationKey,
  state: "committed" | "released",
): Promise<Reservation> {
  // Who helps a system that got stuck gives back, and never takes.
  requireRole(actor, state === "released" ? ["administrator", ...RESERVERS] : RESERVERS);
  const open = await findReservation(deps, actor, key);
  if (open.state !== "reserved") return asItStands(open, state);
  const now = deps.clock.now();
  // The clock frees it when it next wakes; until then it is as good as expired.
  if (state === "committed" && isHoldOver(open, now)) throw holdOver(open);
  const closed = closeReservation(open, state, now, actor.subject);
  const chain = spreadChain(campaignChain(key.campaign), key.reservationId);
  const subject = `${key.limit.kind} ${key.limit.id} ${key.reservationId}`;
  const deed = { chain, action: state === "committed" ? "reservation.commit" : "reservation.release", subject };
  const outcome = await noted(deps, actor, deed, () => deps.reservations.close(closed));
  if (outcome === "closed") return closed;
  if (outcome === "busy") throw busy(`closing ${key.reservationId}`);
  // Another closed it just now, and a closed one stays as it is.
  return asItStands(await findReservation(deps, actor, key), state);
}

function asItStands(closed: Reservation, wanted: "committed" | "released"): Reservation {
  if (closed.state === wanted || (closed.state === "expired" && wanted === "released")) return closed;
  if (closed.state === "expired") throw holdOver(closed);
  throw new Refusal("conflict", `${closed.reservationId} is ${closed.state} since ${closed.closedAt}`, [
    {
      code: "state",
      path: "/state",
      message: `what is ${closed.state} cannot be ${wanted}`,
      seen: closed.state,
      allowed: "reserved",
      ...(wanted === "committed" ? { mend: "reserve again, with another reservationId" } : {}),
    },
  ]);
}

function holdOver({ reservationId, expiresAt }: Reservation): Refusal {
  return new Refusal("conflict", `${reservationId} expired at ${expiresAt}; what it held is free again`, [
    {
      code: "expired",
      path: "/expiresAt",
      message: "a reservation can be committed until it expires",
      seen: expiresAt,
      mend: "reserve again, with another reservationId",
    },
  ]);
}
