import type { Actor } from "#domain/actor.ts";
import { type Approval, type ContentOf, stateAt } from "#domain/approval.ts";
import type { Campaign, PlanVersion } from "#domain/campaign.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { type Target, targetKey } from "#domain/target.ts";
import { compareText } from "#domain/text.ts";
import { hashOf } from "#engine/hash.ts";
import { type AskDeps, askApproval, type DecideDeps } from "../approvals/ask.ts";
import { changedSince } from "../approvals/rows.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, planInForce } from "../find-campaign.ts";
import { INTAKE_SETTLING_MS } from "../settlement/due.ts";
import { activateCampaign, conductWith, type Readiness, readinessOf } from "./activate-campaign.ts";
import { type ActivationTerms, checkedTerms } from "./activation-terms.ts";
import type { ToldImpact } from "./impact.ts";

export interface ActivationRequest extends ActivationTerms {
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
  deps: AskDeps & Pick<Deps, "plans" | "jobs" | "facts" | "ledger">,
  actor: Actor,
  campaignId: string,
  { version: number, reason = "", ...request }: ActivationRequest,
): Promise<Approval> {
  const campaign = await findCampaign(deps, campaignId);
  const asked = await checkedTerms(deps, campaign, number, request);
  const conduct = conductWith(campaign, asked.pilot, deps.clock.now());
  const readiness = await readinessOf(deps, campaign, number, conduct);
  if (campaign.activeVersion === number) {
    if (campaign.rebuiltEpoch < campaign.epoch) await deps.jobs.startRebuild(campaignId, campaign.epoch);
    throw new Refusal("conflict", `version ${number} of ${campaignId} is in force already`, [
      { code: "in-force", path: "/version", message: "there is nothing to activate", seen: String(number) },
    ]);
  }
  const asOf = await asOfLike(deps, campaign, number);
  const { simulationHash } = request;
  const content = await contentOf(deps, readiness, { ...asked, simulationHash }, asOf);
  const writers = writersOf(await deps.plans.versions(campaignId), campaign.activeVersion ?? 0, number);
  return askApproval(deps, actor, { content, hash: hashOf(content), reason, writers });
}

export async function requireActivationAsShown(deps: DecideDeps, { id, hash, content }: Activation): Promise<void> {
  const campaign = await findCampaign(deps, content.campaign);
  const conduct = conductWith(campaign, content.pilot, deps.clock.now());
  const readiness = await readinessOf(deps, campaign, content.version, conduct);
  if (hashOf(await contentAgain(deps, readiness, content)) !== hash) throw changedSince(id);
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
  const requireAsShown = async (readiness: Readiness) => {
    if (hashOf(await contentAgain(deps, readiness, content)) !== hash) throw changedSince(id);
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await activateCampaign(deps, maker, content.campaign, content.version, {
        approvedBy: actor.subject,
        pilot: content.pilot,
        requireAsShown,
      });
      return;
    } catch (error) {
      const isRace = error instanceof Refusal && error.kind === "conflict" && attempt < ATTEMPTS;
      if (!isRace) throw error;
    }
  }
}

/** What it does to whom that another version comes into force. */
async function toldImpact(
  deps: ContentDeps,
  { campaign, plan }: Readiness,
  asOf: string,
  effectiveFrom: string | undefined,
): Promise<ToldImpact> {
  // Loaded when a version is changed: it settles, which nothing else here does.
  const { impactOf } = await import("./impact.ts");
  const from = effectiveFrom === undefined ? {} : { effectiveFrom: instantOf(effectiveFrom) };
  const before = await planInForce(deps, campaign);
  return impactOf(deps, { campaign: campaign.id, before, after: plan, asOf, ...from });
}

/** Where a version is in force, the instant that the change is told of: of the same that waits the same, so that it is one request. */
async function asOfLike(
  deps: Pick<Deps, "approvals" | "clock">,
  { id, activeVersion }: Campaign,
  number: number,
): Promise<string | undefined> {
  if (activeVersion === undefined || activeVersion === number) return undefined;
  for (const approval of await deps.approvals.approvals(id)) {
    const { content } = approval;
    if (content.kind !== "activation" || content.version !== number) continue;
    if (stateAt(approval, deps.clock.now()) === "waiting" && content.asOf !== undefined) return content.asOf;
  }
  return formatInstant(deps.clock.now() - INTAKE_SETTLING_MS);
}

type Basis = Pick<ContentOf<"activation">, "simulationHash" | "pilot" | "effectiveFrom">;
type ContentDeps = Pick<Deps, "plans" | "facts" | "ledger">;

/** The same content from what is now, told as of the instant that it was told of. */
function contentAgain(deps: ContentDeps, readiness: Readiness, content: ContentOf<"activation">) {
  const { simulationHash, pilot, effectiveFrom, asOf } = content;
  return contentOf(deps, readiness, { simulationHash, pilot, effectiveFrom }, asOf);
}

/** @param asOf of its impact, where a version is in force */
async function contentOf(
  deps: ContentDeps,
  readiness: Readiness,
  { simulationHash, pilot, effectiveFrom }: Basis,
  asOf: string | undefined,
): Promise<ContentOf<"activation">> {
  const { campaign, version, targets, findings } = readiness;
  const told = asOf === undefined ? {} : { asOf, ...(await toldImpact(deps, readiness, asOf, effectiveFrom)) };
  return {
    kind: "activation",
    campaign: campaign.id,
    version: version.version,
    planHash: version.planHash,
    ...(campaign.activeVersion === undefined ? {} : { inForce: campaign.activeVersion }),
    targetsHash: hashOf([...targets].sort(byKey)),
    findings: [...findings],
    ...(simulationHash === undefined ? {} : { simulationHash }),
    ...(pilot === undefined ? {} : { pilot: { ...pilot, units: [...pilot.units] } }),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    ...told,
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
