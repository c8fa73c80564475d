import * as z from "zod";
import { slugSchema } from "./ids.ts";

/** What was found when a campaign's derived data was held against its facts. */

export const DIFFERENCE_KINDS = [
  "missing-credit",
  "superfluous-credit",
  "wrong-version",
  "wrong-value",
  "held-out-of-step",
  "total-out-of-step",
  "reach-out-of-step",
] as const;

const sumSchema = z.strictObject({
  facts: z.int().describe("What the facts say"),
  derived: z.int().describe("What the credits in force say"),
});

/** One day in the plan's zone. Facts lie on the day on which their newest version occurred. */
export const reconciledDaySchema = z.strictObject({
  day: z.string().describe("Such as 2018-05-01"),
  facts: z.int().describe("Stored facts: the sum of counted, not counted, cancelled, held and in motion"),
  counted: z.int(),
  notCounted: z.int(),
  cancelled: z.int(),
  held: z.int(),
  inMotion: z.int().describe("Recorded so recently that it may still be being credited; not compared"),
  differing: z.int().describe("Facts whose credits are not what they say"),
  conflicts: z.int().describe("Messages that contradict a stored version; kept, never applied"),
  unreadable: z
    .int()
    .describe("Deliveries that could not be understood, of all campaigns, on the day they were received"),
  rejected: z
    .int()
    .default(0)
    .describe(
      "Messages that were refused, kept with their reason and not read since; of all campaigns, on the day on which they say that it occurred, or else on which they came. What came is facts + conflicts + rejected",
    ),
  credits: sumSchema.describe("How many counted credits there are"),
  sums: z.record(z.string(), sumSchema).describe("Sums of the values of counted credits, by measure"),
  changing: z.boolean().describe("Something of the day changed during the look, so the two sides may differ"),
});
export type ReconciledDay = z.infer<typeof reconciledDaySchema>;

export const findingSchema = z.strictObject({
  kind: z.enum(DIFFERENCE_KINDS),
  day: z.string().optional().describe("Absent of totals, which are of all days"),
  place: z.string().optional().describe("Of a total: the unit"),
  participantId: z.string().optional().describe("Of one participant's progress; absent of a place's total"),
  count: z.int().min(1),
  facts: z.array(z.string()).describe("Keys of the first few"),
});
export type Finding = z.infer<typeof findingSchema>;

/** What a look has come to, in short: enough to know whether it was good, and whether another is due. */
export const reconciliationRecordSchema = z.strictObject({
  campaign: slugSchema,
  id: z.string(),
  state: z
    .enum(["agrees", "differs", "superseded"])
    .describe("`superseded`: the rules changed meanwhile or a rebuild was running, so nothing was compared"),
  epoch: z.int(),
  startedAt: z.string(),
  finishedAt: z.string(),
  settledUntil: z.string().describe("Facts recorded later were in motion"),
  differences: z.int().min(0),
});
export type ReconciliationRecord = z.infer<typeof reconciliationRecordSchema>;

export const reconciliationSchema = z.strictObject({
  ...reconciliationRecordSchema.shape,
  findings: z.array(findingSchema).describe("By day and kind; at most a few hundred are kept"),
  days: z.array(reconciledDaySchema),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;
