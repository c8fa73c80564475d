import { addExact, type Rational, toSafeInteger } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { RebateReward } from "#domain/plan/rewards/rebate.ts";
import { addDuration } from "#domain/time.ts";
import {
  type Award,
  type Deciding,
  type Entrant,
  measureText,
  moneyMinor,
  payeeOf,
  payText,
  timeText,
} from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import type { Contribution } from "../standings.ts";
import { exact, exactText, measured, over, plus, roundedMinor, times, ZERO } from "./exact.ts";
import type { RewardKind } from "./kind.ts";
import { roundedWhole } from "./pieces.ts";
import { GATE_NOT_PASSED, nothingFor, PAYS_NOTHING, ROUNDS_TO_ZERO } from "./scale.ts";

type OrderStep = Extract<Step, { step: "orders" }>["orders"][number];

/** An order with what became of it. */
interface Order {
  readonly sale: Contribution;
  readonly outcome: OrderStep["outcome"];
  /** Exact: money, or pieces of goods. */
  readonly amount: Rational;
  readonly due?: number;
  readonly evidence?: Contribution;
}

/** A part of each order's value, in goods or as credit, where its evidence arrives in time. */
export const rebate: RewardKind<RebateReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    return [
      ...excluded,
      ...entrants.map((entrant) =>
        entrant.qualified ? rebateOf(deciding, reward, entrant) : nothingFor(reward, entrant, GATE_NOT_PASSED),
      ),
    ];
  },
  liability({ plan }, reward) {
    const { in: given } = reward;
    const stock = given === "credit" ? undefined : plan.stocks.find(({ id }) => id === given.stock);
    if (stock && given !== "credit") {
      const each = BigInt(moneyMinor({ plan }, given.unitValue));
      return { amountMinor: toSafeInteger(each * BigInt(stock.quantity)) };
    }
    return {
      unboundedBecause: `${reward.id} returns ${reward.rate} of ${reward.measure}, and nothing limits how much is ordered`,
    };
  },
};

function rebateOf(deciding: Deciding, reward: RebateReward, { subject, steps }: Entrant): Award {
  const { rules } = deciding;
  const orders = ordersOf(deciding, reward, subject);
  const total = orders.reduce((sum, { amount }) => plus(sum, amount), ZERO);
  const each = orders.map(({ amount }) => rounded(deciding, reward, amount));
  const isEach = reward.rounding.scope === "perFact";
  const amountMinor = isEach ? each.reduce(addExact, 0) : rounded(deciding, reward, total);
  const claims = orders.flatMap(({ sale, evidence }, index) => {
    const claimed = each[index] ?? 0;
    const at = reward.evidence?.grant === "after" ? (evidence?.occurredAt ?? sale.occurredAt) : sale.occurredAt;
    return claimed === 0 ? [] : [{ at, fact: sale.fact, amountMinor: claimed }];
  });
  const step: Step = {
    step: "orders",
    rate: reward.rate,
    ...(reward.in === "credit" ? {} : { unitValue: reward.in.unitValue }),
    orders: orders.map((order) => orderStep(deciding, reward, order)),
  };
  const exactly = exactText(total, reward.in === "credit" ? rules.currencyDigits : 0);
  const told: Step = {
    step: "rounded",
    exact: exactly,
    rounding: reward.rounding,
    amount: payText(rules, reward, amountMinor),
  };
  const nothing = amountMinor !== 0 ? [] : [nothingBecause(orders, total)];
  return {
    subject: payeeOf(reward, subject),
    amountMinor,
    steps: [...steps, step, told, ...nothing],
    ...(isEach ? { claims: claims.sort((a, b) => a.at - b.at) } : {}),
  };
}

function nothingBecause(orders: readonly Order[], total: Rational): Step {
  if (total.num !== 0n) return ROUNDS_TO_ZERO;
  const open = orders.find(({ outcome }) => outcome === "evidence-awaited" || outcome === "evidence-missing");
  if (!open) return PAYS_NOTHING;
  const message =
    open.outcome === "evidence-awaited" ? "the evidence has not arrived yet" : "the evidence did not arrive in time";
  return { step: "nothing", reason: open.outcome, message };
}

function rounded({ rules }: Deciding, { in: given, rounding }: RebateReward, amount: Rational): number {
  return given === "credit" ? roundedMinor(rules, amount, rounding) : roundedWhole(amount, rounding);
}

