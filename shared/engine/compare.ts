import { addExact } from "#domain/decimal.ts";
import { type Line, lineId, type Payee, type Settlement } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { compareText } from "#domain/text.ts";
import { moneyMinor, moneyText } from "./award.ts";
import { maximumLiability } from "./liability.ts";

/** A plan and what it comes to. */
export interface ComparedSide {
  readonly plan: Plan;
  readonly settlement: Settlement;
}

/** An amount under both plans, as decimal texts. */
export interface Change {
  before: string;
  after: string;
  difference: string;
}

export interface PayeeChange extends Change {
  payee: Payee;
}

export interface LineChange extends PayeeChange {
  lineId: string;
  reward: string;
  /** Of a benefit in kind; absent where it is money. */
  unit?: string;
}

/** Many changes: how many, their sums in money, and the largest of them, money first. */
export interface ChangeGroup<T extends Change> extends Change {
  count: number;
  top: T[];
}

export interface BudgetUse {
  amount: string;
  used: string;
  left: string;
  /** The most that its rewards can cost; absent when nothing bounds one of them. */
  atMost?: string;
}

export interface RewardChange {
  reward: string;
  /** Of a benefit in kind; absent where it is money. A reward that pays in another unit stands twice. */
  unit?: string;
  before?: string;
  after?: string;
  difference: string;
}

export interface Comparison {
  currency: string;
  cost: {
    all: Change;
    /** An absent amount: that plan has no such reward. */
    byReward: RewardChange[];
    budgets: { id: string; before?: BudgetUse; after?: BudgetUse }[];
    maximumLiability: { before: Liability; after: Liability };
  };
  payees: {
    winners: ChangeGroup<PayeeChange>;
    losers: ChangeGroup<PayeeChange>;
    unchanged: ChangeGroup<PayeeChange>;
  };
  lines: {
    appear: ChangeGroup<LineChange>;
    disappear: ChangeGroup<LineChange>;
    changed: ChangeGroup<LineChange>;
    /** How many are the same under both plans. */
    unchanged: number;
  };
}

interface Liability {
  /** Sum over the rewards that have a bound. */
  bounded: string;
  /** The whole plan; absent when nothing bounds one of its rewards. */
  total?: string;
}

/**
 * What another plan changes, and for whom: two settlements of one currency side by side.
 *
 * @param shown how many of each group are named; all of them are counted
 */
export function compareSettlements(before: ComparedSide, after: ComparedSide, shown: number): Comparison {
  const { plan } = after;
  // What a line is given in is part of what it is: two bags of rice are no change of two bottles of oil.
  const lines = pairs(before, after, ({ lineId, currency }) => `${lineId} ${currency}`);
  const payees = pairs(before, after, ({ payee, currency }) => (isBenefit(currency) ? undefined : lineId("", payee)));
  const payeesWhere = (belongs: (difference: number) => boolean) =>
    groupOf(
      plan,
      payees.filter(({ minor }) => belongs(minor.after - minor.before)),
      shown,
      ({ line: { payee } }) => ({ payee }),
    );
  const linesWhere = (belongs: (pair: Pair) => boolean) =>
    groupOf(plan, lines.filter(belongs), shown, ({ line: { lineId, reward, payee, currency } }) => ({
      lineId,
      reward,
      payee,
      ...unitIn(currency),
    }));
  const inBoth = ({ isBefore, isAfter }: Pair) => isBefore && isAfter;
  return {
    currency: plan.currency,
    cost: {
      all: changeOf(plan, {
        before: moneyMinor({ plan }, before.settlement.totals.all),
        after: moneyMinor({ plan }, after.settlement.totals.all),
      }),
      byReward: rewardChanges(before, after),
      budgets: budgetChanges(before, after),
      maximumLiability: { before: liabilityOf(before.plan), after: liabilityOf(after.plan) },
    },
    payees: {
      winners: payeesWhere((difference) => difference > 0),
      losers: payeesWhere((difference) => difference < 0),
      unchanged: payeesWhere((difference) => difference === 0),
    },
    lines: {
      appear: linesWhere(({ isBefore }) => !isBefore),
      disappear: linesWhere(({ isAfter }) => !isAfter),
      changed: linesWhere((pair) => inBoth(pair) && pair.minor.before !== pair.minor.after),
      unchanged: lines.filter((pair) => inBoth(pair) && pair.minor.before === pair.minor.after).length,
    },
  };
}

/** Lines of one key under both plans. */
interface Pair {
  /** One of them, for what they have in common. */
  readonly line: Line;
  readonly key: string;
  readonly isBefore: boolean;
  readonly isAfter: boolean;
  readonly minor: { readonly before: number; readonly after: number };
}

