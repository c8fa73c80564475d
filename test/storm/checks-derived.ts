import { readBoards } from "#app/boards/read-boards.ts";
import { LiveRules } from "#app/crediting/live-rules.ts";
import { decidingOn } from "#engine/award.ts";
import { fold } from "#engine/fold.ts";
import { exact, exactText, ZERO } from "#engine/kinds/exact.ts";
import { awardReward } from "#engine/kinds/index.ts";
import { readingOf } from "#engine/kinds/reading.ts";
import { standingsOf } from "#engine/standings.ts";
import { derivedFromFacts, derivedTold } from "#test/fixtures/derived-told.ts";
import { reconcile } from "#test/fixtures/reconcile.ts";
import { differs, LATEST, type Scene, sorted } from "./scene.ts";
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
  const fromFacts = await derivedFromFacts(storm.raw, CAMPAIGNS);
  const found: string[] = [];
  for (const campaign of CAMPAIGNS) {
    const lived = await derivedTold(storm.raw, storm.raw.derived, campaign);
    const rebuilt = await derivedTold(storm.raw, fromFacts, campaign);
    for (const what of ["credits", "progress", "totals", "reaches"] as const) {
      found.push(...differs(`${what} of ${campaign}`, lived[what], rebuilt[what]));
    }
  }
  return found;
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
