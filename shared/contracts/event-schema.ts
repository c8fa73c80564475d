import * as z from "zod";
import { eventSchema } from "#domain/event.ts";
import { nameSchemas } from "./schema-names.ts";

/** The events that others are told, as JSON Schema (draft 2020-12): an EventBridge detail, and but for `at`, which is `timestamp` there, a webhook's body. */
export function eventJsonSchema(): Record<string, unknown> {
  nameSchemas();
  const { $schema, ...schema } = z.toJSONSchema(eventSchema);
  return { $schema, $id: "urn:laurel:event:1", title: "Laurel event", ...schema };
}
