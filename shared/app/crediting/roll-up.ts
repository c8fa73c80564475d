import type { Credit, Measured, ParticipantProgress, Place, PlaceTotal, Reached, UnitReach } from "#domain/progress.ts";
import { NO_LEAF } from "#engine/credit.ts";
import type { Rules } from "#engine/rules.ts";
import { aggregateOf, firstReach, NOTHING_MEASURED } from "#engine/standings.ts";
import type { Deps } from "../deps.ts";
import { contributionsOf, inForce } from "./contributions.ts";
import { setFromSources } from "./from-sources.ts";
import { Homes } from "./homes.ts";
import { type LiveCampaign, LiveRules } from "./live-rules.ts";
import { addMeasured, partOf, partRules } from "./measured-parts.ts";
import { placeKey } from "./place.ts";
import { reachesOf, reachKey, unitThresholds } from "./race-thresholds.ts";

export type RollUpDeps = Pick<Deps, "derived" | "plans">;

/** Whose credits changed, and where. */
export interface DirtyProgress {
  readonly campaign: string;
  readonly place: Place;
  readonly participantId: string;
}

/**
 * Brings totals up to date above changed credits: the participant's progress, the place's total, the reach instants of
 * the units above. A query is not a snapshot, so every total is read (its `seq`) before its sources and written only if
 * nobody wrote it since; whoever writes last began reading after the write before, and so misses nothing.
 */
export async function rollUp(
  deps: RollUpDeps,
  dirty: readonly DirtyProgress[],
  liveRules = new LiveRules(),
): Promise<void> {
  for (const [campaignId, ofCampaign] of Map.groupBy(dirty, ({ campaign }) => campaign)) {
    for (;;) {
      const live = await liveRules.one(deps, campaignId);
      await rollUpIn(deps, live, ofCampaign);
      // If a rebuild came to its end meanwhile, it may have passed these totals before they were there: once more, by its rules.
      if (await liveRules.isStill(deps, live)) break;
    }
  }
}

async function rollUpIn(deps: RollUpDeps, live: LiveCampaign, dirty: readonly DirtyProgress[]): Promise<void> {
  const places = new Map<string, Place>();
  const participants = Map.groupBy(dirty, ({ place, participantId }) => `${placeKey(place)}#${participantId}`);
  for (const [first] of participants.values()) {
    if (!first) continue;
    await rollUpParticipant(deps, live, first);
    places.set(placeKey(first.place), first.place);
  }
  for (const place of places.values()) await rollUpPlace(deps, live, place);
  for (const unit of racingUnits(live.rules, [...places.values()])) await rollUpReach(deps, live, unit);
  if (live.campaign.spread?.keepsBoards) await rollUpBoards(deps, live, dirty);
}

type Measures = PlaceTotal["measures"];

async function rollUpParticipant(
  deps: RollUpDeps,
  { campaign, rules }: LiveCampaign,
  { place, participantId }: DirtyProgress,
): Promise<void> {
  await setFromSources<ParticipantProgress>({
    read: () => deps.derived.progress(campaign.id, place, participantId),
    compute: async (seq) => {
      const credits = await deps.derived.participantCredits(campaign.id, place, participantId);
      const measures = measuresOfCredits({ campaign, rules }, credits);
      // Told by the credits that are read anyway, in the item that is written anyway: it costs no request.
      const reaches = reachesOf(rules, participantId, inForce(campaign, credits));
      const identity = { campaign: campaign.id, place, participantId, seq };
      return { ...identity, measures, ...(reaches === undefined ? {} : { reaches }) };
    },
    write: (progress) => deps.derived.setProgress(progress),
  });
}

async function rollUpPlace(deps: RollUpDeps, { campaign, rules }: LiveCampaign, place: Place): Promise<void> {
  await setFromSources<PlaceTotal>({
    read: () => deps.derived.total(campaign.id, place),
    compute: async (seq) => {
      const measures = measuresOfProgress(rules, await deps.derived.placeProgress(campaign.id, place));
      return { campaign: campaign.id, place, seq, measures };
    },
    write: (total) => deps.derived.setTotal(total),
  });
}

