import * as z from "zod";
import { adjustmentContentSchema } from "#domain/approval.ts";
import { ADJUSTERS, ADJUSTMENT_READERS, APPROVAL_DECIDERS, APPROVAL_READERS, MAKERS } from "../access.ts";
import { pageQuerySchema, pageQueryShape, pageSchema } from "../page.ts";
import { campaignParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import { approvalViewSchema, shownApprovalSchema } from "../views/approval-views.ts";

const approvalParams = z.strictObject({ id: z.string().min(1).max(200).describe("Of the request, or of the run") });
const campaignParams = z.strictObject({ campaign: campaignParam });

const decided = { status: 200, description: "As it is now", schema: approvalViewSchema } as const;
const approvalPage = pageSchema(approvalViewSchema, "ApprovalPage");

export const approvalRoutes = {
  listApprovals: route({
    method: "GET",
    path: "/v1/approvals",
    tag: "Approvals",
    summary: "List what waits for a second person",
    description:
      "Requests and runs alike. `toDecide`: what waits and the caller may decide · `requested`: what they asked for · `all`: what they may see; runs are listed while they wait.",
    access: APPROVAL_READERS,
    params: none,
    query: z.strictObject({ ...pageQueryShape, whose: z.enum(["toDecide", "requested", "all"]).default("toDecide") }),
    body: noBody,
    success: { status: 200, description: "A page", schema: approvalPage },
    refusals: [],
  }),

  getApproval: route({
    method: "GET",
    path: "/v1/approvals/{id}",
    tag: "Approvals",
    summary: "Read a request, with what it would change",
    access: APPROVAL_READERS,
    params: approvalParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The request", schema: shownApprovalSchema },
    refusals: ["notFound"],
  }),

  approve: route({
    method: "POST",
    path: "/v1/approvals/{id}/approve",
    tag: "Approvals",
    summary: "Approve what was shown, and have it done",
    description:
      "Bound to the hash of what was shown; refused when anything of it has changed since, and for whoever asked for it or wrote it.",
    access: APPROVAL_DECIDERS,
    params: approvalParams,
    query: none,
    body: {
      schema: z.strictObject({ hash: z.string().min(1).max(128) }),
      media: ["application/json"],
      example: { hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
    },
    success: decided,
    refusals: ["notFound", "conflict", "stale"],
  }),

  reject: route({
    method: "POST",
    path: "/v1/approvals/{id}/reject",
    tag: "Approvals",
    summary: "Reject a request, with the reason",
    access: APPROVAL_DECIDERS,
    params: approvalParams,
    query: none,
    body: {
      schema: z.strictObject({ reason: z.string().min(1).max(1000) }),
      media: ["application/json"],
      example: { reason: "The cap of the speed award is missing" },
    },
    success: decided,
    refusals: ["notFound", "conflict"],
  }),

  withdraw: route({
    method: "POST",
    path: "/v1/approvals/{id}/withdraw",
    tag: "Approvals",
    summary: "Take back a request of one's own",
    access: MAKERS,
    params: approvalParams,
    query: none,
    body: noBody,
    success: decided,
    refusals: ["notFound", "conflict"],
  }),

  requestAdjustment: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/manual-adjustments",
    tag: "Approvals",
    summary: "Ask for an amount to be added or taken away by hand",
    description:
      "Once a second person approves it, every later run has it as a line of its own, with reason and evidence, and the next one posts it. What was approved is taken back by another adjustment.",
    access: ADJUSTERS,
    params: campaignParams,
    query: none,
    body: {
      schema: adjustmentContentSchema
        .omit({ kind: true, campaign: true, currency: true })
        .extend({ reason: z.string().min(1).max(1000).describe("Stands on the statement") }),
      media: ["application/json"],
      example: {
        number: "2026-014",
        payee: { kind: "participant", id: "a-nanchang-001" },
        reward: "commission",
        amount: "120.00",
        reason: "A sale was reported under a colleague's number",
        evidence: "Complaint 2026-014, letter of 12 November",
      },
    },
    success: { status: 202, description: "Waits for a second person", schema: approvalViewSchema, location: true },
    refusals: ["invalid", "notFound", "conflict"],
  }),

  listAdjustments: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/manual-adjustments",
    tag: "Approvals",
    summary: "List a campaign's adjustments by hand, whatever became of them",
    access: ADJUSTMENT_READERS,
    params: campaignParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: approvalPage },
    refusals: ["notFound"],
  }),
};
