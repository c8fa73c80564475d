import { type Actor, seesWholeCompany } from "#domain/actor.ts";
import type { Campaign } from "#domain/campaign.ts";
import { formatMoney } from "#domain/money.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import { type Limit, type LimitRef, limitsOf, type Reservation, type ReservationKey } from "#domain/reservation.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, planInForce } from "../find-campaign.ts";

/** What reservations share: the limit as the plan in force has it, whose reservation is whose, and figures in words. */
export interface FoundLimit {
  readonly campaign: Campaign;
  readonly plan: Plan;
  readonly limit: Limit;
}

/** @throws Refusal `notFound`: no such campaign, stock or budget; `conflict`: a budget that is not for who comes first */
export async function findLimit(deps: Pick<Deps, "plans">, campaignId: string, ref: LimitRef): Promise<FoundLimit> {
  const campaign = await findCampaign(deps, campaignId);
  const plan = await planInForce(deps, campaign);
  const limits = limitsOf(plan);
  const limit = limits.find((one) => one.ref.kind === ref.kind && one.ref.id === ref.id);
  if (limit) return { campaign, plan, limit };
  const policy = ref.kind === "budget" ? plan.budgets.find(({ id }) => id === ref.id)?.policy : undefined;
  if (policy !== undefined) {
    throw new Refusal("conflict", `the budget ${ref.id} cannot be reserved`, [
      {
        code: "budget-policy",
        path: "limit",
        message: "what of it goes to whom is decided when the run is settled, not when a claim comes",
        seen: policy,
        allowed: "firstCome",
      },
    ]);
  }
  const allowed = limits.filter((one) => one.ref.kind === ref.kind).map((one) => one.ref.id);
  throw new Refusal("notFound", `${campaignId} has no ${ref.kind} ${ref.id}`, [
    {
      code: "unknown-limit",
      path: "limit",
      message: `the plan in force names no such ${ref.kind}`,
      seen: ref.id,
      allowed: allowed.join(", ") || `none: the plan has no ${ref.kind} to reserve`,
    },
  ]);
}

/** `3 pieces`, `120.00 CNY`. */
export function quantityText({ unit }: Pick<Limit, "unit">, { currency }: Pick<Plan, "currency">, quantity: number) {
  if (unit === "minorUnits") return `${formatMoney(quantity, currency)} ${currency}`;
  return quantity === 1 ? "1 piece" : `${quantity} pieces`;
}

/** Who does not see the whole company sees the reservations they made. */
export function ownOrAll(actor: Actor, { createdBy }: Pick<Reservation, "createdBy">): boolean {
  return seesWholeCompany(actor) || actor.subject === createdBy;
}

/** @throws Refusal `notFound`, also for a reservation of somebody else: ids are not to be guessed at */
export async function findReservation(
  deps: Pick<Deps, "reservations">,
  actor: Actor,
  key: ReservationKey,
): Promise<Reservation> {
  const reservation = await deps.reservations.reservation(key);
  if (reservation && ownOrAll(actor, reservation)) return reservation;
  throw new Refusal("notFound", `there is no reservation ${key.reservationId} of ${key.limit.kind} ${key.limit.id}`);
}

/** So many write to one limit at once that this call could not. Nothing was changed. */
export function busy(what: string): Refusal {
  return new Refusal("conflict", `${what} was not tried: too many write to the same limit just now`, [
    {
      code: "busy",
      path: "",
      message: "nothing was changed",
      mend: "send the same call again; the same reservationId is never counted twice",
    },
  ]);
}
