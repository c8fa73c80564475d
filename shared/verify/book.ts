import type { Bundle } from "#domain/bundle.ts";
import { type Condition, ConditionCompiler } from "#domain/condition.ts";
import { instantOf } from "#domain/instant.ts";
import { currencyDigits } from "#domain/money.ts";
import { planInstants } from "#domain/plan/check.ts";
import type { Measure } from "#domain/plan/plan.ts";
import { canonical, sha256 } from "./canonical.ts";
import { fraction, order, plainDecimal, proportion } from "./exact.ts";
import { type Part, partsOf, strangerIn } from "./shares.ts";
import { Whereabouts } from "./where.ts";
import { worthIn } from "./worth.ts";

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
  readonly fate:
    | "counted"
    | "cancelled"
    | { readonly notCounted: string }
    /** `subject`: who is unknown, or whom a fact in an unknown currency names; `cause`: what one warning tells of. */
    | { readonly held: string; readonly subject: string; readonly cause: string };
  /** To whom it is credited; nobody unless it counts, or, of a cancelled one, would have counted. */
  readonly parts: readonly Part[];
}

/** One counted fact inside a measure, as far as it is credited to one person or unit. */
export interface Sale {
  readonly key: string;
  readonly version: number;
  /** To whom it is credited. */
  readonly seller: string;
  readonly at: number;
  readonly value: bigint;
  /** What a `distinct` measure tells apart. */
  readonly text?: string;
  /** How the measure makes one value of many. */
  readonly by: NonNullable<Measure["aggregate"]>;
  /** All that the fact says. */
  readonly fact: Fact;
  /** When it was undone: by the source's clock, or when we knew; only of cancelled ones. */
  readonly cancelledAt?: number;
}

