import type { Actor } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { type LifecycleCommand, refusedIn } from "#domain/lifecycle.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import { type AuditDeps, audited } from "../audit/note.ts";
import { changeCampaign } from "../change-campaign.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, requireNewestDraft } from "../find-campaign.ts";
import { keepDraftText } from "./plan-text.ts";

/**
 * Replaces the draft of a campaign. Published versions are not touched.
 *
 * @param expectedRevision the campaign's revision when the copy that was edited was read
 * @param text the draft as it was written, where it was YAML
 * @throws Refusal `notFound`, `stale`, `conflict` (settled), `invalid` (the plan is another campaign's)
 */
export async function editDraft(
  deps: Pick<Deps, "plans"> & AuditDeps,
  actor: Actor,
  campaignId: string,
  draft: Plan,
  expectedRevision: number,
  text?: string,
): Promise<Campaign> {
  const edit = (campaign: Campaign): Campaign => {
    requireNewestDraft(campaign, expectedRevision);
    requireUnsettled(campaign, "editDraft");
    return {
      ...campaign,
      draft,
      draftRevision: campaign.revision + 1,
      editedBy: [...new Set([...(campaign.editedBy ?? []), actor.subject])],
    };
  };
  edit(await findCampaign(deps, campaignId));
  if (draft.id !== campaignId) {
    throw new Refusal("invalid", "a campaign keeps its id", [
      {
        code: "other-id",
        path: "/id",
        message: "the plan is of another campaign",
        seen: draft.id,
        allowed: campaignId,
      },
    ]);
  }
  const deed = { chain: campaignChain(campaignId), action: "campaign.edit-draft", subject: campaignId };
  const edited = await audited(
    deps,
    actor,
    deed,
    () => changeCampaign(deps, campaignId, edit),
    ({ revision }) => ({ revision: String(revision) }),
  );
  await keepDraftText(deps, edited, text);
  return edited;
}

/** Rules do not change once they have paid out; what the data says can, and is adjusted. */
export function requireUnsettled(campaign: Campaign, command: LifecycleCommand): void {
  const { id, state } = campaign;
  if (state !== "settled" && state !== "archived") return;
  const { problems } = refusedIn(id, command, state);
  throw new Refusal("conflict", `${id} is ${state}: its rules stay as they are`, problems);
}
