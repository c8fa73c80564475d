import * as z from "zod";
import {
  APPROVAL_KINDS,
  activationContentSchema,
  adjustmentContentSchema,
  approvalSchema,
  correctionContentSchema,
  lifecycleContentSchema,
  peopleContentSchema,
  targetsContentSchema,
} from "#domain/approval.ts";
import { totalsSchema, warningSchema } from "#domain/line.ts";
import { RUN_KINDS, runSchema } from "#domain/run.ts";

const runContentSchema = z.strictObject({
  kind: z.literal("run"),
  campaign: z.string(),
  run: z.enum(RUN_KINDS),
  planVersion: z.int(),
  asOf: z.string(),
  lineCount: z.int().optional(),
  totals: totalsSchema.optional(),
  warnings: z.array(warningSchema),
});

/** What waits for a second person, whatever it is. A run has its own states, and its id is the run's. */
export const approvalViewSchema = z
  .strictObject({
    ...approvalSchema.pick({ id: true, requestedBy: true, requestedAt: true, decidedBy: true, decidedAt: true }).shape,
    kind: z.enum([...APPROVAL_KINDS, "run"]),
    state: z.enum([...approvalSchema.shape.state.options, ...runSchema.shape.state.options]),
    hash: z.string().describe("What an approval names: of what is to be decided; of a run its result"),
    reason: z.string().optional().describe("Why it was asked for"),
    why: z.string().optional().describe("Why it was rejected, or why it could not be done"),
    expiresAt: z.string().optional(),
    makers: z.array(z.string()).describe("Who asked for it or wrote what is to be approved: none of them can decide"),
    mayDecide: z.boolean().describe("Whether the caller can approve or reject it now"),
    content: z.discriminatedUnion("kind", [
      activationContentSchema,
      peopleContentSchema,
      targetsContentSchema,
      adjustmentContentSchema,
      lifecycleContentSchema,
      correctionContentSchema,
      runContentSchema,
    ]),
  })
  .meta({ id: "Approval" });

const mostSchema = z.strictObject({
  bounded: z.string().describe("Sum over the rewards that have a bound"),
  total: z.string().optional().describe("The whole plan; absent when a reward has no bound"),
});

export const shownApprovalSchema = z
  .strictObject({
    ...approvalViewSchema.shape,
    changes: z
      .array(
        z.strictObject({
          path: z.string().describe("A JSON pointer into the plan, or the key of a row"),
          before: z.string().optional().describe("JSON; absent where there was nothing"),
          after: z.string().optional().describe("JSON; absent where nothing is left"),
        }),
      )
      .describe("What would be different; of a run look at its lines"),
    more: z.int().min(0).describe("Changes that are not listed"),
    maximumLiability: z
      .strictObject({
        before: mostSchema.optional().describe("By the version in force; absent where there was none"),
        after: mostSchema,
      })
      .optional()
      .describe("Of an activation: the most that the plan can ever pay, in its currency"),
  })
  .meta({ id: "ShownApproval" });
