import * as z from "zod";
import { slugSchema } from "#domain/ids.ts";
import { CAMPAIGN_EDITORS, PLATFORM_READERS } from "../access.ts";
import { examplePlan } from "../examples/plan.ts";
import { pageQuerySchema, pageSchema } from "../page.ts";
import { campaignParam, versionParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import { approvalViewSchema } from "../views/approval-views.ts";
import {
  campaignSummarySchema,
  campaignViewSchema,
  planInputSchema,
  planReportSchema,
  versionSummarySchema,
  versionViewSchema,
} from "../views/campaign-views.ts";

const PLAN_MEDIA = ["application/json", "application/yaml"] as const;

const textQuery = z.strictObject({
  text: z.enum(["true", "false"]).default("false").describe("Also how it was written: YAML with its comments"),
});

export const campaignRoutes = {
  createCampaign: route({
    method: "POST",
    path: "/v1/campaigns",
    tag: "Campaigns",
    summary: "Create a campaign from a first draft of its plan",
    description:
      "The campaign's id is the plan's. Sent as YAML it is kept as it was written, too, up to 64 kB. A draft may still have problems that only publishing asks about.",
    access: CAMPAIGN_EDITORS,
    params: none,
    query: none,
    body: { schema: planInputSchema, media: PLAN_MEDIA, example: examplePlan },
    success: {
      status: 201,
      description: "Created",
      schema: campaignViewSchema,
      etag: "revision",
      location: true,
    },
    refusals: ["conflict"],
  }),

  listCampaigns: route({
    method: "GET",
    path: "/v1/campaigns",
    tag: "Campaigns",
    summary: "List campaigns",
    description:
      "With the most that each can ever pay, and for who sees pay what its newest run pays and uses of its budgets; one query for a page, however many there are.",
    access: PLATFORM_READERS,
    params: none,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(campaignSummarySchema, "CampaignPage") },
    refusals: [],
  }),

  getCampaign: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}",
    tag: "Campaigns",
    summary: "Read a campaign and its draft",
    access: PLATFORM_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: textQuery,
    body: noBody,
    success: { status: 200, description: "The campaign", schema: campaignViewSchema, etag: "revision" },
    refusals: ["notFound"],
  }),

  editDraft: route({
    method: "PUT",
    path: "/v1/campaigns/{campaign}/draft",
    tag: "Campaigns",
    summary: "Replace the draft",
    description:
      "Sent as YAML it is kept as it was written, too, up to 64 kB: with its comments, which change no hash.",
    access: CAMPAIGN_EDITORS,
    params: z.strictObject({ campaign: campaignParam }),
    query: none,
    body: { schema: planInputSchema, media: PLAN_MEDIA, example: examplePlan },
    ifMatch: true,
    success: { status: 200, description: "The campaign as it is now", schema: campaignViewSchema, etag: "revision" },
    refusals: ["notFound", "conflict"],
  }),

  validatePlan: route({
    method: "POST",
    path: "/v1/plans:validate",
    tag: "Campaigns",
    summary: "Check a plan without keeping it",
    description: "Answers 200 for a bad plan too: its problems are the answer.",
    access: CAMPAIGN_EDITORS,
    params: none,
    query: none,
    body: { schema: z.unknown(), documented: planInputSchema, media: PLAN_MEDIA, example: examplePlan },
    success: { status: 200, description: "What was found", schema: planReportSchema },
    refusals: [],
  }),

  publishVersion: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/versions",
    tag: "Campaigns",
    summary: "Publish the draft as a version that never changes",
    description: "`If-Match` names the draft that was read, so that nobody publishes what they have not seen.",
    access: CAMPAIGN_EDITORS,
    params: z.strictObject({ campaign: campaignParam }),
    query: none,
    body: noBody,
    ifMatch: true,
    success: { status: 201, description: "Published", schema: versionViewSchema, location: true },
    refusals: ["invalid", "notFound", "conflict"],
  }),

  listVersions: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/versions",
    tag: "Campaigns",
    summary: "List published versions",
    access: PLATFORM_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(versionSummarySchema, "PlanVersionPage") },
    refusals: ["notFound"],
  }),

  getVersion: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/versions/{version}",
    tag: "Campaigns",
    summary: "Read a published version",
    access: PLATFORM_READERS,
    params: z.strictObject({ campaign: campaignParam, version: versionParam }),
    query: textQuery,
    body: noBody,
    success: { status: 200, description: "The version", schema: versionViewSchema },
    refusals: ["notFound"],
  }),

  activateCampaign: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/activate",
    tag: "Campaigns",
    summary: "Ask a second person to put a published version in force",
    description:
      "Waits at `/v1/approvals`; where another version is in force, with who gains and who loses how much, and which posted lines would change. Refused while the organisation lacks a unit or level that the plan names, or the targets table a target that a reward needs, and while a finding blocks.",
    access: CAMPAIGN_EDITORS,
    params: z.strictObject({ campaign: campaignParam }),
    query: none,
    body: {
      schema: z.strictObject({
        version: z.int().min(1),
        reason: z.string().max(1000).optional(),
        simulationHash: z.string().max(128).optional().describe("Of the simulation that whoever asks has looked at"),
        pilot: z
          .strictObject({
            units: z.array(slugSchema).min(1).max(100).describe("With all below"),
            until: z
              .string()
              .max(40)
              .describe("An instant, or a local date-time of the plan's zone; at most three months"),
          })
          .optional()
          .describe("In force for these units alone, until it is rolled out or stopped"),
        effectiveFrom: z
          .string()
          .max(40)
          .optional()
          .describe(
            "An instant, or a local date-time of the plan's zone: it is proved, or refused, that what occurred before comes to the same by the version in force. Without it the whole period is computed by the new version",
          ),
      }),
      media: ["application/json"],
      example: { version: 1 },
    },
    success: { status: 202, description: "Waits for a second person", schema: approvalViewSchema, location: true },
    refusals: ["notFound", "conflict"],
  }),
};
