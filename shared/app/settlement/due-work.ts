import type { Campaign } from "#domain/campaign.ts";
import { planInEffect } from "#domain/conduct.ts";
import { phaseOf } from "#domain/lifecycle.ts";
import type { Run } from "#domain/run.ts";
import { approvedAdjustments } from "../approvals/approved-adjustments.ts";
import { isOutgrown } from "../crediting/outgrown.ts";
import { changedEpoch } from "../crediting/pending.ts";
import { startDueRebuild } from "../crediting/rebuild-due.ts";
import type { Deps } from "../deps.ts";
import { isFinalDue, isInterimDue, isNewSettled, openRun } from "./due.ts";
import { startRun } from "./request-run.ts";

type DueDeps = Pick<Deps, "plans" | "ledger" | "approvals" | "audit" | "derived" | "files" | "jobs" | "clock">;

/** One thing the clock set going. */
export interface DueAction {
  readonly campaign: string;
  readonly action: "rebuild" | "settle" | "adjust" | "wake";
}

/**
 * What is due now, over all campaigns. The scheduler only wakes this; what is due comes from the data, so a wake-up that
 * is lost, late or doubled changes nothing. A campaign that breaks does not hold up the others.
 *
 * @throws AggregateError after all campaigns were looked at, when some could not be
 */
export async function startDueWork(deps: DueDeps): Promise<DueAction[]> {
  const actions: DueAction[] = [];
  const errors: Error[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<Deps["plans"]["campaigns"]>> = await deps.plans.campaigns({ limit: 100, cursor });
    for (const campaign of page.items) {
      try {
        actions.push(...(await startDueIn(deps, campaign)));
      } catch (error) {
        errors.push(new Error(`what is due in ${campaign.id} could not be started`, { cause: error }));
      }
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} campaigns could not be looked after`);
  return actions;
}

async function startDueIn(deps: DueDeps, campaign: Campaign): Promise<DueAction[]> {
  const { id, activeVersion, activatedBy } = campaign;
  // What is archived is looked after by nobody.
  if (activeVersion === undefined || activatedBy === undefined || campaign.state === "archived") return [];
  const actions: DueAction[] = [];
  if ((await startDueRebuild(deps, campaign)) || (await spreadDue(deps, campaign)))
    actions.push({ campaign: id, action: "rebuild" });
  const runs = (await deps.ledger.runs(id)).filter(({ kind }) => kind !== "provisional");
  const open = openRun(runs);
  if (open) return [...actions, ...(await pushOn(deps, activatedBy, open))];
  const newest = runs.at(-1);
  // The schedule acts in the name of who activated the campaign; somebody else approves.
  const due = await dueByCalendar(deps, campaign, activeVersion, runs);
  if (due) {
    await startRun(deps, activatedBy, id, due);
    return [...actions, { campaign: id, action: "settle" }];
  }
  if (newest && campaign.finalAsOf !== undefined && (await hasChangedSince(deps, campaign, newest))) {
    await startRun(deps, activatedBy, id, "adjustment");
    return [...actions, { campaign: id, action: "adjust" }];
  }
  // A run that was rejected or failed is not tried again by itself: a person mends the cause and asks.
  return actions;
}

async function spreadDue(deps: DueDeps, campaign: Campaign): Promise<boolean> {
  if (!(await isOutgrown(deps.plans, campaign))) return false;
  // It brings the rules with it, and is due once in a campaign's life.
  const { spreadOutgrown } = await import("../crediting/respread.ts");
  await spreadOutgrown(deps, campaign);
  return true;
}

/** An open run whose job or whose wake-up was lost is set going again; otherwise this does nothing. */
async function pushOn(
  deps: DueDeps,
  activatedBy: string,
  { campaign, kind, state, callbackId }: Run,
): Promise<DueAction[]> {
  if (state === "computing") await startRun(deps, activatedBy, campaign, kind);
  if (state !== "approved" || callbackId === undefined) return [];
  await deps.jobs.wakeSettlement(callbackId);
  return [{ campaign, action: "wake" }];
}

/** What the plan's calendar asks for: the final run once, before it an interim run for each period that closed. */
async function dueByCalendar(
  deps: DueDeps,
  campaign: Campaign,
  activeVersion: number,
  runs: readonly Run[],
): Promise<"interim" | "final" | undefined> {
  if (runs.some(({ kind }) => kind === "final")) return undefined;
  const version = await deps.plans.version(campaign.id, activeVersion);
  if (version === undefined) return undefined;
  const now = deps.clock.now();
  const plan = planInEffect(version.plan, campaign.conduct);
  // What is paused pays nothing until somebody resumes or stops it.
  if (phaseOf(campaign, plan, now) === "paused") return undefined;
  if (isFinalDue(plan, now)) return "final";
  return isInterimDue(runs, plan, now) ? "interim" : undefined;
}

/**
 * What calls for an adjustment: facts that came late, people, organisation or targets that were changed since, or something
 * held that has fallen due.
 */
async function hasChangedSince(deps: DueDeps, campaign: Campaign, newest: Run): Promise<boolean> {
  const { id } = campaign;
  const now = deps.clock.now();
  if (changedEpoch(campaign) > newest.epoch) return true;
  if (newest.nextDue !== undefined && isNewSettled(newest.nextDue, newest.asOf, now)) return true;
  if ((await approvedAdjustments(deps, id)).length > (newest.adjustments ?? 0)) return true;
  // Late changes lie in order of when they became known: the first after the cut-off answers for all.
  const late = await deps.derived.firstLateChange(id, newest.asOf);
  return late !== undefined && isNewSettled(late.recordedAt, newest.asOf, now);
}