type Clause = { readonly id: string; readonly condition: Condition };

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
  readonly #cancelled: readonly Entered[];
  readonly #measures = new Map<string, Map<string, Sale[]>>();

  constructor(bundle: Bundle) {
    this.#bundle = bundle;
    this.#compiler = new ConditionCompiler(bundle.plan.attributes);
    this.where = new Whereabouts(bundle);
    this.moneyDigits = currencyDigits(bundle.plan.currency) ?? 0;
    const { start, end, followUpEnd } = planInstants(bundle.plan);
    this.last = end - 1;
    const clauses = bundle.plan.counts.map(({ id, when }) => ({ id, condition: this.#compiler.compile(when) }));
    this.entered = newestVersions(bundle).map((entry) => ({
      ...entry,
      ...this.#fate(entry, start, followUpEnd, clauses),
    }));
    const inTime = (which: Entered["fate"]) =>
      this.entered.filter(({ fate }) => fate === which).sort((a, b) => a.at - b.at || order(a.key, b.key));
    this.#counted = inTime("counted");
    this.#cancelled = inTime("cancelled");
  }

  /** Participants to whom a counted fact of a stretch of time is credited, whatever it measures. */
  sellers(isInside: (at: number) => boolean, orCancelled: boolean): string[] {
    const facts = [...this.#counted, ...(orCancelled ? this.#cancelled : [])].filter(({ at }) => isInside(at));
    const people = facts.flatMap(({ parts }) => parts.filter(({ isUnit }) => !isUnit).map(({ who }) => who));
    return [...new Set(people)].sort(order);
  }

  /** A subject's counted facts in a measure, in the order in which they count. */
  sales(measure: string, level: string, subject: string): readonly Sale[] {
    return this.#measured(measure, level, this.#counted).get(subject) ?? [];
  }

  /** The same of facts that were cancelled, which count nowhere else. */
  cancelledSales(measure: string, level: string, subject: string): readonly Sale[] {
    return this.#measured(measure, level, this.#cancelled).get(subject) ?? [];
  }

  /** Whether a condition of the plan holds for a fact; one that cannot be told does not. */
  holds(condition: string, fact: Fact): boolean {
    return holds(this.#compiler.compile(condition), fact);
  }

  /** Decimals of a measure's values; of a ratio, those of the marks that it is compared with. */
  digits(id: string): number {
    const measure = this.#bundle.plan.measures.find((candidate) => candidate.id === id);
    if (!measure) throw new Cannot(`there is no measure ${id}`);
    return this.#digitsOf(measure);
  }

  /** Those to whom a fact is credited directly though they belonged to no unit when it occurred. */
  unplaced({ fate, parts }: Entered): string[] {
    if (fate !== "counted") return [];
    return parts.filter(({ isDirect, unit }) => isDirect && unit === undefined).map(({ who }) => who);
  }

  #measured(id: string, level: string, entered: readonly Entered[]): Map<string, Sale[]> {
    const key = `${id} ${level} ${entered === this.#counted}`;
    const known = this.#measures.get(key);
    if (known) return known;
    const { plan } = this.#bundle;
    const measure = plan.measures.find((candidate) => candidate.id === id);
    if (!measure) throw new Cannot(`there is no measure ${id}`);
    const by = measure.aggregate;
    if (by === undefined) throw new Cannot(`the measure ${id} is a ratio, which has no sales of its own`);
    const when = measure.when === undefined ? undefined : this.#compiler.compile(measure.when);
    const bySubject = new Map<string, Sale[]>();
    for (const { key: fact, fact: said, at, parts } of entered) {
      if (when && !holds(when, said)) continue;
      for (const part of parts) {
        const subject = this.#subject(part, level);
        const worth = worthIn(plan, measure, this.moneyDigits, said, part);
        if (subject === undefined || worth === undefined) continue;
        const sales = bySubject.get(subject) ?? [];
        const undone = said.status === "cancelled" && { cancelledAt: instantOf(said.cancelledAt ?? said.recordedAt) };
        sales.push({ key: fact, version: said.version, seller: part.who, at, by, fact: said, ...undone, ...worth });
        bySubject.set(subject, sales);
      }
    }
    this.#measures.set(key, bySubject);
    return bySubject;
  }

  #subject({ who, unit, isUnit }: Part, level: string): string | undefined {
    if (level === "participant") return isUnit ? undefined : who;
    return unit === undefined ? undefined : this.where.above(unit, level);
  }

  #digitsOf({ aggregate, of }: Measure): number {
    if (aggregate === "count" || aggregate === "distinct") return 0;
    return of === "amount" ? this.moneyDigits : 6;
  }

  #fate(
    { fact, at }: Omit<Entered, "fate" | "parts">,
    start: number,
    end: number,
    clauses: readonly Clause[],
  ): Pick<Entered, "fate" | "parts"> {
    const without = (fate: Entered["fate"]) => ({ fate, parts: [] });
    if (fact.kind === "sale" && currencyDigits(fact.currency) === undefined) {
      return without({ held: "unknown-currency", subject: fact.participantId, cause: fact.currency });
    }
    const stranger = strangerIn(fact, this.where);
    if (stranger !== undefined) {
      return without({ held: "unknown-participant", subject: stranger, cause: stranger });
    }
    const { fate, parts } = this.#fateOfActive({ fact, at }, start, end, clauses);
    return fact.status === "cancelled" ? { fate: "cancelled", parts } : { fate, parts };
  }

  #fateOfActive(
    { fact, at }: Pick<Entered, "fact" | "at">,
    start: number,
    end: number,
    clauses: readonly Clause[],
  ): Pick<Entered, "fate" | "parts"> {
    const without = (fate: Entered["fate"]) => ({ fate, parts: [] });
    if (at < start || at >= end) return without({ notCounted: "outside-period" });
    const { plan } = this.#bundle;
    if (fact.kind === "sale" && fact.currency !== plan.currency) return without({ notCounted: "other-currency" });
    const all = partsOf(this.#bundle, this.where, fact, at);
    const { reason, rest } = this.#leaveOut(all, at);
    if (reason !== undefined) return without({ notCounted: reason });
    const parts = rest.filter((part) => this.#isAddressedBy(part, at));
    if (parts.length === 0) return without({ notCounted: "outside-audience" });
    const unmet = clauses.find(({ condition }) => !holds(condition, fact));
    return unmet ? without({ notCounted: unmet.id }) : { fate: "counted", parts };
  }

  /** What a stretch leaves out, one stretch after another; the one that leaves nothing gives the reason. */
  #leaveOut(parts: readonly Part[], at: number): { readonly rest: readonly Part[]; readonly reason?: string } {
    let rest = parts;
    for (const { id, from, until, outside = [] } of this.#bundle.plan.uncounted ?? []) {
      const isBefore = from !== undefined && at < instantOf(from);
      const isAfter = until !== undefined && at >= instantOf(until);
      if (isBefore || isAfter) continue;
      // An overlay counts for no unit, and lies where its holder is all the same.
      rest = rest.filter(({ who, unit, isUnit }) => {
        const place = isUnit ? unit : this.where.post(who, at)?.unit;
        return place !== undefined && this.where.chain(place).some((above) => outside.includes(above));
      });
      if (rest.length === 0) return { rest, reason: id };
    }
    return { rest };
  }

  #isAddressedBy({ who, unit, isUnit }: Part, at: number): boolean {
    const { units, roles, membership } = this.#bundle.plan.audience;
    if (!units && !roles) return true;
    if (isUnit) return unit !== undefined && this.isAddressed("unit", unit, at);
    return this.isAddressed("participant", who, membership === "periodEnd" ? this.last : at);
  }

  /** Whether a unit is inside the audience's units, or somebody is where they are at an instant, with one of its roles. */
  isAddressed(kind: "participant" | "unit", id: string, instant: number): boolean {
    const { units, roles } = this.#bundle.plan.audience;
    const isIn = (place: string) => !units || this.where.chain(place).some((above) => units.includes(above));
    if (kind === "unit") return isIn(id);
    const post = this.where.post(id, instant);
    if (!units && !roles) return true;
    return post !== undefined && isIn(post.unit) && (!roles || roles.includes(post.role));
  }
}

