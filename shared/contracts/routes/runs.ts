import * as z from "zod";
import { slugSchema } from "#domain/ids.ts";
import { payeeSchema } from "#domain/line.ts";
import { lateChangesSchema } from "#domain/progress.ts";
import { RUN_KINDS } from "#domain/run.ts";
import { FIGURE_READERS, PAYOUT_FILE_READERS, PLATFORM_READERS, RUN_DECIDERS, RUN_REQUESTERS } from "../access.ts";
import { exportQueryShape, SHEET_MEDIA } from "../export.ts";
import { pageQuerySchema, pageQueryShape, pageSchema } from "../page.ts";
import { campaignParam, externalIdParam, runParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import {
  heldLineViewSchema,
  lineViewSchema,
  notAwardedViewSchema,
  payeeComparisonSchema,
  payoutViewSchema,
  postingViewSchema,
  runComparisonSchema,
  runViewSchema,
} from "../views/run-views.ts";

/** Payees that one comparison names: an answer may have 6 MB, and one of them takes about a kB. */
const COMPARED_MAX = 500;

const campaignParams = z.strictObject({ campaign: campaignParam });
const runParams = z.strictObject({ campaign: campaignParam, runId: runParam });

const against = runParam
  .optional()
  .describe("Another run of the campaign; without it the newest that had posted when this one was made");

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

  compareRuns: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/runs/{runId}/differences",
    tag: "Runs",
    summary: "Compare a run with another: who gets more or less",
    description:
      "Sums and numbers of payees in each currency and benefit, and the largest differences. An answer is about so many payees as can be read at once, each payee in one answer: while there is a `nextCursor`, ask on and add up. Comparing the same runs again gives the same, as neither changes any more. A branch manager compares their own units and people.",
    access: FIGURE_READERS,
    params: runParams,
    query: z.strictObject({
      against,
      direction: z.enum(["more", "less"]).optional().describe("Names only who gets more, or less"),
      reward: z.string().min(1).max(200).optional().describe("Names only who has another amount from this reward"),
      limit: z.coerce
        .number()
        .int()
        .min(1)
        .max(COMPARED_MAX)
        .default(50)
        .describe("At most so many payees are named, of each currency; all are counted"),
      cursor: pageQueryShape.cursor,
    }),
    body: noBody,
    success: {
      status: 200,
      description: "What some of the payees, or all, get in both runs",
      schema: runComparisonSchema,
      example: {
        run: "autumn.adjustment-1",
        against: "autumn.final-1",
        parts: { done: 1, of: 1 },
        totals: [
          {
            currency: "CNY",
            before: "920.00",
            after: "950.00",
            difference: "30.00",
            payees: { more: 1, less: 0, same: 4, new: 0, gone: 0 },
            changed: 1,
            matching: 1,
          },
        ],
        items: [
          {
            payee: { kind: "participant", id: "a-nanchang-001" },
            currency: "CNY",
            change: "more",
            before: "120.00",
            after: "150.00",
            difference: "30.00",
            rewards: [{ reward: "commission", before: "120.00", after: "150.00", difference: "30.00" }],
          },
        ],
      },
    },
    refusals: ["notFound", "conflict"],
  }),

  comparePayee: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/runs/{runId}/differences/{payeeKind}/{payeeId}",
    tag: "Runs",
    summary: "Compare what a payee gets in two runs, with the traces that say why",
    description: "A branch manager asks about their own units and people.",
    access: FIGURE_READERS,
    params: runParams.extend({ payeeKind: payeeSchema.shape.kind, payeeId: externalIdParam }),
    query: z.strictObject({ against }),
    body: noBody,
    success: { status: 200, description: "The lines that differ; none is no refusal", schema: payeeComparisonSchema },
    refusals: ["notFound", "conflict"],
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
