import { isDeepStrictEqual } from "node:util";
import { compareFactKeys } from "#domain/ids.ts";
import type { Credit, Measured, ParticipantProgress, Place, PlaceTotal, Reached, UnitReach } from "#domain/progress.ts";
import { NO_LEAF } from "#engine/credit.ts";
import { fitsTarget, type Rules, thresholdValue } from "#engine/rules.ts";
import { aggregateOf, type Contribution, firstReach, NOTHING_MEASURED } from "#engine/standings.ts";
import type { Deps } from "../deps.ts";
import { type LiveCampaign, LiveRules } from "./live-rules.ts";
import { addMeasured, partOf, partRules } from "./measured-parts.ts";
import { placeKey } from "./place.ts";

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
      return { campaign: campaign.id, place, participantId, seq, measures };
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
async function rollUpReach(deps: RollUpDeps, { campaign, rules }: LiveCampaign, unit: string): Promise<void> {
  await setFromSources<UnitReach>({
    read: () => deps.derived.reach(campaign.id, unit),
    compute: async (seq) => {
      const places = (await deps.derived.totals(campaign.id)).filter(
        ({ place }) => place.leaf !== NO_LEAF && rules.directory.isWithin(place.leaf, unit),
      );
      const reaches: Record<string, Reached> = {};
      for (const { measure, threshold } of raceThresholds(rules, unit)) {
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

export function reachKey(measure: string, threshold: number): string {
  return `${measure}@${threshold}`;
}

/** Thresholds of every race in which a unit runs; a target that is missing or unreadable is no threshold yet. */
function raceThresholds(rules: Rules, unit: string): { measure: string; threshold: number }[] {
  const level = rules.directory.unit(unit)?.level;
  return rules.plan.rewards.flatMap((reward) => {
    if (reward.kind !== "race" || reward.level !== level) return [];
    if (reward.within && !rules.directory.isWithin(unit, reward.within.unit)) return [];
    return reward.targets
      .filter((label) => fitsTarget(rules, reward.measure, label, unit))
      .map((label) => ({
        measure: reward.measure,
        threshold: thresholdValue(rules, reward.measure, { target: label }, unit),
      }));
  });
}

/** The units above the places that run in a race. */
function racingUnits(rules: Rules, places: readonly Place[]): Set<string> {
  const lineages = places.flatMap(({ leaf }) => (leaf === NO_LEAF ? [] : rules.directory.lineage(leaf)));
  return new Set(lineages.map(({ unit }) => unit).filter((unit) => raceThresholds(rules, unit).length > 0));
}

/** Credits of an older epoch are what an older rule said; once everything is credited anew they mean nothing. */
export function inForce(campaign: LiveCampaign["campaign"], credits: readonly Credit[]): Credit[] {
  return credits.filter(({ outcome, epoch }) => outcome === "counted" && epoch >= campaign.rebuiltEpoch);
}

function contributionsOf(credits: readonly Credit[], measure: string): Contribution[] {
  return credits
    .flatMap(({ fact, version, participantId, occurredAt, values, texts }) => {
      const value = values[measure];
      const text = texts?.[measure];
      if (value === undefined) return [];
      return [{ fact, version, participantId, occurredAt, value, ...(text === undefined ? {} : { text }) }];
    })
    .sort((a, b) => a.occurredAt - b.occurredAt || compareFactKeys(a.fact, b.fact));
}

/** Reads the total's seq first, then its sources, and writes if the seq still stands; starts over when another was faster. */
async function setFromSources<T extends { readonly seq: number }>(total: {
  readonly read: () => Promise<T | undefined>;
  readonly compute: (seq: number) => Promise<T>;
  readonly write: (total: T) => Promise<boolean>;
}): Promise<void> {
  for (;;) {
    const before = await total.read();
    const after = await total.compute((before?.seq ?? 0) + 1);
    if (before && isDeepStrictEqual({ ...before, seq: 0 }, { ...after, seq: 0 })) return;
    if (await total.write(after)) return;
  }
}
