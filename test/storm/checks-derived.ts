import { MemoryDerivedStore } from "#adapters/memory/derived-store.ts";
import { readBoards } from "#app/boards/read-boards.ts";
import { inForce } from "#app/crediting/contributions.ts";
import { LiveRules } from "#app/crediting/live-rules.ts";
import { rebuildPage } from "#app/crediting/rebuild.ts";
import { type DirtyProgress, rollUp } from "#app/crediting/roll-up.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { Measured } from "#domain/progress.ts";
import { decidingOn } from "#engine/award.ts";
import { fold } from "#engine/fold.ts";
import { exact, exactText, ZERO } from "#engine/kinds/exact.ts";
import { awardReward } from "#engine/kinds/index.ts";
import { readingOf } from "#engine/kinds/reading.ts";
import { standingsOf } from "#engine/standings.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import { reconcile } from "#test/fixtures/reconcile.ts";
import { differs, LATEST, type Scene, sorted } from "./scene.ts";
import type { Storm } from "./storm.ts";
import { CAMPAIGNS } from "./world.ts";

/** What is asked of derived data: the invariants DER. */

const HOUR_MS = 60 * 60_000;

export async function boardsAreStandings({ storm, facts }: Scene): Promise<string[]> {
  const found: string[] = [];
  for (const id of CAMPAIGNS) {
    const { rules } = await new LiveRules().one(storm.raw, id);
    const deciding = decidingOn(rules, standingsOf(rules, fold(rules, LATEST, facts)));
    const { boards } = await readBoards(storm.raw, id);
    for (const { reward: rewardId, measure, level, rows } of boards) {
      const reward = rules.plan.rewards.find((one) => one.id === rewardId);
      if (!reward) continue;
      const told = awardReward(deciding, reward).map(({ subject, rank }) => ({
        subject: subject.id,
        rank,
        value: exactText(readingOf(deciding, measure, level, subject.id).value ?? ZERO),
      }));
      const shown = rows.map(({ subject, rank, value }) => ({ subject, rank, value: exactText(exact(value)) }));
      found.push(...differs(`the board ${rewardId} of ${id}`, sorted(shown), sorted(told)));
    }
  }
  return found;
}

export async function derivedIsRebuilt({ storm }: Scene): Promise<string[]> {
  const dirty: DirtyProgress[] = [];
  const derived = new MemoryDerivedStore({ onDirty: (progress) => dirty.push(progress) });
  const deps = { ...storm.raw, derived };
  const liveRules = new LiveRules();
  for (const campaign of CAMPAIGNS) {
    let cursor: string | undefined;
    do cursor = await rebuildPage(deps, { campaign, segment: 0, segments: 1, cursor }, liveRules);
    while (cursor !== undefined);
  }
  const distinct = new Map(dirty.map((one) => [canonicalJson(one), one]));
  await rollUp(deps, [...distinct.values()], liveRules);
  const found: string[] = [];
  for (const campaign of CAMPAIGNS) {
    const [lived, rebuilt] = [
      await derivedOf(storm, storm.raw.derived, campaign),
      await derivedOf(storm, derived, campaign),
    ];
    for (const [what, rows] of Object.entries(rebuilt)) {
      found.push(...differs(`${what} of ${campaign}`, lived[what] ?? [], rows));
    }
  }
  return found;
}

/** All that is in force, without what counts writes (`seq`, `epoch`) and without rows that say nothing. */
async function derivedOf(storm: Storm, derived: DerivedStore, id: string): Promise<Record<string, readonly unknown[]>> {
  const { campaign } = await new LiveRules().one(storm.raw, id);
  const leaves = ["-", ...(await storm.raw.plans.units()).map(({ unit }) => unit)];
  const places = leaves.map((leaf) => ({ leaf, shard: 0 }));
  const credits = (await Promise.all(places.map((place) => derived.placeCredits(id, place)))).flat();
  const progress = (await Promise.all(places.map((place) => derived.placeProgress(id, place)))).flat();
  const telling = ({ measures }: { readonly measures: Readonly<Record<string, Measured>> }) =>
    Object.entries(measures).filter(([, { facts }]) => facts > 0);
  return {
    credits: sorted(inForce(campaign, credits).map(({ epoch: _, ...credit }) => credit)),
    progress: sorted(
      progress
        .map((one) => [one.place, one.participantId, telling(one)] as const)
        .filter(([, , rows]) => rows.length > 0),
    ),
    totals: sorted(
      (await derived.totals(id)).map((one) => [one.place, telling(one)] as const).filter(([, rows]) => rows.length > 0),
    ),
    reaches: sorted(
      (await derived.reaches(id))
        .map(({ unit, reaches }) => [unit, reaches] as const)
        .filter(([, all]) => Object.keys(all).length > 0),
    ),
  };
}

export async function everyRebuildIsOver({ storm }: Scene): Promise<string[]> {
  const campaigns = await Promise.all(CAMPAIGNS.map((id) => storm.raw.plans.campaign(id)));
  return campaigns
    .filter((campaign) => campaign?.epoch !== campaign?.rebuiltEpoch || campaign?.recredit !== undefined)
    .map((campaign) => `${campaign?.id} is at epoch ${campaign?.epoch}, rebuilt to ${campaign?.rebuiltEpoch}`);
}

/** An hour later nothing is on its way: the reconciliation finds every fact in one outcome, and no difference. */
export async function reconciles({ storm }: Scene): Promise<string[]> {
  const clock = { now: () => storm.clock.now() + HOUR_MS };
  const reports = await Promise.all(CAMPAIGNS.map((campaign) => reconcile({ ...storm.raw, clock }, campaign)));
  return reports.flatMap(({ campaign, state, findings, days }) => [
    ...(state === "agrees" ? [] : [`${campaign} ${state}: ${JSON.stringify(findings.slice(0, 3))}`]),
    ...days
      .filter((day) => day.counted + day.notCounted + day.cancelled + day.held + day.inMotion !== day.facts)
      .map(({ day }) => `the outcomes of ${campaign} on ${day} do not add up to its facts`),
  ]);
}
