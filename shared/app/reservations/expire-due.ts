import { formatInstant } from "#domain/instant.ts";
import { closeReservation, isHoldOver, type ReservationKey } from "#domain/reservation.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";

type ExpireDeps = Pick<Deps, "plans" | "reservations" | "clock">;

/** How many reservations of one campaign expired. */
export interface Expiry {
  readonly campaign: string;
  readonly expired: number;
}

const BATCH = 100;
/** Those of one limit wait for each other anyhow: each changes how much of it is taken. */
const AT_ONCE = 4;
/** What is more is left to the next wake-up, so that one campaign does not use up the time of all. */
const BATCHES_MAX = 5;

/**
 * Frees what is held by reservations past their time, over all campaigns. What is due comes from the data, so a wake-up that is
 * lost, late or doubled changes nothing; a campaign that breaks does not hold up the others.
 *
 * @throws AggregateError after all campaigns were looked at, when some could not be
 */
export async function expireDueReservations(deps: ExpireDeps): Promise<Expiry[]> {
  const expiries: Expiry[] = [];
  const errors: Error[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<Deps["plans"]["campaigns"]>> = await deps.plans.campaigns({ limit: 100, cursor });
    for (const { id, activeVersion } of page.items) {
      if (activeVersion === undefined) continue;
      try {
        const expired = await expireIn(deps, id);
        if (expired > 0) expiries.push({ campaign: id, expired });
      } catch (error) {
        errors.push(new Error(`reservations of ${id} could not be freed`, { cause: error }));
      }
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  if (errors.length > 0) throw new AggregateError(errors, `reservations of ${errors.length} campaigns are not freed`);
  return expiries;
}

async function expireIn(deps: ExpireDeps, campaign: string): Promise<number> {
  const now = deps.clock.now();
  let expired = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const due = await deps.reservations.due(campaign, formatInstant(now), BATCH);
    const done = await inParallel(AT_ONCE, due, (key) => expireOne(deps, key, now));
    const count = done.filter(Boolean).length;
    expired += count;
    // Where nothing could be freed, others write: the next wake-up looks again.
    if (due.length < BATCH || count === 0) break;
  }
  return expired;
}

/** False when it was committed or released just now, or could not be written. */
async function expireOne(deps: ExpireDeps, key: ReservationKey, now: number): Promise<boolean> {
  const open = await deps.reservations.reservation(key);
  if (open?.state !== "reserved" || !isHoldOver(open, now)) return false;
  return (await deps.reservations.close(closeReservation(open, "expired", now))) === "closed";
}
