import { type Actor, requireRole } from "#domain/actor.ts";
import {
  type Limit,
  type LimitLevel,
  type LimitRef,
  leftOf,
  limitsOf,
  type Reservation,
  type ReservationKey,
} from "#domain/reservation.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, planInForce } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";
import { findLimit, findReservation, ownOrAll } from "./limits.ts";

type ReadDeps = Pick<Deps, "plans" | "reservations">;

const READERS = ["administrator", "marketing", "approver", "auditor", "integrator"] as const;

/** A limit of the plan in force, and how much of it is taken. */
export interface LimitState extends Limit {
  readonly reserved: number;
  readonly committed: number;
  readonly left: number;
}

/**
 * The stocks of the plan in force, then its budgets for who comes first; last, with a capacity of 0, what an earlier
 * version had and somebody has reserved.
 *
 * @throws Refusal `notFound`
 */
export async function listLimits(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  request: PageRequest,
): Promise<Page<LimitState>> {
  requireRole(actor, READERS);
  const plan = await planInForce(deps, await findCampaign(deps, campaignId));
  const levels = new Map((await deps.reservations.levels(campaignId)).map((level) => [keyOf(level.limit), level]));
  const limits = limitsOf(plan);
  const inPlan = new Set(limits.map(({ ref }) => keyOf(ref)));
  const gone = [...levels.values()]
    .filter(({ limit }) => !inPlan.has(keyOf(limit)))
    .map(({ limit }) => goneLimit(limit));
  const states = [...limits, ...gone].map((limit) => stateOf(limit, levels.get(keyOf(limit.ref))));
  return listPage(states, ({ ref }) => keyOf(ref), request);
}

function goneLimit(ref: LimitRef): Limit {
  return { ref, capacity: 0, unit: ref.kind === "stock" ? "pieces" : "minorUnits" };
}

function stateOf(limit: Limit, level: LimitLevel | undefined): LimitState {
  const { reserved, committed } = level ?? { reserved: 0, committed: 0 };
  return { ...limit, reserved, committed, left: leftOf(limit.capacity, level) };
}

function keyOf({ kind, id }: LimitRef): string {
  return `${kind}#${id}`;
}

/** By reservation id; who does not see the whole company sees their own. @throws Refusal `notFound` */
export async function listReservations(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  ref: LimitRef,
  request: PageRequest,
): Promise<Page<Reservation>> {
  requireRole(actor, READERS);
  // What a plan no longer has can still have been reserved.
  if (!(await deps.reservations.level(campaignId, ref))) await findLimit(deps, campaignId, ref);
  const page = await deps.reservations.reservations(campaignId, ref, request);
  return { ...page, items: page.items.filter((reservation) => ownOrAll(actor, reservation)) };
}

/** @throws Refusal `notFound`, also for a reservation of somebody else */
export async function readReservation(
  deps: Pick<Deps, "reservations">,
  actor: Actor,
  key: ReservationKey,
): Promise<Reservation> {
  requireRole(actor, READERS);
  return findReservation(deps, actor, key);
}
