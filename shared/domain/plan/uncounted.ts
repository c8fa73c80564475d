import * as z from "zod";
import { slugSchema } from "../ids.ts";
import { instantOf, parseInstant } from "../instant.ts";
import type { Problem } from "../problem.ts";

const instantSchema = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, "use an ISO 8601 instant with an offset")
  .meta({ examples: ["2018-06-01T00:00:00.000Z"] });

/**
 * What does not count, whatever it says: what occurred in a stretch of time, of everybody or of who is outside some units. It is what
 * pilots and pauses are made of; a plan can name its own, such as the days of a stocktaking.
 */
export const uncountedSchema = z.strictObject({
  id: slugSchema.describe("The reason that is told"),
  from: instantSchema.optional().describe("Inclusive; absent: from the beginning"),
  until: instantSchema.optional().describe("Exclusive; absent: to the end"),
  outside: z
    .array(slugSchema)
    .min(1)
    .optional()
    .describe(
      "Only what is credited outside these units, with all below, at the time it occurred; absent: everybody's",
    ),
});
export type Uncounted = z.infer<typeof uncountedSchema>;

/** One of them with its instants; a side that is open is infinite. */
export interface UncountedStretch {
  readonly id: string;
  readonly from: number;
  readonly until: number;
  readonly outside: readonly string[] | undefined;
}

export function uncountedStretches(uncounted: readonly Uncounted[] = []): UncountedStretch[] {
  return uncounted.map(({ id, from, until, outside }) => ({
    id,
    from: from === undefined ? Number.NEGATIVE_INFINITY : instantOf(from),
    until: until === undefined ? Number.POSITIVE_INFINITY : instantOf(until),
    outside,
  }));
}

export function isInStretch({ from, until }: Pick<UncountedStretch, "from" | "until">, instant: number): boolean {
  return from <= instant && instant < until;
}

/** A stretch that ends before it begins leaves nothing out, which nobody means. */
export function uncountedProblems(uncounted: readonly Uncounted[] = []): Problem[] {
  return uncountedStretches(uncounted).flatMap(({ from, until }, index): Problem[] => {
    if (from < until) return [];
    const seen = uncounted[index]?.until ?? "";
    const allowed = `later than ${uncounted[index]?.from ?? ""}`;
    const path = `/uncounted/${index}/until`;
    return [{ code: "empty-stretch", path, message: "it ends no later than it begins", seen, allowed }];
  });
}
