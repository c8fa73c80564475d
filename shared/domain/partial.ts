import * as z from "zod";

/** What a settlement hands from one step to the next of the facts it has read: the words that many facts share. */

/** What a fact means beside its credits, in words that many facts share. */
const answersShape = {
  holds: z.array(z.string()).exactOptional(),
  labels: z.record(z.string(), z.string()).exactOptional(),
};

export const meaningSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("counted"), ...answersShape }),
  z.object({ outcome: z.literal("notCounted"), reason: z.string(), ...answersShape }),
  z.object({ outcome: z.literal("cancelled"), ...answersShape }),
  z.object({
    outcome: z.literal("held"),
    reason: z.enum(["unknown-participant", "unknown-currency"]),
    message: z.string(),
    subject: z.string(),
    ...answersShape,
  }),
]);
export type Meaning = z.infer<typeof meaningSchema>;

/** By index of the measure, what a `distinct` measure tells apart. */
export const textsSchema = z.record(z.string(), z.string());

/** Before the columns of a partial. */
export const partialHeaderSchema = z.strictObject({
  facts: z.int().min(0),
  credits: z.int().min(0),
  keyBytes: z.int().min(0),
  measures: z.int().min(0).nullable(),
  names: z.array(z.string()),
  meanings: z.array(meaningSchema),
  texts: z.array(textsSchema),
});
export type PartialHeader = z.infer<typeof partialHeaderSchema>;
