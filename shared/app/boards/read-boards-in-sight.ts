import { type Actor, seesWholeCompany } from "#domain/actor.ts";
import type { Board, Boards, NotShown } from "#domain/board.ts";
import type { BoardPolicy } from "#domain/plan/plan.ts";
import { campaignSight, type Sight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, planInForce } from "../find-campaign.ts";
import { maskBoard, NO_BOARD_POLICY } from "./masking.ts";
import { readBoards } from "./read-boards.ts";

/**
 * The boards of a campaign; a branch manager sees the rows of their own units and people, with their places among all; a seller
 * the own row, and of others what the plan's `boards` shows.
 */
export async function readBoardsInSight(
  deps: Pick<Deps, "plans" | "derived" | "clock">,
  actor: Actor,
  campaignId: string,
): Promise<Boards> {
  const boards = await readBoards(deps, campaignId);
  if (seesWholeCompany(actor)) return boards;
  const campaign = await findCampaign(deps, campaignId);
  const sight = campaignSight(deps, actor, campaign);
  const isSeller = actor.roles.includes("seller");
  const policy = (isSeller ? (await planInForce(deps, campaign)).boards : undefined) ?? NO_BOARD_POLICY;
  return {
    ...boards,
    progress: await sight.filter(boards.progress, ({ unit }) => ({ kind: "unit", id: unit })),
    notShown: await notShownInSight(sight, boards.notShown),
    boards: await Promise.all(boards.boards.map((board) => boardInSight(sight, board, policy))),
  };
}

/** Which rewards have no board is the plan's matter; a row of progress is its unit's. */
async function notShownInSight(sight: Sight, notShown: readonly NotShown[]): Promise<NotShown[]> {
  const seen = await Promise.all(notShown.map((left) => !("unit" in left) || sight.seesUnit(left.unit)));
  return notShown.filter((_left, index) => seen[index]);
}

async function boardInSight(sight: Sight, board: Board, policy: BoardPolicy): Promise<Board> {
  const kind = board.level === "participant" ? "participant" : "unit";
  const own = new Set(await sight.filter(board.rows, ({ subject }) => ({ kind, id: subject })));
  return maskBoard(board, policy, (row) => own.has(row));
}
