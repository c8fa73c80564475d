import type { Actor } from "#domain/actor.ts";
import type { Approval, ContentOf } from "#domain/approval.ts";
import type { Campaign } from "#domain/campaign.ts";
import { type Conduct, planInEffect, resumed } from "#domain/conduct.ts";
import { formatInstant } from "#domain/instant.ts";
import { planProblems } from "#domain/plan/check.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import { localToInstant } from "#domain/time.ts";
import { hashOf } from "#engine/hash.ts";
import { type AskDeps, askApproval, type DecideDeps } from "../approvals/ask.ts";
import { changedSince } from "../approvals/rows.ts";
import type { Deps } from "../deps.ts";
import { planInForce } from "../find-campaign.ts";
import { INTAKE_SETTLING_MS } from "../settlement/due.ts";
import { campaignAllowing, changeConduct } from "./lifecycle.ts";

/** A change of how a running campaign is conducted that changes what people are paid: asked for by one person, decided by another. */
export type LifecycleChange =
  | { readonly command: "stop"; readonly end: string }
  | { readonly command: "rollOut"; readonly others: "fromRollOut" | "wholePeriod" };

type Changing = Approval & { readonly content: ContentOf<"lifecycle"> };
type ChangeDeps = AskDeps & Pick<Deps, "plans" | "facts" | "ledger">;

/**
 * Asks a second person to stop a campaign at an earlier end, or to roll a pilot out. Bound to the plan, to how the campaign is
 * conducted, and to what it does to whom.
 *
 * @throws Refusal `notFound`, `conflict` (its phase does not allow it), `invalid` (the plan cannot end there, or what was paid in the pilot would become less)
 */
export async function requestChange(
  deps: ChangeDeps,
  actor: Actor,
  campaignId: string,
  { reason, ...change }: LifecycleChange & { readonly reason: string },
): Promise<Approval> {
  const waiting = await waitingLike(deps, campaignId, change);
  const content = await contentOf(
    deps,
    campaignId,
    change,
    waiting?.content.asOf ?? formatInstant(deps.clock.now() - INTAKE_SETTLING_MS),
  );
  // The reason is kept with the campaign: it is approved too.
  return askApproval(deps, actor, { content, hash: hashOf({ ...content, reason }), reason });
}

/** The same asked for again is told as of the same instant, so that it is the same request. */
async function waitingLike(
  deps: Pick<Deps, "approvals" | "clock">,
  campaignId: string,
  change: LifecycleChange,
): Promise<Changing | undefined> {
  for (const approval of await deps.approvals.approvals(campaignId)) {
    const { content, state } = approval;
    if (content.kind !== "lifecycle" || state !== "waiting" || Date.parse(approval.expiresAt) <= deps.clock.now())
      continue;
    if (hashOf(content.change) === hashOf(change)) return { ...approval, content };
  }
  return undefined;
}

export async function requireChangeAsShown(deps: DecideDeps, { id, hash, content, reason }: Changing): Promise<void> {
  const now = await contentOf(deps, content.campaign, content.change, content.asOf);
  if (hashOf({ ...now, reason }) !== hash) throw changedSince(id);
}

/** Does what was approved, in the name of who asked for it. Doing it again changes nothing. */
export async function carryOutChange(
  deps: DecideDeps,
  actor: Actor,
  { content, reason, requestedBy }: Changing,
): Promise<void> {
  const { change } = content;
  const campaign = await deps.plans.campaign(content.campaign);
  if (campaign && isDone(campaign, change)) {
    await deps.jobs.startRebuild(campaign.id, campaign.epoch);
    return;
  }
  requireConductAsShown(await campaignAllowing(deps, content.campaign, change.command), content);
  const maker: Actor = { ...actor, subject: requestedBy, roles: [] };
  const detail = { ...("end" in change ? { end: change.end } : { others: change.others }), approvedBy: actor.subject };
  const now = deps.clock.now();
  await changeConduct(deps, maker, content.campaign, {
    command: change.command,
    detail,
    change: (allowed) => {
      requireConductAsShown(allowed, content);
      return { conduct: conductAfter(allowed.conduct, change, { now, reason }), recredits: true };
    },
  });
}

