import * as z from "zod";
import { slugSchema } from "./ids.ts";

/**
 * How a campaign stood when a day of its zone was over: seen then, and not computed from facts ever after. Nothing is paid by it, and nothing is
 * derived from it; when it is lost, boards tell no movement until the next day is over.
 */

const seen = {
  campaign: slugSchema,
  day: z.iso.date().describe("The day that was over, in the plan's zone"),
  seenAt: z.string().describe("When it was looked at: at the first wake-up behind midnight"),
};

/** The places of one board. Only the newest day is kept. */
export const dayBoardSchema = z.strictObject({
  ...seen,
  reward: slugSchema,
  places: z.array(z.tuple([z.string(), z.int()])).describe("The first, in order: who, and on which place"),
  ranked: z.int().describe("Who took a place"),
  buckets: z.array(z.tuple([z.int(), z.int()])).describe("Of a ranking of people: how many by what places go by"),
});
export type DayBoard = z.infer<typeof dayBoardSchema>;

/** The values of one unit. All days are kept. */
export const unitDaySchema = z.strictObject({
  ...seen,
  unit: slugSchema,
  measures: z
    .record(z.string(), z.strictObject({ value: z.int(), facts: z.int() }))
    .describe("At the measure's scale; those that were known"),
});
export type UnitDay = z.infer<typeof unitDaySchema>;
