import { conditionFact } from "#domain/condition.ts";
import { type Fact, factContent } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { instantOf } from "#domain/instant.ts";
import { type Crediting, creditOf } from "./credit.ts";
import { sha256 } from "./hash.ts";
import type { Rules } from "./rules.ts";

/** The state of one fact as of a cut-off: its highest version known then, and what that means. */
export interface FactState {
  readonly key: string;
  readonly version: number;
  /** Hash of what the version says; identifies the input. */
  readonly content: string;
  /** Who the fact names: the seller, or whom a score or evidence is about. */
  readonly participantId: string;
  readonly occurredAt: number;
  readonly crediting: Crediting;
  /** Texts of the conditions that rewards ask of single facts and that hold. */
  readonly holds?: readonly string[];
  /** What the fact has under the attributes that rewards look up. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * What a shard of facts comes to. Partials form a join-semilattice: `merge` is commutative, associative and idempotent,
 * so any sharding, any order and any repetition of facts ends in the same partial. That is what makes duplicates,
 * redelivery and re-ordering harmless by construction.
 */
export interface Partial {
  readonly states: ReadonlyMap<string, FactState>;
}

export const EMPTY_PARTIAL: Partial = { states: new Map() };

/** Folds facts (any versions, any order) known as of a cut-off, inclusive. */
export function fold(rules: Rules, asOf: number, facts: Iterable<Fact>): Partial {
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    if (instantOf(fact.recordedAt) > asOf) continue;
    const key = factKey(fact);
    const other = newest.get(key);
    if (!other || supersedes(fact, other)) newest.set(key, fact);
  }
  const states = new Map<string, FactState>();
  for (const [key, fact] of newest) states.set(key, stateOf(rules, key, fact));
  return { states };
}

export function merge(a: Partial, b: Partial): Partial {
  const [large, small] = a.states.size >= b.states.size ? [a, b] : [b, a];
  const states = new Map(large.states);
  for (const [key, state] of small.states) {
    const other = states.get(key);
    if (!other || isNewer(state, other)) states.set(key, state);
  }
  return { states };
}

/** A partial as plain JSON and back, to hand it from one step of a settlement to the next. */
export function partialToJson(partial: Partial): FactState[] {
  return [...partial.states.values()];
}

export function partialFromJson(states: readonly FactState[]): Partial {
  return { states: new Map(states.map((state) => [state.key, state])) };
}

function stateOf(rules: Rules, key: string, fact: Fact): FactState {
  return {
    key,
    version: fact.version,
    content: sha256(factContent(fact)),
    participantId: fact.participantId,
    occurredAt: instantOf(fact.occurredAt),
    crediting: creditOf(rules, fact),
    ...(isAsked(rules) ? answersOf(rules, fact) : {}),
  };
}

function isAsked({ asked }: Rules): boolean {
  return asked.conditions.length > 0 || asked.labels.length > 0;
}

/** What rewards ask of single facts; nothing where they do not. */
function answersOf({ asked }: Rules, fact: Fact): Pick<FactState, "holds" | "labels"> {
  const facing = conditionFact(fact);
  const holds = asked.conditions.filter((condition) => condition.test(facing) === "holds").map(({ text }) => text);
  const labels = asked.labels.flatMap((name) =>
    Object.hasOwn(fact.attributes, name) ? [[name, String(fact.attributes[name])] as const] : [],
  );
  return {
    ...(holds.length === 0 ? {} : { holds }),
    ...(labels.length === 0 ? {} : { labels: Object.fromEntries(labels) }),
  };
}

/**
 * Stores refuse other content for a stored version; should both be handed in all the same, the content decides, not the order. Of
 * two recordings of the same words the earlier holds: it says when we knew.
 */
function supersedes(fact: Fact, other: Fact): boolean {
  if (fact.version !== other.version) return fact.version > other.version;
  const [content, otherContent] = [sha256(factContent(fact)), sha256(factContent(other))];
  if (content !== otherContent) return content < otherContent;
  return instantOf(fact.recordedAt) < instantOf(other.recordedAt);
}

function isNewer(state: FactState, other: FactState): boolean {
  if (state.version !== other.version) return state.version > other.version;
  if (state.content !== other.content) return state.content < other.content;
  return undoneAt(state) < undoneAt(other);
}

function undoneAt({ crediting }: FactState): number {
  return crediting.outcome === "cancelled" ? crediting.cancelledAt : 0;
}
