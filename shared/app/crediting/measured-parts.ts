import { addExact } from "#domain/decimal.ts";
import { compareFactKeys } from "#domain/ids.ts";
import type { Measured, Reached } from "#domain/progress.ts";
import { compareText } from "#domain/text.ts";
import type { Aggregate } from "#engine/aggregate.ts";
import { sha256 } from "#engine/hash.ts";
import type { Rules } from "#engine/rules.ts";
import { type Contribution, measureOf } from "#engine/standings.ts";

/** A measure's parts: of one participant in one place, of a place, of a unit above several. How they are put together hangs on these. */
export interface PartRule {
  readonly aggregate: Aggregate;
  /** Different texts that a part of a `distinct` measure keeps at most. */
  readonly mostTexts: number;
}

/** At some 40 bytes a text a total stays well inside an item of the database, however many measures count differences. */
const MOST_TEXTS_OF_ALL = 5000;
const MOST_TEXTS = 1000;

/** How the parts of each measure are put together. A ratio is taken of two measures when it is asked for, and has no parts. */
export function partRules({ measures }: Rules): ReadonlyMap<string, PartRule> {
  const kept = [...measures.values()].flatMap(({ measure: { id, aggregate } }) =>
    aggregate ? [{ id, aggregate }] : [],
  );
  const counting = kept.filter(({ aggregate }) => aggregate === "distinct").length;
  const mostTexts = Math.min(MOST_TEXTS, Math.floor(MOST_TEXTS_OF_ALL / Math.max(1, counting)));
  return new Map(kept.map(({ id, aggregate }) => [id, { aggregate, mostTexts }]));
}

/** A part from its contributions in time order, with what {@link addMeasured} needs to put it together with others. */
export function partOf(contributions: readonly Contribution[], { aggregate, mostTexts }: PartRule): Measured {
  const part = measureOf(contributions, aggregate);
  const last = contributions.at(-1);
  if (last && aggregate === "last") return { ...part, lastFact: last.fact };
  if (!last || aggregate !== "distinct") return part;
  const firsts = new Map<string, number>();
  for (const { text = "", occurredAt } of contributions) {
    const mark = markOf(text);
    if (!firsts.has(mark)) firsts.set(mark, occurredAt);
  }
  return { ...part, ...keptTexts(firsts, mostTexts) };
}

/**
 * Two parts of one subject's measure as one. The value is right or marked `unknown`. So is the final reach, or it is
 * absent, but for sums of which a part is negative: enough for boards, never used for money.
 */
export function addMeasured(a: Measured, b: Measured, rule: PartRule): Measured {
  if (a.facts === 0) return b;
  if (b.facts === 0) return a;
  const both = { facts: addExact(a.facts, b.facts), lastFactAt: Math.max(lastAt(a), lastAt(b)) };
  switch (rule.aggregate) {
    case "sum":
    case "count":
      return { ...both, ...summed(a, b) };
    case "max":
      return { ...both, ...larger(a, b) };
    case "last":
      return { ...both, ...later(a, b) };
    case "distinct":
      return { ...both, ...united(a, b, rule.mostTexts) };
  }
}

type Together = Omit<Measured, "facts" | "lastFactAt">;

function summed(a: Measured, b: Measured): Together {
  const value = addExact(a.value, b.value);
  const gained = addExact(a.gained, b.gained);
  return { value, gained, ...reachedAt(sumReach(a, b), value) };
}

/** A part that adds nothing is waited for by nobody: the sum was there before it. */
function sumReach(a: Measured, b: Measured): Reached | undefined {
  if (isNothing(a) && isNothing(b)) return earlierOf(a.finalReach, b.finalReach);
  if (isNothing(a)) return b.finalReach;
  if (isNothing(b)) return a.finalReach;
  return laterOf(a.finalReach, b.finalReach);
}

function isNothing({ value, gained }: Measured): boolean {
  return value === 0 && gained === 0;
}

function larger(a: Measured, b: Measured): Together {
  const value = Math.max(a.value, b.value);
  const reached =
    a.value === b.value ? earlierOf(a.finalReach, b.finalReach) : a.value > b.value ? a.finalReach : b.finalReach;
  return { value, gained: Math.max(a.gained, b.gained), ...reachedAt(reached, value) };
}

/** Newest by when it happened, then by fact key, as in standings. Parts of one shared sale have no order: equal, or not known. */
function later(a: Measured, b: Measured): Together {
  const order = lastAt(a) - lastAt(b) || compareLastFacts(a, b);
  const [newest, other] = order >= 0 ? [a, b] : [b, a];
  const { value, finalReach, lastFact, unknown } = newest;
  const gained = Math.max(a.gained, b.gained);
  const unordered = order === 0 && a.value !== b.value;
  // The other part may have been at the value before; whether it was, and when, is not kept.
  const isOnlyReach = other.gained < value;
  return {
    value,
    gained,
    ...(lastFact === undefined ? {} : { lastFact }),
    ...(unknown || unordered ? { unknown: true } : isOnlyReach ? reachedAt(finalReach, value) : {}),
  };
}

function compareLastFacts({ lastFact: a }: Measured, { lastFact: b }: Measured): number {
  return a === undefined || b === undefined ? 0 : compareFactKeys(a, b);
}

/** Different ones over both. Parts that have more than can be kept are a lower bound together, which is no value. */
function united(a: Measured, b: Measured, mostTexts: number): Together {
  const gained = addExact(a.gained, b.gained);
  if (a.texts === undefined || b.texts === undefined) {
    return { value: Math.max(a.value, b.value), gained, unknown: true };
  }
  const firsts = new Map(a.texts);
  for (const [mark, at] of b.texts) firsts.set(mark, Math.min(at, firsts.get(mark) ?? at));
  const value = firsts.size;
  const at = [...firsts.values()].reduce((latest, first) => Math.max(latest, first), Number.NEGATIVE_INFINITY);
  const reached = [a.finalReach, b.finalReach].find((reach) => reach?.at === at) ?? a.finalReach ?? b.finalReach;
  return { value, gained, ...reachedAt(reached && { ...reached, at }, value), ...keptTexts(firsts, mostTexts) };
}

function keptTexts(firsts: ReadonlyMap<string, number>, most: number): Pick<Measured, "texts"> {
  if (firsts.size > most) return {};
  return { texts: [...firsts].sort(([a], [b]) => compareText(a, b)) };
}

/** Sixteen characters of a hash, 96 bits: short beside an address or a number, and as good as never the same of two texts. */
function markOf(text: string): string {
  return Buffer.from(sha256(text), "hex").toString("base64url").slice(0, 16);
}

function reachedAt(reached: Reached | undefined, value: number): Pick<Measured, "finalReach"> {
  return reached ? { finalReach: { ...reached, value } } : {};
}

function earlierOf(a: Reached | undefined, b: Reached | undefined): Reached | undefined {
  if (!a || !b) return a ?? b;
  return compareReached(a, b) <= 0 ? a : b;
}

function laterOf(a: Reached | undefined, b: Reached | undefined): Reached | undefined {
  if (!a || !b) return a ?? b;
  return compareReached(a, b) >= 0 ? a : b;
}

function compareReached(a: Reached, b: Reached): number {
  return a.at - b.at || compareFactKeys(a.fact, b.fact);
}

function lastAt({ lastFactAt }: Measured): number {
  return lastFactAt ?? Number.NEGATIVE_INFINITY;
}