function pairs(before: ComparedSide, after: ComparedSide, keyOf: (line: Line) => string | undefined): Pair[] {
  const found = new Map<string, Pair>();
  const add = ({ settlement }: ComparedSide, side: "before" | "after") => {
    for (const line of settlement.lines) {
      const key = keyOf(line);
      if (key === undefined) continue;
      const pair = found.get(key) ?? { line, key, isBefore: false, isAfter: false, minor: { before: 0, after: 0 } };
      const minor = { ...pair.minor, [side]: addExact(pair.minor[side], minorOf(line.amount, line.currency)) };
      found.set(key, { ...pair, minor, ...(side === "before" ? { isBefore: true } : { isAfter: true }) });
    }
  };
  add(before, "before");
  add(after, "after");
  return [...found.values()];
}

function changeOf({ currency }: Pick<Plan, "currency">, { before, after }: Pair["minor"]): Change {
  return {
    before: formatMoney(before, currency),
    after: formatMoney(after, currency),
    difference: formatMoney(after - before, currency),
  };
}

function minorOf(amount: string, unit: string): number {
  return parseMoney(amount, unit) ?? 0;
}

function unitIn(currency: string): { unit?: string } {
  return isBenefit(currency) ? { unit: currency } : {};
}

/** Money comes first, then the largest differences, then the largest amounts, then the order of keys. */
function groupOf<T extends object>(
  plan: Plan,
  members: readonly Pair[],
  shown: number,
  nameOf: (pair: Pair) => T,
): ChangeGroup<T & Change> {
  const size = ({ minor }: Pair) => Math.abs(minor.after - minor.before);
  const inKind = ({ line }: Pair) => (isBenefit(line.currency) ? 1 : 0);
  const sum = (side: "before" | "after") =>
    members.reduce((total, pair) => (inKind(pair) ? total : addExact(total, pair.minor[side])), 0);
  const top = [...members]
    .sort(
      (a, b) =>
        inKind(a) - inKind(b) || size(b) - size(a) || b.minor.after - a.minor.after || compareText(a.key, b.key),
    )
    .slice(0, shown)
    .map((pair) => ({ ...nameOf(pair), ...changeOf(pair.line, pair.minor) }));
  return { count: members.length, ...changeOf(plan, { before: sum("before"), after: sum("after") }), top };
}

/** In the order of the new plan, then what only the old one has. */
function rewardChanges(before: ComparedSide, after: ComparedSide): Comparison["cost"]["byReward"] {
  const ids = new Set([...after.plan.rewards, ...before.plan.rewards].map(({ id }) => id));
  return [...ids].flatMap((reward) => {
    const units = new Set([unitPaid(after, reward), unitPaid(before, reward)]);
    return [...units].flatMap((unit) => (unit === undefined ? [] : [rewardChange(reward, unit, before, after)]));
  });
}

function unitPaid({ plan }: ComparedSide, id: string): string | undefined {
  const reward = plan.rewards.find((one) => one.id === id);
  return reward && unitOfPay(plan, reward);
}

/** What a reward costs under both plans in one unit. */
function rewardChange(reward: string, unit: string, before: ComparedSide, after: ComparedSide): RewardChange {
  const [then, now] = [before, after].map((side) =>
    unitPaid(side, reward) === unit ? side.settlement.totals.byReward[reward] : undefined,
  );
  const difference = minorOf(now ?? "0", unit) - minorOf(then ?? "0", unit);
  return {
    reward,
    ...unitIn(unit),
    ...(then === undefined ? {} : { before: then }),
    ...(now === undefined ? {} : { after: now }),
    difference: formatMoney(difference, unit),
  };
}

function budgetChanges(before: ComparedSide, after: ComparedSide): Comparison["cost"]["budgets"] {
  const ids = new Set([...after.plan.budgets, ...before.plan.budgets].map(({ id }) => id));
  return [...ids].map((id) => {
    const [was, is] = [before, after].map((side) => budgetUse(side, id));
    return { id, ...(was ? { before: was } : {}), ...(is ? { after: is } : {}) };
  });
}

function budgetUse({ plan, settlement }: ComparedSide, id: string): BudgetUse | undefined {
  const budget = plan.budgets.find((one) => one.id === id);
  const use = settlement.totals.budgets.find((one) => one.id === id);
  if (!budget || !use) return undefined;
  const { amount, used, left } = use;
  const liabilities = maximumLiability(plan).byReward.filter(({ reward }) => budget.rewards.includes(reward));
  const bounded = liabilities.every(({ amountMinor }) => amountMinor !== undefined);
  const most = liabilities.reduce((sum, { amountMinor }) => addExact(sum, amountMinor ?? 0), 0);
  return { amount, used, left, ...(bounded ? { atMost: moneyText({ plan }, most) } : {}) };
}

function liabilityOf(plan: Plan): Liability {
  const { boundedMinor, totalMinor } = maximumLiability(plan);
  return {
    bounded: moneyText({ plan }, boundedMinor),
    ...(totalMinor === undefined ? {} : { total: moneyText({ plan }, totalMinor) }),
  };
}
