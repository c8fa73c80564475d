import { type Actor, requireRole } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { Refusal } from "#domain/problem.ts";
import type { RebuildJob, RebuildPart, RebuildProgress } from "#domain/rebuild.ts";
import { audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { isCredited } from "./affected.ts";
import { EVERYTHING, pendingIn } from "./pending.ts";
import { raiseEpoch } from "./raise-epoch.ts";
import { creditParts, handOver, PEOPLE_PART } from "./rebuild-job.ts";

/**
 * How far the newest rebuild of a campaign is.
 *
 * @throws Refusal `notFound`
 */
export async function readRebuild(deps: Pick<Deps, "plans" | "derived">, campaignId: string): Promise<RebuildProgress> {
  const campaign = await findCampaign(deps, campaignId);
  const [job, parts] = await Promise.all([deps.derived.rebuild(campaignId), deps.derived.rebuildParts(campaignId)]);
  return progressOf(campaign, job, parts);
}

function progressOf(campaign: Campaign, job: RebuildJob | undefined, all: readonly RebuildPart[]): RebuildProgress {
  const { id, epoch, rebuiltEpoch } = campaign;
  const pending = pendingIn(campaign);
  if (job?.epoch !== epoch) {
    const nothing = { credits: "none", totals: "reaches", reason: "", by: "" } as const;
    const { credits, totals, reason, by } = pending ?? nothing;
    const none = { attempt: 0, segments: { done: 0, of: 0 }, seen: 0, about: 0, credited: 0 };
    return {
      ...{ campaign: id, state: pending ? "due" : "never", epoch, rebuiltEpoch, credits, totals, reason, by },
      ...none,
    };
  }
  const parts = all.filter((part) => part.epoch === epoch);
  const names = new Set(creditParts(job));
  const crediting = parts.filter(({ part }) => names.has(part));
  const seenIn = job.credits === "people" ? crediting.filter(({ part }) => part === PEOPLE_PART) : crediting;
  const updatedAt = parts.reduce((last, part) => (part.updatedAt > last ? part.updatedAt : last), job.startedAt);
  return {
    campaign: id,
    state: pending === undefined ? "finished" : rebuiltEpoch === epoch ? "totals" : "crediting",
    epoch,
    rebuiltEpoch,
    credits: job.credits,
    totals: job.totals,
    reason: job.reason,
    by: job.by,
    startedAt: job.startedAt,
    updatedAt: job.finishedAt ?? updatedAt,
    ...(job.finishedAt === undefined ? {} : { finishedAt: job.finishedAt }),
    attempt: job.attempt,
    segments: { done: crediting.filter(({ cursor }) => cursor === undefined).length, of: names.size },
    seen: sum(seenIn.map(({ seen }) => seen)),
    about: job.about,
    credited: sum(crediting.map(({ credited }) => credited)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** `here`: one that stopped goes on where it is · `start`: every fact is credited anew, from the beginning. */
export type RebuildFrom = "here" | "start";

/**
 * A person has a campaign's derived data computed anew, or a rebuild that stopped go on. What is paid does not change by it.
 *
 * @throws Refusal `notFound`, `forbidden`, `conflict` (the campaign credits nothing, or there is nothing to go on with)
 */
export async function requestRebuild(
  deps: Pick<Deps, "facts" | "derived" | "plans" | "jobs" | "audit" | "clock">,
  actor: Actor,
  campaignId: string,
  from: RebuildFrom,
): Promise<RebuildProgress> {
  requireRole(actor, ["administrator"]);
  const campaign = await findCampaign(deps, campaignId);
  if (!isCredited(campaign)) throw new Refusal("conflict", `${campaignId} credits nothing: no version of it is active`);
  if (from === "here" && !pendingIn(campaign)) {
    throw new Refusal("conflict", `nothing of ${campaignId} is left to be computed; ask for it anew`);
  }
  const deed = {
    chain: campaignChain(campaignId),
    action: "campaign.rebuild",
    subject: campaignId,
    detail: { from },
  };
  await audited(deps, actor, deed, () => (from === "here" ? goOn(deps, campaign) : startAnew(deps, actor, campaignId)));
  return readRebuild(deps, campaignId);
}

/** Under a new name: one that stopped keeps its own. */
async function goOn(
  deps: Pick<Deps, "facts" | "derived" | "plans" | "jobs" | "clock">,
  { id, epoch }: Campaign,
): Promise<void> {
  const job = await deps.derived.rebuild(id);
  if (job?.epoch === epoch) await handOver(deps, { campaign: id, epoch, attempt: job.attempt });
  await deps.jobs.startRebuild(id, epoch, job?.epoch === epoch ? job.attempt + 1 : undefined);
}

async function startAnew(
  deps: Pick<Deps, "plans" | "jobs" | "clock">,
  { subject: by }: Actor,
  campaignId: string,
): Promise<void> {
  await raiseEpoch(deps, campaignId, { ...EVERYTHING, onlyWithFacts: true, reason: "asked for by hand", by });
}
