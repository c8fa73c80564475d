import type { Campaign } from "#domain/campaign.ts";
import { formatInstant } from "#domain/instant.ts";
import type { RebuildJob, RebuildPart } from "#domain/rebuild.ts";
import type { Deps } from "../deps.ts";
import { affectedSince } from "./affected.ts";
import { pendingIn } from "./pending.ts";

export type RebuildDeps = Pick<Deps, "facts" | "derived" | "plans" | "clock">;

/** Which rebuild. */
export interface RebuildRequest {
  readonly campaign: string;
  readonly epoch: number;
  readonly attempt?: number;
}

/** `more`: the part goes on · `superseded`: a newer epoch does it all, and this job has nothing left to do. */
export type StepOutcome = "more" | "done" | "superseded";

/** How much one step does before it keeps how far it is: what ends it first. */
export interface StepBounds {
  /** Versions of facts that are read. */
  readonly facts: number;
  readonly milliseconds: number;
  /** Of totals: people that are looked at. */
  readonly people: number;
}

/** Well inside the 15 minutes of an invocation, and little enough to be done again without regret. */
export const STEP_BOUNDS: StepBounds = { facts: 20_000, milliseconds: 60_000, people: 2_000 };

/** Versions of facts that one segment is for: at that size a segment is some 25 steps. */
const FACTS_PER_SEGMENT = 500_000;
const MOST_SEGMENTS = 256;

/**
 * Begins a rebuild, or goes on with it: what is to be done is kept where it can be read and where another execution finds it.
 *
 * @returns undefined when there is nothing to do: it is done, or a newer epoch does it
 */
export async function beginRebuild(
  deps: RebuildDeps,
  { campaign: id, epoch, attempt = 1 }: RebuildRequest,
  segments?: number,
): Promise<RebuildJob | undefined> {
  for (;;) {
    const campaign = await deps.plans.campaign(id);
    const pending = campaign && pendingIn(campaign);
    if (!campaign || campaign.epoch !== epoch || !pending) return undefined;
    const stored = await deps.derived.rebuild(id);
    const known = stored?.epoch === epoch ? stored : undefined;
    const job = known
      ? { ...known, seq: known.seq + 1, attempt: Math.max(known.attempt, attempt), handedOver: false }
      : await newJob(deps, campaign, attempt, segments);
    if (await deps.derived.setRebuild(job)) return job;
  }
}

async function newJob(
  deps: RebuildDeps,
  campaign: Campaign,
  attempt: number,
  segments: number | undefined,
): Promise<RebuildJob> {
  const pending = pendingIn(campaign);
  if (!pending) throw new Error(`nothing is pending in ${campaign.id}`);
  const { credits, totals, since, reason, by, epoch } = pending;
  const about = credits === "all" ? await deps.facts.about() : credits === "people" ? await people(deps, campaign) : 0;
  const wanted = segments ?? Math.ceil(about / FACTS_PER_SEGMENT);
  return {
    campaign: campaign.id,
    epoch,
    seq: 1,
    attempt,
    credits,
    totals,
    since,
    reason,
    by,
    segments: credits === "all" ? Math.min(MOST_SEGMENTS, Math.max(1, wanted)) : 0,
    about,
    startedAt: formatInstant(deps.clock.now()),
    handedOver: false,
  };
}

async function people(deps: Pick<Deps, "plans">, campaign: Campaign): Promise<number> {
  return affectedSince(campaign, await deps.plans.affected(campaign.id), campaign.rebuiltEpoch).length;
}

/** The parts of a job that credit facts; they can be done side by side. Totals come after all of them. */
export function creditParts({ credits, segments }: Pick<RebuildJob, "credits" | "segments">): string[] {
  if (credits === "none") return [];
  const facts =
    credits === "people" ? [PEOPLE_PART] : Array.from({ length: segments }, (_, segment) => segmentPart(segment));
  return [...facts, HELD_PART];
}

export const HELD_PART = "held";
export const PEOPLE_PART = "credit-people";
export const TOTALS_PART = "totals";

function segmentPart(segment: number): string {
  return `credit-${segment}`;
}

/** The segment of a part that reads all facts; NaN of other parts. */
export function segmentOf(part: string): number {
  return Number(part.replace("credit-", ""));
}

/** What one page of a part did. */
export interface PartPage {
  /** Where it goes on; undefined at the end. */
  readonly cursor: string | undefined;
  readonly seen: number;
  readonly credited: number;
}

/**
 * Goes on with a part from where it was kept, page by page, and keeps how far it came. Two that do the same at once do the
 * same work twice and no harm: only one of them keeps it.
 */
export async function advance(
  deps: RebuildDeps,
  { campaign, epoch }: RebuildRequest,
  part: string,
  bounds: StepBounds,
  work: (cursor: string | undefined) => Promise<PartPage>,
): Promise<StepOutcome> {
  const stored = await deps.derived.rebuildPart(campaign, part);
  if (stored !== undefined && stored.epoch > epoch) return "superseded";
  const known = stored?.epoch === epoch ? stored : undefined;
  if (known && known.cursor === undefined) return "done";
  const begun = deps.clock.now();
  let page: PartPage = { cursor: known?.cursor, seen: 0, credited: 0 };
  do {
    const next = await work(page.cursor);
    page = { cursor: next.cursor, seen: page.seen + next.seen, credited: page.credited + next.credited };
    // An empty page is a request too.
  } while (page.cursor !== undefined && page.seen < bounds.facts && deps.clock.now() - begun < bounds.milliseconds);
  if ((await deps.plans.campaign(campaign))?.epoch !== epoch) return "superseded";
  const after: RebuildPart = {
    campaign,
    epoch,
    part,
    seq: (known?.seq ?? 0) + 1,
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
    seen: (known?.seen ?? 0) + page.seen,
    credited: (known?.credited ?? 0) + page.credited,
    updatedAt: formatInstant(deps.clock.now()),
  };
  if (!(await deps.derived.setRebuildPart(after))) return "more";
  return page.cursor === undefined ? "done" : "more";
}

/** An execution that has done much ends; the clock starts the next, which goes on from what is kept. */
export async function handOver(deps: RebuildDeps, { campaign, epoch, attempt = 1 }: RebuildRequest): Promise<void> {
  await changeJob(deps, campaign, epoch, (job) => ({
    ...job,
    attempt: Math.max(job.attempt, attempt + 1),
    handedOver: true,
  }));
}

export async function changeJob(
  deps: Pick<Deps, "derived">,
  campaign: string,
  epoch: number,
  change: (job: RebuildJob) => RebuildJob,
): Promise<void> {
  for (;;) {
    const job = await deps.derived.rebuild(campaign);
    if (job?.epoch !== epoch) return;
    if (await deps.derived.setRebuild({ ...change(job), seq: job.seq + 1 })) return;
  }
}
