import type { Bundle } from "#domain/bundle.ts";
import { type Fraction, fraction, order, proportion, rounded, shared } from "./exact.ts";
import type { Whereabouts } from "./where.ts";

type Fact = Bundle["facts"][number];

/** Somebody to whom a fact is credited. */
export interface Part {
  readonly who: string;
  /** The unit that it counts for, with those above; undefined where it rolls up nowhere. */
  readonly unit: string | undefined;
  /** Direct credit; an overlay is not. */
  readonly isDirect: boolean;
  /** A unit that a score or evidence is about: no participant is credited. */
  readonly isUnit: boolean;
  /** Whether the fact is counted for this one. */
  readonly counts: boolean;
  /** What this one has of a whole amount of the sale; undefined for nothing. */
  readonly of: (whole: bigint) => bigint | undefined;
}

const ALL = (whole: bigint) => whole;

/** Everybody to whom a plan credits a fact, whether or not they are in its audience; direct credit first, each by id. */
export function partsOf({ plan }: Pick<Bundle, "plan">, where: Whereabouts, fact: Fact, at: number): Part[] {
  const who = fact.participantId;
  const unitOf = (id: string) => where.post(id, at)?.unit;
  if (fact.kind !== "sale") {
    const isUnit = !where.isOnFile(who);
    return [{ who, unit: isUnit ? who : unitOf(who), isDirect: true, isUnit, counts: true, of: ALL }];
  }
  const { to, overlays, shared: counting } = plan.crediting;
  const counts = (id: string) => counting !== "seller" || id === who;
  const person = (id: string, isDirect: boolean, of: Part["of"]): Part => ({
    who: id,
    unit: isDirect ? unitOf(id) : undefined,
    isDirect,
    isUnit: false,
    counts: counts(id),
    of,
  });
  const splits = to === "splits" ? fact.splits : undefined;
  const direct = splits
    ? splits.map(({ participantId }) => person(participantId, true, ofSplits(splits, participantId)))
    : [person(who, true, ALL)];
  if (counting === "seller" && !direct.some((part) => part.who === who))
    direct.push(person(who, true, () => undefined));
  const beyond = overlays === "credited" ? (fact.overlays ?? []) : [];
  const extra = beyond.map(({ participantId, part }) => person(participantId, false, ofOverlay(fraction(part))));
  return [...direct.sort(byWho), ...extra.sort(byWho)];
}

function ofSplits(splits: readonly { participantId: string; part: string }[], who: string): Part["of"] {
  const weights = proportion(splits.map(({ part }) => fraction(part)));
  const heads = splits.map(({ participantId }, index) => ({ id: participantId, weight: weights[index] ?? 0n }));
  return (whole) => shared(whole, heads).get(who);
}

function ofOverlay({ over, under }: Fraction): Part["of"] {
  return (whole) => rounded({ over: whole * over, under }, "halfUp");
}

function byWho(a: Part, b: Part): number {
  return order(a.who, b.who);
}

/** Everybody whom a fact names must be on file; a score or evidence may name a unit. The first who is not. */
export function strangerIn(fact: Fact, where: Whereabouts): string | undefined {
  const sharers = fact.kind === "sale" ? [...(fact.splits ?? []), ...(fact.overlays ?? [])] : [];
  const named = [fact.participantId, ...sharers.map(({ participantId }) => participantId)];
  return named.find((id) => !where.isOnFile(id) && (fact.kind === "sale" || where.chain(id).length === 0));
}
