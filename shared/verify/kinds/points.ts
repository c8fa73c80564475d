import type { PointsReward } from "#domain/plan/rewards/points.ts";
import { addDuration } from "#domain/time.ts";
import { type Fraction, fraction } from "../exact.ts";
import { exactly, NOTHING, product, sum } from "../fractions.ts";
import { type Candidate, failing, type Numbers, type Reckoned, type Reckoner } from "../reckon.ts";
import { Account, type Moved } from "./accounts.ts";
import { factorOf } from "./paid-sales.ts";
import { addedUp, wholeOf } from "./pieces.ts";

/** What a slice earned is one line, what was redeemed and what expired in it are two more below zero. */
export function points(reckoners: readonly Reckoner[], reward: PointsReward): Reckoned[][] {
  const accounts = new Map<string, Account>();
  return reckoners.map((reckoner) => {
    const { candidates, barred } = reckoner.field(reward);
    const earning = candidates.filter(({ passes }) => passes);
    const inScope = [...candidates.map(({ id }) => id), ...barred.map(({ payee }) => payee.id)];
    const redeeming = inScope.filter((id) => redemptionsOf(reckoner, reward, id).length > 0);
    const before = [...accounts.keys()];
    const holders = new Set([...before, ...earning.map(({ id }) => id), ...redeeming]);
    return [
      // Whoever has an account is not told that nothing was earned.
      ...barred.filter(({ payee }) => !before.includes(payee.id)),
      ...candidates.filter(({ passes }) => !passes).map(failing),
      ...[...holders].flatMap((id) => {
        const account = accounts.get(id) ?? new Account();
        accounts.set(id, account);
        const earner = earning.find((candidate) => candidate.id === id);
        return linesOf(reckoner, reward, id, account, earner && earnedBy(reckoner, reward, earner));
      }),
    ];
  });
}

/** Points of one fact, in the order in which facts count. */
interface Lot {
  readonly at: number;
  readonly fact: string;
  readonly points: bigint;
}

interface Earned {
  readonly lots: readonly Lot[];
  readonly trace: readonly Numbers[];
}

function redemptionsOf(reckoner: Reckoner, { redemption, level }: PointsReward, id: string) {
  return redemption ? reckoner.sales(redemption.measure, level, id) : [];
}

/** The unrounded points of each fact; then whole ones, so that those of all facts are the slice's. */
function earnedBy(reckoner: Reckoner, reward: PointsReward, { sales, trace }: Candidate): Earned {
  const { measure, multipliers, rounding, programme, rate } = reward;
  const facts = sales.map((sale) => {
    const { factor, ids } = factorOf(reckoner, multipliers, sale);
    const exact = product(product(reckoner.measured(measure, sale.value), fraction(rate)), factor);
    return { sale, factor, ids, exact };
  });
  const after = facts.map((_, index) => sum(facts.slice(0, index + 1).map(({ exact }) => exact)));
  const wholeAfter = (index: number) => wholeOf(after[index] ?? NOTHING, rounding);
  const lots = facts.map(({ sale: { at, key: fact }, exact }, index): Lot => {
    const grown = () => wholeAfter(index) - (index === 0 ? 0n : wholeAfter(index - 1));
    return { at, fact, points: rounding.scope === "perFact" ? wholeOf(exact, rounding) : grown() };
  });
  const total: Fraction = after.at(-1) ?? NOTHING;
  const earned = addedUp(lots, (lot) => lot.points);
  const told = facts.map(({ sale, factor, ids, exact }) => ({
    fact: sale.key,
    occurredAt: reckoner.time(sale.at),
    value: reckoner.valueText(measure, sale.value),
    factor: exactly(factor),
    factors: ids,
    exact: exactly(exact),
  }));
  const none = { step: "nothing", reason: total.over === 0n ? "pays-nothing" : "rounds-to-zero" };
  return {
    lots,
    trace: [
      ...trace,
      { step: "points", programme, rate, facts: told },
      { step: "rounded", exact: exactly(total), rounding: { ...rounding }, amount: String(earned) },
      ...(earned === 0n ? [none] : []),
    ],
  };
}

/** What happens to an account in a slice. */
function linesOf(
  reckoner: Reckoner,
  reward: PointsReward,
  id: string,
  account: Account,
  earned: Earned | undefined,
): Reckoned[] {
  const before = account.balance;
  const { redeemed, expired } = played(reckoner, reward, id, account, earned?.lots ?? []);
  const [taken, gone] = [redeemed, expired].map((moved) => addedUp(moved, ({ points: some }) => some));
  const balance = {
    step: "balance",
    programme: reward.programme,
    before: String(before),
    earned: String(addedUp(earned?.lots ?? [], (lot) => lot.points)),
    redeemed: String(taken),
    expired: String(gone),
    after: String(account.balance),
  };
  const payee = { kind: reward.level === "participant" ? "participant" : "unit", id } as const;
  const used = (how: "redeemed" | "expired", moved: readonly Moved[]): Reckoned[] => {
    const amount = -addedUp(moved, ({ points: some }) => some);
    if (amount === 0n) return [];
    const movements = moved.map(({ at, fact, points: some, missing }) => {
      return { at: reckoner.time(at), fact, points: String(some), missing: missing ? String(missing) : undefined };
    });
    return [{ payee, amount, part: how, trace: [{ step: "used", how, movements }, balance] }];
  };
  const amount = addedUp(earned?.lots ?? [], (lot) => lot.points);
  return [
    ...(earned ? [{ payee, amount, trace: [...earned.trace, balance] }] : []),
    ...used("redeemed", redeemed),
    ...used("expired", expired),
  ];
}

/** In the order of time, of facts of one instant by key; a fact earns before it redeems, and what expires then goes first. */
function played(reckoner: Reckoner, reward: PointsReward, id: string, account: Account, lots: readonly Lot[]) {
  const redeemed: Moved[] = [];
  const expired: Moved[] = [];
  const { asOf, span, zone } = reckoner;
  const expiryOf = (at: number) => (reward.expiry && addDuration(at, reward.expiry.after, zone)) ?? Infinity;
  const earnings = lots.map((lot) => ({ ...lot, play: () => account.put(lot, expiryOf(lot.at)) }));
  const redemptions = redemptionsOf(reckoner, reward, id).flatMap(({ at, key: fact, value }) => {
    const wanted = wholeIn(reckoner, reward, value);
    const play = () => {
      const some = account.take(wanted);
      const missing = wanted - some;
      if (missing > 0n)
        reckoner.warnings.push({ code: "points-overdrawn", reward: reward.id, subject: id, blocks: false });
      redeemed.push({ at, fact, points: some, missing });
    };
    return wanted > 0n ? [{ at, fact, play }] : [];
  });
  const inTime = [...earnings, ...redemptions].sort(
    (a, b) => a.at - b.at || (a.fact < b.fact ? -1 : Number(a.fact > b.fact)),
  );
  for (const { at, play } of inTime) {
    expired.push(...account.expire(Math.min(at, asOf)));
    play();
  }
  expired.push(...account.expire(span.next === undefined ? asOf : Math.min(span.next - 1, asOf)));
  return { redeemed, expired };
}

function wholeIn(reckoner: Reckoner, { redemption }: PointsReward, value: bigint): bigint {
  const { over, under } = redemption ? reckoner.measured(redemption.measure, value) : NOTHING;
  return over > 0n ? over / under : 0n;
}
