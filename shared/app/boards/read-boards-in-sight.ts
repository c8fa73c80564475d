import { type Actor, seesWholeCompany } from "#domain/actor.ts";
import type { Board, Boards, NotShown } from "#domain/board.ts";
import { campaignSight, type Sight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { readBoards } from "./read-boards.ts";

/** The boards of a campaign; a branch manager sees the rows of their own units and people, with their places among all. */
export async function readBoardsInSight(
  deps: Pick<Deps, "plans" | "derived" | "clock">,
  actor: Actor,
  campaignId: string,
): Promise<Boards> {
  const boards = await readBoards(deps, campaignId);
  if (seesWholeCompany(actor)) return boards;
  const sight = campaignSight(deps, actor, await findCampaign(deps, campaignId));
  return {
    ...boards,
    progress: await sight.filter(boards.progress, ({ unit }) => ({ kind: "unit", id: unit })),
    notShown: await notShownInSight(sight, boards.notShown),
    boards: await Promise.all(boards.boards.map((board) => boardInSight(sight, board))),
  };
}

/** Which rewards have no board is the plan's matter; a row of progress is its unit's. */
async function notShownInSight(sight: Sight, notShown: readonly NotShown[]): Promise<NotShown[]> {
  const seen = await Promise.all(notShown.map((left) => !("unit" in left) || sight.seesUnit(left.unit)));
  return notShown.filter((_left, index) => seen[index]);
}

async function boardInSight(sight: Sight, board: Board): Promise<Board> {
  const kind = board.level === "participant" ? "participant" : "unit";
  return { ...board, rows: await sight.filter(board.rows, ({ subject }) => ({ kind, id: subject })) };
}
