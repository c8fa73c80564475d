import { addExact, type Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { PointsReward } from "#domain/plan/rewards/points.ts";
import { compareText } from "#domain/text.ts";
import { type Award, type Deciding, type Entrant, measureText, payeeOf, timeText } from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import { factorsOf } from "../modifiers/multipliers.ts";
import type { Contribution } from "../standings.ts";
import { exact, exactText, measured, plus, times, ZERO } from "./exact.ts";
import type { CarryingKind } from "./kind.ts";
import { roundedWhole } from "./pieces.ts";
import { Account, type Lot, type Moved, movementsOf } from "./points-account.ts";
import { GATE_NOT_PASSED, nothingFor, PAYS_NOTHING, ROUNDS_TO_ZERO } from "./scale.ts";

/** What one subject earned in one slice. */
interface Earned {
  readonly entrant: Entrant;
  readonly points: number;
  readonly lots: readonly Lot[];
  readonly steps: readonly Step[];
}

/**
 * Points of a programme. What a slice earned is one line, what was redeemed and what expired in it are two more below zero, so
 * that the lines of a payee sum to the balance.
 */
export const points: CarryingKind<PointsReward> = {
  awardSlices(decidings, reward) {
    const accounts = new Map<string, Account>();
    return decidings.map((deciding, index) => {
      const { entrants, excluded } = entrantsOf(deciding, reward);
      const earned = new Map(
        entrants
          .filter(({ qualified }) => qualified)
          .map((entrant) => [entrant.subject, earnedBy(deciding, reward, entrant)] as const),
      );
      const failed = entrants.filter(({ qualified }) => !qualified);
      const inScope = [...entrants.map(({ subject }) => subject), ...excluded.map(({ subject }) => subject.id)];
      const redeemers = inScope.filter((subject) => redemptionsOf(deciding, reward, subject).length > 0);
      const holders = [...new Set([...accounts.keys(), ...earned.keys(), ...redeemers])];
      return [
        ...excluded.filter(({ subject }) => !accounts.has(subject.id)),
        ...failed.map((entrant) => nothingFor(reward, entrant, GATE_NOT_PASSED)),
        ...holders.sort(compareText).flatMap((subject) => {
          const account = accounts.get(subject) ?? new Account();
          accounts.set(subject, account);
          return awardsOf(decidings, index, reward, { subject, account, earned: earned.get(subject) });
        }),
      ];
    });
  },
  liability: (_rules, reward) => ({
    unboundedBecause: `${reward.id} gives ${reward.rate} points for each unit of ${reward.measure}, and nothing limits how many`,
  }),
};

function redemptionsOf({ standings }: Deciding, { redemption, level }: PointsReward, subject: string) {
  return (redemption && standings.contributions(redemption.measure, level, subject)) ?? [];
}

function earnedBy(deciding: Deciding, reward: PointsReward, entrant: Entrant): Earned {
  const { rules, standings } = deciding;
  const { measure, level, rounding } = reward;
  const factored = factorsOf(rules, reward.multipliers);
  const facts = (standings.contributions(measure, level, entrant.subject) ?? []).map((fact) => {
    const { factor, ids } = factored(fact);
    const amount = times(times(measured(rules, measure, fact.value), exact(reward.rate)), factor);
    return { fact, factor, ids, amount };
  });
  const total = facts.reduce((sum, { amount }) => plus(sum, amount), ZERO);
  const lots = lotsOf(reward, facts);
  const earned = lots.reduce((sum, lot) => addExact(sum, lot.points), 0);
  return {
    entrant,
    points: earned,
    lots,
    steps: [
      {
        step: "points",
        programme: reward.programme,
        rate: reward.rate,
        facts: facts.map(({ fact, factor, ids, amount }) => ({
          fact: fact.fact,
          occurredAt: timeText(rules, fact.occurredAt),
          value: measureText(rules, measure, fact.value),
          factor: exactText(factor),
          factors: [...ids],
          exact: exactText(amount),
        })),
      },
      { step: "rounded", exact: exactText(total), rounding, amount: String(earned) },
      ...(earned === 0 ? [total.num === 0n ? PAYS_NOTHING : ROUNDS_TO_ZERO] : []),
    ],
  };
}

/** Whole points by fact. Where the total is rounded, a fact has what the rounded total grew by with it. */
function lotsOf(
  { rounding }: PointsReward,
  facts: readonly { readonly fact: Contribution; readonly amount: Rational }[],
): Lot[] {
  let [sum, before] = [ZERO, 0];
  return facts.map(({ fact, amount }) => {
    if (rounding.scope === "perFact") return lotOf(fact, roundedWhole(amount, rounding));
    sum = plus(sum, amount);
    const now = roundedWhole(sum, rounding);
    const lot = lotOf(fact, now - before);
    before = now;
    return lot;
  });
}

function lotOf({ fact, occurredAt }: Contribution, earned: number): Lot {
  return { at: occurredAt, fact, points: earned };
}

interface Holder {
  readonly subject: string;
  readonly account: Account;
  readonly earned: Earned | undefined;
}

/** The lines of one subject in one slice. */
function awardsOf(
  decidings: readonly Deciding[],
  index: number,
  reward: PointsReward,
  { subject, account, earned }: Holder,
): Award[] {
  const deciding = decidings[index];
  if (!deciding) throw new RangeError(`no slice ${index}`);
  const { warnings } = deciding;
  const before = account.balance;
  const redemptions = redemptionsOf(deciding, reward, subject);
  const { redeemed, expired } = movementsOf(decidings, index, reward, account, earned?.lots ?? [], redemptions);
  for (const { fact, missing } of redeemed) {
    if (missing === 0) continue;
    warnings.push({
      code: "points-overdrawn",
      reward: reward.id,
      subject,
      message: `${fact} redeems ${missing} more than the balance of ${subject}; only the balance is taken`,
      blocks: false,
    });
  }
  const [taken, gone] = [sumOf(redeemed), sumOf(expired)];
  const balance: Step = {
    step: "balance",
    programme: reward.programme,
    before: String(before),
    earned: String(earned?.points ?? 0),
    redeemed: String(taken),
    expired: String(gone),
    after: String(account.balance),
  };
  const payee = payeeOf(reward, subject);
  const earnedSteps = earned ? [...earned.entrant.steps, ...earned.steps] : [];
  return [
    ...(earned ? [{ subject: payee, amountMinor: earned.points, steps: [...earnedSteps, balance] }] : []),
    ...usedLine("redeemed", redeemed, taken),
    ...usedLine("expired", expired, gone),
  ];

  function usedLine(how: "redeemed" | "expired", movements: readonly Moved[], sum: number): Award[] {
    if (!deciding || sum === 0) return [];
    const { rules } = deciding;
    const used: Step = {
      step: "used",
      how,
      movements: movements.map(({ at, fact, points: moved, missing }) => ({
        at: timeText(rules, at),
        fact,
        points: String(moved),
        ...(missing === 0 ? {} : { missing: String(missing) }),
      })),
    };
    return [{ subject: payee, amountMinor: -sum, part: how, steps: [used, balance] }];
  }
}

function sumOf(movements: readonly Moved[]): number {
  return movements.reduce((sum, { points: moved }) => addExact(sum, moved), 0);
}
