import * as z from "zod";
import { sourceSchema } from "#domain/campaign.ts";
import { evidenceShape, factMessageSchema, saleShape, scoreShape } from "#domain/fact.ts";
import { problemSchema } from "#domain/problem.ts";
import { heldFactSchema } from "#domain/progress.ts";

export const sourceViewSchema = sourceSchema.meta({ id: "Source" });
export const factMessageViewSchema = factMessageSchema.meta({ id: "FactMessage" });
export const heldFactViewSchema = heldFactSchema.meta({ id: "HeldFact" });

const recordedShape = { recordedAt: z.string().describe("When we knew") };

/** A message as it was recorded. */
export const recordedFactSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ ...saleShape, ...recordedShape }),
    z.strictObject({ ...scoreShape, ...recordedShape }),
    z.strictObject({ ...evidenceShape, ...recordedShape }),
  ])
  .meta({ id: "RecordedFact" });

export const factHistorySchema = z
  .strictObject({
    source: z.string(),
    externalId: z.string(),
    versions: z.array(recordedFactSchema).describe("Lowest first; the highest is the fact's state"),
  })
  .meta({ id: "FactHistory" });

const factCreditSchema = z
  .strictObject({
    participantId: z.string().describe("A participant, or the unit that a score or evidence is about"),
    unit: z.string().optional().describe("Where it rolls up from; absent where it rolls up nowhere"),
    outcome: z.enum(["counted", "notCounted", "withdrawn"]),
    reason: z.string().optional().describe("Why it does not count, as a word"),
    values: z
      .record(z.string(), z.string())
      .describe("What it adds, by measure: decimal text in the measure's own units"),
  })
  .meta({ id: "FactCredit" });

/** Where a fact counts, and where not and why. */
export const factCreditsSchema = z
  .strictObject({
    source: z.string(),
    externalId: z.string(),
    version: z.int().describe("The newest, which is what counts"),
    recordedAt: z.string(),
    held: z.strictObject({ reason: z.string(), message: z.string() }).optional().describe("No campaign can use it yet"),
    asOf: z.string(),
    campaigns: z
      .array(
        z.strictObject({
          campaign: z.string(),
          state: z
            .enum(["credited", "pending", "outside"])
            .describe(
              "`credited`: the boards have it as it stands here · `pending`: the worker has not come to it · `outside`: it occurred when the campaign does not look",
            ),
          credits: z.array(factCreditSchema),
        }),
      )
      .describe("Campaigns in force, by id"),
  })
  .meta({ id: "FactCredits" });

/** What became of one message. 2xx comes only after it was stored. */
export const factReceiptSchema = z
  .strictObject({
    outcome: z
      .enum(["stored", "conflict", "rejected"])
      .describe(
        "`stored`: kept, now or when it was first sent; a repeat is answered the same · `conflict`: says something else under the same version; kept, not applied · `rejected`: cannot be understood; see `problems`",
      ),
    fact: z.string().optional().describe("`source#externalId`"),
    version: z.int().optional(),
    recordedAt: z.string().optional().describe("When this version was first known"),
    held: z
      .strictObject({ reason: z.string(), message: z.string() })
      .optional()
      .describe("Stored, but cannot be used yet"),
    problems: z.array(problemSchema).optional(),
  })
  .meta({ id: "FactReceipt" });

export const batchReceiptSchema = z
  .strictObject({ receipts: z.array(factReceiptSchema).describe("One for each message, in the order of the request") })
  .meta({ id: "BatchReceipt" });

export const deliveryReceiptSchema = z
  .strictObject({ deliveryId: z.string(), receipts: z.array(factReceiptSchema) })
  .meta({ id: "DeliveryReceipt" });

export const conflictViewSchema = z
  .strictObject({
    fact: recordedFactSchema,
    contentHash: z.string(),
    stored: recordedFactSchema.optional().describe("What was said first under this version, and stands"),
    newest: z
      .int()
      .optional()
      .describe("The fact's highest version. One above that of the message tells what holds: the conflict is settled"),
  })
  .meta({ id: "FactConflict" });

export const unreadableViewSchema = z
  .strictObject({
    source: z.string(),
    deliveryId: z.string(),
    event: z.string().optional().describe("What a vendor called it"),
    body: z.string().describe("As it came"),
    reason: z.string(),
    receivedAt: z.string(),
    mendedAt: z.string().optional().describe("When it was replayed, and all that it says was taken"),
  })
  .meta({ id: "UnreadableDelivery" });

export const rejectedViewSchema = z
  .strictObject({
    source: z.string(),
    rowId: z.string().describe("SHA-256 of what it said"),
    message: z.string().describe("What it said, as JSON"),
    reason: z.string(),
    receivedAt: z.string(),
    occurredAt: z.string().optional().describe("When it says that it occurred, where that can be read"),
    mendedAt: z.string().optional().describe("When it was read after all, and became a fact"),
  })
  .meta({ id: "RejectedMessage" });

/** How much of a source's inbox waits for somebody. */
export const inboxCountSchema = z
  .strictObject({
    source: z.string(),
    conflicts: z.int().min(0).describe("Messages that contradict a stored version, until a higher one is stored"),
    rejected: z.int().min(0).describe("Refused messages that were not read after all"),
    unreadable: z.int().min(0).describe("Deliveries that were kept and not taken since"),
    hasMore: z.boolean().describe("So much is kept that only its beginning was looked at: there can be more"),
  })
  .meta({ id: "InboxCount" });

export const FACTS_PER_BATCH = 500;

/** Read item by item, so that a bad message does not cost the good ones. */
export const factBatchSchema = z.strictObject({ facts: z.array(z.unknown()).min(1).max(FACTS_PER_BATCH) });
