import * as z from "zod";
import type { Role } from "./actor.ts";
import { rollOutPolicySchema } from "./conduct.ts";
import { factMessageSchema } from "./fact.ts";
import { slugSchema } from "./ids.ts";
import { payeeSchema } from "./line.ts";
import { problemSchema } from "./problem.ts";

/**
 * A request by one person (the maker) that a second one (the checker) decides. It is bound to the hash of what both were shown: what has
 * changed since cannot be approved. `waiting → approved → done`, or `failed` when it could not be done any more; `rejected`
 * and `withdrawn` on the way. One that waits past `expiresAt` is `expired`, which is not stored but told by the clock.
 */
export const APPROVAL_KINDS = [
  "activation",
  "people",
  "targets",
  "manual-adjustment",
  "fact-correction",
  "lifecycle",
] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

export const APPROVAL_STATES = ["waiting", "approved", "done", "failed", "rejected", "withdrawn", "expired"] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** Who may decide what. Runs are decided by `approver`, as their own routes say. */
export const DECIDERS = {
  activation: ["approver", "administrator"],
  people: ["approver", "administrator"],
  targets: ["approver", "administrator"],
  "manual-adjustment": ["approver"],
  "fact-correction": ["approver"],
  lifecycle: ["approver", "administrator"],
} as const satisfies Record<ApprovalKind, readonly Role[]>;

/** What a change of rows comes to. */
export const rowCountsSchema = z.strictObject({
  added: z.int().min(0),
  changed: z.int().min(0),
  removed: z.int().min(1).exactOptional(),
  onFile: z.int().min(0).describe("How many there were when it was asked for"),
});

const movedShape = { difference: z.string(), count: z.int().min(0) };
const movedSchema = z.strictObject({
  ...movedShape,
  top: z
    .array(z.strictObject({ payee: payeeSchema, before: z.string(), after: z.string(), difference: z.string() }))
    .describe("The largest differences, at most ten; empty for who has no business with pay"),
});

/** What a change of a running campaign does to whom, on the facts that were known then. Amounts are decimal texts. */
export const impactSchema = z.strictObject({
  asOf: z.string().describe("Facts recorded up to and including this instant were known"),
  simulationHash: z.string().describe("Of the whole comparison of the plan before and after"),
  currency: z.string(),
  before: z.string().describe("What it all costs on these facts as it is"),
  after: z.string(),
  difference: z.string(),
  winners: movedSchema,
  losers: movedSchema,
  posted: z
    .strictObject({
      lines: z.int().min(0),
      changed: z.int().min(0),
      less: z.int().min(0).describe("Of these, how many would become less"),
      difference: z.string().describe("In money"),
    })
    .describe("Lines that are posted already, and how many of them the change would change"),
});
export type Impact = z.infer<typeof impactSchema>;

const toldImpactShape = {
  impact: impactSchema.optional().describe("Absent where no version was in force, or `impactNotTold` says why"),
  impactNotTold: z.string().optional().describe("Why nobody has computed what it does: too many facts are stored"),
};

export const activationContentSchema = z.strictObject({
  kind: z.literal("activation"),
  campaign: slugSchema,
  version: z.int().min(1),
  planHash: z.string(),
  inForce: z.int().min(1).optional().describe("The version in force when it was asked for"),
  targetsHash: z.string().describe("Of the campaign's targets"),
  findings: z
    .array(problemSchema)
    .describe("What is unwise in the plan with the people, organisation and targets of then"),
  simulationHash: z
    .string()
    .optional()
    .describe("Of the simulation that the maker looked at, as they say; whoever decides can ask for the same again"),
  pilot: z
    .strictObject({ units: z.array(slugSchema).min(1), until: z.string() })
    .optional()
    .describe("It is in force for these units alone, with all below, and for sales that occur before `until`"),
  effectiveFrom: z
    .string()
    .optional()
    .describe(
      "What occurred before it was proved to come to the same by the version in force; absent: the whole period is computed by this version",
    ),
  asOf: z.string().optional().describe("The instant that its impact is told of"),
  ...toldImpactShape,
});

/** A change of how a running campaign is conducted. */
export const lifecycleChangeSchema = z.discriminatedUnion("command", [
  z.strictObject({ command: z.literal("stop"), end: z.string().describe("Local date-time of the plan's zone") }),
  z.strictObject({ command: z.literal("rollOut"), others: rollOutPolicySchema }),
]);

