import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { Fact } from "#domain/fact.ts";
import type { FactId } from "#domain/ids.ts";
import { type Credit, type ParticipantProgress, type Place, type PlaceTotal, placeSchema } from "#domain/progress.ts";
import type { Finding } from "#domain/reconciliation.ts";
import { inForce } from "../crediting/contributions.ts";
import { type LiveCampaign, LiveRules } from "../crediting/live-rules.ts";
import { placeKey } from "../crediting/place.ts";
import { reachesOf } from "../crediting/race-thresholds.ts";
import { measuresOfCredits, measuresOfProgress } from "../crediting/roll-up.ts";
import { inParallel } from "../parallel.ts";
import { dayOf, isInMotion, type Look, type LookDeps, partKey, rulesOf } from "./look.ts";
import { expectedCredits } from "./look-at-facts.ts";
import { suspectReach } from "./look-at-reaches.ts";
import { Notes, type Suspect } from "./notes.ts";

const FACTS_AT_ONCE = 16;

const placesSchema = z.array(placeSchema);

/** Keeps the list of places to look at: where there is a total, and where facts say that there are credits. @returns how many */
export async function listPlaces(deps: LookDeps, look: Look, parts: readonly string[]): Promise<number> {
  const notes = new Notes();
  for (const part of parts) notes.add(await Notes.read(deps, partKey(look, part)));
  for (const { place } of await deps.derived.totals(look.campaign)) notes.place(place);
  const body = Buffer.from(JSON.stringify(notes.places));
  await deps.files.put(placesKey(look), body, "application/json");
  return notes.places.length;
}

/** Looks at some of the listed places: what is credited there by day, and whether progress and totals are what it comes to. */
export async function lookAtPlaces(
  deps: LookDeps,
  look: Look,
  { from, to, part }: PlacesPart,
  liveRules = new LiveRules(),
): Promise<void> {
  const notes = new Notes();
  const live = await rulesOf(deps, look, liveRules);
  for (const place of live ? await listed(deps, look, from, to) : []) {
    if (live) await lookAtPlace(deps, live, place, notes);
  }
  await notes.keep(deps, partKey(look, part));
}

export interface PlacesPart {
  readonly from: number;
  readonly to: number;
  /** The name of the file that this part is kept in. */
  readonly part: string;
}

async function lookAtPlace(deps: LookDeps, live: LiveCampaign, place: Place, notes: Notes): Promise<void> {
  const derived = await derivedIn(deps, live, place);
  for (const suspect of suspectsIn(live, derived)) notes.suspect(suspect);
  for (const { occurredAt, values } of inForce(live.campaign, derived.credits)) {
    notes.credit(dayOf(live, occurredAt), "derived", values);
  }
}

/** All that is derived in one place: the most that a step holds at a time. */
interface Derived {
  readonly place: Place;
  readonly total: PlaceTotal | undefined;
  readonly everybody: readonly ParticipantProgress[];
  readonly credits: readonly Credit[];
}

/** Reads as those do who write it: a sum before its sources. */
async function derivedIn(deps: LookDeps, { campaign }: LiveCampaign, place: Place): Promise<Derived> {
  const total = await deps.derived.total(campaign.id, place);
  const everybody = await deps.derived.placeProgress(campaign.id, place);
  return { place, total, everybody, credits: await deps.derived.placeCredits(campaign.id, place) };
}

/** Whose progress in a place, or what total of it, is not what its sources come to. */
function suspectsIn(live: LiveCampaign, { place, total, everybody, credits }: Derived): Suspect[] {
  const suspects: Suspect[] = [];
  if (!isDeepStrictEqual(total?.measures ?? {}, measuresOfProgress(live.rules, everybody))) {
    suspects.push({ place, seq: total?.seq ?? 0 });
  }
  const known = new Map(everybody.map((progress) => [progress.participantId, progress]));
  const creditsOf = Map.groupBy(credits, ({ participantId }) => participantId);
  for (const participantId of new Set([...known.keys(), ...creditsOf.keys()])) {
    const progress = known.get(participantId);
    const own = creditsOf.get(participantId) ?? [];
    const seq = progress?.seq ?? 0;
    if (!isDeepStrictEqual(progress?.measures ?? {}, measuresOfCredits(live, own)))
      suspects.push({ place, participantId, seq });
    const reaches = reachesOf(live.rules, participantId, inForce(live.campaign, own));
    if (!isDeepStrictEqual(progress?.reaches ?? {}, reaches ?? {}))
      suspects.push({ place, participantId, seq, reach: true });
  }
  return suspects;
}

