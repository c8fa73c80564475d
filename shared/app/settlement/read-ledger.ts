import type { Actor } from "#domain/actor.ts";
import type { Payee } from "#domain/line.ts";
import { Refusal } from "#domain/problem.ts";
import type { Payout, Posting, Statement } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { campaignSight, requireSight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";

type ReadDeps = Pick<Deps, "plans" | "ledger" | "clock">;

/** All of a campaign, or those of one run. */
export interface LedgerRequest extends PageRequest {
  readonly run?: string | undefined;
}

/** By line id, then in the order they were posted. */
export async function listPostings(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  request: LedgerRequest,
): Promise<Page<Posting>> {
  const postings = await deps.ledger.postings(campaignId);
  const keyOf = ({ lineId, seq }: Posting) => `${lineId}#${String(seq).padStart(9, "0")}`;
  return inSight(deps, actor, campaignId, request, postings, keyOf);
}

/** By run and payee. */
export async function listPayouts(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  request: LedgerRequest,
): Promise<Page<Payout>> {
  const payouts = await deps.ledger.payouts(campaignId);
  const keyOf = ({ runId, payee }: Payout) => `${runId}#${payee.kind}#${payee.id}`;
  return inSight(deps, actor, campaignId, request, payouts, keyOf);
}

async function inSight<T extends { readonly runId: string; readonly payee: Payee }>(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  { run, ...request }: LedgerRequest,
  entries: readonly T[],
  keyOf: (entry: T) => string,
): Promise<Page<T>> {
  const campaign = await findCampaign(deps, campaignId);
  const listed = entries
    .filter(({ runId }) => run === undefined || runId === run)
    .sort((a, b) => compareText(keyOf(a), keyOf(b)));
  const page = listPage(listed, keyOf, request);
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
