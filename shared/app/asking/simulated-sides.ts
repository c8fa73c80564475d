import type { Payee, Settlement } from "#domain/line.ts";
import { formatMoney } from "#domain/money.ts";
import { Directory } from "#domain/org.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { type Change, type ComparedSide, compareSettlements } from "#engine/compare.ts";
import type { RuleSources } from "#engine/rules.ts";

/** Payees that one answer names: a call may answer 6 MB, and one of them has some hundred and fifty characters. */
export const MOST_PAYEES = 10_000;

/** Everybody with money under either plan, the largest differences first. */
export interface Everyone {
  rows: (Change & { payee: Payee; name: string })[];
  /** How many are not named. */
  more: number;
}

export function everyoneOf(
  before: ComparedSide,
  after: ComparedSide,
  { units, memberships }: Pick<RuleSources, "units" | "memberships">,
): Everyone {
  const { winners, losers, unchanged } = compareSettlements(before, after, MOST_PAYEES).payees;
  const directory = new Directory(units, memberships, after.plan.period.zone);
  const nameOf = ({ kind, id }: Payee) =>
    kind === "unit" ? (directory.unit(id)?.name ?? id) : directory.participantName(id);
  const all = [...winners.top, ...losers.top]
    .sort((a, b) => Math.abs(Number(b.difference)) - Math.abs(Number(a.difference)))
    .concat(unchanged.top);
  const count = winners.count + losers.count + unchanged.count;
  const rows = all.slice(0, MOST_PAYEES).map(({ payee, ...change }) => ({ payee, name: nameOf(payee), ...change }));
  return { rows, more: count - rows.length };
}

/** What a plan comes to that pays nobody: what another is compared with where there is none. */
export function nothingPaid(plan: Plan, settlement: Settlement): Settlement {
  const none = formatMoney(0, plan.currency);
  const byReward = plan.rewards.map((reward) => [reward.id, formatMoney(0, unitOfPay(plan, reward))] as const);
  const budgets = settlement.totals.budgets.map(({ id, amount }) => ({ id, amount, used: none, left: amount }));
  const { facts } = settlement.totals;
  return {
    ...settlement,
    lines: [],
    components: [],
    held: [],
    notAwarded: [],
    totals: { byReward: Object.fromEntries(byReward), all: none, budgets, facts },
  };
}
