import type { Campaign } from "#domain/campaign.ts";
import type { Deps } from "./deps.ts";
import { loadRuleSources } from "./live-rules.ts";
import { startRun } from "./request-run.ts";
import { isFinalDue, isLater, openRun, standing } from "./settlement/due.ts";

type DueDeps = Pick<Deps, "plans" | "ledger" | "derived" | "files" | "jobs" | "clock">;

/** One thing the clock set going. */
export interface DueAction {
  readonly campaign: string;
  readonly action: "rebuild" | "settle" | "adjust" | "wake";
}

/**
 * What is due now, over all campaigns. The scheduler only wakes this; what is due comes from the data, so a wake-up that
 * is lost, late or doubled changes nothing.
 */
export async function startDueWork(deps: DueDeps): Promise<DueAction[]> {
  const actions: DueAction[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<Deps["plans"]["campaigns"]>> = await deps.plans.campaigns({ limit: 100, cursor });
    for (const campaign of page.items) actions.push(...(await startDueIn(deps, campaign)));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return actions;
}

async function startDueIn(deps: DueDeps, campaign: Campaign): Promise<DueAction[]> {
  const { id, activeVersion, activatedBy } = campaign;
  if (activeVersion === undefined || activatedBy === undefined) return [];
  const actions: DueAction[] = [];
  if (campaign.rebuiltEpoch < campaign.epoch) {
    await deps.jobs.startRebuild(id, campaign.epoch);
    actions.push({ campaign: id, action: "rebuild" });
  }
  const runs = await deps.ledger.runs(id);
  const open = openRun(runs);
  if (open?.state === "approved" && open.callbackId !== undefined) {
    await deps.jobs.wakeSettlement(open.callbackId);
    return [...actions, { campaign: id, action: "wake" }];
  }
  if (open?.state === "computing" && open.kind !== "provisional") {
    await startRun(deps, activatedBy, id, open.kind);
    return actions;
  }
  if (open) return actions;
  const final = standing(runs, "final")[0];
  if (!final && (await isFinalDueNow(deps, campaign))) {
    // The schedule acts in the name of who activated the campaign; somebody else approves.
    await startRun(deps, activatedBy, id, "final");
    return [...actions, { campaign: id, action: "settle" }];
  }
  if (final?.state === "posted" && (await hasLateChange(deps, campaign))) {
    await startRun(deps, activatedBy, id, "adjustment");
    return [...actions, { campaign: id, action: "adjust" }];
  }
  return actions;
}

async function isFinalDueNow(deps: DueDeps, campaign: Campaign): Promise<boolean> {
  const { version } = await loadRuleSources(deps, campaign);
  return isFinalDue(version.plan, deps.clock.now());
}

async function hasLateChange(deps: DueDeps, campaign: Campaign): Promise<boolean> {
  const changes = await deps.derived.lateChanges(campaign.id);
  return changes.some(({ recordedAt }) => isLater(campaign, recordedAt, deps.clock.now()));
}