function holds(condition: Condition, fact: Fact): boolean {
  const { kind, source, attributes } = fact;
  const numbers = (["amount", "quantity", "value"] as const).flatMap((name) => {
    const text = Object.entries(fact).find(([field]) => field === name)?.[1];
    return typeof text === "string" ? [[name, Number(text)]] : [];
  });
  const texts = fact.kind === "sale" ? { product: fact.product, channel: fact.channel } : { topic: fact.topic };
  return condition.test({ kind, source, attributes, ...texts, ...Object.fromEntries(numbers) }) === "holds";
}

/** Of each identity the highest version recorded by the cut-off, by key; of two with one version the smaller content. */
function newestVersions({ facts, asOf }: Bundle): Omit<Entered, "fate" | "parts">[] {
  const cutOff = instantOf(asOf);
  const newest = new Map<string, Omit<Entered, "fate" | "parts">>();
  for (const fact of facts) {
    if (instantOf(fact.recordedAt) > cutOff) continue;
    const at = instantOf(fact.occurredAt);
    const entry = { key: `${fact.source}#${fact.externalId}`, fact, at, content: contentOf(fact, at) };
    const other = newest.get(entry.key);
    const later = other
      ? fact.version - other.fact.version ||
        order(other.content, entry.content) ||
        // The same words twice: the first time is when we knew.
        instantOf(other.fact.recordedAt) - instantOf(fact.recordedAt)
      : 1;
    if (later > 0) newest.set(entry.key, entry);
  }
  return [...newest.values()].sort((a, b) => order(a.key, b.key));
}

/** What a version says: everything but when it was recorded; instants as milliseconds, numbers in one spelling, people by id. */
function contentOf({ recordedAt: _, ...said }: Fact, occurredAt: number): string {
  const spelt = Object.fromEntries(
    Object.entries(said).map(([field, value]) => {
      if (typeof value === "string" && NUMBERS.includes(field)) return [field, plainDecimal(value)];
      if (typeof value === "string" && field === "cancelledAt") return [field, instantOf(value)];
      return [field, value];
    }),
  );
  if (said.kind !== "sale") return sha256(canonical({ ...spelt, occurredAt }));
  const { splits, overlays } = said;
  const people = {
    ...(splits && { splits: splits.map(partsInOneSpelling).sort(byPerson) }),
    ...(overlays && { overlays: overlays.map(partsInOneSpelling).sort(byPerson) }),
  };
  return sha256(canonical({ ...spelt, occurredAt, ...people }));
}

const NUMBERS = ["amount", "quantity", "value"];

interface Person {
  readonly participantId: string;
  readonly part: string;
}

/** `50%` is `1/2`. */
function partsInOneSpelling({ participantId, part }: Person): Person {
  const { over, under } = fraction(part);
  const [a = 0n, b = 1n] = proportion([
    { over, under: 1n },
    { over: under, under: 1n },
  ]);
  return { participantId, part: `${a}/${b}` };
}

function byPerson(a: Person, b: Person): number {
  return order(a.participantId, b.participantId);
}
