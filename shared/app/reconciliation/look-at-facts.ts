import { isDeepStrictEqual } from "node:util";
import type { Fact } from "#domain/fact.ts";
import { type FactId, factKey } from "#domain/ids.ts";
import { instantOf } from "#domain/instant.ts";
import type { Credit } from "#domain/progress.ts";
import type { Finding } from "#domain/reconciliation.ts";
import { creditOf } from "#engine/credit.ts";
import { inForce } from "../crediting/contributions.ts";
import { creditsOf, isWatched } from "../crediting/credit-facts.ts";
import { type LiveCampaign, LiveRules } from "../crediting/live-rules.ts";
import { inParallel } from "../parallel.ts";
import { dayOf, idOf, isInMotion, type Look, type LookDeps, partKey, rulesOf } from "./look.ts";
import { type DayCount, Notes } from "./notes.ts";

/** Facts that are read at once, and held in memory at most. */
const PAGE = 500;
/** Pages of one step: 20,000 facts in well under a minute, and ten million in some 500 steps. */
const PAGES = 40;
const FACTS_AT_ONCE = 16;

export interface FactsPart {
  readonly segment: number;
  readonly segments: number;
  readonly cursor?: string | undefined;
  /** The name of the file that this part is kept in. */
  readonly part: string;
}

/**
 * Looks at some pages of one segment of all facts: what each means by the engine, and whether its credits say so. The same
 * part again writes the same file.
 *
 * @returns where the segment goes on; undefined at its end, and when the look is superseded
 */
export async function lookAtFacts(
  deps: LookDeps,
  look: Look,
  { segment, segments, cursor, part }: FactsPart,
  { liveRules = new LiveRules(), pages = PAGES } = {},
): Promise<string | undefined> {
  const notes = new Notes();
  const live = await rulesOf(deps, look, liveRules);
  let next = cursor;
  for (let page = 0; live && page < pages; page += 1) {
    const { items, cursor: after } = await deps.facts.scan(segment, segments, { limit: PAGE, cursor: next });
    const byFact = Map.groupBy(items, factKey);
    await inParallel(FACTS_AT_ONCE, [...byFact.values()], (seen) => lookAtFact(deps, look, live, seen, notes));
    next = after;
    if (next === undefined) break;
  }
  await notes.keep(deps, partKey(look, part));
  return live ? next : undefined;
}

/** `seen` are the versions on this page; others may be on the next, and a fact is noted with one of them only. */
async function lookAtFact(
  deps: LookDeps,
  look: Look,
  live: LiveCampaign,
  seen: readonly Fact[],
  notes: Notes,
): Promise<void> {
  const [first] = seen;
  if (!first) return;
  const versions = await deps.facts.versions(idOf(first));
  const settled = versions.findLast((version) => !isInMotion(look, [version])) ?? versions[0];
  if (!seen.some(({ version }) => version === settled?.version)) return;
  const newest = versions.at(-1);
  if (!newest || !versions.some((version) => isWatched(live.rules, version))) return;
  const day = dayOf(live, instantOf(newest.occurredAt));
  const isOfPeriod = isWatched(live.rules, newest);
  if (isInMotion(look, versions)) {
    if (isOfPeriod) noteFact(notes, day, "inMotion");
    notes.changing(day);
    return;
  }
  const outcome = outcomeOf(live, newest);
  if (isOfPeriod) noteFact(notes, day, outcome);
  const differences = await compare(deps, look, live, versions, notes);
  if (differences === undefined) notes.changing(day);
  else if (differences.length > 0) notes.count(day, "differing");
  for (const kind of differences ?? []) notes.find({ kind, day, count: 1, facts: [factKey(newest)] });
}

function noteFact(notes: Notes, day: string, outcome: DayCount): void {
  notes.count(day, "facts");
  notes.count(day, outcome);
}

/** The one live outcome that a fact ends in. */
export function outcomeOf({ rules }: LiveCampaign, newest: Fact): "counted" | "notCounted" | "cancelled" | "held" {
  const { outcome } = creditOf(rules, newest);
  return outcome === "counted" && instantOf(newest.occurredAt) >= rules.instants.end ? "notCounted" : outcome;
}

/** What of a fact's credits is not as it says; undefined when it changed under the look, which is then not told. */
async function compare(
  deps: LookDeps,
  look: Look,
  live: LiveCampaign,
  versions: readonly Fact[],
  notes: Notes,
): Promise<Finding["kind"][] | undefined> {
  const kinds: Finding["kind"][] = [];
  for (const expected of expectedCredits(live, versions)) {
    const { campaign, place, participantId, fact } = expected;
    const stored = await deps.derived.credit(campaign, place, participantId, fact);
    const kind = differenceOf(live, expected, stored);
    if (expected.outcome === "counted") notes.place(place);
    if (kind !== undefined) kinds.push(kind);
    if (expected.outcome !== "counted") continue;
    const day = dayOf(live, expected.occurredAt);
    notes.credit(day, "facts", expected.values);
  }
  if (kinds.length > 0 && (await hasMoved(deps, look, versions[0]))) return undefined;
  return kinds;
}

/** A second look: a version that came after the first is in motion. */
async function hasMoved(deps: LookDeps, look: Look, id: FactId | undefined): Promise<boolean> {
  return id === undefined || isInMotion(look, await deps.facts.versions(idOf(id)));
}

export function expectedCredits(live: LiveCampaign, versions: readonly Fact[]): Credit[] {
  return creditsOf(live, versions);
}

/** A credit is of the newest version and in force; one of an older epoch is where nothing of it was credited anew. */
function differenceOf(
  { campaign, rules }: LiveCampaign,
  expected: Credit,
  stored: Credit | undefined,
): Finding["kind"] | undefined {
  // Where a version lay that is not of the campaign's days may have changed without anything being credited anew for it.
  const { start, followUpEnd } = rules.instants;
  const isOfDays = start <= expected.occurredAt && expected.occurredAt < followUpEnd;
  if (!stored) return isOfDays ? "missing-credit" : undefined;
  const isOld = stored.outcome === "counted" && inForce(campaign, [stored]).length === 0;
  if (isOld || stored.version !== expected.version) return "wrong-version";
  return isDeepStrictEqual(meaningOf(stored), meaningOf(expected)) ? undefined : "wrong-value";
}

/** When a withdrawn credit occurred depends on which older versions were known by then, and says nothing. */
function meaningOf({ epoch: _, occurredAt, ...meaning }: Credit): Partial<Credit> {
  return meaning.outcome === "withdrawn" ? meaning : { ...meaning, occurredAt };
}