/** Every order of the slice; which is the first is looked up in the whole campaign. */
function ordersOf(deciding: Deciding, reward: RebateReward, subject: string): Order[] {
  const sales = ordersIn(deciding.standings.contributions(reward.measure, reward.level, subject));
  const { history = deciding.standings } = deciding;
  const all = ordersIn(history.contributions(reward.measure, reward.level, subject));
  const firsts = firstOf(deciding, reward, all);
  return sales.map((sale): Order => {
    const obstacle = obstacleOf(deciding, reward, sale, firsts);
    if (obstacle !== undefined) return { sale, outcome: obstacle, amount: ZERO };
    const money = times(exact(reward.rate), measured(deciding.rules, reward.measure, sale.value));
    const amount = reward.in === "credit" ? money : over(money, exact(reward.in.unitValue));
    return withEvidence(deciding, reward, subject, { sale, outcome: "counts", amount });
  });
}

function ordersIn(sales: readonly Contribution[] | undefined): readonly Contribution[] {
  return (sales ?? []).filter(({ value }) => value > 0);
}

function obstacleOf(
  deciding: Deciding,
  reward: RebateReward,
  sale: Contribution,
  firsts: ReadonlySet<string>,
): OrderStep["outcome"] | undefined {
  if (customerOf(reward, sale) === undefined) return "no-customer";
  return (
    rangeObstacle(deciding, reward, sale) ??
    (reward.orders === "each" || firsts.has(sale.fact) ? undefined : "not-first")
  );
}

function rangeObstacle(
  { rules }: Deciding,
  { order }: RebateReward,
  { value }: Contribution,
): "below" | "above" | undefined {
  if (order?.minimum !== undefined && value < moneyMinor(rules, order.minimum)) return "below";
  if (order?.maximum !== undefined && value > moneyMinor(rules, order.maximum)) return "above";
  return undefined;
}

/** Without a customer attribute all orders of a payee are of one customer. */
function customerOf({ customer }: RebateReward, { labels }: Contribution): string | undefined {
  return customer === undefined ? "" : labels?.[customer];
}

/** Keys of the facts that are their customer's first order, or first within the limits. */
function firstOf(deciding: Deciding, reward: RebateReward, orders: readonly Contribution[]): ReadonlySet<string> {
  const seen = new Map<string, string>();
  for (const order of orders) {
    const customer = customerOf(reward, order);
    if (customer === undefined || seen.has(customer)) continue;
    if (reward.orders === "firstWithin" && rangeObstacle(deciding, reward, order) !== undefined) continue;
    seen.set(customer, order.fact);
  }
  return new Set(seen.values());
}

function withEvidence(
  deciding: Deciding,
  { evidence: rule, level }: RebateReward,
  subject: string,
  order: Order,
): Order {
  if (!rule) return order;
  const { rules, asOf, history = deciding.standings } = deciding;
  const { sale } = order;
  const due = addDuration(sale.occurredAt, rule.within, rules.plan.period.zone) ?? Number.POSITIVE_INFINITY;
  const { of } = rule;
  const evidence = (history.contributions(rule.measure, level, subject) ?? []).find(
    ({ occurredAt, value, labels }) =>
      value > 0 &&
      sale.occurredAt <= occurredAt &&
      occurredAt < due &&
      (of === "payee" ||
        (labels?.[of.attribute] !== undefined && labels[of.attribute] === sale.labels?.[of.attribute])),
  );
  if (evidence) return { ...order, due, evidence };
  if (asOf >= due) return { ...order, due, outcome: "evidence-missing", amount: ZERO };
  return rule.grant === "before" ? { ...order, due } : { ...order, due, outcome: "evidence-awaited", amount: ZERO };
}

function orderStep(
  { rules }: Deciding,
  reward: RebateReward,
  { sale, outcome, amount, due, evidence }: Order,
): OrderStep {
  return {
    fact: sale.fact,
    occurredAt: timeText(rules, sale.occurredAt),
    value: measureText(rules, reward.measure, sale.value),
    outcome,
    ...(due === undefined || due === Number.POSITIVE_INFINITY ? {} : { due: timeText(rules, due) }),
    ...(evidence ? { evidence: evidence.fact } : {}),
    amount: exactText(amount, reward.in === "credit" ? rules.currencyDigits : 0),
  };
}
