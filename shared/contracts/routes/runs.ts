import * as z from "zod";
import { slugSchema } from "#domain/ids.ts";
import { lateChangesSchema } from "#domain/progress.ts";
import { RUN_KINDS } from "#domain/run.ts";
import { FIGURE_READERS, PAYOUT_FILE_READERS, PLATFORM_READERS, RUN_DECIDERS, RUN_REQUESTERS } from "../access.ts";
import { exportQueryShape, SHEET_MEDIA } from "../export.ts";
import { pageQuerySchema, pageQueryShape, pageSchema } from "../page.ts";
import { campaignParam, runParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import {
  heldLineViewSchema,
  lineViewSchema,
  notAwardedViewSchema,
  payoutViewSchema,
  postingViewSchema,
  runViewSchema,
} from "../views/run-views.ts";

const campaignParams = z.strictObject({ campaign: campaignParam });
const runParams = z.strictObject({ campaign: campaignParam, runId: runParam });

/** The ledger of a campaign, or of one of its runs. */
const ledgerQuery = z.strictObject({
  ...pageQueryShape,
  ...exportQueryShape,
  run: runParam.optional().describe("Only of this run"),
});

export const runRoutes = {
  requestRun: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/runs",
    tag: "Runs",
    summary: "Ask for a run",
    description:
      "`provisional`: as of now, pays nothing · `interim`: the slices that closed, in a plan that is posted by the month, quarter or year · `final`: as of the period's end plus its late-facts window, waits for approval · `adjustment`: after a final run, posts only differences. An interim run or an adjustment that would post nothing ends as `unchanged` and asks nobody",
    access: RUN_REQUESTERS,
    params: campaignParams,
    query: none,
    body: {
      schema: z.strictObject({ kind: z.enum(RUN_KINDS) }),
      media: ["application/json"],
      example: { kind: "provisional" },
    },
    success: {
      status: 202,
      description: "Computing; read the run to see how far it is",
      schema: runViewSchema,
      location: true,
    },
    refusals: ["notFound", "conflict"],
  }),

  listRuns: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/runs",
    tag: "Runs",
    summary: "List a campaign's runs",
    access: PLATFORM_READERS,
    params: campaignParams,
    query: z.strictObject({
      ...pageQueryShape,
      order: z.enum(["newestLast", "newestFirst"]).default("newestLast"),
    }),
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(runViewSchema, "RunPage") },
    refusals: ["notFound"],
  }),

  getLateChanges: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/late-changes",
    tag: "Runs",
    summary: "Count what changed since the newest posted run",
    description:
      "Versions of facts that became known after its cut-off: the next adjustment posts what they change. Counted up to a thousand; `isMore` says that there are more.",
    access: PLATFORM_READERS,
    params: campaignParams,
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "The count",
      schema: lateChangesSchema.meta({ id: "LateChanges" }),
      example: {
        campaign: "autumn",
        since: "2026-10-16T00:00:00.000Z",
        count: 3,
        isMore: false,
        firstRecordedAt: "2026-10-17T09:30:00.000Z",
      },
    },
    refusals: ["notFound"],
  }),

  getRun: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/runs/{runId}",
    tag: "Runs",
    summary: "Read a run",
    access: PLATFORM_READERS,
    params: runParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The run", schema: runViewSchema },
    refusals: ["notFound"],
  }),

  listLines: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/runs/{runId}/lines",
    tag: "Runs",
    summary: "List a run's lines with their traces",
    description: "A branch manager sees the lines of their own units and people.",
    access: FIGURE_READERS,
    params: runParams,
    query: z.strictObject({ ...pageQueryShape, ...exportQueryShape }),
    body: noBody,
    success: {
      status: 200,
      description: "A page",
      schema: pageSchema(lineViewSchema, "LinePage"),
      otherMedia: SHEET_MEDIA,
    },
    refusals: ["notFound"],
  }),

  listNotAwarded: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/runs/{runId}/not-awarded",
    tag: "Runs",
    summary: "List who won nothing, and why not",
    description: "A branch manager sees their own units and people.",
    access: FIGURE_READERS,
    params: runParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(notAwardedViewSchema, "NotAwardedPage") },
    refusals: ["notFound"],
  }),

  listHeld: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/runs/{runId}/held",
    tag: "Runs",
    summary: "List what is earned and not due yet",
    description:
      "Later instalments and holdbacks; not posted by this run. A branch manager sees those of their own units and people.",
    access: FIGURE_READERS,
    params: runParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(heldLineViewSchema, "HeldLinePage") },
    refusals: ["notFound"],
  }),

  listComponents: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/runs/{runId}/components",
    tag: "Runs",
    summary: "List the awards that other rewards count",
    description:
      "Their traces, for whoever asks how a pay plan or a scorecard came about; not paid themselves. A branch manager sees those of their own units and people.",
    access: FIGURE_READERS,
    params: runParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(lineViewSchema, "ComponentPage") },
    refusals: ["notFound"],
  }),

  approveRun: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/runs/{runId}/approve",
    tag: "Runs",
    summary: "Approve what was shown",
    description:
      "Bound to the result's hash: another hash is answered 412. Who submitted the run or published its plan cannot decide it.",
    access: RUN_DECIDERS,
    params: runParams,
    query: none,
    body: {
      schema: z.strictObject({ resultHash: z.string().min(1).max(128) }),
      media: ["application/json"],
      example: { resultHash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
    },
    success: { status: 200, description: "The run as it is now", schema: runViewSchema },
    refusals: ["notFound", "conflict", "stale"],
  }),

  rejectRun: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/runs/{runId}/reject",
    tag: "Runs",
    summary: "Reject a run, with the reason",
    access: RUN_DECIDERS,
    params: runParams,
    query: none,
    body: {
      schema: z.strictObject({ reason: z.string().min(1).max(1000) }),
      media: ["application/json"],
      example: { reason: "Two branches were merged in July; import the new organisation first" },
    },
    success: { status: 200, description: "The run as it is now", schema: runViewSchema },
    refusals: ["notFound", "conflict"],
  }),

  getPayoutFile: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/runs/{runId}/payout-file",
    tag: "Runs",
    summary: "Fetch a posted run's payout file",
    access: PAYOUT_FILE_READERS,
    params: runParams,
    query: z.strictObject({
      format: z.enum(["csv", "xlsx"]).default("csv"),
      layout: slugSchema
        .optional()
        .describe("As this layout says, whatever `format` is; of at most 5,000 payouts a part"),
      part: z.coerce
        .number()
        .int()
        .min(1)
        .default(1)
        .describe("Of a run with several files: `payoutFileParts` says how many"),
    }),
    body: noBody,
    success: {
      status: 200,
      description: "The file",
      schema: z.never(),
      otherMedia: {
        "text/csv": "With `format=csv`",
        "application/octet-stream": "With `layout`: text in the encoding that it says",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "With `format=xlsx`",
      },
    },
    refusals: ["notFound", "conflict"],
  }),

  listPostings: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/postings",
    tag: "Runs",
    summary: "List the ledger's postings",
    description: "A branch manager sees those of their own units and people.",
    access: FIGURE_READERS,
    params: campaignParams,
    query: ledgerQuery,
    body: noBody,
    success: {
      status: 200,
      description: "A page",
      schema: pageSchema(postingViewSchema, "PostingPage"),
      otherMedia: SHEET_MEDIA,
    },
    refusals: ["notFound"],
  }),

  listPayouts: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/payouts",
    tag: "Runs",
    summary: "List what was paid to whom",
    description: "A branch manager sees those of their own units and people.",
    access: FIGURE_READERS,
    params: campaignParams,
    query: ledgerQuery,
    body: noBody,
    success: {
      status: 200,
      description: "A page",
      schema: pageSchema(payoutViewSchema, "PayoutPage"),
      otherMedia: SHEET_MEDIA,
    },
    refusals: ["notFound"],
  }),
};
