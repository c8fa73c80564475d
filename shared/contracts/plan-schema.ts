import * as z from "zod";
import { planSchema } from "#domain/plan/plan.ts";
import { nameSchemas } from "./schema-names.ts";

/** The plan language as JSON Schema (draft 2020-12), of what people write: fields with a default may be left out. */
export function planJsonSchema(): Record<string, unknown> {
  nameSchemas();
  const { $schema, ...schema } = z.toJSONSchema(planSchema, { io: "input" });
  return { $schema, $id: "urn:laurel:plan:1", title: "Laurel plan", ...schema };
}
