import { type FactId, factKey } from "#domain/ids.ts";
import type { CreditDeps } from "./credit-facts.ts";
import { creditFacts } from "./credit-facts.ts";
import { LiveRules } from "./live-rules.ts";
import { type RollUpDeps, rollUp } from "./roll-up.ts";

/** Facts of one step, small enough for a step to be repeated without regret. */
const PAGE = 500;

export interface RebuildStep {
  readonly campaign: string;
  readonly segment: number;
  readonly segments: number;
  readonly cursor?: string | undefined;
}

/**
 * Credits one page of one segment of all facts anew, by the campaign's rules of now. Steps can be repeated, run in any
 * order and run beside the live workers: credits of a higher epoch win over those of a lower one, whoever writes first.
 *
 * @returns where the segment goes on; undefined at its end
 */
export async function rebuildPage(
  deps: CreditDeps,
  { campaign, segment, segments, cursor }: RebuildStep,
  liveRules = new LiveRules(),
): Promise<string | undefined> {
  const page = await deps.facts.scan(segment, segments, { limit: PAGE, cursor });
  const ids = new Map<string, FactId>(
    page.items.map(({ source, externalId }) => [factKey({ source, externalId }), { source, externalId }]),
  );
  const [failure] = await creditFacts(deps, [...ids.values()], { liveRules, campaign });
  if (failure) throw new Error(`${factKey(failure.id)} was not credited`, { cause: failure.error });
  return page.cursor;
}

/**
 * Ends a rebuild: from here on only credits of this epoch count, and all totals are brought up to date.
 * Does nothing when the epoch has risen meanwhile: a further rebuild is due then.
 */
export async function finishRebuild(
  deps: CreditDeps & RollUpDeps,
  campaignId: string,
  epoch: number,
  liveRules = new LiveRules(),
): Promise<void> {
  for (;;) {
    const campaign = await deps.plans.campaign(campaignId);
    if (!campaign || campaign.epoch !== epoch) return;
    if (campaign.rebuiltEpoch === epoch) break;
    if (await deps.plans.saveCampaign({ ...campaign, rebuiltEpoch: epoch, revision: campaign.revision + 1 })) break;
  }
  for (const { place } of await deps.derived.totals(campaignId)) {
    const progress = await deps.derived.placeProgress(campaignId, place);
    await rollUp(
      deps,
      progress.map(({ participantId }) => ({ campaign: campaignId, place, participantId })),
      liveRules,
    );
  }
}
