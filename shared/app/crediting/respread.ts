import { isDeepStrictEqual } from "node:util";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { audited, CLOCK } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { isCredited } from "./affected.ts";
import { EVERYTHING, pendingIn } from "./pending.ts";
import { raiseEpoch } from "./raise-epoch.ts";
import { hasOutgrown, headcount, spreadFor } from "./spread.ts";

type SpreadDeps = Pick<Deps, "plans" | "jobs" | "clock">;

/**
 * Spreads a campaign in force over as many places as its people need now. Where that is more than before, the epoch rises and
 * its rebuild moves every credit; otherwise nothing happens. What is paid does not change by it.
 *
 * @throws Refusal `notFound`, or `conflict` when others keep changing the campaign
 */
export async function spreadCampaign(deps: SpreadDeps, campaignId: string): Promise<Campaign> {
  const campaign = await findCampaign(deps, campaignId);
  const spread = spreadFor(await headcount(deps.plans), campaign.spread);
  if (spread === undefined || isDeepStrictEqual(spread, campaign.spread)) return campaign;
  const reason = "more people than it is spread for";
  // Whoever raises the epoch for everything spreads the campaign too.
  await raiseEpoch(deps, campaignId, { ...EVERYTHING, onlyWithFacts: true, reason });
  return findCampaign(deps, campaignId);
}

/**
 * The clock looks after a campaign whose people came one by one: each of them credits little anew, and nothing would ever spread it.
 * One that is being rebuilt, or whose directory an import is writing, is looked at again later.
 *
 * @returns whether a rebuild was started
 */
export async function spreadOutgrown(deps: SpreadDeps & Pick<Deps, "audit">, campaign: Campaign): Promise<boolean> {
  if (!isCredited(campaign) || pendingIn(campaign)) return false;
  if ((await deps.plans.directoryRevision()) % 2 === 1) return false;
  if (!hasOutgrown(await headcount(deps.plans), campaign)) return false;
  const { id } = campaign;
  const deed = { chain: campaignChain(id), action: "campaign.spread", subject: id };
  await audited(deps, CLOCK, deed, () => spreadCampaign(deps, id));
  return true;
}