function requireConductAsShown(campaign: Campaign, { conductHash: shown, version }: ContentOf<"lifecycle">): void {
  if (conductHash(campaign) !== shown || campaign.activeVersion !== version) throw changedSince(campaign.id);
}

function isDone({ conduct }: Campaign, change: LifecycleChange): boolean {
  if (change.command === "stop") return conduct?.stop?.end === change.end;
  return conduct?.pilot?.rolledOut !== undefined;
}

/** What a change comes to, as of an instant. */
async function contentOf(
  deps: Pick<Deps, "plans" | "facts" | "ledger" | "clock">,
  campaignId: string,
  change: LifecycleChange,
  asOf: string,
): Promise<ContentOf<"lifecycle">> {
  const campaign = await campaignAllowing(deps, campaignId, change.command);
  const { activeVersion = 0 } = campaign;
  const version = await deps.plans.version(campaignId, activeVersion);
  if (!version) throw new Refusal("notFound", `there is no version ${activeVersion} of ${campaignId}`);
  const before = await planInForce(deps, campaign);
  if (change.command === "stop") requireInside(before, change.end);
  const after = planInEffect(
    version.plan,
    conductAfter(campaign.conduct, change, { now: Date.parse(asOf), reason: "" }),
  );
  const problems = planProblems(after);
  if (problems.length > 0) {
    throw new Refusal("invalid", "the plan cannot end there; publish a version that does, and activate it", problems);
  }
  // Loaded when it is asked for: it settles.
  const { impactOf } = await import("./impact.ts");
  const told = await impactOf(deps, { campaign: campaignId, before, after, asOf });
  if (change.command === "rollOut") requireNothingTaken(told.impact?.posted.less ?? 0);
  return {
    kind: "lifecycle",
    campaign: campaignId,
    change: { ...change },
    version: activeVersion,
    planHash: version.planHash,
    conductHash: conductHash(campaign),
    asOf,
    ...told,
  };
}

function conductHash({ conduct = {} }: Campaign): string {
  return hashOf(conduct);
}

function conductAfter(
  conduct: Conduct = {},
  change: LifecycleChange,
  { now, reason }: { readonly now: number; readonly reason: string },
): Conduct {
  const at = formatInstant(now);
  if (change.command === "stop") return { ...resumed(conduct, now), stop: { end: change.end, at, reason } };
  const { pilot } = conduct;
  if (!pilot) return conduct;
  return { ...conduct, pilot: { ...pilot, rolledOut: { at, others: change.others } } };
}

function requireInside(plan: Plan, end: string): void {
  const { zone } = plan.period;
  const instant = localToInstant(end, zone);
  const bounds = planInstants(plan);
  if (instant !== undefined && bounds.start < instant && instant < bounds.end) return;
  throw new Refusal("invalid", "the period cannot end there", [
    {
      code: "bad-end",
      path: "/end",
      message: `${end} is no instant inside the period`,
      seen: end,
      allowed: `a local date-time of ${zone} after ${plan.period.start} and before ${plan.period.end}`,
    },
  ]);
}

/** What was paid in the pilot stays. */
function requireNothingTaken(less: number): void {
  if (less === 0) return;
  throw new Refusal("invalid", `${less} amounts that were posted in the pilot would become less`, [
    {
      code: "paid-in-pilot",
      path: "/others",
      message: "what was paid in a pilot stays: others who come to it must not take of it",
      seen: `${less} lines`,
      allowed: "no posted line that becomes less",
      mend: "roll out with others: fromRollOut, or stop the pilot and begin a campaign of its own for all",
    },
  ]);
}
