import { type Approval, stateAt } from "#domain/approval.ts";
import type { Campaign, PlanVersion } from "#domain/campaign.ts";
import { allowedIn, LIFECYCLE, type LifecycleCommand, type Phase, type Transition } from "#domain/lifecycle.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { phaseNow } from "./lifecycle.ts";

/** What is known of a version before it comes into force: facts about it, not states of the campaign. */
export interface VersionFacts {
  readonly version: number;
  readonly planHash: string;
  readonly publishedBy: string;
  readonly inForce: boolean;
  /** By its newest request: what was found unwise, the simulation that was looked at, what was decided. */
  readonly linted?: { readonly at: string; readonly findings: number };
  readonly simulationHash?: string;
  readonly approval?: { readonly id: string; readonly state: string; readonly by?: string; readonly at?: string };
}

export interface Lifecycle {
  readonly campaign: string;
  readonly phase: Phase;
  readonly conduct?: Campaign["conduct"];
  readonly allowed: readonly (Transition & { readonly command: LifecycleCommand })[];
  readonly versions: readonly VersionFacts[];
}

/** Where a campaign is in its life, what is allowed now and by whom, and what is known of its versions. @throws Refusal("notFound") */
export async function readLifecycle(
  deps: Pick<Deps, "plans" | "approvals" | "clock">,
  campaignId: string,
): Promise<Lifecycle> {
  const campaign = await findCampaign(deps, campaignId);
  const [phase, versions, approvals] = await Promise.all([
    phaseNow(deps, campaign),
    deps.plans.versions(campaignId),
    deps.approvals.approvals(campaignId),
  ]);
  const { conduct } = campaign;
  return {
    campaign: campaignId,
    phase,
    ...(conduct === undefined ? {} : { conduct }),
    allowed: allowedIn(phase).map((command) => ({ command, ...LIFECYCLE[command] })),
    versions: versions.map((version) => versionFacts(deps, campaign, version, approvals)),
  };
}

function versionFacts(
  { clock }: Pick<Deps, "clock">,
  { activeVersion }: Campaign,
  { version, planHash, publishedBy }: PlanVersion,
  approvals: readonly Approval[],
): VersionFacts {
  const inForce = activeVersion === version;
  const own = approvals.flatMap(({ content, ...approval }) =>
    content.kind === "activation" && content.version === version ? [{ ...approval, content }] : [],
  );
  const newest = own.sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1)).at(-1);
  if (!newest) return { version, planHash, publishedBy, inForce };
  const { id, content, requestedAt, decidedBy, decidedAt } = newest;
  return {
    version,
    planHash,
    publishedBy,
    inForce,
    linted: { at: requestedAt, findings: content.findings.length },
    ...(content.simulationHash === undefined ? {} : { simulationHash: content.simulationHash }),
    approval: {
      id,
      state: stateAt(newest, clock.now()),
      ...(decidedBy === undefined ? {} : { by: decidedBy }),
      ...(decidedAt === undefined ? {} : { at: decidedAt }),
    },
  };
}
