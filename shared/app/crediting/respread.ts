import { isDeepStrictEqual } from "node:util";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { audited, CLOCK } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { EVERYTHING } from "./pending.ts";
import { raiseEpoch } from "./raise-epoch.ts";
import { headcount, spreadFor } from "./spread.ts";

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

/** The clock looks after a campaign whose people came one by one: each of them credits little anew, and nothing would ever spread it. */
export async function spreadOutgrown(deps: SpreadDeps & Pick<Deps, "audit">, { id }: Campaign): Promise<void> {
  const deed = { chain: campaignChain(id), action: "campaign.spread", subject: id };
  await audited(deps, CLOCK, deed, () => spreadCampaign(deps, id));
}
