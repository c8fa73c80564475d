import type { Bundle } from "#domain/bundle.ts";
import { type Condition, ConditionCompiler } from "#domain/condition.ts";
import { instantOf } from "#domain/instant.ts";
import { currencyDigits } from "#domain/money.ts";
import { planInstants } from "#domain/plan/check.ts";
import type { Measure } from "#domain/plan/plan.ts";
import { canonical, sha256 } from "./canonical.ts";
import { order, plainDecimal, scaled } from "./exact.ts";
import { Whereabouts } from "./where.ts";

/** Something that this verifier does not know how to compute: said, never guessed. */
export class Cannot extends Error {
  override readonly name = "Cannot";
}

type Fact = Bundle["facts"][number];

/** One fact as it stood at the cut-off, and what became of it. */
export interface Entered {
  readonly key: string;
  readonly fact: Fact;
  /** SHA-256 of what the version says. */
  readonly content: string;
  readonly at: number;
  readonly fate: "counted" | "cancelled" | { readonly notCounted: string } | { readonly held: string };
}

/** One counted fact inside a measure. */
export interface Sale {
  readonly key: string;
  readonly version: number;
  readonly seller: string;
  readonly at: number;
  readonly value: bigint;
}

/** The facts of a bundle as of its cut-off, newest version each, and the sums over them. */
export class Book {
  readonly where: Whereabouts;
  readonly entered: readonly Entered[];
  readonly moneyDigits: number;
  /** The period's last instant. */
  readonly last: number;
  readonly #bundle: Bundle;
  readonly #compiler: ConditionCompiler;
  readonly #counted: readonly Entered[];
  readonly #measures = new Map<string, { readonly digits: number; readonly bySubject: Map<string, Sale[]> }>();

  constructor(bundle: Bundle) {
    this.#bundle = bundle;
    this.#compiler = new ConditionCompiler(bundle.plan.attributes);
    this.where = new Whereabouts(bundle);
    this.moneyDigits = currencyDigits(bundle.plan.currency) ?? 0;
    const { start, end } = planInstants(bundle.plan);
    this.last = end - 1;
    const clauses = bundle.plan.counts.map(({ id, when }) => ({ id, condition: this.#compiler.compile(when) }));
    this.entered = newestVersions(bundle).map((entry) => ({ ...entry, fate: this.#fate(entry, start, end, clauses) }));
    this.#counted = this.entered
      .filter(({ fate }) => fate === "counted")
      .sort((a, b) => a.at - b.at || order(a.key, b.key));
  }

  /** Subjects of a level with a counted fact, whatever it measures. */
  sellers(): string[] {
    return [...new Set(this.#counted.map(({ fact }) => fact.participantId))].sort(order);
  }

  /** A subject's counted facts in a measure, in the order in which they count. */
  sales(measure: string, level: string, subject: string): readonly Sale[] {
    return this.#measured(measure, level).bySubject.get(subject) ?? [];
  }

  digits(measure: string): number {
    return this.#measured(measure, "participant").digits;
  }

  unplaced({ fact, at, fate }: Entered): boolean {
    return fate === "counted" && this.where.post(fact.participantId, at) === undefined;
  }

  #measured(id: string, level: string) {
    const key = `${id} ${level}`;
    const known = this.#measures.get(key);
    if (known) return known;
    const measure = this.#bundle.plan.measures.find((candidate) => candidate.id === id);
    if (!measure) throw new Cannot(`there is no measure ${id}`);
    const { digits, worthOf } = this.#meaning(measure);
    const when = measure.when === undefined ? undefined : this.#compiler.compile(measure.when);
    const bySubject = new Map<string, Sale[]>();
    for (const entry of this.#counted) {
      const { fact, at } = entry;
      const unit = this.where.post(fact.participantId, at)?.unit;
      const subject = level === "participant" ? fact.participantId : unit && this.where.above(unit, level);
      if (subject === undefined || subject === "" || (when && !holds(when, fact))) continue;
      const sales = bySubject.get(subject) ?? [];
      sales.push({ key: entry.key, version: fact.version, seller: fact.participantId, at, value: worthOf(fact) });
      bySubject.set(subject, sales);
    }
    const measured = { digits, bySubject };
    this.#measures.set(key, measured);
    return measured;
  }

  #meaning({ id, aggregate, of }: Measure): { digits: number; worthOf: (fact: Fact) => bigint } {
    const what = `${aggregate}${of === undefined ? "" : ` of ${of}`}`;
    if (what === "count") return { digits: 0, worthOf: () => 1n };
    if (what === "sum of quantity") return { digits: 6, worthOf: ({ quantity }) => scaled(quantity, 6) ?? 0n };
    const digits = this.moneyDigits;
    if (what === "sum of amount") return { digits, worthOf: ({ amount }) => scaled(amount, digits) ?? 0n };
    throw new Cannot(`the measure ${id} is a ${what}, which this verifier does not know`);
  }

  #fate(
    { fact, at }: Omit<Entered, "fate">,
    start: number,
    end: number,
    clauses: readonly { readonly id: string; readonly condition: Condition }[],
  ): Entered["fate"] {
    if (currencyDigits(fact.currency) === undefined) return { held: "unknown-currency" };
    if (!this.where.isOnFile(fact.participantId)) return { held: "unknown-participant" };
    if (fact.status === "cancelled") return "cancelled";
    if (at < start || at >= end) return { notCounted: "outside-period" };
    if (fact.currency !== this.#bundle.plan.currency) return { notCounted: "other-currency" };
    if (!this.#isAddressed(fact.participantId, at)) return { notCounted: "outside-audience" };
    const unmet = clauses.find(({ condition }) => !holds(condition, fact));
    return unmet ? { notCounted: unmet.id } : "counted";
  }

  #isAddressed(participantId: string, at: number): boolean {
    const { units, roles, membership } = this.#bundle.plan.audience;
    if (!units && !roles) return true;
    const post = this.where.post(participantId, membership === "periodEnd" ? this.last : at);
    if (!post) return false;
    const chain = this.where.chain(post.unit);
    return (!units || units.some((unit) => chain.includes(unit))) && (!roles || roles.includes(post.role));
  }
}

function holds(condition: Condition, fact: Fact): boolean {
  return condition.test({ ...fact, amount: Number(fact.amount), quantity: Number(fact.quantity) }) === "holds";
}

/** Of each identity the highest version recorded by the cut-off, by key; of two with one version the smaller content. */
function newestVersions({ facts, asOf }: Bundle): Omit<Entered, "fate">[] {
  const cutOff = instantOf(asOf);
  const newest = new Map<string, Omit<Entered, "fate">>();
  for (const fact of facts) {
    if (instantOf(fact.recordedAt) > cutOff) continue;
    const at = instantOf(fact.occurredAt);
    const entry = { key: `${fact.source}#${fact.externalId}`, fact, at, content: contentOf(fact, at) };
    const other = newest.get(entry.key);
    const later = other ? fact.version - other.fact.version || order(other.content, entry.content) : 1;
    if (later > 0) newest.set(entry.key, entry);
  }
  return [...newest.values()].sort((a, b) => order(a.key, b.key));
}

/** What a version says: everything but when it was recorded; instants as milliseconds, decimals in one spelling. */
function contentOf({ recordedAt: _, ...said }: Fact, occurredAt: number): string {
  const amount = plainDecimal(said.amount);
  return sha256(canonical({ ...said, occurredAt, amount, quantity: plainDecimal(said.quantity) }));
}
