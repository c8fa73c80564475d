import { type Approval, DIRECTORY_SCOPE } from "#domain/approval.ts";
import type { Campaign } from "#domain/campaign.ts";
import type { EventType, OutwardEvent } from "#domain/event.ts";
import { formatInstant } from "#domain/instant.ts";
import { campaignsInForce, LiveRules } from "../crediting/live-rules.ts";
import { disputeEvents } from "../disputes/dispute-events.ts";
import { silentSources } from "../intake/silence.ts";
import { latestReconciliation } from "../reconciliation/read-reconciliation.ts";
import type { FindDeps } from "./deps.ts";
import { dueBulletins } from "./due-bulletins.ts";
import { campaignEvents } from "./find-runs.ts";
import { targetEvents } from "./find-targets.ts";
import type { Subscriptions } from "./subscriptions.ts";

export interface Found {
  readonly events: readonly OutwardEvent[];
  /** Scopes that were looked at: what was found earlier and is not told lies there. */
  readonly campaigns: readonly string[];
  readonly errors: readonly Error[];
}

const RUN_EVENTS = [
  "campaign.activated",
  "campaign.final",
  "approval.requested",
  "run.approved",
  "run.rejected",
  "run.failed",
  "run.paid",
] as const satisfies readonly EventType[];

const DISPUTE_EVENTS = ["dispute.opened", "dispute.answered", "dispute.closed"] as const satisfies readonly EventType[];

/**
 * Whatever has happened, as the records tell it; of it only what somebody wants. Nothing is passed from hand to hand, so nothing can be
 * lost between what was done and telling of it, and looking twice finds the same events. A campaign that breaks does not silence others.
 */
export async function findEvents(
  deps: FindDeps,
  subscriptions: Subscriptions,
  liveRules = new LiveRules(),
): Promise<Found> {
  const events: OutwardEvent[] = [];
  const errors: Error[] = [];
  const campaigns: string[] = [];
  const look = async (what: string, find: () => Promise<readonly OutwardEvent[]>) => {
    try {
      events.push(...(await find()));
    } catch (error) {
      errors.push(new Error(`what happened in ${what} could not be looked at`, { cause: error }));
    }
  };
  for (const campaign of await campaignsInForce(deps)) {
    campaigns.push(campaign.id);
    await look(campaign.id, () => eventsOf(deps, subscriptions, campaign, liveRules));
  }
  await look("the company", () => companyEvents(deps, subscriptions));
  return { events: events.filter(({ type, campaign }) => subscriptions.wants(type, campaign)), campaigns, errors };
}

async function eventsOf(
  deps: FindDeps,
  subscriptions: Subscriptions,
  campaign: Campaign,
  liveRules: LiveRules,
): Promise<OutwardEvent[]> {
  const { id } = campaign;
  const head = { campaign: id, campaignName: campaign.draft.name };
  const wants = (type: EventType) => subscriptions.wants(type, id);
  const events: OutwardEvent[] = [];
  if (RUN_EVENTS.some(wants)) events.push(...campaignEvents(campaign, await deps.ledger.runs(id), head));
  if (wants("approval.requested")) {
    events.push(...(await deps.approvals.approvals(id)).map((approval) => approvalEvent(approval, head)));
  }
  if (DISPUTE_EVENTS.some(wants)) events.push(...disputeEvents(await deps.disputes.disputes(id), head));
  if (wants("target.reached")) events.push(...(await targetEvents(deps, await liveRules.one(deps, id), head)));
  if (wants("reconciliation.differs")) {
    const latest = await latestReconciliation(deps, id);
    if (latest?.state === "differs") {
      const data = { report: latest.id, differences: latest.differences };
      const event = `reconciliation.differs:${id}:${latest.id}`;
      events.push({ ...head, id: event, type: "reconciliation.differs", at: latest.finishedAt, data });
    }
  }
  if (wants("bulletin.published")) {
    events.push(...(await dueBulletins(deps, campaign, subscriptions.channels, head, liveRules)));
  }
  return events;
}

async function companyEvents(deps: FindDeps, subscriptions: Subscriptions): Promise<OutwardEvent[]> {
  const events: OutwardEvent[] = [];
  if (subscriptions.wants("approval.requested")) {
    events.push(...(await deps.approvals.approvals(DIRECTORY_SCOPE)).map((approval) => approvalEvent(approval, {})));
  }
  if (subscriptions.wants("source.silent")) {
    const at = formatInstant(deps.clock.now());
    for (const { source, everyMinutes, lastHeardAt } of await silentSources(deps)) {
      events.push({
        // One silence is one event: it ends when the source is heard again. Of a source that was never heard there is one a day.
        id: `source.silent:${source}:${lastHeardAt ?? at.slice(0, 10)}`,
        type: "source.silent",
        at,
        data: { source, everyMinutes, ...(lastHeardAt === undefined ? {} : { lastHeardAt }) },
      });
    }
  }
  return events;
}

function approvalEvent(
  { id, content, requestedAt, requestedBy, reason }: Approval,
  head: Pick<OutwardEvent, "campaign" | "campaignName">,
): OutwardEvent {
  return {
    ...head,
    id: `approval.requested:${id}`,
    type: "approval.requested",
    at: requestedAt,
    data: {
      approval: id,
      kind: content.kind,
      by: requestedBy,
      ...(reason === "" ? {} : { reason: reason.slice(0, 500) }),
    },
  };
}
