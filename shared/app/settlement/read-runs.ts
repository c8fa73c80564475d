import type { Actor } from "#domain/actor.ts";
import type { Line, NotAwarded } from "#domain/line.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { campaignSight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";

type ReadDeps = Pick<Deps, "plans" | "ledger" | "clock">;

/** Newest last. */
export async function listRuns(
  deps: Pick<Deps, "plans" | "ledger">,
  campaignId: string,
  request: PageRequest,
): Promise<Page<Run>> {
  await findCampaign(deps, campaignId);
  return listPage(await deps.ledger.runs(campaignId), ({ runId }) => runId, request);
}

/** @throws Refusal("notFound") */
export async function readRun(deps: Pick<Deps, "ledger">, campaignId: string, runId: string): Promise<Run> {
  const run = await deps.ledger.run(campaignId, runId);
  if (!run) throw new Refusal("notFound", `there is no run ${runId} of ${campaignId}`);
  return run;
}

/** The lines whose payees the actor may see, by line id. */
export async function listLines(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  runId: string,
  request: PageRequest,
): Promise<Page<Line>> {
  const campaign = await findCampaign(deps, campaignId);
  await readRun(deps, campaignId, runId);
  const page = await deps.ledger.lines(runId, request);
  const items = await campaignSight(deps, actor, campaign).filter(page.items, ({ payee }) => payee);
  return { ...page, items };
}

export async function listNotAwarded(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  runId: string,
  request: PageRequest,
): Promise<Page<NotAwarded>> {
  const campaign = await findCampaign(deps, campaignId);
  await readRun(deps, campaignId, runId);
  const page = await deps.ledger.notAwarded(runId, request);
  const items = await campaignSight(deps, actor, campaign).filter(page.items, ({ subject }) => subject);
  return { ...page, items };
}

export type PayoutFileFormat = "csv" | "xlsx";

/** @throws Refusal `notFound`, `conflict` while the run has no payout file */
export async function readPayoutFile(
  deps: Pick<Deps, "ledger" | "files">,
  campaignId: string,
  runId: string,
  format: PayoutFileFormat,
): Promise<Uint8Array> {
  const run = await readRun(deps, campaignId, runId);
  if (!run.payoutFiles) {
    throw new Refusal("conflict", `run ${runId} is ${run.state}: a payout file is written once a run is posted`);
  }
  const file = await deps.files.get(run.payoutFiles[format]);
  if (!file) throw new Refusal("notFound", `the payout file of run ${runId} is gone`);
  return file;
}
