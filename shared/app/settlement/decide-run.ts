import { type Actor, requireRole } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import { openPause } from "#domain/conduct.ts";
import { formatInstant } from "#domain/instant.ts";
import { refusedIn } from "#domain/lifecycle.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { requireRun, updateRun } from "./run-record.ts";

type DecideDeps = Pick<Deps, "plans" | "ledger" | "audit" | "jobs" | "clock">;

/**
 * A second person approves what they were shown: the hash they name must be the run's.
 * The decision is kept first; waking the settlement is only a nudge, which the clock repeats if it is lost.
 *
 * @throws Refusal `forbidden` (role, or the same person), `stale` (another hash), `conflict` (not waiting, the campaign pauses, or a warning blocks it)
 */
export async function approveRun(
  deps: DecideDeps,
  actor: Actor,
  campaign: string,
  runId: string,
  { resultHash }: { readonly resultHash: string },
): Promise<Run> {
  requireRole(actor, ["approver"]);
  const deed = { chain: campaignChain(campaign), action: "run.approve", subject: runId, shown: resultHash };
  return audited(deps, actor, deed, () => approve(deps, actor, campaign, runId, resultHash));
}

async function approve(
  deps: DecideDeps,
  actor: Actor,
  campaign: string,
  runId: string,
  resultHash: string,
): Promise<Run> {
  await requireSecondPerson(deps, actor, campaign, runId);
  await requireRunning(deps, campaign);
  const run = await updateRun(deps, campaign, runId, (current) => {
    if (current.state === "approved" && current.decidedBy === actor.subject && current.resultHash === resultHash)
      return undefined;
    requireWaiting(current);
    if (current.resultHash !== resultHash) {
      throw new Refusal("stale", "the run is not what you were shown; look at it again", [
        {
          code: "hash",
          path: "/resultHash",
          message: "approval binds to the hash of what was shown",
          seen: resultHash,
          ...(current.resultHash ? { allowed: current.resultHash } : {}),
        },
      ]);
    }
    const blocking = current.warnings.filter(({ blocks }) => blocks);
    if (blocking.length > 0) {
      throw new Refusal(
        "conflict",
        "a warning blocks approval",
        blocking.map(({ code, message }) => ({ code, path: "/warnings", message })),
      );
    }
    return decided(current, "approved", actor, deps);
  });
  await wake(deps, run);
  return run;
}

/** What pauses pays nothing: a run that was computed before waits, and can be rejected. */
async function requireRunning(deps: Pick<Deps, "plans">, campaignId: string): Promise<void> {
  const campaign = await deps.plans.campaign(campaignId);
  if (openPause(campaign?.conduct)) throw refusedIn(campaignId, "settle", "paused");
}

export async function rejectRun(
  deps: DecideDeps,
  actor: Actor,
  campaign: string,
  runId: string,
  { reason }: { readonly reason: string },
): Promise<Run> {
  requireRole(actor, ["approver"]);
  const deed = { chain: campaignChain(campaign), action: "run.reject", subject: runId, detail: { reason } };
  return audited(deps, actor, deed, async () => {
    await requireSecondPerson(deps, actor, campaign, runId);
    const run = await updateRun(deps, campaign, runId, (current) => {
      requireWaiting(current);
      return { ...decided(current, "rejected", actor, deps), reason };
    });
    await wake(deps, run);
    return run;
  });
}

/** Who submitted the run, or published the plan that it computes, does not decide it. */
async function requireSecondPerson(deps: DecideDeps, actor: Actor, campaign: string, runId: string): Promise<void> {
  const run = await requireRun(deps, campaign, runId);
  const version = await deps.plans.version(campaign, run.planVersion);
  if (run.submittedBy === actor.subject || version?.publishedBy === actor.subject) {
    throw new Refusal("forbidden", "who made it cannot approve it: a second person decides", [
      {
        code: "second-person",
        path: "",
        message: `${actor.subject} submitted the run or published its plan`,
        seen: actor.subject,
        allowed: "another person with the role approver",
      },
    ]);
  }
}

function requireWaiting(run: Run): void {
  if (run.state === "awaitingApproval") return;
  throw new Refusal("conflict", `${run.runId} is ${run.state}, not waiting for approval`, [
    {
      code: "state",
      path: "/state",
      message: "only a run that waits can be decided",
      seen: run.state,
      allowed: "awaitingApproval",
    },
  ]);
}

function decided(run: Run, state: "approved" | "rejected", actor: Actor, { clock }: Pick<Deps, "clock">): Run {
  return { ...run, state, decidedBy: actor.subject, decidedAt: formatInstant(clock.now()) };
}

async function wake({ jobs }: DecideDeps, { callbackId }: Run): Promise<void> {
  if (callbackId !== undefined) await jobs.wakeSettlement(callbackId);
}
