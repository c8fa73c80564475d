import { type ApprovalState, stateAt } from "#domain/approval.ts";
import { type Dispute, type DisputeState, disputeStateAt, isUndecided } from "#domain/dispute.ts";
import { parseInstant } from "#domain/instant.ts";
import { lineId } from "#domain/line.ts";
import type { Deps } from "../deps.ts";

export type RemedyDeps = Pick<Deps, "approvals" | "ledger" | "clock">;

/** A dispute as it is now: its state, what became of its remedy, and the run with which it was closed. */
export interface Standing {
  readonly state: DisputeState;
  readonly isOverdue: boolean;
  readonly remedyState?: ApprovalState;
  readonly closed?: { readonly runId: string; readonly at: string };
}

export async function standingOf(deps: RemedyDeps, dispute: Dispute): Promise<Standing> {
  const remedyState = await remedyStateOf(deps, dispute);
  const state = disputeStateAt(dispute, remedyState);
  const isOverdue = isUndecided(state) && deps.clock.now() > Date.parse(dispute.decideBy);
  const closed = state === "accepted" ? await closingOf(deps, dispute, remedyState) : undefined;
  return { state, isOverdue, ...(remedyState ? { remedyState } : {}), ...(closed ? { closed } : {}) };
}

/** Undefined where nothing is asked for, and where the asking was cut off: accepting again does it. */
export async function remedyStateOf(
  { approvals, clock }: RemedyDeps,
  { campaign, remedy }: Dispute,
): Promise<ApprovalState | undefined> {
  if (!remedy) return undefined;
  const approval = await approvals.approval(campaign, remedy.approval);
  return approval && stateAt(approval, clock.now());
}

/**
 * The run that posted what was asked for. An adjustment has a line of its own; a corrected fact counts from the first run that
 * knew it, which may find that it changes nothing.
 */
async function closingOf(
  { ledger, approvals }: RemedyDeps,
  { campaign, payee, remedy }: Dispute,
  remedyState: ApprovalState | undefined,
): Promise<Standing["closed"]> {
  if (!remedy || (remedyState !== "done" && remedyState !== "approved")) return undefined;
  if (remedy.kind === "manual-adjustment") {
    const manual = lineId(remedy.reward, payee, undefined, `manual-${remedy.number}`);
    const posting = await ledger.lastPosting(campaign, { lineId: manual, payee });
    return posting && { runId: posting.runId, at: posting.postedAt };
  }
  const decidedAt = (await approvals.approval(campaign, remedy.approval))?.decidedAt;
  const knownAt = decidedAt === undefined ? undefined : parseInstant(decidedAt);
  if (knownAt === undefined || remedyState !== "done") return undefined;
  const runs = (await ledger.runs(campaign)).filter(({ kind, state, asOf }) => {
    const isBooked = kind !== "provisional" && (state === "posted" || state === "unchanged");
    return isBooked && (parseInstant(asOf) ?? 0) > knownAt;
  });
  const [first] = runs.sort((a, b) => (parseInstant(a.asOf) ?? 0) - (parseInstant(b.asOf) ?? 0));
  return first && { runId: first.runId, at: first.postedAt ?? first.asOf };
}
