import * as z from "zod";
import { planSchema } from "#domain/plan/plan.ts";

/** The plan language as JSON Schema (draft 2020-12), of what people write: fields with a default may be left out. */
export function planJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(planSchema, { io: "input" });
  return { $schema, $id: "urn:laurel:plan:1", title: "Laurel plan", ...schema };
}
