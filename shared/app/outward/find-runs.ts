import type { Campaign } from "#domain/campaign.ts";
import type { OutwardEvent } from "#domain/event.ts";
import type { Run } from "#domain/run.ts";

type Head = Pick<OutwardEvent, "campaign" | "campaignName">;

/** What has become of a campaign and its runs, as their records tell it: a state that was passed in between is told too. */
export function campaignEvents(campaign: Campaign, runs: readonly Run[], head: Head): OutwardEvent[] {
  const { id, activeVersion, activatedAt, activatedBy } = campaign;
  const activated: OutwardEvent[] =
    activeVersion === undefined || activatedAt === undefined || activatedBy === undefined
      ? []
      : [
          {
            ...head,
            id: `campaign.activated:${id}:${activeVersion}:${activatedAt}`,
            type: "campaign.activated",
            at: activatedAt,
            data: { version: activeVersion, by: activatedBy },
          },
        ];
  return [...activated, ...runs.flatMap((run) => runEvents(run, head))];
}

/** Runs that only tell, and runs that found nothing to post, are nobody's news. */
function runEvents(run: Run, head: Head): OutwardEvent[] {
  if (run.kind === "provisional" || run.state === "unchanged") return [];
  return [...decisionEvents(run, head), ...endEvents(run, head)];
}

function decisionEvents(run: Run, head: Head): OutwardEvent[] {
  const { runId, campaign, state, submittedBy, decidedBy, decidedAt, startedAt, resultHash, kind } = run;
  const events: OutwardEvent[] = [];
  if (resultHash !== undefined && (state === "awaitingApproval" || decidedAt !== undefined)) {
    events.push({
      ...head,
      id: `approval.requested:${campaign}:${runId}:${resultHash}`,
      type: "approval.requested",
      at: startedAt,
      data: { approval: runId, kind: "run", by: submittedBy },
    });
  }
  if (decidedAt === undefined) return events;
  const isRejected = state === "rejected";
  events.push({
    ...head,
    id: `run.${isRejected ? "rejected" : "approved"}:${campaign}:${runId}`,
    type: isRejected ? "run.rejected" : "run.approved",
    at: decidedAt,
    data: {
      runId,
      kind,
      ...(decidedBy === undefined ? {} : { by: decidedBy }),
      ...(isRejected && run.reason !== undefined ? { reason: run.reason } : {}),
    },
  });
  return events;
}

function endEvents(run: Run, head: Head): OutwardEvent[] {
  const { runId, campaign, kind, state, postedAt, startedAt, reason, asOf } = run;
  if (state === "failed") {
    const data = { runId, kind, ...(reason === undefined ? {} : { reason: reason.slice(0, 500) }) };
    return [
      { ...head, id: `run.failed:${campaign}:${runId}`, type: "run.failed", at: run.decidedAt ?? startedAt, data },
    ];
  }
  if (postedAt === undefined) return [];
  const paid: OutwardEvent = {
    ...head,
    id: `run.paid:${campaign}:${runId}`,
    type: "run.paid",
    at: postedAt,
    data: { runId, kind },
  };
  if (kind !== "final") return [paid];
  const id = `campaign.final:${campaign}:${runId}`;
  return [paid, { ...head, id, type: "campaign.final", at: postedAt, data: { asOf } }];
}
