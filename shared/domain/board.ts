import * as z from "zod";
import { slugSchema } from "./ids.ts";

/**
 * Boards: how a campaign stands while it runs. Always provisional: late facts and cancellations can still move every
 * figure. Values are decimal texts of the measure, instants ISO 8601 in the plan's zone.
 */

export const boardRowSchema = z.strictObject({
  subject: z.string(),
  name: z.string(),
  value: z.string().describe("Of a ratio `0.875`, or `1/3` where its decimals do not end; 0 over nothing"),
  rank: z.int().optional().describe("Place so far; absent for those that take no place yet"),
  before: z.int().optional().describe("Place at the end of the day that `since` names; absent where none was kept"),
  prize: z.string().optional().describe("What the place would win, before any split"),
  target: z.string().optional().describe("In a race: the target that was reached"),
  reachedAt: z.string().optional(),
  state: z.enum(["winning", "placed", "notYet"]),
  reason: z.string().optional().describe("Why not yet"),
  missing: z.string().optional().describe("How much more of the measure"),
});
export type BoardRow = z.infer<typeof boardRowSchema>;

/** As it was seen then: a sale that is reported late changes no place of a day that is over. */
const sinceSchema = z.strictObject({
  day: z.string().describe("The last day of the plan's zone that is over"),
  at: z.string().describe("When places were looked at: a moment behind its end"),
});

export const boardSchema = z.strictObject({
  reward: slugSchema,
  kind: z.enum(["race", "ranking"]),
  level: slugSchema,
  measure: slugSchema,
  rows: z.array(boardRowSchema).describe("Those with a place first, in order; then the others by value"),
  subjects: z.int().describe("How many take part or could; `rows` may be cut"),
  since: sinceSchema.optional().describe("What `before` of the rows compares with; absent before a day was over"),
});
export type Board = z.infer<typeof boardSchema>;

export const progressRowSchema = z.strictObject({
  unit: slugSchema,
  name: z.string(),
  level: slugSchema,
  measure: slugSchema,
  value: z.string(),
  facts: z.int(),
  targets: z.array(
    z.strictObject({
      label: slugSchema,
      value: z.string(),
      attainment: z.string().describe("Exact fraction value/target"),
      percent: z.number().describe("The fraction, cut to one decimal, for display"),
      reached: z.boolean(),
    }),
  ),
});
export type ProgressRow = z.infer<typeof progressRowSchema>;

const whySchema = z
  .enum(["slices", "parts", "emptyRatio", "targets"])
  .describe(
    "`slices`: progress is kept for the whole campaign, and this hangs on a part of it · `parts`: put together from parts that do not tell it, as more different values than are kept · `emptyRatio`: there is nothing to compare with yet · `targets`: targets are missing or unreadable",
  );

/** What a run computes and boards leave out rather than show a wrong number. */
export const notShownSchema = z.union([
  z.strictObject({ reward: slugSchema, why: whySchema }).describe("A board"),
  z.strictObject({ unit: slugSchema, measure: slugSchema, why: whySchema }).describe("A row of `progress`"),
]);
export type NotShown = z.infer<typeof notShownSchema>;

export const boardsSchema = z.strictObject({
  campaign: slugSchema,
  provisional: z.literal(true),
  at: z.string().describe("When the boards were read"),
  rebuilding: z.boolean().describe("A change of plan, people or targets is still being worked in"),
  progress: z.array(progressRowSchema),
  boards: z.array(boardSchema),
  notShown: z.array(notShownSchema),
});
export type Boards = z.infer<typeof boardsSchema>;

/** Where one person stands on a board. */
export const ownPlaceSchema = z.strictObject({
  campaign: slugSchema,
  reward: slugSchema,
  provisional: z.literal(true),
  at: z.string(),
  rebuilding: z.boolean(),
  row: boardRowSchema.optional().describe("`rank` and `prize` where the place is exact"),
  place: z
    .strictObject({
      from: z.int().min(1),
      to: z.int().min(1),
      of: z.int().min(1).describe("Who takes a place so far"),
      isExact: z
        .boolean()
        .describe("Otherwise the place is between `from` and `to`: values within 3.2 % are counted together"),
    })
    .optional()
    .describe("Absent for those that take no place yet"),
  ahead: z
    .strictObject({
      rank: z.int(),
      missing: z
        .string()
        .describe("In what places go by: at that much more the place is shared or decided by the tie policy"),
    })
    .optional()
    .describe("The next place up, where the own is exact"),
  before: z
    .strictObject({ from: z.int().min(1), to: z.int().min(1), of: z.int().min(1), isExact: z.boolean() })
    .optional()
    .describe("The same at the end of the day that `since` names, by what had happened until then"),
  since: sinceSchema.optional(),
  why: whySchema.optional().describe("Why there is no board"),
});
export type OwnPlace = z.infer<typeof ownPlaceSchema>;

const measureDaysSchema = z.strictObject({
  measure: slugSchema,
  days: z.array(
    z.strictObject({
      day: z.string().describe("In the plan's zone; days on which nothing counted are left out"),
      value: z.string().describe("At the end of the day"),
      facts: z.int().describe("Of that day"),
    }),
  ),
});
export type MeasureDays = z.infer<typeof measureDaysSchema>;

/** How one person came to their values. Ratios have no days of their own: they are taken of two measures. */
export const trendSchema = z.strictObject({
  campaign: slugSchema,
  participantId: z.string(),
  provisional: z.literal(true),
  at: z.string(),
  rebuilding: z.boolean(),
  measures: z.array(measureDaysSchema),
});
export type Trend = z.infer<typeof trendSchema>;

/** How one unit, with all below it, came to its values. */
export const unitTrendSchema = z.strictObject({
  campaign: slugSchema,
  unit: slugSchema,
  name: z.string(),
  provisional: z.literal(true),
  at: z.string(),
  rebuilding: z.boolean(),
  by: z
    .enum(["sales", "days"])
    .describe(
      "`sales`: by when sales happened, so a correction changes the days that it is about · `days`: of a unit with more than 20,000 facts, as each day ended",
    ),
  measures: z.array(measureDaysSchema),
});
export type UnitTrend = z.infer<typeof unitTrendSchema>;

/** One unit of the organisation with all below it, as it stands. */
export const unitStandingSchema = z.strictObject({
  unit: slugSchema,
  name: z.string(),
  level: slugSchema,
  parent: slugSchema.optional().describe("Absent at the top"),
  below: z.int().describe("How many units lie directly below"),
  measures: z.array(progressRowSchema.omit({ unit: true, name: true, level: true })),
  notShown: z.array(z.strictObject({ measure: slugSchema, why: whySchema })),
});
export type UnitStanding = z.infer<typeof unitStandingSchema>;
