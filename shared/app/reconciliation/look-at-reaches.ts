import { isDeepStrictEqual } from "node:util";
import type { Reached } from "#domain/progress.ts";
import { NO_LEAF } from "#engine/credit.ts";
import { aggregateOf, firstReach } from "#engine/standings.ts";
import { contributionsOf, inForce } from "../crediting/contributions.ts";
import { type LiveCampaign, LiveRules } from "../crediting/live-rules.ts";
import { reachKey, unitThresholds } from "../crediting/race-thresholds.ts";
import { type Look, type LookDeps, partKey, rulesOf } from "./look.ts";
import { Notes, type Suspect } from "./notes.ts";

/** Units of one step: each is looked at with the credits of all places in it. */
const UNITS = 25;

export interface ReachesPart {
  /** Counted from 0. */
  readonly step: number;
  /** The name of the file that this part is kept in. */
  readonly part: string;
}

/**
 * Looks at whether the instants at which units reached the thresholds of their races are what the credits come to.
 *
 * @returns whether there are more units, for the next step
 */
export async function lookAtReaches(
  deps: LookDeps,
  look: Look,
  { step, part }: ReachesPart,
  liveRules = new LiveRules(),
): Promise<boolean> {
  const notes = new Notes();
  const live = await rulesOf(deps, look, liveRules);
  const racing = live ? await racingUnits(deps, live) : [];
  const to = (step + 1) * UNITS;
  for (const unit of racing.slice(step * UNITS, to)) {
    if (live) for (const suspect of await suspectReach(deps, live, unit)) notes.suspect(suspect);
  }
  await notes.keep(deps, partKey(look, part));
  return to < racing.length;
}

async function racingUnits(deps: LookDeps, { rules }: LiveCampaign): Promise<string[]> {
  const units = (await deps.plans.units()).map(({ unit }) => unit);
  return units.filter((unit) => unitThresholds(rules, unit).length > 0).sort();
}

/** The unit, if its instants are not what its credits come to. Read as those do who write it: before its sources. */
export async function suspectReach(deps: LookDeps, live: LiveCampaign, unit: string): Promise<Suspect[]> {
  const stored = await deps.derived.reach(live.campaign.id, unit);
  const expected = await reachesOfUnit(deps, live, unit);
  if (isDeepStrictEqual(stored?.reaches ?? {}, expected)) return [];
  return [{ place: { leaf: unit, shard: 0 }, seq: stored?.seq ?? 0, reach: true }];
}

async function reachesOfUnit(
  deps: LookDeps,
  { campaign, rules }: LiveCampaign,
  unit: string,
): Promise<Record<string, Reached>> {
  const totals = await deps.derived.totals(campaign.id);
  const places = totals.filter(({ place }) => place.leaf !== NO_LEAF && rules.directory.isWithin(place.leaf, unit));
  const reaches: Record<string, Reached> = {};
  for (const { measure, threshold } of unitThresholds(rules, unit)) {
    // Most units are far from their thresholds, and their credits need not be read.
    const gained = places.reduce((sum, total) => sum + (total.measures[measure]?.gained ?? 0), 0);
    if (gained < threshold) continue;
    const credits = await Promise.all(places.map(({ place }) => deps.derived.placeCredits(campaign.id, place)));
    const contributions = contributionsOf(inForce(campaign, credits.flat()), measure);
    const reached = firstReach(contributions, threshold, aggregateOf(rules, measure));
    if (reached) reaches[reachKey(measure, threshold)] = reached;
  }
  return reaches;
}
