import * as z from "zod";
import { ROLES } from "#domain/actor.ts";
import { APPROVAL_STATES } from "#domain/approval.ts";
import { ATTACHMENT_BYTES_MAX, attachmentNameSchema, attachmentTypeSchema, disputeSchema } from "#domain/dispute.ts";
import { factMessageSchema } from "#domain/fact.ts";
import { slugSchema } from "#domain/ids.ts";
import { regressionCaseSchema } from "#domain/regression-case.ts";
import { toldLineSchema, toldNamesSchema, toldNotAwardedSchema } from "./run-views.ts";

/** A dispute as both sides see it. */
export const disputeViewSchema = z
  .object(disputeSchema.shape)
  .extend({
    overdue: z.boolean().describe("Nobody has decided it in the time that the plan gives"),
    remedyState: z.enum(APPROVAL_STATES).optional().describe("What became of the request for what puts it right"),
    closed: z
      .strictObject({ runId: z.string(), at: z.string() })
      .optional()
      .describe("The run that posted what was accepted"),
  })
  .meta({ id: "Dispute" });

export const shownDisputeSchema = z
  .object(disputeViewSchema.shape)
  .extend({
    line: toldLineSchema
      .omit({ disputableUntil: true })
      .optional()
      .describe("What is questioned, with its trace, as the run told it"),
    notAwarded: toldNotAwardedSchema
      .omit({ lineId: true, disputableUntil: true })
      .optional()
      .describe("The same, of what was not awarded"),
    names: toldNamesSchema,
  })
  .meta({ id: "ShownDispute" });

/** Somebody who can be given a dispute. */
export const disputeHandlerSchema = z
  .strictObject({
    subject: z.string().describe("What `assign` takes as `to`"),
    name: z.string().optional().describe("As their last token told it"),
    roles: z.array(z.enum(ROLES)),
    units: z
      .array(z.strictObject({ unit: z.string(), name: z.string() }))
      .describe("Of a branch manager: whose people they see, with all below"),
    seenOn: z.iso.date().describe("The day on which they signed in last"),
  })
  .meta({ id: "DisputeHandler" });

export const caseViewSchema = regressionCaseSchema.meta({ id: "RegressionCase" });

const text = (what: string) => z.string().min(1).max(1000).describe(what);

export const openDisputeSchema = z.strictObject({
  claim: z.string().min(1).max(4000).describe("What is wrong, in the payee's words"),
  expected: z
    .string()
    .regex(/^-?\d{1,12}(\.\d{1,6})?$/, "use a decimal such as 120.00")
    .optional()
    .describe("The amount that the payee would have expected; it is shown to both sides and decides nothing"),
});

export const assignDisputeSchema = z.strictObject({
  to: z.string().min(1).max(128).describe("Subject of the token of whom it is given to"),
});

export const answerDisputeSchema = z.strictObject({ text: text("Both sides read it") });

export const refuseDisputeSchema = z.strictObject({ reason: text("Both sides read it") });

export const acceptDisputeSchema = z.strictObject({
  reason: text("Both sides read it; of an amount by hand it stands on the statement"),
  remedy: z
    .discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("manual-adjustment"),
        amount: z
          .string()
          .regex(/^-?\d+(\.\d+)?$/, "use a decimal such as 120.00 or -35.50")
          .describe("What the payee gets besides, in the plan's currency"),
        reward: slugSchema.optional().describe("Of which reward; the line's unless said"),
      }),
      z.strictObject({
        kind: z.literal("fact-correction"),
        fact: factMessageSchema.describe("As it should have been reported: the next version of what is on file"),
      }),
    ])
    .describe("What a second person is asked to approve"),
});

/** Base64 of so many bytes. */
const CONTENT_MAX = Math.ceil(ATTACHMENT_BYTES_MAX / 3) * 4;

export const attachSchema = z.strictObject({
  name: attachmentNameSchema,
  type: attachmentTypeSchema,
  content: z.string().min(4).max(CONTENT_MAX).describe(`The bytes in base64, at most ${ATTACHMENT_BYTES_MAX}`),
});
