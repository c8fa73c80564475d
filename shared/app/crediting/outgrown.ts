import type { Campaign } from "#domain/campaign.ts";
import type { PlanStore } from "#ports/plan-store.ts";
import { isCredited } from "./affected.ts";
import { pendingIn } from "./pending.ts";
import { hasOutgrown, headcount } from "./spread.ts";

/**
 * Whether a campaign's people are far more than it is spread for. One that is being rebuilt, or whose directory an import is writing, is
 * looked at again later. Asked every minute: it needs no rules.
 */
export async function isOutgrown(plans: PlanStore, campaign: Campaign): Promise<boolean> {
  if (!isCredited(campaign) || pendingIn(campaign)) return false;
  if ((await plans.directoryRevision()) % 2 === 1) return false;
  return hasOutgrown(await headcount(plans), campaign);
}
