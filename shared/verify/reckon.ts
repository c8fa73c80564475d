import type { Bundle } from "#domain/bundle.ts";
import type { Payee } from "#domain/line.ts";
import type { Gate } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { formatInZone } from "#domain/time.ts";
import { type Book, Cannot, type Sale } from "./book.ts";
import { type Fraction, scaled, written } from "./exact.ts";

/** A step of a trace as the verifier works it out: all of its numbers and names, without the sentence. */
export type Numbers = { readonly [name: string]: Value };
export type Value = string | number | boolean | undefined | Numbers | readonly Value[];

/** What a reward comes to for one payee. */
export interface Reckoned {
  readonly payee: Payee;
  readonly amount: bigint;
  readonly rank?: number;
  readonly trace: readonly Numbers[];
}

export interface Warned {
  readonly code: string;
  readonly reward?: string;
  readonly subject: string;
  readonly blocks: boolean;
}

/** Somebody who takes part. */
export interface Candidate {
  readonly id: string;
  readonly payee: Payee;
  readonly sales: readonly Sale[];
  readonly value: bigint;
  readonly passes: boolean;
  readonly trace: readonly Numbers[];
}

/** What every reward is worked out with. */
export class Reckoner {
  readonly book: Book;
  readonly warnings: Warned[] = [];
  readonly #bundle: Bundle;

  constructor(bundle: Bundle, book: Book) {
    this.#bundle = bundle;
    this.book = book;
  }

  money(text: string): bigint {
    const amount = scaled(text, this.book.moneyDigits);
    if (amount === undefined) throw new Cannot(`${text} is no amount`);
    return amount;
  }

  moneyText(amount: bigint): string {
    return written(amount, this.book.moneyDigits);
  }

  valueText(measure: string, value: bigint): string {
    return written(value, this.book.digits(measure));
  }

  /** A value in the measure's own unit: 12850 fen are 128.5. */
  measured(measure: string, value: bigint): Fraction {
    return { over: value, under: 10n ** BigInt(this.book.digits(measure)) };
  }

  isMoney(measure: string): boolean {
    return this.#bundle.plan.measures.some(({ id, of }) => id === measure && of === "amount");
  }

  time(instant: number): string {
    return formatInZone(instant, this.#bundle.plan.period.zone);
  }

  target(subject: string, measure: string, label: string): bigint | undefined {
    const cell = this.#bundle.targets.findLast(
      (target) =>
        target.subject === subject && target.measure === measure && target.label === label && target.slice === "",
    );
    return cell && scaled(cell.value, this.book.digits(measure));
  }

  /** Everyone a reward looks at: those who take part, and those who cannot with what keeps them. */
  field(reward: Reward): { readonly candidates: Candidate[]; readonly barred: Reckoned[] } {
    const candidates: Candidate[] = [];
    const barred: Reckoned[] = [];
    for (const id of this.#inScope(reward)) {
      const sales = this.book.sales(reward.measure, reward.level, id);
      const value = total(sales);
      const payee: Payee = { kind: reward.level === "participant" ? "participant" : "unit", id };
      const measured = this.#measureStep(reward, id, sales, value);
      const bar = sales.length === 0 ? "no-facts" : this.#bar(reward, id);
      if (bar !== undefined) {
        barred.push({ payee, amount: 0n, trace: [measured, { step: "excluded", reason: bar }] });
        continue;
      }
      const gates = reward.gates.map((gate) => this.#gate(reward, gate, id));
      const passes = gates.every(({ passed }) => passed === true);
      candidates.push({ id, payee, sales, value, passes, trace: [measured, ...gates] });
    }
    return { candidates, barred };
  }

  #inScope({ level, within }: Reward): string[] {
    const { where, last } = this.book;
    if (level !== "participant") {
      return where.unitsOf(level).filter((unit) => !within || where.isInside(unit, within.unit));
    }
    if (!within) return this.book.sellers();
    return this.book.sellers().filter((id) => {
      const post = where.post(id, last);
      return !post || where.isInside(post.unit, within.unit);
    });
  }

