import type { DayBoard, UnitDay } from "#domain/day.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Rules } from "#engine/rules.ts";
import type { LiveCampaign } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { decideBoard, isPlacing, type PlacingReward, whyNoBoard } from "./decide-board.ts";
import { peopleBoard } from "./people-board.ts";
import { MOST_BEST } from "./place-board.ts";
import { readScene, type Scene } from "./scene.ts";

type KeepDeps = Pick<Deps, "derived" | "clock">;

/**
 * Keeps how a campaign stands as the end of a day: the places of its boards, as many as they show, and the values of its units. Said to be
 * kept last of all, so that who is cut off does it again.
 *
 * @param day the last that is over, in the plan's zone
 * @returns whether the day was not kept yet
 */
export async function keepDay(deps: KeepDeps, live: LiveCampaign, day: string): Promise<boolean> {
  const { campaign, rules } = live;
  const seen = { campaign: campaign.id, day, seenAt: formatInstant(deps.clock.now()) };
  const scene = await readScene(deps, live);
  for (const reward of rules.plan.rewards.filter(isPlacing)) {
    const board = boardOf(rules, scene, reward);
    if (board) await deps.derived.setDayBoard({ ...seen, ...board });
  }
  await deps.derived.putUnitDays(unitsOf(rules, scene).map((unit) => ({ ...seen, ...unit })));
  return deps.derived.setKeptDay(campaign.id, day);
}

type Places = Pick<DayBoard, "reward" | "places" | "ranked" | "buckets">;

function boardOf(rules: Rules, scene: Scene, reward: PlacingReward): Places | undefined {
  if (whyNoBoard(rules, reward) !== undefined) return undefined;
  if (reward.level !== "participant") {
    const { placed, isUnknown } = decideBoard(rules, scene.units, reward);
    return isUnknown ? undefined : { reward: reward.id, ...firstOf(placed), ranked: placed.length, buckets: [] };
  }
  const board = peopleBoard(rules, scene.units, reward, scene.boardsOf(reward.id));
  if (board.isUnknown) return undefined;
  const { placed, exactTo, ranked, histogram } = board;
  const buckets = [...histogram()].sort(([a], [b]) => a - b);
  return { reward: reward.id, ...firstOf(placed.slice(0, Math.min(exactTo, MOST_BEST))), ranked, buckets };
}

function firstOf(placed: ReturnType<typeof decideBoard>["placed"]): Pick<DayBoard, "places"> {
  const places = placed
    .slice(0, MOST_BEST)
    .flatMap(({ subject, rank }): [string, number][] => (rank === undefined ? [] : [[subject.id, rank]]));
  return { places };
}

function unitsOf({ directory, measures }: Rules, { units }: Scene): Pick<UnitDay, "unit" | "measures">[] {
  const kept = [...measures.values()].filter(({ measure }) => measure.aggregate !== undefined);
  return directory.units().flatMap(({ unit, level }) => {
    const known = kept.flatMap(({ measure: { id } }) => {
      const { value, facts, unknown } = units.measured(id, level, unit);
      return facts === 0 || unknown ? [] : [[id, { value, facts }] as const];
    });
    return known.length === 0 ? [] : [{ unit, measures: Object.fromEntries(known) }];
  });
}
