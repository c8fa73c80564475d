import type { Actor } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import { type AuditDeps, audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { keepDraftText } from "./plan-text.ts";

/**
 * Creates a campaign from the first draft of its plan, whose id it takes. A draft may still have problems: they are told by
 * validation and refused at publishing.
 *
 * @param text the draft as it was written, where it was YAML
 * @throws Refusal("conflict") when the id is taken
 */
export async function createCampaign(
  deps: Pick<Deps, "plans"> & AuditDeps,
  actor: Actor,
  draft: Plan,
  text?: string,
): Promise<Campaign> {
  const campaign: Campaign = {
    id: draft.id,
    state: "draft",
    revision: 1,
    draft,
    draftRevision: 1,
    editedBy: [actor.subject],
    latestVersion: 0,
    epoch: 0,
    rebuiltEpoch: 0,
    createdBy: actor.subject,
    createdAt: formatInstant(deps.clock.now()),
  };
  const deed = { chain: campaignChain(campaign.id), action: "campaign.create", subject: campaign.id };
  await audited(deps, actor, deed, async () => {
    if (await deps.plans.saveCampaign(campaign)) return;
    throw new Refusal("conflict", `there is a campaign ${draft.id} already`, [
      {
        code: "id-taken",
        path: "/id",
        message: "a campaign of this id exists",
        seen: draft.id,
        mend: "choose another id, or edit the draft of the one that exists",
      },
    ]);
  });
  await keepDraftText(deps, campaign, text);
  return campaign;
}
