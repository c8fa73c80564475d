import * as z from "zod";
import { DELIVERY_OUTCOMES, deliveryMinuteSchema } from "#domain/delivery.ts";
import { checkSource, expectedSchema, mappingSchema, sourceShape } from "#domain/source.ts";

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
