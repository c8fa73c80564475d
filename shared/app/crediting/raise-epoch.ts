import type { Campaign } from "#domain/campaign.ts";
import { Refusal } from "#domain/problem.ts";
import type { Deps } from "../deps.ts";

type EpochDeps = Pick<Deps, "plans" | "jobs">;

/** Edits of a campaign are rare; losing this often means that something else is wrong. */
const MAX_ATTEMPTS = 10;

/**
 * Raises the epoch of every campaign that credits facts and starts their rebuilds; returns their ids. Settled ones too:
 * what changed may call for an adjustment.
 */
export async function raiseEpochs(deps: EpochDeps): Promise<string[]> {
  const raised: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.plans.campaigns({ limit: 100, cursor });
    for (const { id, state } of page.items) {
      if (state !== "draft" && (await raiseEpoch(deps, id))) raised.push(id);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return raised;
}

/**
 * Says that the credits of a campaign mean something else from now on, and starts to compute them anew. A campaign that is
 * was never active has no credits yet: false.
 */
export async function raiseEpoch(deps: EpochDeps, campaignId: string): Promise<boolean> {
  const raised = await markEpoch(deps, campaignId);
  if (raised === undefined) return false;
  await deps.jobs.startRebuild(campaignId, raised.epoch);
  return true;
}

/** Raises the epoch and starts nothing: a rebuild is due from here on. undefined for a campaign that was never active. */
export async function markEpoch(deps: Pick<Deps, "plans">, campaignId: string): Promise<Campaign | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const campaign = await deps.plans.campaign(campaignId);
    if (!campaign || campaign.state === "draft") return undefined;
    const raised: Campaign = { ...campaign, epoch: campaign.epoch + 1, revision: campaign.revision + 1 };
    if (await deps.plans.saveCampaign(raised)) return raised;
  }
  throw new Refusal("conflict", `campaign ${campaignId} keeps being changed by others; do the same again`);
}