export const lifecycleContentSchema = z.strictObject({
  kind: z.literal("lifecycle"),
  campaign: slugSchema,
  change: lifecycleChangeSchema,
  version: z.int().min(1).describe("In force when it was asked for"),
  planHash: z.string(),
  conductHash: z.string().describe("Of pilot, pauses and stop as they were then"),
  asOf: z.string().describe("The instant that its impact is told of"),
  ...toldImpactShape,
});

const rowsContentShape = {
  counts: rowCountsSchema,
  rowsHash: z.string().describe("SHA-256 of the rows and of what they replace; names the file that keeps them"),
};
export const peopleContentSchema = z.strictObject({ kind: z.literal("people"), ...rowsContentShape });
export const targetsContentSchema = z.strictObject({
  kind: z.literal("targets"),
  campaign: slugSchema,
  ...rowsContentShape,
});

/** An amount that no rule gives: what a person adds to or takes from what a payee gets of a reward. */
export const adjustmentContentSchema = z.strictObject({
  kind: z.literal("manual-adjustment"),
  campaign: slugSchema,
  payee: payeeSchema,
  reward: slugSchema,
  amount: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, "use a decimal such as 120.00 or -35.50")
    .describe("In the plan's currency; negative is taken back")
    .meta({ examples: ["120.00"] }),
  currency: z.string(),
  evidence: z.string().min(1).max(2000).describe("Where it can be seen: a letter, a case number, an address"),
  number: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "use 1-64 letters, digits, dots, dashes or underscores")
    .meta({ examples: ["2026-014"] })
    .describe("The maker's own number of it: the same number is the same adjustment"),
});

/** A fact as it should have been reported: the next version of what is on file, because a payee was right. */
export const correctionContentSchema = z.strictObject({
  kind: z.literal("fact-correction"),
  campaign: slugSchema,
  dispute: z.string().describe("The dispute that was accepted"),
  number: z.string().describe("Of the correction, made from the dispute's id: the same number is the same correction"),
  fact: factMessageSchema.describe("Its version is one more than the newest on file"),
});

export const approvalContentSchema = z.discriminatedUnion("kind", [
  activationContentSchema,
  lifecycleContentSchema,
  peopleContentSchema,
  targetsContentSchema,
  adjustmentContentSchema,
  correctionContentSchema,
]);
export type ApprovalContent = z.infer<typeof approvalContentSchema>;
export type ContentOf<K extends ApprovalKind> = Extract<ApprovalContent, { kind: K }>;

export const approvalSchema = z.strictObject({
  id: z.string(),
  scope: z.string().describe("The campaign, or `directory`"),
  state: z.enum(APPROVAL_STATES),
  revision: z.int().min(1),
  hash: z.string().describe("SHA-256 of what is to be decided; an approval names it"),
  content: approvalContentSchema,
  reason: z.string().describe("Why the maker asks for it"),
  requestedBy: z.string(),
  requestedAt: z.string(),
  expiresAt: z.string(),
  makers: z.array(z.string()).describe("Who asked for it or wrote what is to be approved: none of them can decide"),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  why: z.string().optional().describe("Why it was rejected, or why it could not be done"),
});
export type Approval = z.infer<typeof approvalSchema>;

/** What is no one campaign's; no campaign can be called so. */
export const DIRECTORY_SCOPE = "_directory";

export function scopeOf(content: ApprovalContent): string {
  return content.kind === "people" ? DIRECTORY_SCOPE : content.campaign;
}

/** The scope stands before the last dot of an id. */
export function scopeOfId(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf(".")));
}

/** @param name in hex: the hash of what names it */
export function approvalId(content: ApprovalContent, name: string, attempt: number): string {
  return `${scopeOf(content)}.${content.kind}-${name.slice(0, 12)}-${attempt}`;
}

/** As it is now: one that nobody decided in time has expired. */
export function stateAt({ state, expiresAt }: Pick<Approval, "state" | "expiresAt">, now: number): ApprovalState {
  return state === "waiting" && Date.parse(expiresAt) <= now ? "expired" : state;
}

/** How much an import may change without a second person. */
export interface ImportLimits {
  /** More changed rows than this are decided by a second person. */
  readonly rows: number;
  /** So are more than this many in a hundred of what is on file, */
  readonly percent: number;
  /** where more than so many change: in a small company one row is soon a tenth. */
  readonly percentFrom: number;
}

export const IMPORT_LIMITS: ImportLimits = { rows: 200, percent: 10, percentFrom: 20 };
