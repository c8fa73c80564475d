import type { RebateReward } from "#domain/plan/rewards/rebate.ts";
import { addDuration } from "#domain/time.ts";
import type { Sale } from "../book.ts";
import { type Fraction, fraction, rounded } from "../exact.ts";
import { exactly, NOTHING, product, quotient, sum } from "../fractions.ts";
import { type Candidate, type Claim, failing, type Reckoned, type Reckoner } from "../reckon.ts";
import { textIn, unitOf } from "../units.ts";
import { addedUp, labelOf, wholeOf } from "./pieces.ts";

/** An order and what became of it. */
interface Order {
  readonly sale: Sale;
  readonly outcome: string;
  /** Exact: money, or pieces. */
  readonly amount: Fraction;
  readonly due?: number | undefined;
  readonly evidence?: Sale | undefined;
}

/** A part of each order, where nothing stands against it and its evidence is in time. */
export function rebate(reckoner: Reckoner, reward: RebateReward, candidate: Candidate): Reckoned {
  if (!candidate.passes) return failing(candidate);
  const { payee, trace } = candidate;
  const { rounding, rate } = reward;
  const isCredit = reward.in === "credit";
  const orders = ordersOf(reckoner, reward, candidate);
  const paid = (amount: Fraction) => (isCredit ? moneyOf(reckoner, reward, amount) : wholeOf(amount, rounding));
  const exact = sum(orders.map(({ amount }) => amount));
  const each = orders.map((order) => ({ ...order, paid: paid(order.amount) }));
  const amount = rounding.scope === "perFact" ? addedUp(each, (order) => order.paid) : paid(exact);
  const digits = isCredit ? reckoner.book.moneyDigits : 0;
  const told = orders.map(({ sale, outcome, amount: own, due, evidence }) => ({
    fact: sale.key,
    occurredAt: reckoner.time(sale.at),
    value: reckoner.valueText(reward.measure, sale.value),
    outcome,
    due: due === undefined ? undefined : reckoner.time(due),
    evidence: evidence?.key,
    amount: exactly(own, digits),
  }));
  const unitValue = reward.in === "credit" ? undefined : reward.in.unitValue;
  const open = orders.find(({ outcome }) => outcome === "evidence-awaited" || outcome === "evidence-missing");
  const reason = exact.over !== 0n ? "rounds-to-zero" : (open?.outcome ?? "pays-nothing");
  return {
    payee,
    amount,
    trace: [
      ...trace,
      { step: "orders", rate, unitValue, orders: told },
      {
        step: "rounded",
        exact: exactly(exact, digits),
        rounding: { ...rounding },
        amount: textIn(reckoner, unitOf(reckoner, reward), amount),
      },
      ...(amount === 0n ? [{ step: "nothing", reason }] : []),
    ],
    ...(rounding.scope === "perFact" ? { claims: claimsOf(reward, each) } : {}),
  };
}

/** Each order claims when it was placed; one that waits for its evidence when that came. */
function claimsOf({ evidence: rule }: RebateReward, orders: readonly (Order & { readonly paid: bigint })[]): Claim[] {
  return orders
    .filter(({ paid }) => paid !== 0n)
    .map(({ sale, evidence, paid }) => {
      const at = rule?.grant === "after" ? (evidence?.at ?? sale.at) : sale.at;
      return { at, fact: sale.key, amount: paid };
    });
}

function moneyOf(reckoner: Reckoner, { rounding: { unit, mode } }: RebateReward, { over, under }: Fraction): bigint {
  const smallest = reckoner.money(unit);
  return smallest * rounded({ over: over * 10n ** BigInt(reckoner.book.moneyDigits), under: under * smallest }, mode);
}

function ordersOf(reckoner: Reckoner, reward: RebateReward, { id, sales }: Candidate): Order[] {
  const isFirst = firstOf(reckoner, reward, id);
  return sales
    .filter(({ value }) => value > 0n)
    .map((sale): Order => {
      const against = whatIsAgainst(reckoner, reward, sale, isFirst);
      if (against !== undefined) return { sale, outcome: against, amount: NOTHING };
      const money = product(fraction(reward.rate), reckoner.measured(reward.measure, sale.value));
      const amount = reward.in === "credit" ? money : quotient(money, fraction(reward.in.unitValue));
      return withEvidence(reckoner, reward, id, { sale, outcome: "counts", amount });
    });
}

function whatIsAgainst(
  reckoner: Reckoner,
  reward: RebateReward,
  sale: Sale,
  isFirst: (sale: Sale) => boolean,
): string | undefined {
  if (customerOf(reward, sale) === undefined) return "no-customer";
  return outsideOf(reckoner, reward, sale) ?? (reward.orders === "each" || isFirst(sale) ? undefined : "not-first");
}

function outsideOf(reckoner: Reckoner, { order }: RebateReward, { value }: Sale): string | undefined {
  if (order?.minimum !== undefined && value < reckoner.money(order.minimum)) return "below";
  return order?.maximum !== undefined && value > reckoner.money(order.maximum) ? "above" : undefined;
}

/** A payee without customers is one customer. */
function customerOf({ customer }: RebateReward, sale: Sale): string | undefined {
  return customer === undefined ? "" : labelOf(sale, customer);
}

/** Whether a sale is its customer's first order in the whole campaign; with `firstWithin` of those within the limits. */
function firstOf(reckoner: Reckoner, reward: RebateReward, id: string): (sale: Sale) => boolean {
  const { measure, level } = reward;
  const all = reckoner.book
    .sales(measure, level, id)
    .filter(({ value }) => value > 0n)
    .filter((sale) => reward.orders !== "firstWithin" || outsideOf(reckoner, reward, sale) === undefined);
  return (sale) => {
    const customer = customerOf(reward, sale);
    return all.find((other) => customerOf(reward, other) === customer)?.key === sale.key;
  };
}

/** Evidence counts from the order's instant until its deadline, which is over at that instant. */
function withEvidence(reckoner: Reckoner, { evidence: rule, level }: RebateReward, id: string, order: Order): Order {
  if (!rule) return order;
  const { sale } = order;
  const { of, grant } = rule;
  const due = addDuration(sale.at, rule.within, reckoner.zone);
  const serves = (other: Sale) => {
    if (of === "payee") return true;
    const label = labelOf(sale, of.attribute);
    return label !== undefined && labelOf(other, of.attribute) === label;
  };
  const evidence = reckoner.book
    .sales(rule.measure, level, id)
    .find((other) => other.value > 0n && sale.at <= other.at && other.at < (due ?? Infinity) && serves(other));
  if (evidence) return { ...order, due, evidence };
  if (reckoner.asOf >= (due ?? Infinity)) return { ...order, due, outcome: "evidence-missing", amount: NOTHING };
  return grant === "before" ? { ...order, due } : { ...order, due, outcome: "evidence-awaited", amount: NOTHING };
}
