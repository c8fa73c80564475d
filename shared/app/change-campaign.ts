import type { Campaign } from "#domain/campaign.ts";
import { Refusal } from "#domain/problem.ts";
import type { Deps } from "./deps.ts";
import { findCampaign } from "./find-campaign.ts";

/** Changes of a campaign are rare; losing this often means that something else is wrong. */
export const MOST_ATTEMPTS = 10;

/**
 * Changes a campaign as it is now. Workers keep with it how far they are, so whoever changes it is often not the first:
 * then it is read again, and changed again as it is then. `change` refuses what cannot be any more.
 *
 * @param change the campaign as it is to be, whose revision is seen to here; undefined leaves it as it is
 * @returns the campaign as it was kept or left
 * @throws Refusal `notFound`, `conflict` (others are first again and again), and what `change` throws
 */
export async function changeCampaign(
  deps: Pick<Deps, "plans">,
  campaignId: string,
  change: (campaign: Campaign) => Campaign | undefined | Promise<Campaign | undefined>,
): Promise<Campaign> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const campaign = await findCampaign(deps, campaignId);
    const wanted = await change(campaign);
    if (wanted === undefined) return campaign;
    const changed = { ...wanted, revision: campaign.revision + 1 };
    if (await deps.plans.saveCampaign(changed)) return changed;
  }
  throw keepsChanging(campaignId);
}

export function keepsChanging(campaignId: string): Refusal {
  return new Refusal("conflict", `campaign ${campaignId} keeps being changed by others; do the same again`);
}
