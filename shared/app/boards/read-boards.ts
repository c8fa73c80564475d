import type { Board, Boards, NotShown } from "#domain/board.ts";
import type { DayBoard } from "#domain/day.ts";
import { formatInstant } from "#domain/instant.ts";
import { fitProblems } from "#engine/fit.ts";
import type { Rules } from "#engine/rules.ts";
import { LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { requireNotArchived } from "../find-campaign.ts";
import { decideBoard, isPlacing, type PlacingReward, whyNoBoard } from "./decide-board.ts";
import { type PeopleBoard, peopleBoard } from "./people-board.ts";
import { MOST_BEST } from "./place-board.ts";
import { progressRows } from "./progress-rows.ts";
import { rowOf } from "./rows.ts";
import { readScene, type Scene } from "./scene.ts";

/**
 * How a campaign stands now: progress of units against their targets, race places so far, rankings. Decided by the
 * engine that settles, from derived progress instead of facts; marked provisional because facts can still come and go.
 */
export async function readBoards(
  deps: Pick<Deps, "derived" | "plans" | "clock">,
  campaignId: string,
  liveRules = new LiveRules(),
): Promise<Boards> {
  const live = await liveRules.one(deps, campaignId);
  const { campaign, rules } = live;
  requireNotArchived(campaign);
  const [scene, days] = await Promise.all([readScene(deps, live), deps.derived.dayBoards(campaignId)]);
  const { rows, notShown } = progressRows(rules, scene.units);
  const fits = fitProblems(rules, deps.clock.now()).length === 0;
  const decided = rules.plan.rewards.filter(isPlacing).map((reward) => boardOf(rules, scene, reward, fits));
  return {
    campaign: campaignId,
    provisional: true,
    at: formatInstant(deps.clock.now()),
    rebuilding: campaign.rebuiltEpoch < campaign.epoch,
    progress: [...rows],
    boards: decided.flatMap((answer) => ("why" in answer ? [] : [withMovement(answer, days)])),
    notShown: [...decided.flatMap((answer) => ("why" in answer ? [answer] : [])), ...notShown],
  };
}

function boardOf(rules: Rules, scene: Scene, reward: PlacingReward, fits: boolean): Board | NotShown {
  const why = whyNoBoard(rules, reward) ?? (fits ? undefined : "targets");
  if (why !== undefined) return { reward: reward.id, why };
  return reward.level === "participant" ? boardOfPeople(rules, scene, reward) : boardOfUnits(rules, scene, reward);
}

function boardOfUnits(rules: Rules, { units }: Scene, reward: PlacingReward): Board | NotShown {
  const { placed, others, isUnknown } = decideBoard(rules, units, reward);
  if (isUnknown) return { reward: reward.id, why: "parts" };
  const awards = [...placed, ...others];
  const rows = awards.slice(0, MOST_BEST).map((award) => rowOf(rules, units, reward, award));
  return { ...headOf(reward), rows, subjects: awards.length };
}

function boardOfPeople(rules: Rules, scene: Scene, reward: PlacingReward): Board | NotShown {
  const board = peopleBoard(rules, scene.units, reward, scene.boardsOf(reward.id));
  const { placed, others, exactTo, standings, subjects } = board;
  if (board.isUnknown) return { reward: reward.id, why: "parts" };
  const shown = exactTo < placed.length ? placed.slice(0, exactTo) : [...placed, ...others];
  const open = openPool(reward, board);
  const rows = shown.slice(0, MOST_BEST).map((award) => {
    const { prize, ...row } = rowOf(rules, standings, reward, award);
    return prize === undefined || award.rank === open ? row : { ...row, prize };
  });
  return { ...headOf(reward), rows, subjects };
}

/** What places the rows had when the last day was over. */
function withMovement(board: Board, days: readonly DayBoard[]): Board {
  const day = days.find(({ reward }) => reward === board.reward);
  if (!day) return board;
  const places = new Map(day.places);
  const rows = board.rows.map((row) => {
    const before = places.get(row.subject);
    return before === undefined ? row : { ...row, before };
  });
  return { ...board, rows, since: { day: day.day, at: day.seenAt } };
}

/** The place whose prize is shared by more than are known here; undefined where all who share are. */
function openPool(reward: PlacingReward, { placed, exactTo }: PeopleBoard): number | undefined {
  if (reward.kind !== "ranking" || reward.ties !== "poolPrizes") return undefined;
  return Number.isFinite(exactTo) ? placed[exactTo - 1]?.rank : undefined;
}

function headOf({ id, kind, level, measure }: PlacingReward) {
  return { reward: id, kind, level, measure };
}
