import type { LateChanges } from "#domain/progress.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";

/** More than so many are not counted: they are one query, and to people they are many. */
const MOST_COUNTED = 1_000;

/**
 * How many changes of facts became known after the cut-off of the newest posted run, and so call for an adjustment. A campaign that
 * has posted none has none.
 *
 * @throws Refusal("notFound")
 */
export async function countLateChanges(
  deps: Pick<Deps, "plans" | "derived">,
  campaignId: string,
): Promise<LateChanges> {
  const { finalAsOf: since } = await findCampaign(deps, campaignId);
  if (since === undefined) return { campaign: campaignId, count: 0, isMore: false };
  const late = await deps.derived.lateChangesAfter(campaignId, since, MOST_COUNTED + 1);
  const [first] = late;
  return {
    campaign: campaignId,
    since,
    count: Math.min(late.length, MOST_COUNTED),
    isMore: late.length > MOST_COUNTED,
    ...(first ? { firstRecordedAt: first.recordedAt } : {}),
  };
}
