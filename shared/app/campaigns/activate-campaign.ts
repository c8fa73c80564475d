import type { Actor } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign, PlanVersion, Spread } from "#domain/campaign.ts";
import { canonicalJson } from "#domain/canonical.ts";
import { type Conduct, planInEffect } from "#domain/conduct.ts";
import { formatInstant } from "#domain/instant.ts";
import { planProblems } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { Target } from "#domain/target.ts";
import { requireFit } from "#engine/fit.ts";
import type { Finding } from "#engine/lint/finding.ts";
import { isBlocking, lintPlan } from "#engine/lint/index.ts";
import { compileRules } from "#engine/rules.ts";
import { type AuditDeps, audited } from "../audit/note.ts";
import { changeCampaign } from "../change-campaign.ts";
import { type Change, pendingIn, risen } from "../crediting/pending.ts";
import { isCreditedAlike } from "../crediting/plan-change.ts";
import { wantedSpread } from "../crediting/spread.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { requireUnsettled } from "./edit-draft.ts";
import { liabilityOf } from "./most-paid.ts";

type ActivateDeps = Pick<Deps, "plans" | "jobs"> & AuditDeps;

/** What a version is put in force with: what an approval of it is bound to. */
export interface Readiness {
  readonly campaign: Campaign;
  readonly version: PlanVersion;
  /** The version's plan as the campaign is, or will be, conducted. */
  readonly plan: Plan;
  readonly targets: readonly Target[];
  readonly findings: readonly Problem[];
  /** How the campaign is spread over so many people. */
  readonly spread: Spread | undefined;
}

/** Who approved the activation, and what refuses it when it is not what they were shown. */
export interface ApprovedActivation {
  readonly pilot?: { readonly units: readonly string[]; readonly until: string } | undefined;
  readonly approvedBy: string;
  readonly requireAsShown: (readiness: Readiness) => void | Promise<void>;
}

/**
 * Makes a published version the one in force and starts to credit what is known already. Activating the version that is in
 * force changes nothing, except that a rebuild which is still due is started again. By the API it comes to this through
 * `request-activation.ts` and a second person only.
 *
 * @param actor in whose name it is activated: who asked for it, not who approved it
 * @throws Refusal `notFound`, `conflict` (settled), `invalid` with every unit, level and target that the plan needs and that is missing, or with every finding that blocks
 */
export async function activateCampaign(
  deps: ActivateDeps,
  actor: Actor,
  campaignId: string,
  number: number,
  approved?: ApprovedActivation,
): Promise<Campaign> {
  const campaign = await findCampaign(deps, campaignId);
  if (campaign.activeVersion === number) {
    requireUnsettled(campaign, "activate");
    if (pendingIn(campaign)) await deps.jobs.startRebuild(campaignId, campaign.epoch);
    return campaign;
  }
  let ready = await readyFor(deps, campaign, number, approved);
  const { version } = ready;
  const detail = { version: String(number), ...(approved ? { approvedBy: approved.approvedBy } : {}) };
  const shown = version.planHash;
  const deed = { chain: campaignChain(campaignId), action: "campaign.activate", subject: campaignId, shown, detail };
  return audited(deps, actor, deed, async () => {
    const activated = await changeCampaign(deps, campaignId, async (now) => {
      // What was shown may take long to compute: not again for the same campaign.
      if (now.revision !== ready.campaign.revision) ready = await readyFor(deps, now, number, approved);
      return inForce(deps, actor, ready);
    });
    await deps.jobs.startRebuild(campaignId, activated.epoch);
    return activated;
  });
}

/** @throws Refusal as `activateCampaign` */
async function readyFor(
  deps: Pick<Deps, "plans" | "clock">,
  campaign: Campaign,
  number: number,
  approved: ApprovedActivation | undefined,
): Promise<Readiness & { readonly conduct: Conduct | undefined }> {
  const conduct = conductWith(campaign, approved?.pilot, deps.clock.now());
  const readiness = await readinessOf(deps, campaign, number, conduct);
  await approved?.requireAsShown(readiness);
  return { ...readiness, conduct };
}

/** The campaign with the version in force. */
async function inForce(
  deps: Pick<Deps, "plans" | "clock">,
  actor: Actor,
  ready: Awaited<ReturnType<typeof readyFor>>,
): Promise<Campaign> {
  const { campaign, version, spread, conduct } = ready;
  const now = deps.clock.now();
  return {
    ...campaign,
    state: "active",
    activeVersion: version.version,
    liability: liabilityOf(version.version, version.plan),
    ...risen(campaign, await changeBy(deps, actor, ready), now),
    ...(spread === undefined ? {} : { spread }),
    ...(conduct === undefined ? {} : { conduct }),
    activatedBy: actor.subject,
    activatedAt: formatInstant(now),
  };
}

/** How a campaign is conducted once a version is in force, which may be for a pilot. */
export function conductWith(
  { conduct }: Campaign,
  pilot: ApprovedActivation["pilot"],
  now: number,
): Conduct | undefined {
  if (!pilot) return conduct;
  return { ...conduct, pilot: { units: [...pilot.units], until: pilot.until, since: formatInstant(now) } };
}

/** A version that credits every fact as the one before, to the same places, changes totals alone. */
async function changeBy(
  deps: Pick<Deps, "plans">,
  { subject: by }: Actor,
  { campaign, version, plan, spread }: Readiness,
): Promise<Change> {
  const before =
    campaign.activeVersion === undefined ? undefined : await deps.plans.version(campaign.id, campaign.activeVersion);
  const isAlike =
    before !== undefined &&
    isCreditedAlike(planInEffect(before.plan, campaign.conduct), plan) &&
    (spread === undefined || canonicalJson(spread) === canonicalJson(campaign.spread ?? null));
  const reason = `campaign.activate ${version.version}`;
  return isAlike ? { credits: "none", totals: "reaches", reason, by } : { credits: "all", totals: "all", reason, by };
}

/**
 * What a version would be put in force with now. The organisation must have what the plan names, the targets table what its rewards
 * ask for, and no finding may block.
 */
export async function readinessOf(
  deps: Pick<Deps, "plans" | "clock">,
  campaign: Campaign,
  number: number,
  conduct = campaign.conduct,
): Promise<Readiness> {
  requireUnsettled(campaign, "activate");
  const version = await deps.plans.version(campaign.id, number);
  if (!version) throw new Refusal("notFound", `there is no version ${number} of ${campaign.id}`);
  const plan = planInEffect(version.plan, conduct);
  const problems = conduct === undefined ? [] : planProblems(plan);
  if (problems.length > 0) throw new Refusal("invalid", `${campaign.id} cannot go on by this version`, problems);
  const [units, people, targets] = await Promise.all([
    deps.plans.units(),
    deps.plans.allPeople(),
    deps.plans.targets(campaign.id),
  ]);
  const memberships = people.flatMap((person) => person.memberships);
  // A week of the autumn has no target yet in spring: what has begun is asked for, and each reward's first slice.
  requireFit(compileRules({ plan, units, memberships, targets }), deps.clock.now(), "begunAndFirst");
  const findings = lintPlan({ plan, units, memberships, targets });
  const blocking = findings.filter(isBlocking);
  if (blocking.length > 0) {
    throw new Refusal("invalid", "the plan has findings that block its activation", blocking.map(problemOf));
  }
  const spread = wantedSpread(memberships, campaign.spread);
  return { campaign, version, plan, targets, findings: findings.map(problemOf), spread };
}

function problemOf({ severity: _, ...problem }: Finding): Problem {
  return problem;
}
