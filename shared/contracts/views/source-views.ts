import * as z from "zod";
import { DELIVERY_OUTCOMES, deliveryMinuteSchema } from "#domain/delivery.ts";
import { problemSchema } from "#domain/problem.ts";
import { checkSource, expectedSchema, mappingSchema, sourceShape, VENDORS } from "#domain/source.ts";

const { source: _, ...settingsShape } = sourceShape;

/** A source without its name, which stands in the path. */
export const sourceSettingsSchema = z
  .strictObject(settingsShape)
  .superRefine(checkSource)
  .meta({ id: "SourceSettings" });

/** What is to change; what is left out stays. */
export const sourceChangesSchema = z
  .strictObject({
    name: settingsShape.name.optional(),
    secretNames: settingsShape.secretNames.optional(),
    mapping: mappingSchema.nullable().optional(),
    expected: expectedSchema.nullable().optional().describe("null: it may be silent"),
  })
  .meta({ id: "SourceChanges" });

/** A mapping, and a message to try it on. */
export const mappingTrialSchema = z
  .strictObject({
    kind: z.enum(VENDORS),
    mapping: mappingSchema,
    event: z.string().max(128).default("").describe("As the vendor names it in a header: Shopify and WooCommerce do"),
    body: z.string().min(1).max(200_000).describe("The message, as the vendor sends it"),
  })
  .superRefine(checkSource)
  .meta({ id: "MappingTrial" });

export const mappingPreviewSchema = z
  .strictObject({
    outcome: z
      .enum(["sales", "gone", "ignored", "fetch", "unreadable"])
      .describe(
        "`sales`: these facts · `gone`: the order is undone · `ignored`: says nothing of a sale · `fetch`: the vendor would be asked, which a preview does not do · `unreadable`: see `problems`",
      ),
    about: z.string().optional().describe("Which order it is about, what would be asked for, or why it says nothing"),
    facts: z.array(
      z.strictObject({
        externalId: z.string(),
        message: z.record(z.string(), z.json()),
        problems: z.array(problemSchema).describe("Why it would be refused"),
      }),
    ),
    problems: z.array(problemSchema),
  })
  .meta({ id: "MappingPreview" });

export const deliveryMinuteViewSchema = deliveryMinuteSchema
  .omit({ instance: true, expiresAt: true })
  .meta({ id: "DeliveryMinute" });

const countsShape = Object.fromEntries(DELIVERY_OUTCOMES.map((outcome) => [outcome, z.int().min(0)]));

export const sourceHealthSchema = z
  .strictObject({
    source: z.string(),
    counts: z.strictObject(countsShape).describe("Of the last 24 hours"),
    lastHeardAt: z.string().optional().describe("When a delivery that somebody vouches for came last"),
    silent: z.boolean().describe("It is expected to speak and has not"),
    gaps: z
      .array(z.strictObject({ first: z.int(), last: z.int() }))
      .describe("Numbers that the source has left out among those that it gave its deliveries"),
  })
  .meta({ id: "SourceHealth" });
