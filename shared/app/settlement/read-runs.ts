import type { Actor } from "#domain/actor.ts";
import type { HeldLine, Line, NotAwarded } from "#domain/line.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import type { BesideKind } from "#ports/ledger-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { campaignSight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";
import { payoutFilesOf } from "./payout-files.ts";

type ReadDeps = Pick<Deps, "plans" | "ledger" | "clock">;

/** Newest last, unless the order is turned around. */
export async function listRuns(
  deps: Pick<Deps, "plans" | "ledger">,
  campaignId: string,
  { order = "newestLast", ...request }: PageRequest & { readonly order?: "newestLast" | "newestFirst" },
): Promise<Page<Run>> {
  await findCampaign(deps, campaignId);
  const runs = await deps.ledger.runs(campaignId);
  return listPage(order === "newestFirst" ? runs.toReversed() : runs, ({ runId }) => runId, request);
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
  const run = await readRun(deps, campaignId, runId);
  const page = await deps.ledger.lines(run, request);
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
  const run = await readRun(deps, campaignId, runId);
  const page = await deps.ledger.notAwarded(run, request);
  const items = await campaignSight(deps, actor, campaign).filter(page.items, ({ subject }) => subject);
  return { ...page, items };
}

/** What is earned in the run and not due yet, of payees whom the actor may see, by line id. */
export async function listHeld(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  runId: string,
  request: PageRequest,
): Promise<Page<HeldLine>> {
  return listBeside(deps, actor, campaignId, runId, "held", request);
}

/** Awards of the run that other rewards count, of payees whom the actor may see, by line id. */
export async function listComponents(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  runId: string,
  request: PageRequest,
): Promise<Page<Line>> {
  return listBeside(deps, actor, campaignId, runId, "component", request);
}

async function listBeside(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  runId: string,
  kind: BesideKind,
  request: PageRequest,
): Promise<Page<HeldLine>> {
  const campaign = await findCampaign(deps, campaignId);
  const run = await readRun(deps, campaignId, runId);
  const page = await deps.ledger.beside(run, kind, request);
  const items = await campaignSight(deps, actor, campaign).filter(page.items, ({ payee }) => payee);
  return { ...page, items };
}

export type PayoutFileFormat = "csv" | "xlsx";

/**
 * One of a run's payout files. A run of very many payees has several of each kind, none too large to be answered whole.
 *
 * @param part from 1
 * @throws Refusal `notFound`, `conflict` while the run has no payout file
 */
export async function readPayoutFile(
  deps: Pick<Deps, "ledger" | "files">,
  campaignId: string,
  runId: string,
  format: PayoutFileFormat,
  part = 1,
): Promise<Uint8Array> {
  const run = await readRun(deps, campaignId, runId);
  if (!run.payoutFiles) {
    throw new Refusal("conflict", `run ${runId} is ${run.state}: a payout file is written once a run is posted`);
  }
  const { parts = 1 } = run.payoutFiles;
  if (part > parts) throw new Refusal("notFound", `run ${runId} has ${parts} payout files of each format, not ${part}`);
  const name = parts === 1 ? run.payoutFiles[format] : payoutFilesOf(runId, { index: part - 1, of: parts })[format];
  const file = await deps.files.get(name);
  if (!file) throw new Refusal("notFound", `the payout file of run ${runId} is gone`);
  return file;
}
