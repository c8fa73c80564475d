import * as z from "zod";
import { rollOutPolicySchema } from "#domain/conduct.ts";
import { CAMPAIGN_EDITORS, PLATFORM_READERS } from "../access.ts";
import { campaignParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import { approvalViewSchema } from "../views/approval-views.ts";
import { lifecycleViewSchema } from "../views/lifecycle-views.ts";

const params = z.strictObject({ campaign: campaignParam });
const reason = z.string().min(1).max(1000);
const done = { status: 200, description: "Where the campaign is now", schema: lifecycleViewSchema } as const;
const asked = {
  status: 202,
  description: "Waits for a second person",
  schema: approvalViewSchema,
  location: true,
} as const;

export const lifecycleRoutes = {
  getLifecycle: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/lifecycle",
    tag: "Campaigns",
    summary: "Read where a campaign is in its life, and what is allowed now",
    access: PLATFORM_READERS,
    params,
    query: none,
    body: noBody,
    success: done,
    refusals: ["notFound"],
  }),

  pauseCampaign: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/pause",
    tag: "Campaigns",
    summary: "Pause a campaign from now on",
    description:
      "No run is started and nothing can be reserved until it is resumed or stopped. Sales that occur meanwhile are stored, and count only if `counts` says so.",
    access: CAMPAIGN_EDITORS,
    params,
    query: none,
    body: {
      schema: z.strictObject({ counts: z.boolean().describe("Whether sales that occur meanwhile count"), reason }),
      media: ["application/json"],
      example: { counts: false, reason: "Complaints about the tariff are looked into" },
    },
    success: done,
    refusals: ["notFound", "conflict"],
  }),

  resumeCampaign: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/resume",
    tag: "Campaigns",
    summary: "End a pause",
    access: CAMPAIGN_EDITORS,
    params,
    query: none,
    body: { schema: z.strictObject({ reason }), media: ["application/json"], example: { reason: "The tariff stands" } },
    success: done,
    refusals: ["notFound", "conflict"],
  }),

  stopCampaign: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/stop",
    tag: "Campaigns",
    summary: "Ask a second person to end a campaign's period early",
    description:
      "What occurs from `end` on is outside the period; the final run follows when the time for late facts is over. A pilot that is stopped was withdrawn: others never counted, what it earned is paid. Waits at `/v1/approvals`, with who gains and who loses how much.",
    access: CAMPAIGN_EDITORS,
    params,
    query: none,
    body: {
      schema: z.strictObject({
        end: z.string().max(40).describe("Local date-time of the plan's zone, inside the period"),
        reason,
      }),
      media: ["application/json"],
      example: { end: "2026-04-01T00:00", reason: "It sells what would be sold without it" },
    },
    success: asked,
    refusals: ["invalid", "notFound", "conflict"],
  }),

  rollOutPilot: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/roll-out",
    tag: "Campaigns",
    summary: "Ask a second person to roll a pilot out to everybody",
    description:
      "Sales of the pilot's units count throughout. Refused where an amount that was posted in the pilot would become less.",
    access: CAMPAIGN_EDITORS,
    params,
    query: none,
    body: {
      schema: z.strictObject({ others: rollOutPolicySchema, reason }),
      media: ["application/json"],
      example: { others: "fromRollOut", reason: "The pilot paid for itself" },
    },
    success: asked,
    refusals: ["invalid", "notFound", "conflict"],
  }),

  archiveCampaign: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/archive",
    tag: "Campaigns",
    summary: "Put a settled campaign away for good",
    description:
      "It credits nothing any more and has no boards, rebuilds and runs; facts that come later start no adjustment. What was posted and told stays readable.",
    access: CAMPAIGN_EDITORS,
    params,
    query: none,
    body: {
      schema: z.strictObject({ reason }),
      media: ["application/json"],
      example: { reason: "The year is closed" },
    },
    success: done,
    refusals: ["notFound", "conflict"],
  }),
};
