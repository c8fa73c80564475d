import * as z from "zod";
import { formatInstant } from "#domain/instant.ts";
import type { Place } from "#domain/progress.ts";
import type { Affected, RebuildJob } from "#domain/rebuild.ts";
import { compareText } from "#domain/text.ts";
import { affectedSince } from "./affected.ts";
import { type LiveCampaign, LiveRules } from "./live-rules.ts";
import { placeKey } from "./place.ts";
import { placesOf } from "./rebuild-credits.ts";
import {
  advance,
  changeJob,
  type PartPage,
  type RebuildDeps,
  STEP_BOUNDS,
  type StepBounds,
  type StepOutcome,
  TOTALS_PART,
} from "./rebuild-job.ts";
import { clearLeftBoards, type DirtyProgress, racingUnits, rollUp, rollUpReach } from "./roll-up.ts";

/** People whose progress is brought up to date before the totals above them are. */
const PEOPLE = 500;

/** The next place, or who comes next in it; then units; `reaches` once the places are done. */
const cursorSchema = z.strictObject({
  stage: z.enum(["places", "reaches"]),
  after: z.string().exactOptional(),
  person: z.string().exactOptional(),
});
type Cursor = z.infer<typeof cursorSchema>;

/** One step of bringing totals up to date, after every credit counts that should. */
export async function totalsStep(
  deps: RebuildDeps,
  job: RebuildJob,
  { bounds = STEP_BOUNDS, liveRules = new LiveRules() }: { bounds?: StepBounds; liveRules?: LiveRules } = {},
): Promise<StepOutcome> {
  const people = Math.min(PEOPLE, bounds.people);
  return advance(deps, job, TOTALS_PART, { ...bounds, facts: bounds.people }, async (cursor) => {
    const live = await liveRules.one(deps, job.campaign);
    const from = cursor === undefined ? { stage: "places" as const } : cursorSchema.parse(JSON.parse(cursor));
    if (from.stage === "reaches") return reaches(deps, job.campaign, liveRules);
    switch (totalsOf(job, live)) {
      case "all":
        return pageOfPlaces(deps, job.campaign, from, people, liveRules);
      case "people":
        return pageOfPeople(deps, job, live, from, people, liveRules);
      default:
        return reaches(deps, job.campaign, liveRules);
    }
  });
}

/** What people reached, and the best of each place, is kept with their progress: then reaches are no longer only of units. */
function totalsOf({ totals }: RebuildJob, { campaign, rules }: LiveCampaign): RebuildJob["totals"] {
  const isOfPeople = rules.plan.rewards.some(({ kind, level }) => kind === "race" && level === "participant");
  return totals === "reaches" && (isOfPeople || campaign.spread?.keepsBoards === true) ? "all" : totals;
}

/** Everybody's progress in one place, some people at a time, and the totals above it. */
async function pageOfPlaces(
  deps: RebuildDeps,
  campaign: string,
  { after, person }: Cursor,
  most: number,
  liveRules: LiveRules,
): Promise<PartPage> {
  const totals = await deps.derived.totals(campaign);
  const places = totals.map(({ place }) => place).sort((a, b) => compareText(placeKey(a), placeKey(b)));
  const place = places.find((one) =>
    person === undefined ? after === undefined || compareText(placeKey(one), after) > 0 : placeKey(one) === after,
  );
  if (!place) return { cursor: text({ stage: "reaches" }), seen: 0, credited: 0 };
  const everybody = (await deps.derived.placeProgress(campaign, place)).map(({ participantId }) => participantId);
  const rest = everybody.sort(compareText).filter((id) => person === undefined || compareText(id, person) > 0);
  const some = rest.slice(0, most);
  const dirty = some.map((participantId) => ({ campaign, place, participantId }));
  if (dirty.length > 0) await rollUp(deps, dirty, liveRules);
  const last = rest.length > some.length ? some.at(-1) : undefined;
  const cursor = text({ stage: "places", after: placeKey(place), ...(last === undefined ? {} : { person: last }) });
  return { cursor, seen: some.length, credited: 0 };
}

/** The progress of some affected people wherever they have, or had, a part in it, and the totals above. */
async function pageOfPeople(
  deps: RebuildDeps,
  { campaign: id, since }: RebuildJob,
  { campaign }: LiveCampaign,
  { person }: Cursor,
  most: number,
  liveRules: LiveRules,
): Promise<PartPage> {
  const affected = affectedSince(campaign, await deps.plans.affected(id), since);
  const rest = affected.filter((one) => person === undefined || one.id > person);
  const some = rest.slice(0, most);
  const dirty: DirtyProgress[] = [];
  for (const one of some) dirty.push(...(await partsOf(deps, campaign, one)));
  if (dirty.length > 0) await rollUp(deps, dirty, liveRules);
  const last = rest.length > some.length ? some.at(-1) : undefined;
  const next: Cursor = last === undefined ? { stage: "reaches" } : { stage: "places", person: last.id };
  return { cursor: text(next), seen: some.length, credited: 0 };
}

async function partsOf(
  deps: RebuildDeps,
  campaign: LiveCampaign["campaign"],
  person: Affected,
): Promise<DirtyProgress[]> {
  const dirty: DirtyProgress[] = [];
  for (const place of placesOf(campaign, person)) {
    if (campaign.spread?.keepsBoards || (await hasPart(deps, campaign.id, place, person.id))) {
      dirty.push({ campaign: campaign.id, place, participantId: person.id });
    }
  }
  return dirty;
}

async function hasPart({ derived }: RebuildDeps, campaign: string, place: Place, id: string): Promise<boolean> {
  if ((await derived.progress(campaign, place, id)) !== undefined) return true;
  return (await derived.participantCredits(campaign, place, id)).length > 0;
}

/** When units reached the thresholds of their races: of those that race now, and of those that did. */
async function reaches(deps: RebuildDeps, campaign: string, liveRules: LiveRules): Promise<PartPage> {
  for (;;) {
    const live = await liveRules.one(deps, campaign);
    const places = (await deps.derived.totals(campaign)).map(({ place }) => place);
    const known = (await deps.derived.reaches(campaign)).map(({ unit }) => unit);
    const units = new Set([...racingUnits(live.rules, places), ...known]);
    for (const unit of units) await rollUpReach(deps, live, unit);
    await clearLeftBoards(deps, live);
    if (await liveRules.isStill(deps, live)) return { cursor: undefined, seen: 0, credited: 0 };
  }
}

function text(cursor: Cursor): string {
  return JSON.stringify(cursor);
}

/** All is done: nothing is due any more, unless a newer epoch is. */
export async function endRebuild(deps: RebuildDeps, { campaign: id, epoch }: RebuildJob): Promise<void> {
  for (;;) {
    const campaign = await deps.plans.campaign(id);
    if (!campaign || campaign.epoch !== epoch || campaign.rebuiltEpoch !== epoch) return;
    if (campaign.recredit === undefined) break;
    const { recredit: _, ...done } = campaign;
    if (await deps.plans.saveCampaign({ ...done, revision: campaign.revision + 1 })) break;
  }
  await changeJob(deps, id, epoch, (job) => ({ ...job, finishedAt: formatInstant(deps.clock.now()) }));
}
