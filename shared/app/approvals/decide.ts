import { type Actor, requireRole } from "#domain/actor.ts";
import { type Approval, DECIDERS, scopeOfId, stateAt } from "#domain/approval.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { approveRun, rejectRun } from "../settlement/decide-run.ts";
import { type DecideDeps, deedOf } from "./ask.ts";

/** What is decided: a request, or a run that waits, which is decided by its own record. */
export type Decided = { readonly approval: Approval } | { readonly campaign: string; readonly runId: string };

/**
 * A second person approves what they were shown, and it is done. The decision is kept first, by one conditional write, so of several that
 * decide at once one does; then it is carried out. Cut off in between it stays `approved`, and whoever may decide it
 * finishes it by approving it again.
 *
 * @throws Refusal `notFound`, `forbidden` (role, or a maker), `stale` (another hash, or changed since), `conflict` (decided already, expired)
 */
export async function approveRequest(deps: DecideDeps, actor: Actor, id: string, hash: string): Promise<Decided> {
  const found = await findDecided(deps, id);
  if ("runId" in found) {
    await approveRun(deps, actor, found.campaign, found.runId, { resultHash: hash });
    return found;
  }
  requireDecider(actor, found.approval);
  const deed = { ...deedOf(found.approval, "approval.approve"), shown: hash };
  return audited(deps, actor, deed, async () => {
    requireSecond(actor, found.approval);
    const { requireAsShown, carryOut } = await import("./carry-out.ts");
    const approved = await updateApproval(deps, id, async (current) => {
      if (current.hash !== hash) throw otherHash(current, hash);
      if (isTheirs(deps, actor, current)) return;
      requireWaiting(current, deps.clock.now());
      await requireAsShown(deps, current);
      return { ...current, ...decision(deps, actor), state: "approved" };
    });
    if (approved.state === "done") return { approval: approved };
    try {
      await carryOut(deps, actor, approved);
    } catch (error) {
      // A refusal is final: what was approved is no more. Anything else passes, and it is finished later.
      if (!(error instanceof Refusal) || error.kind === "conflict") throw error;
      await updateApproval(deps, id, async (current) =>
        current.state === "approved" ? { ...current, state: "failed", why: error.message } : undefined,
      );
      throw error;
    }
    const done = await updateApproval(deps, id, async (current) =>
      current.state === "approved" ? { ...current, state: "done" } : undefined,
    );
    return { approval: done };
  });
}

export async function rejectRequest(deps: DecideDeps, actor: Actor, id: string, reason: string): Promise<Decided> {
  const found = await findDecided(deps, id);
  if ("runId" in found) {
    await rejectRun(deps, actor, found.campaign, found.runId, { reason });
    return found;
  }
  requireDecider(actor, found.approval);
  return audited(deps, actor, deedOf(found.approval, "approval.reject", { reason }), async () => {
    requireSecond(actor, found.approval);
    const approval = await updateApproval(deps, id, async (current) => {
      requireWaiting(current, deps.clock.now());
      return { ...current, ...decision(deps, actor), state: "rejected", why: reason };
    });
    return { approval };
  });
}

/** The maker takes it back. A run is not taken back: who may decide it rejects it. */
export async function withdrawRequest(deps: DecideDeps, actor: Actor, id: string): Promise<Decided> {
  const found = await findDecided(deps, id);
  if ("runId" in found) throw new Refusal("conflict", `${id} is a run: it is approved or rejected, not withdrawn`);
  return audited(deps, actor, deedOf(found.approval, "approval.withdraw"), async () => {
    if (found.approval.requestedBy !== actor.subject) {
      throw new Refusal("forbidden", "only who asked for it withdraws it", [
        { code: "other-maker", path: "", message: "another person asked for it", allowed: found.approval.requestedBy },
      ]);
    }
    const approval = await updateApproval(deps, id, async (current) => {
      if (current.state === "withdrawn") return;
      requireWaiting(current, deps.clock.now());
      return { ...current, state: "withdrawn" };
    });
    return { approval };
  });
}

/** @throws Refusal("notFound") */
export async function findDecided(deps: Pick<Deps, "approvals" | "ledger">, id: string): Promise<Decided> {
  const scope = scopeOfId(id);
  const approval = scope === "" ? undefined : await deps.approvals.approval(scope, id);
  if (approval) return { approval };
  const run = scope === "" ? undefined : await deps.ledger.run(scope, id);
  if (run) return { campaign: run.campaign, runId: run.runId };
  throw new Refusal("notFound", `there is no request ${id}`);
}

/** So long after a decision whoever decided is taken to have been cut off. */
const CUT_OFF_MS = 5 * 60_000;

/** Decided by them already, or by somebody who did not come to the end of it. */
function isTheirs({ clock }: Pick<Deps, "clock">, { subject }: Actor, current: Approval): boolean {
  const { state, decidedBy, decidedAt } = current;
  if (state !== "approved" && state !== "done") return false;
  if (decidedBy === subject) return true;
  return state === "approved" && decidedAt !== undefined && clock.now() > Date.parse(decidedAt) + CUT_OFF_MS;
}

/** Roles first: whoever may not decide such things is told no more. */
function requireDecider(actor: Actor, { content }: Approval): void {
  requireRole(actor, DECIDERS[content.kind]);
}

function requireSecond(actor: Actor, { makers }: Approval): void {
  if (!makers.includes(actor.subject)) return;
  throw new Refusal("forbidden", "who made it cannot approve it: a second person decides", [
    {
      code: "second-person",
      path: "",
      message: `${actor.subject} asked for it or wrote what is to be approved`,
      seen: actor.subject,
      allowed: "another person with the role",
    },
  ]);
}

function requireWaiting(approval: Approval, now: number): void {
  const state = stateAt(approval, now);
  if (state === "waiting") return;
  const by = approval.decidedBy === undefined ? "" : ` by ${approval.decidedBy}`;
  throw new Refusal("conflict", `${approval.id} is ${state}${by}, not waiting`, [
    { code: "state", path: "/state", message: "only what waits can be decided", seen: state, allowed: "waiting" },
  ]);
}

function otherHash({ hash }: Approval, seen: string): Refusal {
  return new Refusal("stale", "the request is not what you were shown; look at it again", [
    { code: "hash", path: "/hash", message: "approval binds to the hash of what was shown", seen, allowed: hash },
  ]);
}

function decision({ clock }: Pick<Deps, "clock">, actor: Actor) {
  return { decidedBy: actor.subject, decidedAt: formatInstant(clock.now()) };
}

/** Changes a request against its newest revision; starts over when another was faster. */
async function updateApproval(
  deps: Pick<Deps, "approvals">,
  id: string,
  change: (approval: Approval) => Promise<Omit<Approval, "revision"> | undefined>,
): Promise<Approval> {
  for (;;) {
    const current = await deps.approvals.approval(scopeOfId(id), id);
    if (!current) throw new Refusal("notFound", `there is no request ${id}`);
    const changed = await change(current);
    if (!changed) return current;
    const next: Approval = { ...changed, revision: current.revision + 1 };
    if (await deps.approvals.saveApproval(next)) return next;
  }
}
