import { type Actor, requireRole } from "#domain/actor.ts";
import type { ApprovalState } from "#domain/approval.ts";
import { campaignChain } from "#domain/audit.ts";
import {
  DISPUTE_COMMANDS,
  type Dispute,
  type DisputeCommand,
  type DisputeState,
  disputeStateAt,
  EVENTS_MAX,
  HANDLING_ROLES,
} from "#domain/dispute.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { campaignSight, requireSight } from "../access.ts";
import type { KeepsAccounts } from "../accounts.ts";
import { audited, type Deed } from "../audit/note.ts";
import { findCampaign } from "../find-campaign.ts";
import { type DisputeDeps, requireDispute, updateDispute } from "./keeps-disputes.ts";
import { remedyStateOf } from "./remedy.ts";
import { requireHandler, sidesOf } from "./who-handles.ts";

export interface Named {
  readonly campaign: string;
  readonly id: string;
}

/** @throws Refusal `notFound`, `forbidden` (role, sight, a side of the dispute), `conflict` (decided) */
export async function assignDispute(
  deps: DisputeDeps & KeepsAccounts,
  actor: Actor,
  named: Named,
  to: string,
): Promise<Dispute> {
  const dispute = await seenByOther(deps, actor, named);
  if (sidesOf(dispute).includes(to)) {
    throw new Refusal("invalid", "nobody looks into their own dispute", [
      { code: "own-dispute", path: "/to", message: "this is a side of the dispute", seen: to },
    ]);
  }
  await requireHandler(deps, dispute, to);
  return command(deps, actor, dispute, "assign", to, () => ({ assignedTo: to }));
}

/** Both sides read it; it decides nothing. @throws Refusal as {@link assignDispute} */
export async function answerDispute(deps: DisputeDeps, actor: Actor, named: Named, text: string): Promise<Dispute> {
  const dispute = await seenByOther(deps, actor, named);
  return command(deps, actor, dispute, "answer", text, () => ({}));
}

/** @throws Refusal as {@link assignDispute} */
export async function refuseDispute(deps: DisputeDeps, actor: Actor, named: Named, reason: string): Promise<Dispute> {
  requireRole(actor, ["approver"]);
  const dispute = await seenByOther(deps, actor, named);
  return command(deps, actor, dispute, "refuse", reason, (at) => {
    return { decidedBy: actor.subject, decidedAt: at, reason, remedy: undefined };
  });
}

/** Who opened it takes it back. @throws Refusal `notFound`, `forbidden`, `conflict` */
export async function withdrawDispute(deps: DisputeDeps, actor: Actor, named: Named): Promise<Dispute> {
  requireRole(actor, ["branch-manager", "seller"]);
  const dispute = await seenDispute(deps, actor, named);
  if (dispute.openedBy !== actor.subject) {
    throw new Refusal("forbidden", "only who opened a dispute withdraws it", [
      { code: "other-opener", path: "", message: "another person opened it", seen: actor.subject },
    ]);
  }
  return command(deps, actor, dispute, "withdraw", undefined, (at) => ({ decidedAt: at }));
}

/** @throws Refusal `notFound`, `forbidden` unless its payee may be seen */
export async function seenDispute(deps: DisputeDeps, actor: Actor, { campaign, id }: Named): Promise<Dispute> {
  const found = await findCampaign(deps, campaign);
  const dispute = await requireDispute(deps, campaign, id);
  await requireSight(campaignSight(deps, actor, found), dispute.payee);
  return dispute;
}

/** For who looks into it, who must be no side of it. */
export async function seenByOther(deps: DisputeDeps, actor: Actor, named: Named): Promise<Dispute> {
  requireRole(actor, HANDLING_ROLES);
  const dispute = await seenDispute(deps, actor, named);
  if (!sidesOf(dispute).includes(actor.subject)) return dispute;
  throw new Refusal("forbidden", "nobody looks into their own dispute", [
    { code: "own-dispute", path: "", message: "you are a side of the dispute", seen: actor.subject },
  ]);
}

/** One step by the table of commands: an entry in the audit, an event for both sides, and one conditional write. */
export async function command(
  deps: DisputeDeps,
  actor: Actor,
  { campaign, id }: Dispute,
  name: DisputeCommand,
  text: string | undefined,
  change: (at: string, dispute: Dispute) => Partial<Dispute>,
): Promise<Dispute> {
  return audited(deps, actor, deedOf({ campaign, id }, name), () =>
    updateDispute(deps, campaign, id, async (current) => {
      const remedyState = await remedyStateOf(deps, current);
      const state = requireState(current, name, remedyState);
      const at = formatInstant(deps.clock.now());
      const event = { at, by: actor.subject, command: name, ...(text === undefined ? {} : { text }) };
      const { to } = DISPUTE_COMMANDS[name];
      const events = [...current.events, event];
      return withoutAbsent({ ...current, ...change(at, current), state: to ?? state, events });
    }),
  );
}

export function deedOf({ campaign, id }: Named, name: DisputeCommand): Deed {
  return { chain: campaignChain(campaign), action: `dispute.${name}`, subject: id };
}

/** @throws Refusal("conflict") unless the command can be given now */
function requireState(dispute: Dispute, name: DisputeCommand, remedyState: ApprovalState | undefined): DisputeState {
  const state = disputeStateAt(dispute, remedyState);
  const from: readonly DisputeState[] = DISPUTE_COMMANDS[name].from;
  if (!from.includes(state)) {
    throw new Refusal("conflict", `dispute ${dispute.id} is ${state}`, [
      { code: "state", path: "/state", message: `${name} is not possible now`, seen: state, allowed: from.join(", ") },
    ]);
  }
  if (dispute.events.length < EVENTS_MAX) return state;
  throw new Refusal("conflict", `dispute ${dispute.id} has had ${EVENTS_MAX} steps: settle it elsewhere`, [
    { code: "too-many-events", path: "", message: "no more steps are kept", allowed: String(EVENTS_MAX) },
  ]);
}

function withoutAbsent(dispute: Dispute & { remedy?: Dispute["remedy"] | undefined }): Dispute {
  const { remedy, ...rest } = dispute;
  return remedy === undefined ? rest : { ...rest, remedy };
}
