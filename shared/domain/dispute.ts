import * as z from "zod";
import type { Role } from "./actor.ts";
import type { ApprovalState } from "./approval.ts";
import { factMessageSchema } from "./fact.ts";
import { slugSchema } from "./ids.ts";
import { payeeSchema } from "./line.ts";

/**
 * A payee questions a line of their statement. `open → assigned → answered`, in any order and as often as needed, then `accepted`,
 * `refused` or `withdrawn`. The line stays paid as computed meanwhile; what an accepted dispute changes is posted later, as a
 * difference. An accepted one is closed when its remedy is posted, which is not stored but told by the ledger.
 */
export const DISPUTE_STATES = ["open", "assigned", "answered", "accepted", "refused", "withdrawn"] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

const UNDECIDED = ["open", "assigned", "answered"] as const satisfies readonly DisputeState[];

/** Who answers, and says who shall look at it: a manager disputes of their own units. */
export const HANDLING_ROLES = ["marketing", "approver", "branch-manager"] as const satisfies readonly Role[];

/** What can be done with a dispute, from which states, and what it is then; without `to` it stays what it is. */
export const DISPUTE_COMMANDS = {
  attach: { from: UNDECIDED, to: undefined },
  assign: { from: UNDECIDED, to: "assigned" },
  answer: { from: UNDECIDED, to: "answered" },
  accept: { from: UNDECIDED, to: "accepted" },
  refuse: { from: UNDECIDED, to: "refused" },
  withdraw: { from: UNDECIDED, to: "withdrawn" },
} as const satisfies Record<string, { readonly from: readonly DisputeState[]; readonly to: DisputeState | undefined }>;
export type DisputeCommand = keyof typeof DISPUTE_COMMANDS;
const COMMAND_NAMES = [
  "attach",
  "assign",
  "answer",
  "accept",
  "refuse",
  "withdraw",
] as const satisfies readonly DisputeCommand[];

/** What can be attached, with the first bytes by which such a file is known; texts have none. */
export const ATTACHMENT_TYPES = {
  "application/pdf": { extensions: ["pdf"], begins: [0x25, 0x50, 0x44, 0x46] },
  "image/png": { extensions: ["png"], begins: [0x89, 0x50, 0x4e, 0x47] },
  "image/jpeg": { extensions: ["jpg", "jpeg"], begins: [0xff, 0xd8, 0xff] },
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
    extensions: ["xlsx"],
    begins: [0x50, 0x4b, 0x03, 0x04],
  },
  "text/plain": { extensions: ["txt"], begins: [] },
  "text/csv": { extensions: ["csv"], begins: [] },
} as const satisfies Record<string, { readonly extensions: readonly string[]; readonly begins: readonly number[] }>;
export type AttachmentType = keyof typeof ATTACHMENT_TYPES;

export const attachmentTypeSchema = z.enum([
  "application/pdf",
  "image/png",
  "image/jpeg",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "text/plain",
  "text/csv",
] as const satisfies readonly AttachmentType[]);

/** A name is shown to people and never a path: letters, digits and a few signs, beginning and ending with a letter or digit. */
export const attachmentNameSchema = z
  .string()
  .max(120)
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._()-]*[\p{L}\p{M}\p{N})])?\.[A-Za-z0-9]{1,5}$/u,
    "use letters, digits, spaces, dots, dashes, underscores and brackets, with an extension; no slashes",
  )
  .refine((name) => !name.includes(".."), "use no two dots in a row")
  .meta({ examples: ["contract-0412.pdf"] });

export const attachmentSchema = z.strictObject({
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("SHA-256 of its bytes: names it"),
  name: attachmentNameSchema,
  type: attachmentTypeSchema,
  size: z.int().min(1).describe("Bytes"),
  by: z.string(),
  at: z.string(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** Bytes of one attachment: in base64 it fits the body of a call. */
export const ATTACHMENT_BYTES_MAX = 700_000;
export const ATTACHMENTS_MAX = 10;
/** A quarrel of more steps than that is not carried out here; it also keeps a dispute small enough for one item. */
export const EVENTS_MAX = 60;

/** What accepting asks a second person for. */
export const remedySchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("manual-adjustment"),
    reward: slugSchema,
    amount: z.string(),
    currency: z.string(),
    number: z.string().describe("Of the adjustment, made from the dispute's id"),
    reason: z.string(),
    approval: z.string().describe("Id of the request for approval"),
  }),
  z.strictObject({
    kind: z.literal("fact-correction"),
    number: z.string(),
    fact: factMessageSchema,
    reason: z.string(),
    approval: z.string().describe("Id of the request for approval"),
  }),
]);
export type Remedy = z.infer<typeof remedySchema>;

const eventSchema = z.strictObject({
  at: z.string(),
  by: z.string(),
  command: z.enum(["open", ...COMMAND_NAMES]),
  text: z.string().optional().describe("The answer, the reason, whom it was given to, or what was attached"),
});
export type DisputeEvent = z.infer<typeof eventSchema>;

export const disputeSchema = z.strictObject({
  id: z.string().meta({ examples: ["d-1f4b2c3d5e6f-1"] }),
  campaign: slugSchema,
  lineId: z.string(),
  payee: payeeSchema,
  reward: z.string(),
  state: z.enum(DISPUTE_STATES),
  revision: z.int().min(1),
  claim: z.string().describe("What the payee says"),
  expected: z.string().optional().describe("What the payee would have expected, in the unit of the line"),
  openedBy: z.string(),
  openedAt: z.string(),
  deadline: z.string().describe("Until when it could be opened"),
  decideBy: z.string().describe("From when on it is overdue"),
  amount: z.string().optional().describe("Of the line as it was questioned; absent for one that was not awarded"),
  currency: z.string().optional(),
  lineHash: z.string().describe("SHA-256 of the line with its trace, as the run says it"),
  run: z
    .strictObject({
      runId: z.string(),
      planVersion: z.int().min(1),
      planHash: z.string(),
      asOf: z.string(),
      sourcesHash: z.string().optional(),
      inputHash: z.string().optional(),
      resultHash: z.string(),
    })
    .describe("The run whose line is questioned, as of the opening"),
  assignedTo: z.string().optional(),
  attachments: z.array(attachmentSchema).max(ATTACHMENTS_MAX),
  events: z.array(eventSchema).max(EVENTS_MAX).describe("What happened, in order: what both sides are told"),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  reason: z.string().optional().describe("Why it was accepted or refused"),
  remedy: remedySchema.optional(),
});
export type Dispute = z.infer<typeof disputeSchema>;

/** What became of the remedy's approval when it will never be carried out. */
const DEAD: readonly ApprovalState[] = ["rejected", "withdrawn", "expired", "failed"];

/** As it is now: an accepted dispute whose remedy was turned down has to be decided again. */
export function disputeStateAt(
  { state, assignedTo }: Pick<Dispute, "state" | "assignedTo">,
  remedy: ApprovalState | undefined,
): DisputeState {
  if (state !== "accepted" || remedy === undefined || !DEAD.includes(remedy)) return state;
  return assignedTo === undefined ? "open" : "assigned";
}

export function isUndecided(state: DisputeState): boolean {
  return UNDECIDED.some((one) => one === state);
}