  #bar(reward: Reward, id: string): string | undefined {
    const looksAtPost = reward.within || reward.roles || reward.gates.some(({ on }) => on !== "self");
    if (reward.level === "participant" && looksAtPost) {
      const post = this.book.where.post(id, this.book.last);
      if (!post) return "no-membership";
      if (reward.roles && !reward.roles.anyOf.includes(post.role)) return "role";
    }
    const raced = reward.kind === "race" ? reward.targets.map((label) => [reward.measure, label] as const) : [];
    const gated = reward.gates.flatMap(({ on, measure, atLeast }) =>
      "target" in atLeast && (on === "self" || on.ancestor === reward.level)
        ? [[measure, atLeast.target] as const]
        : [],
    );
    const lacks = [...raced, ...gated].some(([measure, label]) => this.target(id, measure, label) === undefined);
    return lacks ? "no-target" : undefined;
  }

  #gate(reward: Reward, { on, measure, atLeast }: Gate, id: string): Numbers {
    const unit = reward.level === "participant" ? this.book.where.post(id, this.book.last)?.unit : id;
    const level = on === "self" ? reward.level : on.ancestor;
    const judged = on === "self" ? id : unit && this.book.where.above(unit, on.ancestor);
    if (!judged) return { step: "excluded", reason: "no-ancestor" };
    const label = "target" in atLeast ? atLeast.target : undefined;
    const threshold =
      "value" in atLeast
        ? scaled(atLeast.value, this.book.digits(measure))
        : this.target(judged, measure, atLeast.target);
    if (threshold === undefined) throw new Cannot(`${judged} has no threshold in ${measure}`);
    const value = total(this.book.sales(measure, level, judged));
    return {
      step: "gate",
      on: on === "self" ? "self" : on.ancestor,
      subject: judged,
      measure,
      value: this.valueText(measure, value),
      threshold: this.valueText(measure, threshold),
      target: label,
      passed: value >= threshold,
      missing: value >= threshold ? undefined : this.valueText(measure, threshold - value),
    };
  }

  #measureStep({ measure, level }: Reward, subject: string, sales: readonly Sale[], value: bigint): Numbers {
    const text = (amount: bigint) => this.valueText(measure, amount);
    const head = { step: "measure", measure, subject, value: text(value), facts: sales.length };
    if (level === "participant") return { ...head, contributions: this.#contributions(measure, sales) };
    const sellers = [...new Set(sales.map(({ seller }) => seller))].sort();
    const contributors = sellers.map((participantId) => {
      const own = sales.filter(({ seller }) => seller === participantId);
      return { participantId, value: text(total(own)), facts: own.length };
    });
    return { ...head, contributors };
  }

  /** A trace with what each sale pays beside it, where it tells of the candidate's own sales. */
  withPay(measure: string, sales: readonly Sale[], trace: readonly Numbers[], each: readonly bigint[]): Numbers[] {
    return trace.map((step) =>
      "contributions" in step ? { ...step, contributions: this.#contributions(measure, sales, each) } : step,
    );
  }

  #contributions(measure: string, sales: readonly Sale[], each?: readonly bigint[]): Numbers[] {
    return sales.map((sale, index) => ({
      fact: sale.key,
      version: sale.version,
      occurredAt: this.time(sale.at),
      value: this.valueText(measure, sale.value),
      pays: each && this.moneyText(each[index] ?? 0n),
    }));
  }
}

/** What sales in the order in which they count come to, as their measure makes one value of many. */
export function total(sales: readonly Sale[]): bigint {
  return totals(sales).at(-1) ?? 0n;
}

/** The total after each sale. */
function totals(sales: readonly Sale[]): bigint[] {
  const texts = new Set<string | undefined>();
  let running: bigint | undefined;
  return sales.map(({ by, value, text }) => {
    if (by === "distinct") running = BigInt(texts.add(text).size);
    else if (by === "last" || running === undefined) running = value;
    else if (by === "max") running = value > running ? value : running;
    else running += value;
    return running;
  });
}

/** The first sale with which the running total is at or above a threshold, and that total. */
export function reaching(sales: readonly Sale[], threshold: bigint): { sale: Sale; running: bigint } | undefined {
  const after = totals(sales);
  const index = after.findIndex((running) => running >= threshold);
  const [sale, running] = [sales[index], after[index]];
  return sale === undefined || running === undefined ? undefined : { sale, running };
}

export const GATE = { step: "nothing", reason: "gate" } as const;

export function failing({ payee, trace }: Candidate): Reckoned {
  return { payee, amount: 0n, trace: [...trace, GATE] };
}
