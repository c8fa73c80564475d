import type { Actor } from "#domain/actor.ts";
import type { Payee } from "#domain/line.ts";
import { Refusal } from "#domain/problem.ts";
import type { Payout, Posting, RunKind, Statement } from "#domain/run.ts";
import type { EntriesRequest } from "#ports/ledger-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { campaignSight, requireSight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";

type ReadDeps = Pick<Deps, "plans" | "ledger" | "clock">;

/** By line id, then in the order they were posted. A page can be short, or empty, and still have a cursor. */
export async function listPostings(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  request: EntriesRequest,
): Promise<Page<Posting>> {
  return inSight(deps, actor, campaignId, () => deps.ledger.postingPage(campaignId, request));
}

/** By payee, then in the order they were paid. A page can be short, or empty, and still have a cursor. */
export async function listPayouts(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  request: EntriesRequest,
): Promise<Page<Payout>> {
  return inSight(deps, actor, campaignId, () => deps.ledger.payoutPage(campaignId, request));
}

async function inSight<T extends { readonly payee: Payee }>(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  read: () => Promise<Page<T>>,
): Promise<Page<T>> {
  const campaign = await findCampaign(deps, campaignId);
  const page = await read();
  return { ...page, items: await campaignSight(deps, actor, campaign).filter(page.items, ({ payee }) => payee) };
}

/**
 * What a payee was told: the newest statement, or that of a run.
 *
 * @throws Refusal `forbidden` before it says whether there is one, `notFound`
 */
export async function readStatement(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  payee: Payee,
  runId?: string,
): Promise<Statement> {
  const campaign = await findCampaign(deps, campaignId);
  await requireSight(campaignSight(deps, actor, campaign), payee);
  const statement = await deps.ledger.statement(campaignId, payee, runId);
  if (statement) return statement;
  const of = runId === undefined ? campaignId : `run ${runId} of ${campaignId}`;
  throw new Refusal("notFound", `${of} has no statement for ${payee.kind} ${payee.id}`);
}

export interface StatementSummary
  extends Pick<Statement, "payee" | "runId" | "asOf" | "provisional" | "currency" | "total"> {
  readonly kind?: RunKind;
}

/** What a payee was told by each run, the newest first. @throws Refusal `forbidden` before it says whether there is any */
export async function listStatements(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  payee: Payee,
  request: PageRequest,
): Promise<Page<StatementSummary>> {
  const campaign = await findCampaign(deps, campaignId);
  await requireSight(campaignSight(deps, actor, campaign), payee);
  const [statements, runs] = await Promise.all([
    deps.ledger.statements(campaignId, payee),
    deps.ledger.runs(campaignId),
  ]);
  const kinds = new Map(runs.map(({ runId, kind }) => [runId, kind]));
  const told = statements.map(({ runId, asOf, provisional, currency, total }) => {
    const kind = kinds.get(runId);
    return { payee, runId, ...(kind ? { kind } : {}), asOf, provisional, currency, total };
  });
  return listPage(told.reverse(), ({ runId }) => runId, request);
}
