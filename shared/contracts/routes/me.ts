import * as z from "zod";
import { campaignAboutSchema, myCampaignSchema } from "#domain/about.ts";
import { ROLES } from "#domain/actor.ts";
import { BOARD_READERS, EVERYBODY } from "../access.ts";
import { pageQuerySchema, pageSchema } from "../page.ts";
import { campaignParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";

const exampleHead = {
  campaign: "autumn",
  name: { en: "Autumn race", zh: "金秋竞赛" },
  state: "active",
  period: { start: "2026-09-01T00:00", end: "2026-11-01T00:00", zone: "Asia/Shanghai" },
  currency: "CNY",
} as const;

export const meSchema = z.strictObject({
  subject: z.string().describe("What the audit calls the caller; of a seller the participant id"),
  name: z.string().optional(),
  client: z.string().optional().describe("The application that the token was given to"),
  roles: z.array(z.enum(ROLES)),
  units: z.array(z.string()).describe("Units whose people and figures a branch manager sees, with all below them"),
  sources: z.array(z.string()).describe("Sources whose facts an integrator may report"),
  operations: z.array(z.string()).describe("Ids of the operations that at least one of the roles opens"),
});

export const meRoutes = {
  getMe: route({
    method: "GET",
    path: "/v1/me",
    tag: "Service",
    summary: "Tell who I am and what I may do",
    description:
      "As the token says it. An operation that is listed is open to the caller, who may still see only a part inside it: " +
      "own units, own sources, the own statement.",
    access: EVERYBODY,
    params: none,
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "The caller",
      schema: meSchema.meta({ id: "Me" }),
      example: {
        subject: "a-nanchang-001",
        name: "Du Siyuan 杜思远",
        roles: ["seller"],
        units: [],
        sources: [],
        operations: ["askWhatIf", "getBoards", "getMe", "getStatement"],
      },
    },
    refusals: [],
  }),

  listMyCampaigns: route({
    method: "GET",
    path: "/v1/me/campaigns",
    tag: "Service",
    summary: "List the campaigns that I take part in",
    description:
      "Running and settled ones, with their names. A seller takes part where they are in the audience, a branch manager where a unit of " +
      "theirs is, company-wide roles everywhere.",
    access: BOARD_READERS,
    params: none,
    query: pageQuerySchema,
    body: noBody,
    success: {
      status: 200,
      description: "A page",
      schema: pageSchema(myCampaignSchema.meta({ id: "MyCampaign" }), "MyCampaignPage"),
      example: { items: [{ ...exampleHead, places: ["best-sellers"] }] },
    },
    refusals: [],
  }),

  getCampaignAbout: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/about",
    tag: "Service",
    summary: "Read what a campaign and its parts are called",
    description:
      "What a board or a statement has to say in words, without the plan: names in all languages, period, currency, what sellers see of each " +
      "other. A campaign in which the caller takes no part looks as if it were not there.",
    access: BOARD_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "The campaign",
      schema: campaignAboutSchema.meta({ id: "CampaignAbout" }),
      example: {
        ...exampleHead,
        lateUntil: "2026-11-15T16:00:00.000Z",
        boards: { names: "masked", amounts: "hidden" },
        disputes: { within: "P10D", decideWithin: "P15D" },
        measures: [{ id: "premium", name: { en: "Signed premium", zh: "签单保费" }, isRatio: false }],
        rewards: [
          {
            id: "best-sellers",
            name: { en: "Best sellers", zh: "销售精英" },
            kind: "ranking",
            paysIn: "CNY",
            hasBoard: true,
          },
        ],
        names: { sprint: { en: "Sprint target", zh: "冲刺目标" } },
      },
    },
    refusals: ["notFound"],
  }),
};
