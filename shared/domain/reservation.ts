import * as z from "zod";
import { externalIdSchema, slugSchema } from "./ids.ts";
import { formatInstant, instantOf } from "./instant.ts";
import { parseMoney } from "./money.ts";
import type { Plan } from "./plan/plan.ts";

/**
 * Goods and money of which there is only so much. A claim takes its part before it is certain (reserved); then it is
 * committed, released, or expires by itself. Nothing is ever promised twice.
 */

/** What can be limited: a stock of the plan, in pieces, or a budget of it with the policy `firstCome`, in minor units. */
export const limitRefSchema = z.strictObject({ kind: z.enum(["stock", "budget"]), id: slugSchema });
export type LimitRef = z.infer<typeof limitRefSchema>;

/** A limit as a plan says it. The capacity is pieces of a stock, minor units of a budget. */
export interface Limit {
  readonly ref: LimitRef;
  readonly capacity: number;
  readonly unit: "pieces" | "minorUnits";
}

/** Every limit of a plan against which can be reserved: its stocks, then its budgets that are for who comes first. */
export function limitsOf({ stocks, budgets, currency }: Pick<Plan, "stocks" | "budgets" | "currency">): Limit[] {
  const firstCome = budgets.filter(({ policy }) => policy === "firstCome");
  return [
    ...stocks.map(({ id, quantity }) => ({
      ref: { kind: "stock" as const, id },
      capacity: quantity,
      unit: "pieces" as const,
    })),
    ...firstCome.map(({ id, amount }) => ({
      ref: { kind: "budget" as const, id },
      capacity: parseMoney(amount, currency) ?? 0,
      unit: "minorUnits" as const,
    })),
  ];
}

/** How much of a limit is taken. What is left is the plan's capacity less both. */
export const limitLevelSchema = z.strictObject({
  campaign: slugSchema,
  limit: limitRefSchema,
  epoch: z.int().min(0).describe("The newest epoch of the campaign whose capacity was reserved against"),
  reserved: z.int().min(0),
  committed: z.int().min(0),
});
export type LimitLevel = z.infer<typeof limitLevelSchema>;

/** What is left; 0, too, when a new version of the plan has less than is taken already: nothing is taken back. */
export function leftOf(capacity: number, level: Pick<LimitLevel, "reserved" | "committed"> | undefined): number {
  return Math.max(0, capacity - (level?.reserved ?? 0) - (level?.committed ?? 0));
}

export const HOLD_SECONDS_MAX = 90 * 24 * 3600;

export const reservationIdSchema = externalIdSchema
  .describe("The claimant's own key: a claim that is sent again with it is answered as it was at first")
  .meta({ examples: ["order-7001"] });

/** What a claimant says. */
export const claimSchema = z.strictObject({
  reservationId: reservationIdSchema,
  subject: z.string().min(1).max(256).describe("For whom: a participant or a customer, as the claimant calls them"),
  quantity: z.int().min(1).describe("Pieces of a stock; minor units of a budget"),
  holdSeconds: z
    .int()
    .min(1)
    .max(HOLD_SECONDS_MAX)
    .describe("How long it is held for the claimant; then it expires unless it was committed"),
});
export type Claim = z.infer<typeof claimSchema>;

/** `reserved` has revision 1; the three others are final and have revision 2. */
export const reservationSchema = claimSchema.extend({
  campaign: slugSchema,
  limit: limitRefSchema,
  state: z.enum(["reserved", "committed", "released", "expired"]),
  revision: z.int().min(1),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().describe("From this instant on it cannot be committed"),
  closedBy: z.string().optional().describe("Who committed or released it; absent when it expired"),
  closedAt: z.string().optional(),
});
export type Reservation = z.infer<typeof reservationSchema>;
export type ClosedState = Exclude<Reservation["state"], "reserved">;

/** Which reservation is meant: its id is unique within its limit. */
export type ReservationKey = Pick<Reservation, "campaign" | "limit" | "reservationId">;

/** A claim as it begins. @param now milliseconds since the epoch */
export function openReservation(
  claim: Claim,
  { campaign, limit, createdBy }: Pick<Reservation, "campaign" | "limit" | "createdBy">,
  now: number,
): Reservation {
  return {
    ...claim,
    campaign,
    limit,
    state: "reserved",
    revision: 1,
    createdBy,
    createdAt: formatInstant(now),
    expiresAt: formatInstant(now + claim.holdSeconds * 1000),
  };
}

/** An open reservation in one of its final states. */
export function closeReservation(open: Reservation, state: ClosedState, now: number, closedBy?: string): Reservation {
  return {
    ...open,
    state,
    revision: open.revision + 1,
    closedAt: formatInstant(now),
    ...(closedBy === undefined ? {} : { closedBy }),
  };
}

/** The time of a hold is half-open: at `expiresAt` it is over. */
export function isHoldOver({ expiresAt }: Pick<Reservation, "expiresAt">, now: number): boolean {
  return instantOf(expiresAt) <= now;
}

/** The same claim by the same claimant, so that the first answer is the answer. */
export function isSameClaim(stored: Reservation, claim: Claim, createdBy: string): boolean {
  return (
    stored.createdBy === createdBy &&
    stored.subject === claim.subject &&
    stored.quantity === claim.quantity &&
    stored.holdSeconds === claim.holdSeconds
  );
}
