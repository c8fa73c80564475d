import * as z from "zod";
import { boardsSchema } from "#domain/board.ts";
import { BOARD_READERS } from "../access.ts";
import { campaignParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";

export const boardRoutes = {
  getBoards: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/boards",
    tag: "Boards",
    summary: "Read how a campaign stands",
    description:
      "Progress of units against their targets, and places so far; always provisional. A branch manager sees the rows of their own units and people, with the places they have among all; a seller their own row, and of others what the plan's `boards` shows (a `value` that it hides is empty).",
    access: BOARD_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: none,
    body: noBody,
    success: { status: 200, description: "The boards", schema: boardsSchema.meta({ id: "Boards" }) },
    refusals: ["notFound", "conflict"],
  }),
};
