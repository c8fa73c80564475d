import * as z from "zod";
import { boardsSchema, ownPlaceSchema, trendSchema, unitStandingSchema, unitTrendSchema } from "#domain/board.ts";
import { slugSchema } from "#domain/ids.ts";
import { BOARD_READERS, FIGURE_READERS } from "../access.ts";
import { SHEET_MEDIA, sheetQueryShape } from "../export.ts";
import { pageQueryShape, pageSchema } from "../page.ts";
import { campaignParam, externalIdParam } from "../path.ts";
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
    query: z.strictObject(sheetQueryShape),
    body: noBody,
    success: {
      status: 200,
      description: "The boards",
      schema: boardsSchema.meta({ id: "Boards" }),
      otherMedia: SHEET_MEDIA,
    },
    refusals: ["notFound", "conflict"],
  }),

  getBoardPlace: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/boards/{board}/places/{participant}",
    tag: "Boards",
    summary: "Read where one person stands on a board",
    description:
      "The own value exactly. The place exactly among the best; further down between which places it is, of how many. What the next place up has more is told without whose it is. A seller reads only their own, a branch manager those of their own units.",
    access: BOARD_READERS,
    params: z.strictObject({
      campaign: campaignParam,
      board: slugSchema.describe("The reward that people compete for"),
      participant: externalIdParam,
    }),
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "Where they stand",
      schema: ownPlaceSchema.meta({ id: "BoardPlace" }),
      example: {
        campaign: "autumn",
        reward: "best-sellers",
        provisional: true,
        at: "2026-09-21T08:00:00.000Z",
        rebuilding: false,
        row: { subject: "a-nanchang-001", name: "Du Siyuan 杜思远", value: "4250.00", state: "placed" },
        place: { from: 4120, to: 4180, of: 103400, isExact: false },
        before: { from: 4390, to: 4460, of: 103200, isExact: false },
        since: { day: "2026-09-20", at: "2026-09-20T16:00:41.000Z" },
      },
    },
    refusals: ["notFound", "conflict"],
  }),

  getTrend: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/trends/{participant}",
    tag: "Boards",
    summary: "Read how one person came to their values, day by day",
    description:
      "Of each measure its value at the end of each day in the plan's zone, by when sales happened: a correction changes the days that it is about. A seller reads only their own, a branch manager those of their own units.",
    access: BOARD_READERS,
    params: z.strictObject({ campaign: campaignParam, participant: externalIdParam }),
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "Day by day",
      schema: trendSchema.meta({ id: "Trend" }),
      example: {
        campaign: "autumn",
        participantId: "a-nanchang-001",
        provisional: true,
        at: "2026-09-21T08:00:00.000Z",
        rebuilding: false,
        measures: [
          {
            measure: "premium",
            days: [
              { day: "2026-09-01", value: "1200.00", facts: 2 },
              { day: "2026-09-04", value: "4250.00", facts: 5 },
            ],
          },
        ],
      },
    },
    refusals: ["notFound", "conflict"],
  }),

  getUnitTrend: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/unit-trends/{unit}",
    tag: "Boards",
    summary: "Read how one unit came to its values, day by day",
    description:
      "The same of a unit with all below it. Of a unit with very many sales the days are told as they ended, and `by` says so. A branch manager reads those of their own units.",
    access: FIGURE_READERS,
    params: z.strictObject({ campaign: campaignParam, unit: slugSchema }),
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "Day by day",
      schema: unitTrendSchema.meta({ id: "UnitTrend" }),
      example: {
        campaign: "autumn",
        unit: "nanchang",
        name: "Nanchang 南昌",
        provisional: true,
        at: "2026-09-21T08:00:00.000Z",
        rebuilding: false,
        by: "sales",
        measures: [
          {
            measure: "premium",
            days: [
              { day: "2026-09-01", value: "31200.00", facts: 61 },
              { day: "2026-09-02", value: "64850.00", facts: 70 },
            ],
          },
        ],
      },
    },
    refusals: ["notFound", "conflict"],
  }),

  listUnitStandings: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/unit-standings",
    tag: "Boards",
    summary: "List how units stand, level by level of the organisation",
    description:
      "With what all below them come to, against their targets; always provisional. With `parent` the units directly below one, otherwise those at the top; a branch manager begins with their own units.",
    access: FIGURE_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: z.strictObject({
      ...pageQueryShape,
      parent: slugSchema.optional().describe("The units directly below this one"),
    }),
    body: noBody,
    success: {
      status: 200,
      description: "A page, in the order of ids",
      schema: pageSchema(unitStandingSchema.meta({ id: "UnitStanding" }), "UnitStandingPage"),
      example: {
        items: [
          {
            unit: "nanchang",
            name: "Nanchang 南昌",
            level: "branch",
            parent: "jiangxi",
            below: 0,
            measures: [
              {
                measure: "premium",
                value: "64850.00",
                facts: 131,
                targets: [
                  {
                    label: "sprint",
                    value: "80000.00",
                    attainment: "64850.00/80000.00",
                    percent: 81,
                    reached: false,
                  },
                ],
              },
            ],
            notShown: [],
          },
        ],
      },
    },
    refusals: ["notFound", "conflict"],
  }),
};
