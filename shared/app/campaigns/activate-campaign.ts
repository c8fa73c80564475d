import type { Actor } from "#domain/actor.ts";
import type { Campaign, PlanVersion } from "#domain/campaign.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { requireFit } from "#engine/fit.ts";
import { isBlocking, lintPlan } from "#engine/lint/index.ts";
import { compileRules } from "#engine/rules.ts";
import { audit } from "../audit.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { requireUnsettled } from "./edit-draft.ts";

type ActivateDeps = Pick<Deps, "plans" | "jobs" | "clock">;

/**
 * Makes a published version the one in force and starts to credit what is known already. Activating the version that is in
 * force changes nothing, except that a rebuild which is still due is started again.
 *
 * @throws Refusal `notFound`, `conflict` (settled, or edited meanwhile), `invalid` with every unit, level and target that the plan needs and that is missing, or with every finding that blocks
 */
export async function activateCampaign(
  deps: ActivateDeps,
  actor: Actor,
  campaignId: string,
  number: number,
): Promise<Campaign> {
  const campaign = await findCampaign(deps, campaignId);
  requireUnsettled(campaign);
  const version = await deps.plans.version(campaignId, number);
  if (!version) throw new Refusal("notFound", `there is no version ${number} of ${campaignId}`);
  if (campaign.activeVersion === number) {
    if (campaign.rebuiltEpoch < campaign.epoch) await deps.jobs.startRebuild(campaignId, campaign.epoch);
    return campaign;
  }
  await requireReady(deps, version);
  const activated: Campaign = {
    ...campaign,
    state: "active",
    revision: campaign.revision + 1,
    activeVersion: number,
    epoch: campaign.epoch + 1,
    activatedBy: actor.subject,
    activatedAt: formatInstant(deps.clock.now()),
  };
  if (!(await deps.plans.saveCampaign(activated))) {
    throw new Refusal("conflict", `campaign ${campaignId} was changed meanwhile; look at it and activate again`);
  }
  await deps.jobs.startRebuild(campaignId, activated.epoch);
  await audit(deps, actor, "campaign.activated", campaignId, { version: String(number), planHash: version.planHash });
  return activated;
}

/** The organisation must have what the plan names, the targets table what its rewards ask for, and no finding may block. */
async function requireReady(deps: Pick<Deps, "plans" | "clock">, { campaign, plan }: PlanVersion): Promise<void> {
  const [units, people, targets] = await Promise.all([
    deps.plans.units(),
    deps.plans.allPeople(),
    deps.plans.targets(campaign),
  ]);
  const memberships = people.flatMap((person) => person.memberships);
  // A week of the autumn has no target yet in spring: what has begun is asked for, and each reward's first slice.
  requireFit(compileRules({ plan, units, memberships, targets }), deps.clock.now(), "begunAndFirst");
  const blocking = lintPlan({ plan, units, memberships, targets }).filter(isBlocking);
  if (blocking.length > 0) {
    const problems = blocking.map(({ severity: _, ...problem }) => problem);
    throw new Refusal("invalid", "the plan has findings that block its activation", problems);
  }
}
