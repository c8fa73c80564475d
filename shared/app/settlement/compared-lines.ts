import { addExact } from "#domain/decimal.ts";
import { type LineAmount, lineId, type Payee } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import { compareText } from "#domain/text.ts";

/** Lines of two runs added up, payee by payee. A benefit in kind is beside money, never in one sum with it. */

/** `new`: no line before; `gone`: no line now; the others have both. */
export const CHANGES = ["more", "less", "same", "new", "gone"] as const;
export type ChangeOfPayee = (typeof CHANGES)[number];

/** Amounts as decimal texts. */
export interface Amounts {
  before: string;
  after: string;
  difference: string;
}

/** A payee of whom at least one line has another amount. */
export interface PayeeDifference extends Amounts {
  payee: Payee;
  currency: string;
  change: ChangeOfPayee;
  /** Those with such a line, in order of their ids. */
  rewards: (Amounts & { reward: string })[];
}

/** All payees of one currency, or of one benefit in kind. */
export interface CurrencyDifference extends Amounts {
  currency: string;
  payees: Record<ChangeOfPayee, number>;
  /** How many have a line with another amount. Two that offset each other leave a payee the `same`. */
  changed: number;
  /** How many of these fit the question. */
  matching: number;
}

export interface ComparisonFilter {
  readonly direction?: "more" | "less" | undefined;
  /** Only who has another amount from this reward. */
  readonly reward?: string | undefined;
  /** Payees that are named, of each currency. */
  readonly limit: number;
}

export type Side = "before" | "after";

interface Minor {
  before: number;
  after: number;
}

interface RewardSums extends Minor {
  /** By line id: what it has now, less what it had. */
  readonly gaps: Map<string, number>;
}

/** What a payee has of one currency in both runs, in minor units. */
export interface PayeeSums {
  readonly payee: Payee;
  readonly currency: string;
  readonly sides: Set<Side>;
  readonly rewards: Map<string, RewardSums>;
}

/** Lines of payees of whom no line lies elsewhere, in whatever order they come. */
export class LineSums {
  readonly #payees = new Map<string, PayeeSums>();

  add(side: Side, { lineId: id, payee, reward, amount, currency }: LineAmount): void {
    const sums = this.#sumsOf(payee, currency);
    sums.sides.add(side);
    const ofReward = sums.rewards.get(reward) ?? { before: 0, after: 0, gaps: new Map<string, number>() };
    sums.rewards.set(reward, ofReward);
    const minor = minorOf(amount, currency);
    ofReward[side] = addExact(ofReward[side], minor);
    ofReward.gaps.set(id, addExact(ofReward.gaps.get(id) ?? 0, side === "after" ? minor : -minor));
  }

  all(): PayeeSums[] {
    return [...this.#payees.values()];
  }

  #sumsOf(payee: Payee, currency: string): PayeeSums {
    const key = `${lineId("", payee)} ${currency}`;
    const known = this.#payees.get(key);
    if (known) return known;
    const sums = { payee, currency, sides: new Set<Side>(), rewards: new Map<string, RewardSums>() };
    this.#payees.set(key, sums);
    return sums;
  }
}

interface Tally {
  readonly sums: Minor;
  readonly payees: Record<ChangeOfPayee, number>;
  changed: number;
  matching: number;
  largest: Candidate[];
}

interface Candidate extends Minor {
  readonly of: PayeeSums;
  readonly change: ChangeOfPayee;
  readonly key: string;
}

/** What two runs differ by: all payees are counted, the largest differences are kept. Takes as much memory as is kept. */
export class RunDifferences {
  readonly #filter: ComparisonFilter;
  readonly #tallies = new Map<string, Tally>();

  constructor(filter: ComparisonFilter) {
    this.#filter = filter;
  }

  /** @param payees each comes once */
  add(payees: readonly PayeeSums[]): void {
    for (const payee of payees) this.#addPayee(payee);
  }

