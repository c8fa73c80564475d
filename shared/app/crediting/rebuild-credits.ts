import type { FactId } from "#domain/ids.ts";
import type { Place } from "#domain/progress.ts";
import type { Affected, RebuildJob } from "#domain/rebuild.ts";
import { NO_LEAF } from "#engine/credit.ts";
import type { Deps } from "../deps.ts";
import { affectedSince } from "./affected.ts";
import { LiveRules } from "./live-rules.ts";
import { placeKey, placeOf, type Spreading } from "./place.ts";
import { creditAnew, rebuildFactsPage } from "./rebuild.ts";
import {
  advance,
  HELD_PART,
  type PartPage,
  PEOPLE_PART,
  type RebuildDeps,
  STEP_BOUNDS,
  type StepBounds,
  type StepOutcome,
  segmentOf,
} from "./rebuild-job.ts";

/** Versions of facts, or held facts, that one request reads. */
const PAGE = 500;

/** One step of a part that credits facts; see {@link creditParts}. */
export async function creditStep(
  deps: RebuildDeps,
  job: RebuildJob,
  part: string,
  { bounds = STEP_BOUNDS, liveRules = new LiveRules() }: { bounds?: StepBounds; liveRules?: LiveRules } = {},
): Promise<StepOutcome> {
  const pages = pagesOf(deps, job, part, Math.min(PAGE, bounds.facts), liveRules);
  return advance(deps, job, part, bounds, pages);
}

function pagesOf(
  deps: RebuildDeps,
  job: RebuildJob,
  part: string,
  limit: number,
  liveRules: LiveRules,
): (cursor: string | undefined) => Promise<PartPage> {
  const { campaign, segments } = job;
  switch (part) {
    case PEOPLE_PART:
      return (cursor) => nextPerson(deps, campaign, cursor, liveRules);
    case HELD_PART:
      return (cursor) => heldPage(deps, campaign, limit, cursor, liveRules);
    default:
      return (cursor) =>
        rebuildFactsPage(deps, { campaign, segment: segmentOf(part), segments, cursor, limit }, liveRules);
  }
}

/**
 * Credits the facts of the next affected person anew. Every fact that a campaign looks at has a credit of each whom it is credited
 * to, counted or not, and one that is held has one of each whom it names: so a person's facts are found where their credits can lie.
 */
async function nextPerson(
  deps: RebuildDeps,
  campaignId: string,
  after: string | undefined,
  liveRules: LiveRules,
): Promise<PartPage> {
  const { campaign } = await liveRules.one(deps, campaignId);
  const affected = affectedSince(campaign, await deps.plans.affected(campaignId), campaign.rebuiltEpoch);
  const index = after === undefined ? 0 : affected.findIndex(({ id }) => id > after);
  const person = index === -1 ? undefined : affected[index];
  if (!person) return { cursor: undefined, seen: 0, credited: 0 };
  const facts = new Map<string, FactId>();
  for (const place of placesOf(campaign, person)) {
    for (const { fact } of await deps.derived.participantCredits(campaignId, place, person.id)) {
      facts.set(fact, factIdOf(fact));
    }
  }
  await creditAnew(deps, campaignId, [...facts.values()], liveRules);
  return { cursor: index + 1 < affected.length ? person.id : undefined, seen: 1, credited: facts.size };
}

/** Everywhere that credits of an affected one can lie. */
export function placesOf(campaign: Spreading, { id, leaves }: Affected): Place[] {
  const places = [NO_LEAF, ...leaves].map((leaf) => placeOf(campaign, leaf, id));
  return [...new Map(places.map((place) => [placeKey(place), place])).values()];
}

/** Who was unknown may be known now: whatever is held is looked at again, and what can be used is let go of. */
async function heldPage(
  deps: RebuildDeps,
  campaign: string,
  limit: number,
  cursor: string | undefined,
  liveRules: LiveRules,
): Promise<PartPage> {
  const page = await deps.derived.held({ limit: Math.min(limit, 100), cursor });
  const ids = page.items.map(({ source, externalId }) => ({ source, externalId }));
  await creditAnew(deps, campaign, ids, liveRules);
  return { cursor: page.cursor, seen: 0, credited: 0 };
}

/** A fact key is the source's id and the fact's own, joined; neither contains the joint. */
function factIdOf(key: string): FactId {
  const at = key.indexOf("#");
  return { source: key.slice(0, at), externalId: key.slice(at + 1) };
}

/**
 * Every credit is done: from here on those of older epochs do not count, of everybody or of whom this epoch was about.
 *
 * @returns false when a newer epoch does it all
 */
export async function countCredits(deps: Pick<Deps, "plans" | "derived">, job: RebuildJob): Promise<boolean> {
  const { campaign: id, epoch, credits } = job;
  for (;;) {
    const campaign = await deps.plans.campaign(id);
    if (!campaign || campaign.epoch !== epoch) return false;
    if (campaign.rebuiltEpoch === epoch) return true;
    const counting = {
      rebuiltEpoch: epoch,
      countsFrom: credits === "all" ? epoch : (campaign.countsFrom ?? campaign.rebuiltEpoch),
    };
    const changed = credits === "people" && (await hasFacts(deps, job)) ? { changedEpoch: epoch } : {};
    if (await deps.plans.saveCampaign({ ...campaign, ...counting, ...changed, revision: campaign.revision + 1 }))
      return true;
  }
}

async function hasFacts(deps: Pick<Deps, "derived">, { campaign, epoch }: RebuildJob): Promise<boolean> {
  const part = await deps.derived.rebuildPart(campaign, PEOPLE_PART);
  return part?.epoch === epoch && part.credited > 0;
}
