import type { Bundle } from "#domain/bundle.ts";
import { instantOf } from "#domain/instant.ts";
import type { Payee } from "#domain/line.ts";
import { type PlanInstants, planInstants } from "#domain/plan/check.ts";
import type { Gate, Threshold } from "#domain/plan/parts.ts";
import type { MeasuredReward, Reward } from "#domain/plan/plan.ts";
import { formatInZone } from "#domain/time.ts";
import { type Book, Cannot, type Sale } from "./book.ts";
import { type Fraction, fraction, scaled, written } from "./exact.ts";
import { exactly, less, NOTHING } from "./fractions.ts";
import type { Numbers } from "./numbers.ts";
import { type Ratio, ratioOf } from "./ratios.ts";
import type { Candidate, Reckoned, Warned } from "./reckoned.ts";
import { type Span, wholeOf } from "./spans.ts";

export type { Numbers, Value } from "./numbers.ts";
export type { Candidate, Claim, Factor, Reckoned, Warned } from "./reckoned.ts";

/** What every reward is worked out with, in one span of time. */
export class Reckoner {
  readonly book: Book;
  readonly span: Span;
  readonly warnings: Warned[];
  readonly #bundle: Bundle;

  constructor(bundle: Bundle, book: Book, span: Span = wholeOf(bundle.plan), warnings: Warned[] = []) {
    this.#bundle = bundle;
    this.book = book;
    this.span = span;
    this.warnings = warnings;
  }

