import { type Actor, requireRole } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { type Dispute, isUndecided } from "#domain/dispute.ts";
import { formatInstant } from "#domain/instant.ts";
import { lineId as idOfLine, type Payee } from "#domain/line.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import { addDuration, formatInZone } from "#domain/time.ts";
import { hashOf } from "#engine/hash.ts";
import { campaignSight } from "../access.ts";
import { audited } from "../audit/note.ts";
import { findCampaign } from "../find-campaign.ts";
import { type DisputeDeps, requireDispute } from "./keeps-disputes.ts";
import { lastMoment, payeesOf, type Questioned, questionedLine } from "./questioned-line.ts";
import { standingOf } from "./remedy.ts";

/**
 * A payee questions a line of their newest posted statement. A person does that for themself, a branch manager for a unit of theirs.
 * Of one line one dispute is open at a time, and what was decided is not asked again until the line is posted anew.
 * The line stays paid as computed meanwhile.
 *
 * @throws Refusal `forbidden` before it says whether there is such a line, `notFound`, `conflict` (no disputes in this plan, too late,
 * open or decided already)
 */
export async function openDispute(
  deps: DisputeDeps,
  actor: Actor,
  campaignId: string,
  lineId: string,
  { claim, expected }: Claim,
): Promise<Dispute> {
  requireRole(actor, ["branch-manager", "seller"]);
  const campaign = await findCampaign(deps, campaignId);
  const payees = await ownPayees(deps, actor, campaign, lineId);
  const questioned = await questionedLine(deps, campaignId, lineId, payees);
  const plan = (await deps.plans.version(campaignId, questioned.run.planVersion))?.plan ?? campaign.draft;
  const times = timesOf(plan, questioned, deps.clock.now());
  const deed = { chain: campaignChain(campaignId), action: "dispute.open", subject: lineId };
  return audited(
    deps,
    actor,
    { ...deed, shown: hashOf(questioned.told) },
    () => firstFree(deps, actor, { campaignId, lineId, claim, expected, questioned, times }),
    ({ id }) => ({ dispute: id }),
  );
}

/** What the payee says, and what they would have expected, if they say that. */
export interface Claim {
  readonly claim: string;
  readonly expected?: string | undefined;
}

interface Asked extends Claim {
  readonly campaignId: string;
  readonly lineId: string;
  readonly questioned: Questioned;
  readonly times: { readonly openedAt: string; readonly deadline: string; readonly decideBy: string };
}

/** Numbered by line; of two who open at once one finds the number taken, and then the dispute open. */
async function firstFree(deps: DisputeDeps, actor: Actor, asked: Asked): Promise<Dispute> {
  const { campaignId, lineId, claim, questioned } = asked;
  for (let attempt = 1; ; attempt += 1) {
    const id = `d-${hashOf(lineId).slice(0, 12)}-${attempt}`;
    const dispute = disputeOf(id, actor, asked);
    if (await deps.disputes.saveDispute(dispute)) return dispute;
    const known = await requireDispute(deps, campaignId, id);
    const { state } = await standingOf(deps, known);
    const isMine = known.openedBy === actor.subject && known.claim === claim;
    // Said again by somebody who did not hear the answer.
    if (isUndecided(state) && isMine) return known;
    if (isUndecided(state)) throw taken(known, "is open already");
    if (state !== "withdrawn" && !isToldSince(known, questioned)) throw taken(known, `was ${state}`);
  }
}

/** Whether the line was posted anew after it was decided. */
function isToldSince({ decidedAt }: Dispute, { toldAt }: Questioned): boolean {
  return decidedAt !== undefined && Date.parse(toldAt) > Date.parse(decidedAt);
}

function disputeOf(id: string, actor: Actor, asked: Asked): Dispute {
  const { campaignId, lineId, claim, expected, questioned, times } = asked;
  const { payee, told, run } = questioned;
  const { runId, planVersion, planHash, asOf, sourcesHash, inputHash, resultHash = "" } = run;
  const { reward } = told.kind === "line" ? told.line : told.none;
  const paid = told.kind === "line" ? { amount: told.line.amount, currency: told.line.currency } : {};
  return {
    id,
    campaign: campaignId,
    lineId,
    payee,
    reward,
    state: "open",
    revision: 1,
    claim,
    ...(expected === undefined ? {} : { expected }),
    openedBy: actor.subject,
    ...times,
    ...paid,
    lineHash: hashOf(told.kind === "line" ? told.line : told.none),
    run: {
      runId,
      planVersion,
      planHash,
      asOf,
      ...(sourcesHash === undefined ? {} : { sourcesHash }),
      ...(inputHash === undefined ? {} : { inputHash }),
      resultHash,
    },
    attachments: [],
    events: [{ at: times.openedAt, by: actor.subject, command: "open" }],
  };
}

/** Whom the line can be of and who asks speaks for. */
async function ownPayees(deps: DisputeDeps, actor: Actor, campaign: Campaign, lineId: string): Promise<Payee[]> {
  const sight = campaignSight(deps, actor, campaign);
  const own: Payee[] = [];
  for (const payee of payeesOf(lineId)) {
    const isOwn =
      payee.kind === "participant"
        ? payee.id === actor.subject
        : actor.roles.includes("branch-manager") && (await sight.seesUnit(payee.id));
    if (isOwn) own.push(payee);
  }
  if (own.length > 0) return own;
  throw new Refusal("forbidden", "a line is questioned by its payee, a unit's by who manages it", [
    {
      code: "other-payee",
      path: "/lineId",
      message: "this line is not yours",
      seen: lineId,
      allowed: `${idOfLine("…", { kind: "participant", id: actor.subject })}`,
    },
  ]);
}

function timesOf(plan: Plan, { toldAt }: Questioned, now: number): Asked["times"] {
  const { disputes, period } = plan;
  if (!disputes) {
    throw new Refusal("conflict", "the plan takes no disputes", [
      {
        code: "no-disputes",
        path: "",
        message: "the plan has no `disputes`",
        mend: "speak with whoever made the plan",
      },
    ]);
  }
  const deadline = lastMoment(plan, toldAt) ?? Number.POSITIVE_INFINITY;
  const decideBy = addDuration(now, disputes.decideWithin, period.zone) ?? deadline;
  if (now <= deadline) {
    const texts = [now, deadline, decideBy].map((instant) => formatInstant(instant));
    const [openedAt = "", until = "", by = ""] = texts;
    return { openedAt, deadline: until, decideBy: by };
  }
  const last = formatInZone(deadline, period.zone);
  throw new Refusal("conflict", `the line could be questioned until ${last}`, [
    { code: "too-late", path: "", message: "its time is over", seen: formatInZone(now, period.zone), allowed: last },
  ]);
}

function taken({ id, campaign }: Dispute, how: string): Refusal {
  return new Refusal("conflict", `dispute ${id} of this line ${how}`, [
    {
      code: "disputed-already",
      path: "/lineId",
      message: `the line ${how}: see /v1/campaigns/${campaign}/disputes/${id}`,
      seen: id,
      mend: "add to that one while it is open; once decided, the line can be questioned again when it is posted anew",
    },
  ]);
}
