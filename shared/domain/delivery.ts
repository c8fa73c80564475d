import * as z from "zod";
import { slugSchema } from "./ids.ts";

/** What becomes of a delivery. */
export const DELIVERY_OUTCOMES = [
  "stored",
  "duplicate",
  "held",
  "conflict",
  "rejected",
  "ignored",
  "waiting",
  "unauthenticated",
] as const;
export const deliveryOutcomeSchema = z
  .enum(DELIVERY_OUTCOMES)
  .describe(
    "`stored`: facts are kept · `duplicate`: all it says was known · `held`: kept, and nobody can use it yet · `conflict`: contradicts what is stored · `rejected`: cannot be understood, kept whole · `ignored`: says nothing of a sale · `waiting`: the vendor must be asked and has not answered; kept whole · `unauthenticated`: nobody vouches for it; only counted",
  );
export type DeliveryOutcome = z.infer<typeof deliveryOutcomeSchema>;

export const deliveryEntrySchema = z.strictObject({
  at: z.string(),
  deliveryId: z.string(),
  event: z.string().describe("As the vendor calls it"),
  outcome: deliveryOutcomeSchema,
  facts: z.array(z.string()).describe("The first few, as `source#externalId`"),
  count: z.int().min(0).describe("Facts that it said something of"),
  message: z.string().optional(),
  kept: z.boolean().describe("The body is kept and can be replayed"),
});
export type DeliveryEntry = z.infer<typeof deliveryEntrySchema>;

const countsShape = Object.fromEntries(DELIVERY_OUTCOMES.map((outcome) => [outcome, z.int().min(0).optional()]));

/** Deliveries of one source in one minute, as one function instance saw them. */
export const deliveryMinuteSchema = z.strictObject({
  source: slugSchema,
  /** The minute's first instant. */
  minute: z.string(),
  instance: z.string().regex(/^[0-9a-f]{8}$/),
  /** All of them, by outcome. */
  counts: z.strictObject(countsShape),
  /** The last of them. */
  entries: z.array(deliveryEntrySchema),
  /** Numbers that the source gave its deliveries, as ranges of first and last. */
  sequences: z.array(z.tuple([z.int(), z.int()])),
  /** Seconds since the epoch; after that it may be gone. */
  expiresAt: z.int(),
});
export type DeliveryMinute = z.infer<typeof deliveryMinuteSchema>;

export type Range = readonly [first: number, last: number];

/** Ranges in order, those that touch as one. */
export function joinRanges(ranges: readonly Range[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const before = joined.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** What is missing between ranges. */
export function gapsBetween(ranges: readonly Range[]): [number, number][] {
  const joined = joinRanges(ranges);
  return joined.slice(1).map(([first], index) => [(joined[index]?.[1] ?? 0) + 1, first - 1]);
}
