import { type Actor, requireRole } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { instantOf } from "#domain/instant.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import { formatInZone, startOfDay } from "#domain/time.ts";
import type { ReconciliationJobs, ReconciliationRequest } from "#ports/system.ts";
import { audited } from "../audit/note.ts";
import { isCredited } from "../crediting/affected.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, planInForce, requireNotArchived } from "../find-campaign.ts";
import { latestReconciliation } from "./read-reconciliation.ts";

export interface StartsReconciliations {
  readonly reconciliations: ReconciliationJobs;
}

const HOUR_MS = 60 * 60_000;

/** The hour in the plan's zone from which the day's look is due: when few sell, and before anybody comes to work. */
const DUE_AT_HOUR = 4;

/** How long after its last facts were due a campaign is looked at; later changes are adjustments, which people ask for. */
const LOOKED_AT_FOR_MS = 35 * 24 * HOUR_MS;

/**
 * A person asks for a look at whether derived data says what the facts say. Asking again within the minute asks for the same.
 *
 * @throws Refusal `notFound`, or `conflict` when the campaign has no active version, or is being rebuilt
 */
export async function requestReconciliation(
  deps: Pick<Deps, "plans" | "audit" | "clock"> & StartsReconciliations,
  actor: Actor,
  campaignId: string,
): Promise<ReconciliationRequest> {
  requireRole(actor, ["administrator", "marketing", "approver"]);
  const campaign = await findCampaign(deps, campaignId);
  requireNotArchived(campaign);
  if (campaign.activeVersion === undefined) throw new Refusal("conflict", `${campaignId} has no active version`);
  if (isRebuilding(campaign)) {
    throw new Refusal(
      "conflict",
      `${campaignId} is being credited anew; ask again when its boards say rebuilding: false`,
    );
  }
  const { period } = await planInForce(deps, campaign);
  const minute = formatInZone(deps.clock.now(), period.zone).slice(0, 16);
  const request = { campaign: campaignId, id: minute.replaceAll(":", "") };
  const deed = { chain: campaignChain(campaignId), action: "reconciliation.request", subject: request.id };
  await audited(deps, actor, deed, () => deps.reconciliations.startReconciliation(request));
  return request;
}

/** Starts the look of the day in every campaign where it is due; a start that is repeated starts nothing. */
export async function startDueReconciliations(
  deps: Pick<Deps, "plans" | "files" | "clock"> & StartsReconciliations,
): Promise<ReconciliationRequest[]> {
  const started: ReconciliationRequest[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.plans.campaigns({ limit: 100, cursor });
    for (const campaign of page.items) {
      const request = await dueNow(deps, campaign);
      if (!request) continue;
      await deps.reconciliations.startReconciliation(request);
      started.push(request);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return started;
}

async function dueNow(
  deps: Pick<Deps, "plans" | "files" | "clock">,
  campaign: Campaign,
): Promise<ReconciliationRequest | undefined> {
  if (!isCredited(campaign) || isRebuilding(campaign)) return undefined;
  const plan = await planInForce(deps, campaign);
  const now = deps.clock.now();
  const due = dueToday(plan, now);
  if (due === undefined) return undefined;
  const latest = await latestReconciliation(deps, campaign.id);
  const last = latest ? instantOf(latest.startedAt) : Number.NEGATIVE_INFINITY;
  // One that met a change of rules said nothing, and is made up for.
  const isDone = last >= due.at && (latest?.state !== "superseded" || now < last + HOUR_MS);
  return isDone ? undefined : { campaign: campaign.id, id: latest && last >= due.at ? `${due.day}-again` : due.day };
}

function dueToday(plan: Plan, now: number): { readonly day: string; readonly at: number } | undefined {
  const { start, cutOff, followUpEnd } = planInstants(plan);
  if (now < start || now >= Math.max(cutOff, followUpEnd) + LOOKED_AT_FOR_MS) return undefined;
  const day = formatInZone(now, plan.period.zone).slice(0, 10);
  const midnight = startOfDay(day, plan.period.zone);
  if (midnight === undefined || now < midnight + DUE_AT_HOUR * HOUR_MS) return undefined;
  return { day, at: midnight + DUE_AT_HOUR * HOUR_MS };
}

function isRebuilding({ epoch, rebuiltEpoch }: Campaign): boolean {
  return rebuiltEpoch < epoch;
}
