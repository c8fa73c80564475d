import { addExact } from "#domain/decimal.ts";
import { QUANTITY_DIGITS } from "#domain/fact.ts";
import { compareFactKeys } from "#domain/ids.ts";
import type { PointsReward } from "#domain/plan/rewards/points.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { addDuration } from "#domain/time.ts";
import type { Deciding } from "../award.ts";
import { compiledMeasure } from "../rules.ts";
import type { Contribution } from "../standings.ts";

/** Points that one fact earned; below zero a return takes them back. */
export interface Lot {
  readonly at: number;
  readonly fact: string;
  readonly points: number;
}

/** Points that left an account; `missing` is what a redemption was above the balance. */
export interface Moved extends Lot {
  readonly missing: number;
}

/** Points of one payee, used from the oldest. */
export class Account {
  #lots: { at: number; fact: string; left: number; expires: number }[] = [];
  /** What returns took beyond the balance: the next points go there first. */
  #owed = 0;

  get balance(): number {
    return this.#lots.reduce((sum, { left }) => addExact(sum, left), -this.#owed);
  }

  add({ at, fact, points }: Lot, expires: number): void {
    if (points < 0) {
      this.#owed = addExact(this.#owed, -points - this.take(-points));
      return;
    }
    const settled = Math.min(points, this.#owed);
    this.#owed -= settled;
    // Nothing is left to redeem or to expire of what paid a debt, or of a fact that earned nothing.
    if (points > settled) this.#lots.push({ at, fact, left: points - settled, expires });
  }

  /** Takes up to so many from the oldest, and says how many there were. */
  take(points: number): number {
    let wanted = points;
    for (const lot of this.#lots) {
      const taken = Math.min(lot.left, wanted);
      lot.left -= taken;
      wanted -= taken;
    }
    this.#lots = this.#lots.filter(({ left }) => left > 0);
    return points - wanted;
  }

  /** What expired by an instant, inclusive, in the order in which it did. */
  expire(by: number): Moved[] {
    const gone = this.#lots.filter(({ expires }) => expires <= by).sort((a, b) => a.expires - b.expires || a.at - b.at);
    this.#lots = this.#lots.filter(({ expires }) => expires > by);
    return gone.map(({ expires, fact, left }) => ({ at: expires, fact, points: left, missing: 0 }));
  }
}

/**
 * Plays one slice on an account in the order of time: what expires at an instant does so before the facts of that instant; of
 * facts of one instant the smaller key is first, and a fact earns before it redeems.
 */
export function movementsOf(
  decidings: readonly Deciding[],
  index: number,
  reward: PointsReward,
  account: Account,
  lots: readonly Lot[],
  redemptions: readonly Contribution[],
): { readonly redeemed: readonly Moved[]; readonly expired: readonly Moved[] } {
  const deciding = decidings[index];
  if (!deciding) throw new RangeError(`no slice ${index}`);
  const redeemed: Moved[] = [];
  const expired: Moved[] = [];
  const events = [
    ...lots.map((lot) => ({
      at: lot.at,
      fact: lot.fact,
      play: () => account.add(lot, expiryOf(deciding, reward, lot)),
    })),
    ...redemptions.flatMap(({ fact, occurredAt: at, value }) => {
      const wanted = wholePoints(deciding, reward, value);
      if (wanted <= 0) return [];
      const play = () => {
        const points = account.take(wanted);
        redeemed.push({ at, fact, points, missing: wanted - points });
      };
      return [{ at, fact, play }];
    }),
  ].sort((a, b) => a.at - b.at || compareFactKeys(a.fact, b.fact));
  for (const { at, play } of events) {
    // A fact can be known before it occurs; what expires after the cut-off has not expired.
    expired.push(...account.expire(Math.min(at, deciding.asOf)));
    play();
  }
  expired.push(...account.expire(lastInstantOf(decidings, index, reward)));
  return { redeemed, expired };
}

function expiryOf({ rules }: Deciding, { expiry }: PointsReward, { at }: Lot): number {
  if (!expiry) return Number.POSITIVE_INFINITY;
  return addDuration(at, expiry.after, rules.plan.period.zone) ?? Number.POSITIVE_INFINITY;
}

function wholePoints({ rules }: Deciding, { redemption }: PointsReward, value: number): number {
  const digits = redemption ? compiledMeasure(rules, redemption.measure).digits : QUANTITY_DIGITS;
  return Math.floor(value / 10 ** digits);
}

/**
 * Until when expiries are of this slice: up to the next one's start, or, of the plan's last, for ever; never beyond the cut-off.
 */
function lastInstantOf(decidings: readonly Deciding[], index: number, reward: PointsReward): number {
  const deciding = decidings[index];
  if (!deciding) throw new RangeError(`no slice ${index}`);
  const next = sliceWindows(deciding.rules.plan, reward.per)[index + 1];
  return Math.min(deciding.asOf, next === undefined ? Number.POSITIVE_INFINITY : next.start - 1);
}
