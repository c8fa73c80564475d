import type { Actor } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign, PlanVersion } from "#domain/campaign.ts";
import { formatInstant } from "#domain/instant.ts";
import { planProblems } from "#domain/plan/check.ts";
import { Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import { type AuditDeps, audited } from "../audit/note.ts";
import { changeCampaign } from "../change-campaign.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, requireNewestDraft } from "../find-campaign.ts";
import { requireUnsettled } from "./edit-draft.ts";
import { keepVersionText } from "./plan-text.ts";

/**
 * Makes the draft a version that never changes, under the next free number.
 *
 * @param expectedRevision the campaign's revision when the draft was read
 * @throws Refusal `notFound`, `stale`, `conflict` (settled), `invalid` with every problem of the plan
 */
export async function publishVersion(
  deps: Pick<Deps, "plans"> & AuditDeps,
  actor: Actor,
  campaignId: string,
  expectedRevision: number,
): Promise<PlanVersion> {
  const campaign = await findCampaign(deps, campaignId);
  requirePublishable(campaign, expectedRevision);
  const problems = planProblems(campaign.draft);
  if (problems.length > 0) throw new Refusal("invalid", "the draft has problems and cannot be published", problems);

  const planHash = hashOf(campaign.draft);
  const deed = { chain: campaignChain(campaignId), action: "campaign.publish", subject: campaignId, shown: planHash };
  const publish = () => addAndName(deps, actor, campaign, planHash, expectedRevision);
  return audited(deps, actor, deed, publish, ({ version }) => ({ version: String(version) }));
}

function requirePublishable(campaign: Campaign, expectedRevision: number): void {
  requireNewestDraft(campaign, expectedRevision);
  requireUnsettled(campaign, "publish");
}

async function addAndName(
  deps: Pick<Deps, "plans" | "clock">,
  actor: Actor,
  campaign: Campaign,
  planHash: string,
  expectedRevision: number,
): Promise<PlanVersion> {
  const { editedBy } = campaign;
  const version = await addNextVersion(deps, campaign.latestVersion + 1, {
    campaign: campaign.id,
    plan: campaign.draft,
    planHash,
    publishedBy: actor.subject,
    publishedAt: formatInstant(deps.clock.now()),
    ...(editedBy === undefined ? {} : { editedBy }),
  });
  await keepVersionText(deps, version);
  await changeCampaign(deps, campaign.id, (now) => {
    requirePublishable(now, expectedRevision);
    const { editedBy: _, ...rest } = now;
    return { ...rest, latestVersion: version.version, draftRevision: now.revision + 1 };
  });
  return version;
}

/**
 * An earlier attempt may have stored a version and died before the campaign named it: one of the same plan is taken over,
 * one of another plan is passed by.
 */
async function addNextVersion(
  deps: Pick<Deps, "plans">,
  first: number,
  content: Omit<PlanVersion, "version">,
): Promise<PlanVersion> {
  for (let number = first; ; number += 1) {
    const version: PlanVersion = { ...content, version: number };
    if (await deps.plans.addVersion(version)) return version;
    const taken = await deps.plans.version(content.campaign, number);
    if (taken?.planHash === content.planHash) return taken;
  }
}
