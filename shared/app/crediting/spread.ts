import { isDeepStrictEqual } from "node:util";
import { type Campaign, MOST_SHARDS, type Spread } from "#domain/campaign.ts";
import type { Membership } from "#domain/org.ts";
import { Refusal } from "#domain/problem.ts";
import { NO_LEAF } from "#engine/credit.ts";
import type { Deps } from "../deps.ts";

/** A total is computed anew from everybody's progress in its place: so many are one quick query. */
const PEOPLE_PER_PLACE = 1000;
/** Progress of so many is read in a second or two when somebody looks at a board; of more, workers keep the best. */
const PEOPLE_WITHOUT_KEPT_BOARDS = 5000;
const MAX_ATTEMPTS = 10;

/** How a campaign of these people should be spread: never over less than it is, so that a place is never of an earlier spread. */
export function wantedSpread(memberships: readonly Membership[], now?: Spread): Spread | undefined {
  const people = new Set(memberships.map(({ participantId }) => participantId)).size;
  const byUnit = Map.groupBy(memberships, ({ unit }) => unit);
  const shards = { ...now?.shards };
  for (const [leaf, ofUnit] of [...byUnit, [NO_LEAF, { length: people }] as const]) {
    const wanted = Math.max(shardsFor(ofUnit.length), shards[leaf] ?? 1);
    if (wanted > 1) shards[leaf] = wanted;
  }
  const keepsBoards = now?.keepsBoards === true || people > PEOPLE_WITHOUT_KEPT_BOARDS;
  return keepsBoards || Object.keys(shards).length > 0 ? { shards, keepsBoards } : undefined;
}

function shardsFor(people: number): number {
  let shards = 1;
  while (shards < MOST_SHARDS && people > shards * PEOPLE_PER_PLACE) shards *= 2;
  return shards;
}

/**
 * Spreads an active campaign over as many places as its people need now. Where that is more than before, the epoch rises and
 * its rebuild moves every credit; otherwise nothing happens.
 *
 * @throws Refusal("conflict") when others keep changing the campaign
 */
export async function spreadCampaign(deps: Pick<Deps, "plans" | "jobs">, campaignId: string): Promise<Campaign> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const campaign = await deps.plans.campaign(campaignId);
    if (!campaign) throw new Refusal("notFound", `there is no campaign ${campaignId}`);
    if (campaign.activeVersion === undefined) throw new Refusal("conflict", `${campaignId} has no active version`);
    const people = await deps.plans.allPeople();
    const spread = wantedSpread(
      people.flatMap(({ memberships }) => memberships),
      campaign.spread,
    );
    if (spread === undefined || isDeepStrictEqual(spread, campaign.spread)) return campaign;
    const { epoch, revision } = campaign;
    const risen: Campaign = { ...campaign, spread, epoch: epoch + 1, revision: revision + 1 };
    if (!(await deps.plans.saveCampaign(risen))) continue;
    await deps.jobs.startRebuild(campaignId, risen.epoch);
    return risen;
  }
  throw new Refusal("conflict", `campaign ${campaignId} keeps being changed by others; do the same again`);
}
