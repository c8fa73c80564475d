import { type Actor, requireRole } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import { planInEffect } from "#domain/conduct.ts";
import { formatInstant } from "#domain/instant.ts";
import { phaseOf, refusedIn } from "#domain/lifecycle.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { audited, CLOCK } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { cutOffOf, isFinalDue, isInterimDue, openRun, standing } from "./due.ts";

type RunDeps = Pick<Deps, "plans" | "ledger" | "approvals" | "audit" | "files" | "jobs" | "clock">;

/** A person asks for a run. It is made in their name, so they cannot approve it. */
export async function requestRun(deps: RunDeps, actor: Actor, campaignId: string, kind: Run["kind"]): Promise<Run> {
  requireRole(actor, ["marketing", "approver"]);
  return startRun(deps, actor.subject, campaignId, kind, actor);
}

/**
 * Starts a run, once: asking again while one is open gives that one.
 *
 * @throws Refusal `notFound`, or `conflict` when the run is not due or a final one stands already
 */
export async function startRun(
  deps: RunDeps,
  submittedBy: string,
  campaignId: string,
  kind: Run["kind"],
  actor: Actor = CLOCK,
): Promise<Run> {
  const campaign = await deps.plans.campaign(campaignId);
  if (!campaign) throw new Refusal("notFound", `there is no campaign ${campaignId}`);
  const version =
    campaign.activeVersion === undefined ? undefined : await deps.plans.version(campaignId, campaign.activeVersion);
  if (!version) throw new Refusal("conflict", `${campaignId} has no active version to settle`);
  const runs = await deps.ledger.runs(campaignId);
  const now = deps.clock.now();
  const plan = planInEffect(version.plan, campaign.conduct);
  const phase = phaseOf(campaign, plan, now);
  if (phase === "archived" || (phase === "paused" && kind !== "provisional")) {
    throw refusedIn(campaignId, kind === "adjustment" ? "adjust" : "settle", phase);
  }
  if (kind !== "provisional") {
    const open = openRun(runs);
    if (open?.kind === kind) return resume(deps, open);
    if (open) throw new Refusal("conflict", `${open.runId} is ${open.state}; decide it first`);
    requireDue(kind, runs, plan, now, campaignId);
  }
  const number = runs.filter((run) => run.kind === kind).length + 1;
  // Compiling rules is much code: whoever looks every minute whether something is due loads it only when something is.
  const { recordRun } = await import("./freeze-run.ts");
  const runId = `${campaignId}.${kind}-${number}`;
  const asOf = formatInstant(cutOffOf(kind, plan, now));
  const deed = { chain: campaignChain(campaignId), action: "run.start", subject: runId, detail: { submittedBy, asOf } };
  const run = await audited(deps, actor, deed, () =>
    recordRun(deps, { campaign: campaignId, runId, kind, asOf, submittedBy }),
  );
  return resume(deps, run);
}

/** Starting the job is idempotent by the run's id, so a request that was cut off before it can be made again. */
async function resume(deps: RunDeps, run: Run): Promise<Run> {
  const { campaign, runId, kind, asOf, submittedBy } = run;
  if (run.state === "computing") await deps.jobs.startSettlement({ campaign, runId, kind, asOf, submittedBy });
  return run;
}

function requireDue(kind: Run["kind"], runs: readonly Run[], plan: Plan, now: number, campaignId: string): void {
  const final = standing(runs, "final")[0];
  if (kind === "interim") requireInterimDue(runs, plan, now, campaignId);
  const finalDue = isFinalDue(plan, now);
  if (kind === "final" && final)
    throw new Refusal("conflict", `${final.runId} stands already; what changed since is an adjustment`);
  if (kind === "final" && !finalDue)
    throw new Refusal(
      "conflict",
      `the period of ${campaignId} and its late-facts window are not over; ask for a provisional run`,
    );
  if (kind === "adjustment" && final?.state !== "posted")
    throw new Refusal("conflict", `${campaignId} has no posted final run to adjust`);
}

function requireInterimDue(runs: readonly Run[], plan: Plan, now: number, campaignId: string): void {
  const [final] = standing(runs, "final");
  if (final) throw new Refusal("conflict", `${final.runId} stands already; what changed since is an adjustment`);
  // A person may ask again for one that was rejected or failed; the clock does not.
  if (isInterimDue(standing(runs, "interim"), plan, now)) return;
  const why =
    plan.runs === "end"
      ? `${campaignId} is posted once, after its end`
      : `no ${plan.runs} of ${campaignId} has closed since the last run`;
  throw new Refusal("conflict", `${why}; ask for a provisional run`);
}
