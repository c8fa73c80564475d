import type { Actor } from "#domain/actor.ts";
import type { HeldLine, Line, NotAwarded } from "#domain/line.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { compareText } from "#domain/text.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { campaignSight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";
import { type BesideLines, besideLines } from "./beside-lines.ts";

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

/** What is earned in the run and not due yet, of payees whom the actor may see, by line id. */
export async function listHeld(
  deps: ReadDeps & Pick<Deps, "files">,
  actor: Actor,
  campaignId: string,
  runId: string,
  request: PageRequest,
): Promise<Page<HeldLine>> {
  const { held } = await besideLinesOf(deps, campaignId, runId);
  return pageInSight(deps, actor, campaignId, held, request);
}

/** Awards of the run that other rewards count, of payees whom the actor may see, by line id. */
export async function listComponents(
  deps: ReadDeps & Pick<Deps, "files">,
  actor: Actor,
  campaignId: string,
  runId: string,
  request: PageRequest,
): Promise<Page<Line>> {
  const { components } = await besideLinesOf(deps, campaignId, runId);
  return pageInSight(deps, actor, campaignId, components, request);
}

async function besideLinesOf(
  deps: ReadDeps & Pick<Deps, "files">,
  campaignId: string,
  runId: string,
): Promise<BesideLines> {
  await readRun(deps, campaignId, runId);
  return besideLines(deps, runId);
}

async function pageInSight<T extends Line>(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  lines: readonly T[],
  request: PageRequest,
): Promise<Page<T>> {
  const campaign = await findCampaign(deps, campaignId);
  const sorted = [...lines].sort((a, b) => compareText(a.lineId, b.lineId));
  const page = listPage(sorted, ({ lineId }) => lineId, request);
  const items = await campaignSight(deps, actor, campaign).filter(page.items, ({ payee }) => payee);
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
