import * as z from "zod";
import { attachmentTypeSchema, DISPUTE_STATES } from "#domain/dispute.ts";
import {
  COMPANY_READERS,
  DISPUTE_DECIDERS,
  DISPUTE_HANDLERS,
  DISPUTE_OPENERS,
  DISPUTE_READERS,
  DISPUTE_SIDES,
  FIGURE_READERS,
} from "../access.ts";
import { pageQueryShape, pageSchema } from "../page.ts";
import { campaignParam, lineParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import {
  acceptDisputeSchema,
  answerDisputeSchema,
  assignDisputeSchema,
  attachSchema,
  caseViewSchema,
  disputeHandlerSchema,
  disputeViewSchema,
  openDisputeSchema,
  refuseDisputeSchema,
  shownDisputeSchema,
} from "../views/dispute-views.ts";

const disputeParam = z.string().min(1).max(64).describe("The dispute's id");
const disputeParams = z.strictObject({ campaign: campaignParam, dispute: disputeParam });
const attachmentParams = z.strictObject({
  campaign: campaignParam,
  dispute: disputeParam,
  hash: z.string().min(1).max(64).describe("SHA-256 of the attachment, as the dispute lists it"),
});

const listQuery = z.strictObject({
  ...pageQueryShape,
  whose: z.enum(["mine", "assigned", "all"]).default("all"),
  state: z.enum(DISPUTE_STATES).optional(),
  overdue: z
    .enum(["true", "false"])
    .optional()
    .describe("Only those that should have been decided by now, or only others"),
});
const disputePageSchema = pageSchema(disputeViewSchema, "DisputePage");

const decided = { status: 200, description: "As it is now", schema: disputeViewSchema } as const;
const media = ["application/json"] as const;

export const disputeRoutes = {
  openDispute: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/lines/{lineId}/disputes",
    tag: "Disputes",
    summary: "Question a line of one's own statement",
    description:
      "A person questions their own line, a branch manager one of a unit of theirs, within the time that the plan's `disputes` gives after it was posted last. Also a line that was not awarded can be questioned, under the id that it would have. It stays paid as computed meanwhile; a difference is posted later.",
    access: DISPUTE_OPENERS,
    params: z.strictObject({ campaign: campaignParam, lineId: lineParam }),
    query: none,
    body: {
      schema: openDisputeSchema,
      media: [...media],
      example: { claim: "The policy of 12 April is missing: number 4471, signed by Mrs Li" },
    },
    success: { status: 201, description: "Open", schema: disputeViewSchema, location: true },
    refusals: ["notFound", "conflict"],
  }),

  listDisputes: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/disputes",
    tag: "Disputes",
    summary: "List disputes, the most urgent first",
    description:
      "`mine`: opened by the caller, or about their pay · `assigned`: given to them · `all`: what they may see.",
    access: DISPUTE_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: listQuery,
    body: noBody,
    success: { status: 200, description: "A page", schema: disputePageSchema },
    refusals: ["notFound"],
  }),

  listAllDisputes: route({
    method: "GET",
    path: "/v1/disputes",
    tag: "Disputes",
    summary: "List disputes of all campaigns, the most urgent first",
    description: "As the listing of one campaign. Of each campaign the caller sees what they see there.",
    access: DISPUTE_READERS,
    params: none,
    query: listQuery,
    body: noBody,
    success: { status: 200, description: "A page", schema: disputePageSchema },
    refusals: [],
  }),

  getDispute: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}",
    tag: "Disputes",
    summary: "Read a dispute, with the line and its trace as they were told",
    access: DISPUTE_READERS,
    params: disputeParams,
    query: z.strictObject({
      told: z.enum(["true", "false"]).default("false").describe("Each step of the trace also as a sentence"),
      lang: z.enum(["en", "zh"]).default("en").describe("Language of what is told"),
    }),
    body: noBody,
    success: { status: 200, description: "The dispute", schema: shownDisputeSchema },
    refusals: ["notFound"],
  }),

  attachToDispute: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}/attachments",
    tag: "Disputes",
    summary: "Add a file to a dispute",
    description: "A PDF, a picture, a text, a CSV or an Excel file. The same file again changes nothing.",
    access: DISPUTE_SIDES,
    params: disputeParams,
    query: none,
    body: {
      schema: attachSchema,
      media: [...media],
      example: { name: "note.txt", type: "text/plain", content: "UG9saWN5IDQ0NzE=" },
    },
    success: { status: 201, description: "As it is now", schema: disputeViewSchema },
    refusals: ["notFound", "conflict"],
  }),

  getAttachment: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}/attachments/{hash}",
    tag: "Disputes",
    summary: "Fetch a file of a dispute",
    access: DISPUTE_READERS,
    params: attachmentParams,
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "The file",
      schema: z.string(),
      otherMedia: Object.fromEntries(
        attachmentTypeSchema.options.map((type) => [type, "The bytes, as they were sent"]),
      ),
    },
    refusals: ["notFound"],
  }),

  getDisputeCase: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}/case",
    tag: "Disputes",
    summary: "Fetch a dispute as a case that can be computed again",
    description:
      "The plan, and of people, targets and facts as few as the line needs, with what it comes to: in the run that closed the dispute, or before that in the one that is questioned. `laurel replay case.json` computes it. Refused where more facts are stored than one call can compute.",
    access: COMPANY_READERS,
    params: disputeParams,
    query: z.strictObject({
      anonymous: z
        .enum(["true", "false"])
        .default("true")
        .describe("People and facts are numbered, in their order, and texts about them left out"),
    }),
    body: noBody,
    success: { status: 200, description: "The case", schema: caseViewSchema },
    refusals: ["notFound", "conflict"],
  }),

  listDisputeHandlers: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}/handlers",
    tag: "Disputes",
    summary: "List who can be given a dispute",
    description:
      "Of those who have signed in: whoever may answer disputes, sees the payee and is no side of it. Who never signed in is not listed, and can be given it by the subject of their token.",
    access: FIGURE_READERS,
    params: disputeParams,
    query: z.strictObject({
      ...pageQueryShape,
      q: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .describe("Part of a name or of an account, however it is written"),
    }),
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(disputeHandlerSchema, "DisputeHandlerPage") },
    refusals: ["notFound"],
  }),

  assignDispute: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}/assign",
    tag: "Disputes",
    summary: "Say who shall look into it",
    access: DISPUTE_HANDLERS,
    params: disputeParams,
    query: none,
    body: { schema: assignDisputeSchema, media: [...media], example: { to: "luo.jie" } },
    success: decided,
    refusals: ["notFound", "conflict"],
  }),

  answerDispute: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}/answer",
    tag: "Disputes",
    summary: "Answer a dispute, which decides nothing yet",
    access: DISPUTE_HANDLERS,
    params: disputeParams,
    query: none,
    body: {
      schema: answerDisputeSchema,
      media: [...media],
      example: { text: "The policy was reported under a colleague's number; I have the contract" },
    },
    success: decided,
    refusals: ["notFound", "conflict"],
  }),

  acceptDispute: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}/accept",
    tag: "Disputes",
    summary: "Accept a dispute, and ask a second person for what puts it right",
    description:
      "The remedy is a request for approval, which neither who accepts, nor the payee, nor who opened the dispute can approve. Then the next run posts the difference, and the dispute is closed. Turned down, the dispute has to be decided again.",
    access: DISPUTE_DECIDERS,
    params: disputeParams,
    query: none,
    body: {
      schema: acceptDisputeSchema,
      media: [...media],
      example: {
        reason: "Policy 4471 was sold by the payee",
        remedy: { kind: "manual-adjustment", amount: "120.00" },
      },
    },
    success: decided,
    refusals: ["notFound", "conflict"],
  }),

  refuseDispute: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}/refuse",
    tag: "Disputes",
    summary: "Refuse a dispute, with the reason",
    access: DISPUTE_DECIDERS,
    params: disputeParams,
    query: none,
    body: {
      schema: refuseDisputeSchema,
      media: [...media],
      example: { reason: "Policy 4471 was cancelled on 20 April, within the time for withdrawal" },
    },
    success: decided,
    refusals: ["notFound", "conflict"],
  }),

  withdrawDispute: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/disputes/{dispute}/withdraw",
    tag: "Disputes",
    summary: "Take back a dispute of one's own",
    access: DISPUTE_OPENERS,
    params: disputeParams,
    query: none,
    body: noBody,
    success: decided,
    refusals: ["notFound", "conflict"],
  }),
};
