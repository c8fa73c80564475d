import type { Actor } from "#domain/actor.ts";
import type { Dispute, DisputeState } from "#domain/dispute.ts";
import { compareText } from "#domain/text.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { campaignSight } from "../access.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";
import { inParallel } from "../parallel.ts";
import { type Named, seenDispute } from "./handle-dispute.ts";
import type { DisputeDeps } from "./keeps-disputes.ts";
import { lineOf, type Told } from "./questioned-line.ts";
import { type Standing, standingOf } from "./remedy.ts";

export interface ShownDispute {
  readonly dispute: Dispute;
  readonly standing: Standing;
}

export interface DisputeFilter {
  /** `mine`: opened by who asks, or about what they are paid · `assigned`: given to them · `all`: what they may see. */
  readonly whose: "mine" | "assigned" | "all";
  readonly state?: DisputeState | undefined;
  /** Only those that should have been decided by now. */
  readonly overdue?: boolean | undefined;
}

const LOOKS_AT_ONCE = 16;

/** By the instant by which they have to be decided, so that the most urgent come first. @throws Refusal("notFound") */
export async function listDisputes(
  deps: DisputeDeps,
  actor: Actor,
  campaignId: string,
  { whose, state, overdue }: DisputeFilter,
  request: PageRequest,
): Promise<Page<ShownDispute>> {
  const campaign = await findCampaign(deps, campaignId);
  const stored = await deps.disputes.disputes(campaignId);
  const seen = await campaignSight(deps, actor, campaign).filter(stored, ({ payee }) => payee);
  const chosen = seen.filter(({ openedBy, payee, assignedTo }) => {
    if (whose === "assigned") return assignedTo === actor.subject;
    return (
      whose === "all" || openedBy === actor.subject || (payee.kind === "participant" && payee.id === actor.subject)
    );
  });
  const told = await inParallel(LOOKS_AT_ONCE, chosen, async (dispute) => {
    return { dispute, standing: await standingOf(deps, dispute) };
  });
  const listed = told
    .filter(({ standing }) => state === undefined || standing.state === state)
    .filter(({ standing }) => overdue === undefined || standing.isOverdue === overdue)
    .sort((a, b) => compareText(orderOf(a), orderOf(b)));
  return listPage(listed, orderOf, request);
}

function orderOf({ dispute: { decideBy, id } }: ShownDispute): string {
  return `${decideBy} ${id}`;
}

/** With the line and its trace, as the run told them that it is about: statements are never changed. */
export async function readDispute(
  deps: DisputeDeps,
  actor: Actor,
  named: Named,
): Promise<ShownDispute & { readonly told?: Told }> {
  const dispute = await seenDispute(deps, actor, named);
  const [standing, statement] = await Promise.all([
    standingOf(deps, dispute),
    deps.ledger.statement(named.campaign, dispute.payee, dispute.run.runId),
  ]);
  const told = statement && lineOf(statement, dispute.lineId);
  return { dispute, standing, ...(told ? { told } : {}) };
}
