import type { Actor } from "#domain/actor.ts";
import type { Approval, ContentOf } from "#domain/approval.ts";
import type { PlanVersion } from "#domain/campaign.ts";
import { Refusal } from "#domain/problem.ts";
import { type Target, targetKey } from "#domain/target.ts";
import { compareText } from "#domain/text.ts";
import { hashOf } from "#engine/hash.ts";
import { type AskDeps, askApproval, type DecideDeps } from "../approvals/ask.ts";
import { changedSince } from "../approvals/rows.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { activateCampaign, type Readiness, readinessOf } from "./activate-campaign.ts";

export interface ActivationRequest {
  readonly version: number;
  readonly reason?: string | undefined;
  /** `simulationHash` of the simulation that the maker looked at. */
  readonly simulationHash?: string | undefined;
}

type Activation = Approval & { readonly content: ContentOf<"activation"> };

/**
 * Asks a second person to put a version in force. The request is bound to the plan, to what is in force, to the targets and to what was
 * found unwise; whoever asked, published or wrote any of the versions that come into force with it cannot decide.
 *
 * @throws Refusal `notFound`, `conflict` (settled, or in force already), `invalid` with what is missing or blocks
 */
export async function requestActivation(
  deps: AskDeps & Pick<Deps, "plans" | "jobs">,
  actor: Actor,
  campaignId: string,
  { version: number, reason = "", simulationHash }: ActivationRequest,
): Promise<Approval> {
  const campaign = await findCampaign(deps, campaignId);
  const readiness = await readinessOf(deps, campaign, number);
  if (campaign.activeVersion === number) {
    if (campaign.rebuiltEpoch < campaign.epoch) await deps.jobs.startRebuild(campaignId, campaign.epoch);
    throw new Refusal("conflict", `version ${number} of ${campaignId} is in force already`, [
      { code: "in-force", path: "/version", message: "there is nothing to activate", seen: String(number) },
    ]);
  }
  const content = contentOf(readiness, simulationHash);
  const writers = writersOf(await deps.plans.versions(campaignId), campaign.activeVersion ?? 0, number);
  return askApproval(deps, actor, { content, hash: hashOf(content), reason, writers });
}

export async function requireActivationAsShown(deps: DecideDeps, { id, hash, content }: Activation): Promise<void> {
  const campaign = await findCampaign(deps, content.campaign);
  const readiness = await readinessOf(deps, campaign, content.version);
  if (hashOf(contentOf(readiness, content.simulationHash)) !== hash) throw changedSince(id);
}

/** Others edit the campaign at the same time; losing this often means that something else is wrong. */
const ATTEMPTS = 10;

/** Puts the version in force in the name of who asked for it, who therefore cannot approve what the campaign pays. */
export async function activateApproved(
  deps: DecideDeps,
  actor: Actor,
  { id, hash, content, requestedBy }: Activation,
): Promise<void> {
  const maker: Actor = { ...actor, subject: requestedBy, roles: [] };
  const requireAsShown = (readiness: Readiness) => {
    if (hashOf(contentOf(readiness, content.simulationHash)) !== hash) throw changedSince(id);
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await activateCampaign(deps, maker, content.campaign, content.version, {
        approvedBy: actor.subject,
        requireAsShown,
      });
      return;
    } catch (error) {
      const isRace = error instanceof Refusal && error.kind === "conflict" && attempt < ATTEMPTS;
      if (!isRace) throw error;
    }
  }
}

function contentOf(
  { campaign, version, targets, findings }: Readiness,
  simulationHash: string | undefined,
): ContentOf<"activation"> {
  return {
    kind: "activation",
    campaign: campaign.id,
    version: version.version,
    planHash: version.planHash,
    ...(campaign.activeVersion === undefined ? {} : { inForce: campaign.activeVersion }),
    targetsHash: hashOf([...targets].sort(byKey)),
    findings: [...findings],
    ...(simulationHash === undefined ? {} : { simulationHash }),
  };
}

function byKey(a: Target, b: Target): number {
  return compareText(targetKey(a), targetKey(b));
}

/** Everybody whose words come into force: of each version after the one in force up to this one; of an older one its own. */
function writersOf(versions: readonly PlanVersion[], inForce: number, number: number): string[] {
  const own = versions.filter(({ version }) =>
    number > inForce ? version > inForce && version <= number : version === number,
  );
  return own.flatMap(({ publishedBy, editedBy = [] }) => [publishedBy, ...editedBy]);
}
