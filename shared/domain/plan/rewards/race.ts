import * as z from "zod";
import { slugSchema } from "../../ids.ts";
import { prizesSchema, rewardHeaderShape } from "../parts.ts";

/**
 * The first subjects to reach a target win, in the order of their reach instants (facts of one instant: by fact key).
 * Places that the first target leaves open are filled by those who reached the next one, in its own reach order.
 */
export const raceSchema = z.strictObject({
  kind: z.literal("race"),
  ...rewardHeaderShape,
  targets: z
    .array(slugSchema)
    .min(1)
    .describe("Labels of the targets table, the decisive one first, then its fallbacks"),
  prizes: prizesSchema,
});
export type RaceReward = z.infer<typeof raceSchema>;
