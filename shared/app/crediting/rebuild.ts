import { type FactId, factKey } from "#domain/ids.ts";
import { heldReason, knownTo } from "#engine/held.ts";
import type { Rules } from "#engine/rules.ts";
import { type CreditDeps, creditFacts, isWatched } from "./credit-facts.ts";
import { LiveRules } from "./live-rules.ts";
import { clearLeftBoards, type RollUpDeps, rollUp } from "./roll-up.ts";

/** Versions of facts that are read at once, and held in memory at most. */
const PAGE = 500;

export interface RebuildStep {
  readonly campaign: string;
  readonly segment: number;
  readonly segments: number;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** What came of a page: where the segment goes on (undefined at its end), how many versions were read, how many facts credited. */
export interface RebuiltPage {
  readonly cursor: string | undefined;
  readonly seen: number;
  readonly credited: number;
}

/** One page of one segment of all facts; see {@link rebuildFactsPage}. @returns where the segment goes on; undefined at its end */
export async function rebuildPage(
  deps: CreditDeps,
  step: RebuildStep,
  liveRules = new LiveRules(),
): Promise<string | undefined> {
  return (await rebuildFactsPage(deps, step, liveRules)).cursor;
}

/**
 * Credits one page of one segment of all facts anew, by the campaign's rules of now. Steps can be repeated, run in any
 * order and run beside the live workers: credits of a higher epoch win over those of a lower one, whoever writes first. A fact that
 * the campaign does not look at costs nothing beyond being read.
 */
export async function rebuildFactsPage(
  deps: CreditDeps,
  { campaign, segment, segments, cursor, limit = PAGE }: RebuildStep,
  liveRules = new LiveRules(),
): Promise<RebuiltPage> {
  const { rules } = await liveRules.one(deps, campaign);
  const page = await deps.facts.scan(segment, segments, { limit, cursor });
  const meant = page.items.filter((fact) => isWatched(rules, fact) || isHeldBy(rules, fact));
  const ids = new Map<string, FactId>(
    meant.map(({ source, externalId }) => [factKey({ source, externalId }), { source, externalId }]),
  );
  await creditAnew(deps, campaign, [...ids.values()], liveRules);
  return { cursor: page.cursor, seen: page.items.length, credited: ids.size };
}

/** Credits these facts in one campaign; what could not be credited fails the step, which is then done again. */
export async function creditAnew(
  deps: CreditDeps,
  campaign: string,
  ids: readonly FactId[],
  liveRules: LiveRules,
): Promise<void> {
  const [failure] = await creditFacts(deps, ids, { liveRules, campaign });
  if (failure) throw new Error(`${factKey(failure.id)} was not credited`, { cause: failure.error });
}

/** Facts of no campaign's days are held too: the list of held facts must come back when derived data was dropped. */
function isHeldBy({ directory }: Rules, fact: Parameters<typeof heldReason>[0]): boolean {
  return heldReason(fact, knownTo(directory)) !== undefined;
}

/**
 * Ends a rebuild of all facts: from here on only credits of this epoch count, and all totals are brought up to date. Does nothing
 * when the epoch has risen meanwhile: a further rebuild is due then. The job does the same in steps: `rebuild-totals.ts`.
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
    if (campaign.rebuiltEpoch === epoch && campaign.recredit === undefined) break;
    const { recredit: _, ...done } = campaign;
    const counting = { rebuiltEpoch: epoch, countsFrom: epoch, revision: campaign.revision + 1 };
    if (await deps.plans.saveCampaign({ ...done, ...counting })) break;
  }
  for (const { place } of await deps.derived.totals(campaignId)) {
    const progress = await deps.derived.placeProgress(campaignId, place);
    await rollUp(
      deps,
      progress.map(({ participantId }) => ({ campaign: campaignId, place, participantId })),
      liveRules,
    );
  }
  await clearLeftBoards(deps, await liveRules.one(deps, campaignId));
}
