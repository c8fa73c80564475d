import * as z from "zod";
import { slugSchema } from "./ids.ts";

/**
 * Derived data: what the workers compute from facts for boards. All of it can be dropped and rebuilt to the same bytes.
 * Values are integers at the measure's scale (minor units of money, millionths of a quantity, whole counts).
 */

/**
 * Where a credit lies: the unit that it rolls up from (of a score or evidence about a unit, that unit), `-` where it rolls up
 * nowhere (an overlay; a seller who belonged to no unit when the sale occurred), and a shard that spreads a busy unit.
 */
export const placeSchema = z.strictObject({ leaf: z.union([slugSchema, z.literal("-")]), shard: z.int().min(0) });
export type Place = z.infer<typeof placeSchema>;

/**
 * What one fact means in one campaign for one of those it is credited to. A function of the fact's newest version and of the campaign's epoch, so it is
 * written only over a smaller (epoch, version); withdrawn, never deleted.
 */
export const creditSchema = z.strictObject({
  campaign: slugSchema,
  place: placeSchema,
  participantId: z.string().describe("A participant, or the unit that a score or evidence is about"),
  fact: z.string().describe("Fact key"),
  epoch: z.int(),
  version: z.int(),
  outcome: z.enum(["counted", "notCounted", "withdrawn"]),
  reason: z.string().optional(),
  occurredAt: z.int().describe("Milliseconds since the epoch"),
  values: z.record(z.string(), z.int()).describe("By measure; empty unless counted"),
  texts: z.record(z.string(), z.string()).exactOptional().describe("By `distinct` measure, what it tells apart"),
});
export type Credit = z.infer<typeof creditSchema>;

const reachedSchema = z.strictObject({ at: z.int(), fact: z.string(), value: z.int() });
export type Reached = z.infer<typeof reachedSchema>;

/**
 * One measure of one subject: its value, and when the value it has now was first reached. What is put together from
 * parts says `unknown` where the parts do not tell the value; the final reach is absent where they do not tell it, and
 * its fact is that of one of the parts.
 */
export const measuredSchema = z.strictObject({
  value: z.int(),
  facts: z.int(),
  gained: z.int().describe("A bound that adds up over parts: the running value was never above it"),
  finalReach: reachedSchema.optional(),
  lastFactAt: z.int().optional(),
  lastFact: z.string().exactOptional().describe("Of a part of a `last` measure: key of the fact it has its value from"),
  texts: z
    .array(z.tuple([z.string(), z.int()]))
    .exactOptional()
    .describe(
      "Of a part of a `distinct` measure: hash of each text and when it first occurred; absent where they are too many to keep",
    ),
  unknown: z.literal(true).exactOptional().describe("The parts do not tell the value; what stands there is not it"),
});
export type Measured = z.infer<typeof measuredSchema>;

/** A participant's progress inside one place. Totals have many sources: written only if `seq` is still the one that was read before them. */
export const participantProgressSchema = z.strictObject({
  campaign: slugSchema,
  place: placeSchema,
  participantId: z.string(),
  seq: z.int().min(1),
  measures: z.record(z.string(), measuredSchema),
  reaches: z
    .record(z.string(), reachedSchema)
    .exactOptional()
    .describe("By `measure@threshold`, in what lies here: when the thresholds of races of people were reached"),
});
export type ParticipantProgress = z.infer<typeof participantProgressSchema>;

/** A place's total over its participants. Its instants are the latest of theirs: exact while no sale is negative. */
export const placeTotalSchema = z.strictObject({
  campaign: slugSchema,
  place: placeSchema,
  seq: z.int().min(1),
  measures: z.record(z.string(), measuredSchema),
});
export type PlaceTotal = z.infer<typeof placeTotalSchema>;

/** When a unit reached the thresholds of its races so far, by `measure@threshold`. */
export const unitReachSchema = z.strictObject({
  campaign: slugSchema,
  unit: slugSchema,
  seq: z.int().min(1),
  reaches: z.record(z.string(), reachedSchema),
});
export type UnitReach = z.infer<typeof unitReachSchema>;

/** A reward's people of one place: all that a board of everybody needs to know of them. */
const placeBoardSchema = z.strictObject({
  people: z.int().min(0).describe("Who took part or could"),
  ranked: z.int().min(0).describe("Who takes a place, if the units above pass their gates"),
  kept: z.int().min(0).describe("How many of them are kept: the first of `best`, in order"),
  best: z
    .array(
      z.strictObject({
        participantId: z.string(),
        measures: z.record(z.string(), measuredSchema),
        reaches: z.record(z.string(), reachedSchema).exactOptional(),
      }),
    )
    .describe("Those who can be among the best of everybody, with what the reward asks of them"),
  buckets: z
    .array(z.tuple([z.int(), z.int()]))
    .describe("Who takes a place in a ranking: bucket of what places go by, and how many"),
  unknown: z.literal(true).exactOptional().describe("Progress does not tell the order of these people"),
});
export type PlaceBoard = z.infer<typeof placeBoardSchema>;

/** The boards of those who are at home in one place, by reward. Same rule of `seq` as of every total. */
export const placeBoardsSchema = z.strictObject({
  campaign: slugSchema,
  place: placeSchema,
  seq: z.int().min(1),
  boards: z.record(z.string(), placeBoardSchema),
});
export type PlaceBoards = z.infer<typeof placeBoardsSchema>;

/** A fact that is stored but cannot be used yet; replayed when its cause is mended. */
export const heldFactSchema = z.strictObject({
  source: slugSchema,
  externalId: z.string(),
  version: z.int(),
  participantId: z.string(),
  reason: z.enum(["unknown-participant", "unknown-currency"]),
  message: z.string(),
  recordedAt: z.string(),
});
export type HeldFact = z.infer<typeof heldFactSchema>;

/** A fact that changed after the cut-off of the posted run: the reason for an adjustment. */
export const lateChangeSchema = z.strictObject({
  campaign: slugSchema,
  fact: z.string(),
  version: z.int(),
  recordedAt: z.string(),
});
export type LateChange = z.infer<typeof lateChangeSchema>;

/** How much has changed since what is posted. */
export const lateChangesSchema = z.strictObject({
  campaign: slugSchema,
  since: z.string().optional().describe("Cut-off of the newest posted run; absent while none is posted"),
  count: z.int().min(0).max(1000).describe("Versions of facts that became known since; 1,000 at most"),
  isMore: z.boolean().describe("There are more than `count`"),
  firstRecordedAt: z.string().optional().describe("When the first of them became known"),
});
export type LateChanges = z.infer<typeof lateChangesSchema>;
