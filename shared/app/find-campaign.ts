import type { Campaign } from "#domain/campaign.ts";
import { planInEffect } from "#domain/conduct.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import type { Deps } from "./deps.ts";

/** @throws Refusal("notFound") */
export async function findCampaign(deps: Pick<Deps, "plans">, id: string): Promise<Campaign> {
  const campaign = await deps.plans.campaign(id);
  if (!campaign) throw new Refusal("notFound", `there is no campaign ${id}`);
  return campaign;
}

/** The plan that a campaign runs by: the active version's as it is conducted, or the draft before there is one. */
export async function planInForce(deps: Pick<Deps, "plans">, campaign: Campaign): Promise<Plan> {
  if (campaign.activeVersion === undefined) return campaign.draft;
  const version = await deps.plans.version(campaign.id, campaign.activeVersion);
  return planInEffect(version?.plan ?? campaign.draft, campaign.conduct);
}

/**
 * The copy that was read has the newest draft. What was changed since then besides the draft, mostly by workers, does not matter.
 *
 * @param expected the campaign's revision when the copy was read
 * @throws Refusal("stale") when the draft was edited or published since then
 */
export function requireNewestDraft(campaign: Campaign, expected: number): void {
  const { id, revision, draftRevision = revision } = campaign;
  if (expected >= draftRevision && expected <= revision) return;
  throw new Refusal("stale", `campaign ${id} has changed since you read it`, [
    {
      code: "revision",
      path: "If-Match",
      message: "this is not the newest copy",
      seen: String(expected),
      allowed: String(revision),
      mend: "read the campaign again and repeat your change on it",
    },
  ]);
}

/** @throws Refusal("conflict") for a campaign that was put away */
export function requireNotArchived({ id, state }: Pick<Campaign, "id" | "state">): void {
  if (state !== "archived") return;
  throw new Refusal("conflict", `${id} is archived: it is only read`, [
    { code: "phase", path: "", message: "what was archived is looked after no more", seen: state },
  ]);
}
