import * as z from "zod";
import { APPROVAL_KINDS } from "./approval.ts";
import { bulletinSchema } from "./bulletin.ts";
import { slugSchema } from "./ids.ts";
import { localizedSchema } from "./plan/parts.ts";
import { RUN_KINDS } from "./run.ts";

/**
 * What others are told has happened. Receivers are told at least once and know repeats by `id`. No event holds what a person is paid,
 * and none holds a name of a person but those who acted.
 */
export const EVENT_TYPES = [
  "campaign.activated",
  "campaign.final",
  "target.reached",
  "approval.requested",
  "run.approved",
  "run.rejected",
  "run.failed",
  "run.paid",
  "dispute.opened",
  "dispute.answered",
  "dispute.closed",
  "reconciliation.differs",
  "source.silent",
  "bulletin.published",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

const head = {
  id: z.string().min(1).max(512).describe("The same event has the same id, however often it is told"),
  at: z.string().describe("When it happened, ISO 8601"),
  campaign: slugSchema.optional().describe("Absent where it is no one campaign's"),
  campaignName: z.union([z.string(), localizedSchema]).optional(),
};

const runData = z.strictObject({
  runId: z.string(),
  kind: z.enum(RUN_KINDS),
  by: z.string().optional().describe("Who decided"),
  reason: z.string().optional(),
});
const disputeData = z.strictObject({ dispute: z.string(), state: z.string() });

const event = <T extends EventType, D extends z.ZodType>(type: T, data: D) =>
  z.strictObject({ ...head, type: z.literal(type), data });

export const eventSchema = z
  .discriminatedUnion("type", [
    event("campaign.activated", z.strictObject({ version: z.int().min(1), by: z.string() })),
    event("campaign.final", z.strictObject({ asOf: z.string().describe("Cut-off of the posted run") })),
    event(
      "target.reached",
      z.strictObject({
        unit: slugSchema,
        unitName: z.string(),
        measure: slugSchema,
        measureName: z.union([z.string(), localizedSchema]),
        target: slugSchema,
        targetName: z.union([z.string(), localizedSchema]).optional(),
        threshold: z.string(),
        value: z.string().describe("When it was noticed; provisional"),
        reachedAt: z.string().optional().describe("Known where a race asks for it; `at` is when it was noticed"),
      }),
    ),
    event(
      "approval.requested",
      z.strictObject({
        approval: z.string().describe("Id of the request, or of the run"),
        kind: z.enum([...APPROVAL_KINDS, "run"]),
        by: z.string(),
        reason: z.string().optional(),
      }),
    ),
    event("run.approved", runData),
    event("run.rejected", runData),
    event("run.failed", runData),
    event("run.paid", runData),
    event("dispute.opened", disputeData),
    event("dispute.answered", disputeData),
    event("dispute.closed", disputeData),
    event("reconciliation.differs", z.strictObject({ report: z.string(), differences: z.int().min(1) })),
    event(
      "source.silent",
      z.strictObject({ source: slugSchema, everyMinutes: z.int(), lastHeardAt: z.string().optional() }),
    ),
    event("bulletin.published", bulletinSchema),
  ])
  .meta({ id: "OutwardEvent" });
export type OutwardEvent = z.infer<typeof eventSchema>;
export type EventOf<T extends EventType> = Extract<OutwardEvent, { type: T }>;

/** An event as it is kept: `told` once every channel that wants it has its message. */
export const keptEventSchema = z.strictObject({
  scope: z.string().describe("The campaign; `bulletins.<campaign>` of bulletins; `company`"),
  revision: z.int().min(1),
  told: z.boolean(),
  event: eventSchema,
});
export type KeptEvent = z.infer<typeof keptEventSchema>;

export const COMPANY_SCOPE = "_company";

export function bulletinScope(campaign: string): string {
  return `_bulletins.${campaign}`;
}

export function eventScope({ type, campaign }: Pick<OutwardEvent, "type" | "campaign">): string {
  if (campaign === undefined) return COMPANY_SCOPE;
  return type === "bulletin.published" ? bulletinScope(campaign) : campaign;
}
