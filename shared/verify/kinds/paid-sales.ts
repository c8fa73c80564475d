import type { Clawback, Multipliers } from "#domain/plan/parts.ts";
import type { MeasuredReward } from "#domain/plan/plan.ts";
import { addDuration, localToInstant } from "#domain/time.ts";
import type { Sale } from "../book.ts";
import { type Fraction, fraction, order } from "../exact.ts";
import { exactly, isBelow, less, NOTHING, product, sum } from "../fractions.ts";
import { percent } from "../positions.ts";
import type { Candidate, Numbers, Reckoner } from "../reckon.ts";

/** A sale that is paid by itself, and what is done to its pay. */
export interface PaidSale {
  readonly sale: Sale;
  /** Of the factors that apply. */
  readonly ids: readonly string[];
  readonly factor: Fraction;
  /** The part of its pay that is kept: all of it while the sale stands. */
  readonly kept: Fraction;
}

const ONE: Fraction = { over: 1n, under: 1n };

/** A candidate's sales in the order in which they count; with a clawback the cancelled ones among them. */
export function paidSales(reckoner: Reckoner, reward: MeasuredReward, { id, sales }: Candidate): PaidSale[] {
  const multipliers = "multipliers" in reward ? reward.multipliers : undefined;
  const clawback = "clawback" in reward ? reward.clawback : undefined;
  const undone = clawback ? reckoner.cancelledSales(reward.measure, reward.level, id) : [];
  return [...sales, ...undone]
    .map((sale): PaidSale => {
      const { at, cancelledAt } = sale;
      const kept = clawback && cancelledAt !== undefined ? keptOf(reckoner.zone, clawback, at, cancelledAt) : ONE;
      return { sale, kept, ...factorOf(reckoner, multipliers, sale) };
    })
    .sort((a, b) => a.sale.at - b.sale.at || order(a.sale.key, b.sale.key));
}

/** What a sale is multiplied by, and the ids of the factors that apply to it. */
export function factorOf(reckoner: Reckoner, multipliers: Multipliers | undefined, { at, fact }: Sale) {
  const local = (text: string | undefined) => (text === undefined ? undefined : localToInstant(text, reckoner.zone));
  const own = (multipliers?.factors ?? []).filter(({ during, when }) => {
    const [start = -Infinity, end = Infinity] = [local(during?.start), local(during?.end)];
    return start <= at && at < end && (when === undefined || reckoner.book.holds(when, fact));
  });
  const factors = own.map(({ factor }) => fraction(factor));
  return { ids: own.map(({ id }) => id), factor: stacked(multipliers?.stacking ?? "multiply", factors) };
}

function stacked(stacking: Multipliers["stacking"], factors: readonly Fraction[]): Fraction {
  if (stacking === "multiply") return factors.reduce(product, ONE);
  if (stacking === "add") return sum([ONE, ...factors.map((factor) => less(factor, ONE))]);
  const [first = ONE, ...others] = factors;
  return others.reduce((highest, factor) => (isBelow(highest, factor) ? factor : highest), first);
}

function keptOf(zone: string, { within, take }: Clawback, at: number, cancelledAt: number): Fraction {
  const until = addDuration(at, within, zone) ?? Infinity;
  if (cancelledAt >= until) return ONE;
  if (take === "full") return NOTHING;
  if ("part" in take) {
    const kept = less(ONE, fraction(take.part));
    return isBelow(kept, NOTHING) ? NOTHING : kept;
  }
  const unit = take.unearned === "months" ? "M" : "D";
  const started = (before: number) => {
    let count = 0;
    while ((addDuration(at, `P${count}${unit}`, zone) ?? Infinity) < before) count += 1;
    return BigInt(count);
  };
  const all = started(until);
  return { over: started(cancelledAt), under: all > 0n ? all : 1n };
}

/** What a sale pays: what it earned alone, times its factor, as far as it is kept. */
export function paysOf({ factor, kept }: PaidSale, earned: Fraction): Fraction {
  return product(product(earned, factor), kept);
}

export function stands({ sale }: PaidSale): boolean {
  return sale.cancelledAt === undefined;
}

interface Earning {
  readonly row: PaidSale;
  readonly earned: Fraction;
}

/** What the same factors made of the sales that stand, then what became of each that was cancelled. */
export function saleSteps(reckoner: Reckoner, rows: readonly Earning[]): Numbers[] {
  const text = (amount: Fraction) => exactly(amount, reckoner.book.moneyDigits);
  const groups = new Map<string, Earning[]>();
  for (const one of rows) {
    const name = one.row.ids.join(" ");
    if (name !== "" && stands(one.row)) groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const multiplied = [...groups.values()].map((group): Numbers => {
    const before = sum(group.map(({ earned }) => earned));
    const { ids = [], factor = ONE } = group[0]?.row ?? {};
    const step = { step: "multiplied", factors: ids, factor: exactly(factor), sales: group.length };
    return { ...step, before: text(before), amount: text(product(before, factor)) };
  });
  const cancelled = rows.flatMap(({ row, earned: alone }): Numbers[] => {
    const { key, version, at, cancelledAt } = row.sale;
    if (cancelledAt === undefined) return [];
    const earned = product(alone, row.factor);
    const step = { step: "cancelled", fact: key, version, occurredAt: reckoner.time(at) };
    const what = { earned: text(earned), keeps: percent(row.kept), amount: text(product(earned, row.kept)) };
    return [{ ...step, cancelledAt: reckoner.time(cancelledAt), ...what }];
  });
  return [...multiplied, ...cancelled];
}
