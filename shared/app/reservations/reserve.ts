import { type Actor, requireRole } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { openPause } from "#domain/conduct.ts";
import { Refusal } from "#domain/problem.ts";
import {
  type Claim,
  isSameClaim,
  type LimitLevel,
  type LimitRef,
  leftOf,
  openReservation,
  type Reservation,
} from "#domain/reservation.ts";
import { noted, spreadChain } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { requireNotArchived } from "../find-campaign.ts";
import { busy, type FoundLimit, findLimit, quantityText } from "./limits.ts";

type ReserveDeps = Pick<Deps, "plans" | "reservations" | "audit" | "clock">;

/** The plan can change between reading it and reserving by it; more often than this in one call it does not. */
const READINGS = 3;

/**
 * Takes a part of a stock or budget for a claimant, for a time. The same claim with the same id again, by the same
 * claimant, is answered with the reservation as it stands, whatever became of it, and takes nothing more.
 *
 * @throws Refusal `forbidden`; `notFound`; `conflict`: no version in force, less is left than is asked, the id is another claim's, or too many at once
 */
export async function reserve(
  deps: ReserveDeps,
  actor: Actor,
  campaignId: string,
  limit: LimitRef,
  claim: Claim,
): Promise<Reservation> {
  requireRole(actor, ["marketing", "integrator"]);
  // Known first: a claim is answered as it was also when the plan no longer has what it took.
  const known = await deps.reservations.reservation({
    campaign: campaignId,
    limit,
    reservationId: claim.reservationId,
  });
  if (known) return firstAnswer(known, claim, actor);
  for (let reading = 0; reading < READINGS; reading++) {
    const found = await findLimit(deps, campaignId, limit);
    requireInForce(found);
    const reservation = openReservation(
      claim,
      { campaign: campaignId, limit, createdBy: actor.subject },
      deps.clock.now(),
    );
    const { capacity } = found.limit;
    const chain = spreadChain(campaignChain(campaignId), claim.reservationId);
    const subject = `${limit.kind} ${limit.id} ${claim.reservationId}`;
    const deed = { chain, action: "reservation.reserve", subject, detail: { quantity: String(claim.quantity) } };
    const result = await noted(deps, actor, deed, () =>
      deps.reservations.reserve({ reservation, capacity, epoch: found.campaign.epoch }),
    );
    if (result.outcome === "reserved") return reservation;
    if (result.outcome === "known") return firstAnswer(result.reservation, claim, actor);
    if (result.outcome === "refused") throw notEnough(found, claim, result.level);
    if (result.outcome === "busy") break;
  }
  throw busy(`the reservation ${claim.reservationId}`);
}

function requireInForce({ campaign }: FoundLimit): void {
  requireNotArchived(campaign);
  if (openPause(campaign.conduct)) throw paused(campaign);
  if (campaign.activeVersion !== undefined) return;
  throw new Refusal("conflict", `${campaign.id} has no version in force: nothing can be reserved yet`, [
    {
      code: "state",
      path: "campaign",
      message: "only what a published and active plan has can be promised",
      seen: campaign.state,
      allowed: "active",
      mend: "publish and activate a version",
    },
  ]);
}

function paused({ id }: Campaign): Refusal {
  const problem = {
    code: "phase",
    path: "campaign",
    message: "while a campaign pauses nothing of it is promised",
    seen: "paused",
    mend: "reserve once it is resumed",
  };
  return new Refusal("conflict", `${id} is paused: nothing can be reserved`, [problem]);
}

function firstAnswer(stored: Reservation, claim: Claim, actor: Actor): Reservation {
  if (isSameClaim(stored, claim, actor.subject)) return stored;
  // What the other claim says is nobody's business but its claimant's.
  throw new Refusal("conflict", `the reservation id ${claim.reservationId} is taken by another claim`, [
    {
      code: "id-taken",
      path: "/reservationId",
      message: "the same id stands for the same claimant, subject, quantity and holding time",
      seen: claim.reservationId,
      mend: "choose an id of your own for each claim",
    },
  ]);
}

function notEnough({ limit, plan }: FoundLimit, { quantity }: Claim, level: LimitLevel | undefined): Refusal {
  const told = (amount: number) => quantityText(limit, plan, amount);
  const left = told(leftOf(limit.capacity, level));
  const { reserved, committed } = level ?? { reserved: 0, committed: 0 };
  return new Refusal("conflict", `${left} of ${limit.ref.kind} ${limit.ref.id} left, ${told(quantity)} asked`, [
    {
      code: "not-enough-left",
      path: "/quantity",
      message: `${told(limit.capacity)} in all: ${told(committed)} committed, ${told(reserved)} reserved`,
      seen: String(quantity),
      allowed: `at most ${leftOf(limit.capacity, level)}`,
      ...(reserved > 0 ? { mend: "ask for less, or again later: what is reserved can be released or expire" } : {}),
    },
  ]);
}
