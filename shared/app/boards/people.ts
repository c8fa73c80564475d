import type { ParticipantProgress, Place } from "#domain/progress.ts";
import { inForce } from "../crediting/contributions.ts";
import { Homes } from "../crediting/homes.ts";
import type { LiveCampaign } from "../crediting/live-rules.ts";
import { partRules } from "../crediting/measured-parts.ts";
import { placeKey } from "../crediting/place.ts";
import { reachesOf } from "../crediting/race-thresholds.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { hasFacts, type Person, putTogether } from "./progress-standings.ts";

type PeopleDeps = Pick<Deps, "derived">;

const LOOKUPS_AT_ONCE = 16;

/** Everybody who has facts, from everybody's progress. What a unit scored counts for no participant. */
export async function everybody(deps: PeopleDeps, live: LiveCampaign, places: readonly Place[]): Promise<Person[]> {
  const progress = await inParallel(LOOKUPS_AT_ONCE, places, (place) =>
    deps.derived.placeProgress(live.campaign.id, place),
  );
  return peopleOf(deps, live, progress.flat());
}

/** Those who are at home in a place and have facts, with what they have elsewhere. */
export async function peopleAtHome(deps: PeopleDeps, live: LiveCampaign, place: Place): Promise<Person[]> {
  const homes = Homes.of(live);
  const here = (await deps.derived.placeProgress(live.campaign.id, place)).filter(
    ({ participantId }) => placeKey(homes.homeOf(participantId)) === placeKey(place),
  );
  const elsewhere = await inParallel(LOOKUPS_AT_ONCE, homes.moversAt(place), (mover) =>
    progressIn(deps, live, mover.participantId, mover.elsewhere),
  );
  return peopleOf(deps, live, [...here, ...elsewhere.flat()]);
}

/** One person; undefined without facts. */
export async function personOf(
  deps: PeopleDeps,
  live: LiveCampaign,
  participantId: string,
): Promise<Person | undefined> {
  const homes = Homes.of(live);
  const places = new Map(
    [homes.homeOf(participantId), ...homes.placesOf(participantId)].map((place) => [placeKey(place), place]),
  );
  const [person] = await peopleOf(deps, live, await progressIn(deps, live, participantId, [...places.values()]));
  return person;
}

async function progressIn(
  deps: PeopleDeps,
  { campaign }: LiveCampaign,
  participantId: string,
  places: readonly Place[],
): Promise<ParticipantProgress[]> {
  const found = await Promise.all(places.map((place) => deps.derived.progress(campaign.id, place, participantId)));
  return found.flatMap((progress) => (progress ? [progress] : []));
}

/** The parts of each, put together. */
async function peopleOf(
  deps: PeopleDeps,
  live: LiveCampaign,
  progress: readonly ParticipantProgress[],
): Promise<Person[]> {
  const { directory } = live.rules;
  const ofPeople = progress.filter(
    ({ participantId, measures }) => directory.isKnown(participantId) && hasFacts(measures),
  );
  const parts = [...Map.groupBy(ofPeople, ({ participantId }) => participantId).values()];
  return inParallel(LOOKUPS_AT_ONCE, parts, (ofOne) => togetherOf(deps, live, ofOne));
}

async function togetherOf(
  deps: PeopleDeps,
  { campaign, rules }: LiveCampaign,
  parts: readonly ParticipantProgress[],
): Promise<Person> {
  const [first, ...others] = parts;
  if (!first) throw new RangeError("nobody has no parts");
  const { participantId, reaches } = first;
  if (others.length === 0) {
    return { participantId, measures: first.measures, ...(reaches === undefined ? {} : { reaches }) };
  }
  const rule = partRules(rules);
  const measures = parts.reduce<Person["measures"]>((sum, part) => putTogether(rule, sum, part.measures), {});
  if (reaches === undefined) return { participantId, measures };
  // When parts together reached a target is told by neither of them.
  const credits = await Promise.all(
    parts.map(({ place }) => deps.derived.participantCredits(campaign.id, place, participantId)),
  );
  const together = reachesOf(rules, participantId, inForce(campaign, credits.flat()));
  return { participantId, measures, ...(together === undefined ? {} : { reaches: together }) };
}