  /** Money first. */
  totals(): CurrencyDifference[] {
    return this.#inOrder().map(([currency, { sums, payees, changed, matching }]) => ({
      currency,
      ...amountsOf(sums, currency),
      payees: { ...payees },
      changed,
      matching,
    }));
  }

  /** Of each currency the largest differences first, whichever way they go; of two that are alike who comes first by id. */
  largest(): PayeeDifference[] {
    return this.#inOrder().flatMap(([, tally]) => cut(tally.largest, this.#filter.limit).map(differenceOf));
  }

  #addPayee(of: PayeeSums): void {
    const sums = { before: 0, after: 0 };
    for (const { before, after } of of.rewards.values()) {
      sums.before = addExact(sums.before, before);
      sums.after = addExact(sums.after, after);
    }
    const change = changeOf(of.sides, sums);
    const tally = this.#tallyOf(of.currency);
    tally.payees[change] += 1;
    tally.sums.before = addExact(tally.sums.before, sums.before);
    tally.sums.after = addExact(tally.sums.after, sums.after);
    const changed = [...of.rewards].flatMap(([reward, { gaps }]) => (isChanged(gaps) ? [reward] : []));
    if (changed.length === 0) return;
    tally.changed += 1;
    if (!this.#isWanted(sums, changed)) return;
    tally.matching += 1;
    tally.largest.push({ ...sums, of, change, key: lineId("", of.payee) });
    // Twice as many are kept before they are put in order: then the order costs a few comparisons a payee.
    if (tally.largest.length >= 2 * this.#filter.limit) tally.largest = cut(tally.largest, this.#filter.limit);
  }

  #isWanted({ before, after }: Minor, changed: readonly string[]): boolean {
    const { direction, reward } = this.#filter;
    if (direction === "more" && after <= before) return false;
    if (direction === "less" && after >= before) return false;
    return reward === undefined || changed.includes(reward);
  }

  #tallyOf(currency: string): Tally {
    const known = this.#tallies.get(currency);
    if (known) return known;
    const payees = { more: 0, less: 0, same: 0, new: 0, gone: 0 };
    const tally = { sums: { before: 0, after: 0 }, payees, changed: 0, matching: 0, largest: [] };
    this.#tallies.set(currency, tally);
    return tally;
  }

  #inOrder(): [string, Tally][] {
    const inKind = (currency: string) => (isBenefit(currency) ? 1 : 0);
    return [...this.#tallies].sort(([a], [b]) => inKind(a) - inKind(b) || compareText(a, b));
  }
}

function changeOf(sides: ReadonlySet<Side>, { before, after }: Minor): ChangeOfPayee {
  if (!sides.has("before")) return "new";
  if (!sides.has("after")) return "gone";
  if (after === before) return "same";
  return after > before ? "more" : "less";
}

function isChanged(gaps: ReadonlyMap<string, number>): boolean {
  for (const gap of gaps.values()) if (gap !== 0) return true;
  return false;
}

function cut(candidates: readonly Candidate[], limit: number): Candidate[] {
  const size = ({ before, after }: Candidate) => Math.abs(after - before);
  return [...candidates].sort((a, b) => size(b) - size(a) || compareText(a.key, b.key)).slice(0, limit);
}

function differenceOf({ of: { payee, currency, rewards }, change, before, after }: Candidate): PayeeDifference {
  const changed = [...rewards].filter(([, { gaps }]) => isChanged(gaps)).sort(([a], [b]) => compareText(a, b));
  return {
    payee,
    currency,
    change,
    ...amountsOf({ before, after }, currency),
    rewards: changed.map(([reward, sums]) => ({ reward, ...amountsOf(sums, currency) })),
  };
}

function amountsOf({ before, after }: Minor, currency: string): Amounts {
  return {
    before: formatMoney(before, currency),
    after: formatMoney(after, currency),
    difference: formatMoney(addExact(after, -before), currency),
  };
}

export function minorOf(amount: string, currency: string): number {
  const minor = parseMoney(amount, currency);
  if (minor === undefined) throw new TypeError(`${amount} is no amount of ${currency}`);
  return minor;
}