/**
 * Looks a second time at the totals that were out of step. One that is still so, and that nobody has written since, is a
 * difference; the others were on their way.
 */
export async function lookAgainAtTotals(
  deps: LookDeps,
  look: Look,
  part: string,
  suspects: readonly Suspect[],
  liveRules = new LiveRules(),
): Promise<void> {
  const notes = new Notes();
  const live = await rulesOf(deps, look, liveRules);
  const isOfUnit = ({ participantId, reach }: Suspect) => reach === true && participantId === undefined;
  const inPlaces = suspects.filter((suspect) => !isOfUnit(suspect));
  for (const [first, ...others] of live ? Map.groupBy(inPlaces, ({ place }) => placeKey(place)).values() : []) {
    if (!live || !first) continue;
    const now = suspectsIn(live, await derivedIn(deps, live, first.place));
    for (const suspect of [first, ...others]) if (isAmong(now, suspect)) notes.find(findingOf(suspect));
  }
  for (const suspect of live ? suspects.filter(isOfUnit) : []) {
    if (live && isAmong(await suspectReach(deps, live, suspect.place.leaf), suspect)) notes.find(findingOf(suspect));
  }
  await notes.keep(deps, partKey(look, part));
}

function isAmong(suspects: readonly Suspect[], suspect: Suspect): boolean {
  return suspects.some((other) => isDeepStrictEqual(other, suspect));
}

function findingOf({ place, participantId, reach }: Suspect): Finding {
  const whose = participantId === undefined ? {} : { participantId };
  const kind = reach ? "reach-out-of-step" : "total-out-of-step";
  return { kind, place: place.leaf, ...whose, count: 1, facts: [] };
}

/**
 * Looks at each counted credit of some days, on which more is credited than facts say: is there a fact that says it? Credits of
 * facts in motion are taken out of the sums.
 */
export async function lookForSuperfluous(
  deps: LookDeps,
  look: Look,
  { from, to, part }: PlacesPart,
  days: ReadonlySet<string>,
  liveRules = new LiveRules(),
): Promise<void> {
  const notes = new Notes();
  const live = await rulesOf(deps, look, liveRules);
  for (const place of live ? await listed(deps, look, from, to) : []) {
    if (!live) continue;
    const credits = inForce(live.campaign, await deps.derived.placeCredits(look.campaign, place));
    const ofDays = credits.filter(({ occurredAt }) => days.has(dayOf(live, occurredAt)));
    await inParallel(FACTS_AT_ONCE, ofDays, (credit) => lookAtCredit(deps, look, live, credit, notes));
  }
  await notes.keep(deps, partKey(look, part));
}

async function lookAtCredit(
  deps: LookDeps,
  look: Look,
  live: LiveCampaign,
  credit: Credit,
  notes: Notes,
): Promise<void> {
  const versions = await deps.facts.versions(factIdOf(credit.fact));
  const day = dayOf(live, credit.occurredAt);
  if (isInMotion(look, versions)) {
    notes.credit(day, "derived", credit.values, -1);
    notes.changing(day);
    return;
  }
  if (isSaid(live, versions, credit)) return;
  notes.find({ kind: "superfluous-credit", day, count: 1, facts: [credit.fact] });
}

/** Whether the fact says anything for this place and participant; whether it says just this was looked at from the fact. */
function isSaid(live: LiveCampaign, versions: readonly Fact[], { place, participantId }: Credit): boolean {
  return expectedCredits(live, versions).some(
    (expected) => expected.participantId === participantId && isDeepStrictEqual(expected.place, place),
  );
}

function factIdOf(key: string): FactId {
  const at = key.indexOf("#");
  return { source: key.slice(0, at), externalId: key.slice(at + 1) };
}

async function listed(deps: LookDeps, look: Look, from: number, to: number): Promise<Place[]> {
  const file = await deps.files.get(placesKey(look));
  if (!file) throw new Error("the list of places is missing");
  return placesSchema.parse(JSON.parse(Buffer.from(file).toString("utf8"))).slice(from, to);
}

function placesKey(look: Look): string {
  return partKey(look, "places").replace(/\.json\.gz$/, ".json");
}
