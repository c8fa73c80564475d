import type { Campaign } from "#domain/campaign.ts";
import type { CreditScope, Recredit } from "#domain/rebuild.ts";
import { keepsChanging, MOST_ATTEMPTS } from "../change-campaign.ts";
import type { Deps } from "../deps.ts";
import { isCredited } from "./affected.ts";
import { campaignsInForce } from "./live-rules.ts";
import { type Change, EVERYTHING, risen } from "./pending.ts";
import { headcount, spreadFor } from "./spread.ts";

type MarkDeps = Pick<Deps, "plans" | "clock">;
type EpochDeps = MarkDeps & Pick<Deps, "jobs">;

/** A campaign whose epoch was raised. */
export interface Raised {
  readonly campaign: string;
  readonly epoch: number;
  readonly credits: CreditScope;
  /** People whose facts are credited anew; absent where all facts are. */
  readonly people?: number;
}

/** Raises the epoch of every campaign that credits facts and starts their rebuilds; returns their ids. */
export async function raiseEpochs(deps: EpochDeps, change: Change = EVERYTHING): Promise<string[]> {
  const raised: string[] = [];
  for (const { id } of await campaignsInForce(deps)) if (await raiseEpoch(deps, id, change)) raised.push(id);
  return raised;
}

/**
 * Says that credits or totals of a campaign mean something else from now on, and starts to compute them anew. A campaign that
 * was never active, or is no longer looked after, has none: undefined.
 */
export async function raiseEpoch(
  deps: EpochDeps,
  campaignId: string,
  change: Change = EVERYTHING,
): Promise<Raised | undefined> {
  const raised = await markEpoch(deps, campaignId, change);
  if (raised === undefined) return undefined;
  await deps.jobs.startRebuild(campaignId, raised.epoch);
  const { epoch, recredit } = raised;
  const credits = recredit?.credits ?? "all";
  return { campaign: campaignId, epoch, credits, ...(credits === "all" ? {} : { people: change.who?.length ?? 0 }) };
}

/**
 * Raises the epoch and starts nothing: a rebuild is due from here on. Where only some people are meant, that is said once it is
 * kept who they are; whoever dies in between leaves a rebuild of everything due, and nobody is forgotten.
 */
export async function markEpoch(
  deps: MarkDeps,
  campaignId: string,
  change: Change = EVERYTHING,
): Promise<Campaign | undefined> {
  const { who = [] } = change;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const campaign = await deps.plans.campaign(campaignId);
    if (!campaign || !isCredited(campaign)) return undefined;
    const next = risen(campaign, change, deps.clock.now());
    const isOfPeople = next.recredit.credits === "people" && who.length > 0;
    const recredit: Recredit = isOfPeople ? { ...next.recredit, credits: "all", totals: "all" } : next.recredit;
    // Everything moves anyhow: then as far apart as its people need by now. Where only some are meant, nothing may move.
    const spread =
      next.recredit.credits === "all" ? spreadFor(await headcount(deps.plans), campaign.spread) : campaign.spread;
    const revision = campaign.revision + 1;
    const raised = { ...campaign, ...next, recredit, ...(spread === undefined ? {} : { spread }), revision };
    if (!(await deps.plans.saveCampaign(raised))) continue;
    if (!isOfPeople) return raised;
    await deps.plans.addAffected({ campaign: campaignId, epoch: raised.epoch, who: [...who] });
    // Who comes after this raises the epoch again, and is told by it that everything is still due.
    return (await change.stillHolds?.()) === false ? raised : narrow(deps, raised, next.recredit);
  }
  throw keepsChanging(campaignId);
}

/** Everything was said to be due; now less is. Another epoch has it done with what it does. */
async function narrow(deps: Pick<Deps, "plans">, raised: Campaign, recredit: Recredit): Promise<Campaign> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const campaign = await deps.plans.campaign(raised.id);
    if (!campaign || campaign.recredit?.epoch !== recredit.epoch || campaign.epoch !== recredit.epoch) return raised;
    if (campaign.rebuiltEpoch === campaign.epoch) return campaign;
    const narrowed = { ...campaign, recredit, revision: campaign.revision + 1 };
    if (await deps.plans.saveCampaign(narrowed)) return narrowed;
  }
  throw keepsChanging(raised.id);
}