  /** The same in another span; what is warned of is collected together. */
  during(span: Span): Reckoner {
    return new Reckoner(this.#bundle, this.book, span, this.warnings);
  }

  /** The same in the span before; undefined in the first. */
  before(): Reckoner | undefined {
    return this.span.before && this.during(this.span.before);
  }

  /** The instant that decides where people are. */
  get last(): number {
    return this.span.end - 1;
  }

  measure(id: string): Bundle["plan"]["measures"][number] {
    const found = this.#bundle.plan.measures.find((measure) => measure.id === id);
    if (!found) throw new Cannot(`there is no measure ${id}`);
    return found;
  }

  /** A subject's counted facts of the span in a measure, in the order in which they count. */
  sales(measure: string, level: string, subject: string): readonly Sale[] {
    return this.book.sales(measure, level, subject).filter(({ at }) => this.#isInside(at));
  }

  /** The same of facts that would count, had they not been cancelled. */
  cancelledSales(measure: string, level: string, subject: string): readonly Sale[] {
    return this.book.cancelledSales(measure, level, subject).filter(({ at }) => this.#isInside(at));
  }

  tally(measure: string, level: string, subject: string): { readonly value: bigint; readonly facts: number } {
    const sales = this.sales(measure, level, subject);
    return { value: total(sales), facts: sales.length };
  }

  #isInside(at: number): boolean {
    return this.span.start <= at && at < this.span.end;
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
    return this.measure(measure).of === "amount";
  }

  /** The run's cut-off. */
  get asOf(): number {
    return instantOf(this.#bundle.asOf);
  }

  get instants(): PlanInstants {
    return planInstants(this.#bundle.plan);
  }

  get currency(): string {
    return this.#bundle.plan.currency;
  }

  get zone(): string {
    return this.#bundle.plan.period.zone;
  }

  time(instant: number): string {
    return formatInZone(instant, this.zone);
  }

  /** Added up over the span's slices; undefined where there is none, or one cannot be read. */
  target(subject: string, measure: string, label: string): bigint | undefined {
    const cells = this.span.targetsOf.flatMap((slice) => {
      const cell = this.#bundle.targets.findLast(
        (target) =>
          target.subject === subject && target.measure === measure && target.label === label && target.slice === slice,
      );
      return cell ? [scaled(cell.value, this.book.digits(measure))] : [];
    });
    if (cells.length === 0) return undefined;
    return cells.reduce((sum, cell) => (sum === undefined || cell === undefined ? undefined : sum + cell), 0n);
  }

  /** A threshold for a subject, in the measure's whole numbers. */
  threshold(measure: string, mark: Threshold, subject: string): bigint {
    const found =
      "value" in mark ? scaled(mark.value, this.book.digits(measure)) : this.target(subject, measure, mark.target);
    if (found === undefined) throw new Cannot(`${subject} has no threshold in ${measure}`);
    return found;
  }

  /** What a measure comes to for a subject: the step that says so, of how many facts; undefined of a ratio over nothing. */
  looked(measure: string, level: string, subject: string): Looked {
    const ratio = ratioOf(this, measure, level, subject);
    if (ratio) return { step: ratio.step, at: ratio.value, facts: ratio.facts };
    const sales = this.sales(measure, level, subject);
    const value = total(sales);
    const step = this.#measureStep({ measure, level }, subject, sales, value);
    return { step, at: this.measured(measure, value), facts: sales.length };
  }

  /**
   * Everybody on file in a reward's scope, whatever they sold: people by where they are at the slice's last instant.
   *
   * @param besides people who belong to no unit then, and are looked at all the same
   */
  everybody(
    reward: Reward,
    besides: readonly string[] = [],
  ): {
    readonly judged: Omit<Candidate, "sales" | "value">[];
    readonly barred: Reckoned[];
  } {
    const judged: Omit<Candidate, "sales" | "value">[] = [];
    const barred: Reckoned[] = [];
    const ids = reward.level === "participant" ? this.#placed(reward) : this.#inScope(reward);
    for (const id of [...ids, ...besides]) {
      const payee: Payee = { kind: reward.level === "participant" ? "participant" : "unit", id };
      const bar = this.#bar(reward, id);
      const gates = bar === undefined ? reward.gates.map((gate) => this.#gate(reward, gate, id)) : [];
      if (bar === undefined)
        judged.push({ id, payee, passes: gates.every(({ passed }) => passed === true), trace: gates });
      else barred.push({ payee, amount: 0n, trace: [{ step: "excluded", reason: bar }] });
    }
    return { judged, barred };
  }

  #placed({ within }: Reward): string[] {
    const { where } = this.book;
    return where.people.filter((id) => {
      const post = where.post(id, this.last);
      return post !== undefined && (!within || where.isInside(post.unit, within.unit));
    });
  }

  /** Everyone a reward looks at: those who take part, and those who cannot with what keeps them. */
  field(reward: MeasuredReward): { readonly candidates: Candidate[]; readonly barred: Reckoned[] } {
    const candidates: Candidate[] = [];
    const barred: Reckoned[] = [];
    for (const id of this.#inScope(reward)) {
      const payee: Payee = { kind: reward.level === "participant" ? "participant" : "unit", id };
      const ratio = ratioOf(this, reward.measure, reward.level, id);
      const sales = ratio ? [] : this.sales(reward.measure, reward.level, id);
      const value = total(sales);
      const looked = ratio ? ratio.step : this.#measureStep(reward, id, sales, value);
      const keepsSome = claws(reward) && this.cancelledSales(reward.measure, reward.level, id).length > 0;
      const bar = (keepsSome ? undefined : obstacle(ratio, sales)) ?? this.#bar(reward, id);
      if (bar !== undefined) {
        barred.push({ payee, amount: 0n, trace: [looked, { step: "excluded", reason: bar }] });
        continue;
      }
      const gates = reward.gates.map((gate) => this.#gate(reward, gate, id));
      const passes = gates.every(({ passed }) => passed === true);
      const exact = ratio?.value && { ratio: ratio.value };
      candidates.push({ id, payee, sales, value, ...exact, passes, trace: [looked, ...gates] });
    }
    return { candidates, barred };
  }

  #inScope(reward: Reward): string[] {
    const { level, within } = reward;
    const { where } = this.book;
    const sellers = () => this.book.sellers((at) => this.#isInside(at), claws(reward));
    if (level !== "participant") {
      return where.unitsOf(level).filter((unit) => !within || where.isInside(unit, within.unit));
    }
    if (!within) return sellers();
    return sellers().filter((id) => {
      const post = where.post(id, this.last);
      return !post || where.isInside(post.unit, within.unit);
    });
  }

  #bar(reward: Reward, id: string): string | undefined {
    const looksAtPost = reward.within || reward.roles || reward.gates.some(({ on }) => on !== "self");
    if (reward.level === "participant" && looksAtPost) {
      const post = this.book.where.post(id, this.last);
      if (!post) return "no-membership";
      if (reward.roles && !reward.roles.anyOf.includes(post.role)) return "role";
    }
    const raced = "measure" in reward ? labelsOf(reward).map((label) => [reward.measure, label] as const) : [];
    const gated = reward.gates.flatMap(({ on, measure, atLeast }) =>
      "target" in atLeast && (on === "self" || on.ancestor === reward.level)
        ? [[measure, atLeast.target] as const]
        : [],
    );
    const lacks = [...raced, ...gated].some(([measure, label]) => this.target(id, measure, label) === undefined);
    return lacks ? "no-target" : undefined;
  }

  #gate(reward: Reward, { on, measure, atLeast }: Gate, id: string): Numbers {
    const unit = reward.level === "participant" ? this.book.where.post(id, this.last)?.unit : id;
    const level = on === "self" ? reward.level : on.ancestor;
    const judged = on === "self" ? id : unit && this.book.where.above(unit, on.ancestor);
    if (!judged) return { step: "excluded", reason: "no-ancestor" };
    const label = "target" in atLeast ? atLeast.target : undefined;
    const threshold =
      "value" in atLeast
        ? scaled(atLeast.value, this.book.digits(measure))
        : this.target(judged, measure, atLeast.target);
    if (threshold === undefined) throw new Cannot(`${judged} has no threshold in ${measure}`);
    const found = ratioOf(this, measure, level, judged);
    const value = found ? (found.value ?? NOTHING) : this.measured(measure, this.tally(measure, level, judged).value);
    const missing = less(fraction(this.valueText(measure, threshold)), value);
    const passed = missing.over <= 0n;
    const text = (number: Fraction) => (found ? exactly(number) : exactly(number, this.book.digits(measure)));
    return {
      step: "gate",
      on: on === "self" ? "self" : on.ancestor,
      subject: judged,
      measure,
      value: text(value),
      threshold: this.valueText(measure, threshold),
      target: label,
      passed,
      missing: passed ? undefined : text(missing),
    };
  }

  #measureStep(
    { measure, level }: Pick<MeasuredReward, "measure" | "level">,
    subject: string,
    sales: readonly Sale[],
    value: bigint,
  ): Numbers {
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
export function totals(sales: readonly Sale[]): bigint[] {
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

interface Looked {
  readonly step: Numbers;
  readonly at: Fraction | undefined;
  readonly facts: number;
}

/** Whether a part of the pay for cancelled sales may be kept. */
function claws(reward: Reward): boolean {
  return "clawback" in reward && reward.clawback !== undefined;
}

/** Targets of the reward's own measure that it cannot do without. */
function labelsOf(reward: MeasuredReward): readonly string[] {
  if (reward.kind === "race") return reward.targets;
  if (reward.kind === "honour" && "atLeast" in reward.to) return labelIn(reward.to.atLeast);
  if (reward.kind === "penalty" && "below" in reward.when) return labelIn(reward.when.below);
  if (reward.kind === "pool" && "byAttainment" in reward.share) return [reward.share.byAttainment];
  const by = reward.kind === "ranking" ? reward.by : undefined;
  return typeof by === "object" && "attainment" in by ? [by.attainment] : [];
}

function labelIn(mark: Threshold): readonly string[] {
  return "target" in mark ? [mark.target] : [];
}

function obstacle(ratio: Ratio | undefined, sales: readonly Sale[]): string | undefined {
  if ((ratio ? ratio.facts : sales.length) === 0) return "no-facts";
  return ratio && !ratio.value ? "empty-ratio" : undefined;
}

export const GATE = { step: "nothing", reason: "gate" } as const;

export function failing({ payee, trace }: Candidate): Reckoned {
  return { payee, amount: 0n, trace: [...trace, GATE] };
}
