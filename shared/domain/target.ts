import * as z from "zod";
import { externalIdSchema, slugSchema } from "./ids.ts";

/** One cell of the targets table: what a subject is to reach in a measure. */
export const targetSchema = z.strictObject({
  subject: externalIdSchema.describe("A unit or a participant"),
  measure: slugSchema,
  label: slugSchema.describe("`start`, `budget`, …: a measure can have several targets"),
  slice: z.string().max(32).default("").describe("Empty: the whole campaign"),
  value: z.string().regex(/^\d+(\.\d+)?$/, "use a decimal that is not negative, such as 180000.00"),
});
export type Target = z.infer<typeof targetSchema>;

/** Which cell it is, whatever stands in it. */
export const targetPlaceSchema = targetSchema.omit({ value: true });
export type TargetPlace = z.infer<typeof targetPlaceSchema>;

/** One text for what a target is about. */
export function targetKey(target: TargetPlace): string {
  return [target.subject, target.measure, target.label, target.slice].join("#");
}