/** The boards of those places in which people are at home whose progress changed, and of the places that changed. */
async function rollUpBoards(deps: RollUpDeps, live: LiveCampaign, dirty: readonly DirtyProgress[]): Promise<void> {
  const homes = Homes.of(live);
  const places = dirty.flatMap(({ place, participantId }) => [place, homes.homeOf(participantId)]);
  // They are decided by the engine, which campaigns of few people do not need here.
  const { keepPlaceBoards } = await import("../boards/keep-place-boards.ts");
  for (const place of new Map(places.map((place) => [placeKey(place), place])).values()) {
    await keepPlaceBoards(deps, live, place);
  }
}

/**
 * After a rebuild: boards of places where nothing is credited any more, and nobody is at home, say so. All others were brought
 * up to date with the progress in their places.
 */
export async function clearLeftBoards(deps: RollUpDeps, live: LiveCampaign): Promise<void> {
  const { id, spread } = live.campaign;
  if (!spread?.keepsBoards) return;
  const withTotals = new Set((await deps.derived.totals(id)).map(({ place }) => placeKey(place)));
  const left = (await deps.derived.allPlaceBoards(id)).filter(({ place }) => !withTotals.has(placeKey(place)));
  if (left.length === 0) return;
  const { keepPlaceBoards } = await import("../boards/keep-place-boards.ts");
  for (const { place } of left) await keepPlaceBoards(deps, live, place);
}

/** What the credits of one participant in one place come to. */
export function measuresOfCredits({ campaign, rules }: LiveCampaign, credits: readonly Credit[]): Measures {
  const counted = inForce(campaign, credits);
  return Object.fromEntries(
    [...partRules(rules)].map(([measure, rule]): [string, Measured] => [
      measure,
      partOf(contributionsOf(counted, measure), rule),
    ]),
  );
}

/** What everybody's progress in one place comes to. */
export function measuresOfProgress(rules: Rules, everybody: readonly ParticipantProgress[]): Measures {
  const measures: Measures = {};
  for (const progress of everybody) {
    for (const [measure, rule] of partRules(rules)) {
      const measured = progress.measures[measure];
      if (measured) measures[measure] = addMeasured(measures[measure] ?? NOTHING_MEASURED, measured, rule);
    }
  }
  return measures;
}

/** When a unit reached the thresholds of the races it runs in, from its credits in time order. */
export async function rollUpReach(deps: RollUpDeps, { campaign, rules }: LiveCampaign, unit: string): Promise<void> {
  await setFromSources<UnitReach>({
    read: () => deps.derived.reach(campaign.id, unit),
    compute: async (seq) => {
      const places = (await deps.derived.totals(campaign.id)).filter(
        ({ place }) => place.leaf !== NO_LEAF && rules.directory.isWithin(place.leaf, unit),
      );
      const reaches: Record<string, Reached> = {};
      for (const { measure, threshold } of unitThresholds(rules, unit)) {
        // The running value was never above what was gained in all, so most units need no look at their facts.
        const gained = places.reduce((sum, total) => sum + (total.measures[measure]?.gained ?? 0), 0);
        if (gained < threshold) continue;
        const credits = (
          await Promise.all(places.map(({ place }) => deps.derived.placeCredits(campaign.id, place)))
        ).flat();
        const reached = firstReach(
          contributionsOf(inForce(campaign, credits), measure),
          threshold,
          aggregateOf(rules, measure),
        );
        if (reached) reaches[reachKey(measure, threshold)] = reached;
      }
      return { campaign: campaign.id, unit, seq, reaches };
    },
    write: (reach) => deps.derived.setReach(reach),
  });
}

/** The units above the places that run in a race. */
export function racingUnits(rules: Rules, places: readonly Place[]): Set<string> {
  const lineages = places.flatMap(({ leaf }) => (leaf === NO_LEAF ? [] : rules.directory.lineage(leaf)));
  return new Set(lineages.map(({ unit }) => unit).filter((unit) => unitThresholds(rules, unit).length > 0));
}
