import * as z from "zod";
import { slugSchema } from "./ids.ts";
import { heldLineSchema, lineSchema, notAwardedSchema, payeeSchema, totalsSchema, warningSchema } from "./line.ts";

export const RUN_KINDS = ["provisional", "interim", "final", "adjustment"] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/**
 * How far a run is with computing. Every step sets what it has done, and adds to nothing: a step that is done twice is not
 * counted twice.
 */
export const runProgressSchema = z.strictObject({
  stage: z
    .enum(["reading", "deciding", "storing"])
    .describe("Reading facts, deciding who gets what, or storing the lines; what comes after is the run's state"),
  factsExpected: z.int().describe("How many versions of facts the store had at the start, roughly"),
  segments: z
    .array(z.strictObject({ facts: z.int().describe("Read so far, with all versions"), done: z.boolean() }))
    .describe("Disjoint parts of all facts"),
});
export type RunProgress = z.infer<typeof runProgressSchema>;

/**
 * A run computes a campaign as of a cut-off. `computing → awaitingApproval → approved → posted`, or `rejected` on the way;
 * a provisional run ends at `computed`. A failed computation is `failed` and says why. An interim run posts the slices that
 * closed by its cut-off; one that finds nothing to post, like an adjustment that does, ends as `unchanged` and asks nobody.
 */
export const runSchema = z.strictObject({
  runId: z.string(),
  campaign: slugSchema,
  kind: z.enum(RUN_KINDS),
  state: z.enum(["computing", "computed", "unchanged", "awaitingApproval", "approved", "rejected", "posted", "failed"]),
  revision: z.int().min(1),
  planVersion: z.int().min(1),
  planHash: z.string(),
  asOf: z.string().describe("Facts recorded up to and including this instant are known to the run"),
  epoch: z
    .int()
    .min(0)
    .default(0)
    .describe("Of the campaign when the inputs were frozen: people, organisation or targets changed later raise it"),
  nextDue: z.string().optional().describe("The first instant at which something that is held falls due"),
  sourcesHash: z
    .string()
    .optional()
    .describe("SHA-256 of plan, people, organisation and targets as they were frozen: names the file that keeps them"),
  adjustments: z.int().min(1).optional().describe("How many approved adjustments by hand it has; absent is none"),
  submittedBy: z.string().describe("In whose name the run was made; they cannot approve it"),
  startedAt: z.string(),
  fold: z
    .strictObject({ segments: z.int().min(1), chunkFacts: z.int().min(1) })
    .optional()
    .describe("Into how many parts the facts were divided, and how many one step reads: a repeated step does the same"),
  progress: runProgressSchema.optional(),
  lineShards: z
    .int()
    .min(1)
    .optional()
    .describe("Over how many partitions the run's lines are spread, a power of two; absent is one"),
  inputHash: z.string().optional(),
  resultHash: z.string().optional().describe("What an approval is bound to"),
  totals: totalsSchema.optional(),
  warnings: z.array(warningSchema).default([]),
  lineCount: z.int().optional(),
  callbackId: z.string().optional().describe("Where the waiting settlement listens for the decision"),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  reason: z.string().optional().describe("Why it was rejected, or why it failed"),
  postedAt: z.string().optional(),
  postedTotal: z.string().optional().describe("Sum of the differences this run posted"),
  payoutFiles: z
    .strictObject({
      csv: z.string(),
      xlsx: z.string(),
      parts: z.int().min(1).optional().describe("How many files there are of each kind; absent is one"),
    })
    .optional()
    .describe("Where they lie; of several, the first"),
});
export type Run = z.infer<typeof runSchema>;

/** What a run pays and uses, as its own record says. */
export const runFiguresSchema = z.strictObject({
  runId: z.string(),
  kind: z.enum(RUN_KINDS),
  asOf: z.string(),
  currency: z.string(),
  all: totalsSchema.shape.all,
  held: totalsSchema.shape.held,
  budgets: totalsSchema.shape.budgets,
});
export type RunFigures = z.infer<typeof runFiguresSchema>;

/** What a campaign's newest computed run came to, kept apart from the run so that a list of campaigns reads no run. */
export const runOutcomeSchema = z.strictObject({
  campaign: slugSchema,
  startedAt: z.string().describe("The newest run is the one that started last"),
  ...runFiguresSchema.shape,
  dropped: z
    .strictObject({
      instead: runFiguresSchema.optional().describe("The last run before it that stands; absent is none"),
    })
    .optional()
    .describe("The run was rejected or failed after it was computed: its figures do not count"),
});
export type RunOutcome = z.infer<typeof runOutcomeSchema>;

/** One difference in the ledger: what a line is now, less what was posted for it before. Never changed, never removed. */
export const postingSchema = z.strictObject({
  campaign: slugSchema,
  lineId: z.string(),
  seq: z.int().min(1).describe("1 for a line's first posting; the next number can be taken only once"),
  runId: z.string(),
  reward: z.string(),
  payee: payeeSchema,
  amountMinor: z.int().describe("The difference"),
  balanceMinor: z.int().describe("The line's amount after this posting"),
  currency: z.string(),
  postedAt: z.string(),
});
export type Posting = z.infer<typeof postingSchema>;

/** What one run pays one payee, after recovery of what is no longer due. */
export const payoutSchema = z.strictObject({
  campaign: slugSchema,
  runId: z.string(),
  payee: payeeSchema,
  seq: z
    .int()
    .min(1)
    .describe(
      "1 for a payee's first payout of the campaign; the next number can be taken only once, so two runs never pay the same",
    ),
  name: z.string(),
  unit: z.string(),
  currency: z.string(),
  postedMinor: z.int().describe("Sum of this run's postings"),
  broughtForwardMinor: z.int().describe("Open balance from earlier runs; negative when more was paid than is due"),
  paidMinor: z.int().min(0),
  carriedForwardMinor: z
    .int()
    .describe(
      "What stays open: negative is recovered later by the plan's recovery policy, positive is below its minimum payout",
    ),
  benefits: z
    .array(z.strictObject({ unit: z.string(), quantity: z.int() }))
    .optional()
    .describe("Benefits in kind that the run posted, to be handed out: `item:rice`, 2; negative is taken back"),
});
export type Payout = z.infer<typeof payoutSchema>;

/** What a payee is told about a run, as it was told. */
export const statementSchema = z.strictObject({
  campaign: slugSchema,
  campaignName: z.string(),
  runId: z.string(),
  resultHash: z.string(),
  asOf: z.string().describe("The run's cut-off, in the plan's zone"),
  provisional: z.boolean(),
  payee: payeeSchema,
  name: z.string(),
  currency: z.string(),
  total: z.string(),
  lines: z.array(lineSchema),
  held: z.array(heldLineSchema).optional().describe("What is earned and falls due later"),
  components: z.array(lineSchema).optional().describe("What other lines count, with their traces"),
  notAwarded: z.array(notAwardedSchema),
  postings: z.array(postingSchema),
  payout: payoutSchema.optional(),
});
export type Statement = z.infer<typeof statementSchema>;

/** The run whose amounts the ledger holds. Moves forward only; a run that finds a newer head stops posting. */
export const ledgerHeadSchema = z.strictObject({ campaign: slugSchema, runId: z.string(), asOf: z.string() });
export type LedgerHead = z.infer<typeof ledgerHeadSchema>;
