import type { Actor } from "#domain/actor.ts";
import type { Campaign } from "#domain/campaign.ts";
import type { Dispute, DisputeState } from "#domain/dispute.ts";
import type { Statement } from "#domain/run.ts";
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
const CAMPAIGNS_AT_ONCE = 100;

/** By the instant by which they have to be decided, so that the most urgent come first. @throws Refusal("notFound") */
export async function listDisputes(
  deps: DisputeDeps,
  actor: Actor,
  campaignId: string,
  filter: DisputeFilter,
  request: PageRequest,
): Promise<Page<ShownDispute>> {
  const chosen = await chosenOf(deps, actor, await findCampaign(deps, campaignId), filter);
  return pageOf(deps, chosen, filter, request);
}

/** The same over every campaign. It reads each campaign's disputes: meant for some hundreds of campaigns. */
export async function listAllDisputes(
  deps: DisputeDeps,
  actor: Actor,
  filter: DisputeFilter,
  request: PageRequest,
): Promise<Page<ShownDispute>> {
  const campaigns: Campaign[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await deps.plans.campaigns({ limit: CAMPAIGNS_AT_ONCE, cursor });
    campaigns.push(...page.items);
    cursor = page.cursor;
    if (cursor === undefined) break;
  }
  const chosen = await inParallel(LOOKS_AT_ONCE, campaigns, (campaign) => chosenOf(deps, actor, campaign, filter));
  return pageOf(deps, chosen.flat(), filter, request);
}

async function chosenOf(
  deps: DisputeDeps,
  actor: Actor,
  campaign: Campaign,
  { whose }: DisputeFilter,
): Promise<Dispute[]> {
  const stored = await deps.disputes.disputes(campaign.id);
  const seen = await campaignSight(deps, actor, campaign).filter(stored, ({ payee }) => payee);
  return seen.filter(({ openedBy, payee, assignedTo }) => {
    if (whose === "assigned") return assignedTo === actor.subject;
    return (
      whose === "all" || openedBy === actor.subject || (payee.kind === "participant" && payee.id === actor.subject)
    );
  });
}

async function pageOf(
  deps: DisputeDeps,
  chosen: readonly Dispute[],
  { state, overdue }: DisputeFilter,
  request: PageRequest,
): Promise<Page<ShownDispute>> {
  const told = await inParallel(LOOKS_AT_ONCE, chosen, async (dispute) => {
    return { dispute, standing: await standingOf(deps, dispute) };
  });
  const listed = told
    .filter(({ standing }) => state === undefined || standing.state === state)
    .filter(({ standing }) => overdue === undefined || standing.isOverdue === overdue)
    .sort((a, b) => compareText(orderOf(a), orderOf(b)));
  return listPage(listed, orderOf, request);
}

/** Unique over campaigns too. */
function orderOf({ dispute: { decideBy, campaign, id } }: ShownDispute): string {
  return `${decideBy} ${campaign} ${id}`;
}

/** With the line and its trace, as the run told them that it is about: statements are never changed. */
export async function readDispute(deps: DisputeDeps, actor: Actor, named: Named): Promise<ReadDispute> {
  const dispute = await seenDispute(deps, actor, named);
  const [standing, statement] = await Promise.all([
    standingOf(deps, dispute),
    deps.ledger.statement(named.campaign, dispute.payee, dispute.run.runId),
  ]);
  const told = statement && lineOf(statement, dispute.lineId);
  return { dispute, standing, ...(told ? { told, statement: onlyOf(statement, told) } : {}) };
}

export interface ReadDispute extends ShownDispute {
  readonly told?: Told;
  /** The statement that told the line, with nothing else in it. */
  readonly statement?: Statement;
}

function onlyOf({ held, components, ...statement }: Statement, told: Told): Statement {
  return {
    ...statement,
    lines: told.kind === "line" ? [told.line] : [],
    notAwarded: told.kind === "none" ? [told.none] : [],
  };
}
