import * as z from "zod";

/** What of a campaign's credits is computed anew: none, those of some people, all. */
const CREDIT_SCOPES = ["none", "people", "all"] as const;
/** What of its totals is brought up to date after that: when units reached thresholds, what some people have a part in, all. */
const TOTALS_SCOPES = ["reaches", "people", "all"] as const;

export type CreditScope = (typeof CREDIT_SCOPES)[number];
export type TotalsScope = (typeof TOTALS_SCOPES)[number];

/** What is still to be computed anew in a campaign, and why. Written together with the epoch; gone when all of it is done. */
export const recreditSchema = z.strictObject({
  epoch: z.int().describe("Another epoch than the campaign's: whoever raised it did not say what changed, so all did"),
  credits: z.enum(CREDIT_SCOPES),
  totals: z.enum(TOTALS_SCOPES),
  since: z.int().describe("Totals were last complete at this epoch: people who were affected later are looked at"),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
export type Recredit = z.infer<typeof recreditSchema>;

/** Somebody whose credits may have changed, and the leaf units in which they may lie: before the change and after it. */
const affectedSchema = z.strictObject({ id: z.string(), leaves: z.array(z.string()) });
export type Affected = z.infer<typeof affectedSchema>;

/**
 * Whose credits an epoch computes anew. Never changed and never deleted: when the epoch is complete, credits that these
 * people have of older epochs no longer count, wherever they lie.
 */
export const affectedPeopleSchema = z.strictObject({
  campaign: z.string(),
  epoch: z.int().min(1),
  who: z.array(affectedSchema),
});
export type AffectedPeople = z.infer<typeof affectedPeopleSchema>;

/** The job that does it, as it began. One a campaign: that of a newer epoch replaces it. */
export const rebuildJobSchema = z.strictObject({
  campaign: z.string(),
  epoch: z.int(),
  seq: z.int().min(1),
  attempt: z.int().min(1).describe("Which execution is at work: one that has done much hands over to the next"),
  ...recreditSchema.pick({ credits: true, totals: true, since: true, reason: true, by: true }).shape,
  segments: z.int().min(0).describe("Disjoint parts of all facts that are read side by side"),
  about: z.int().min(0).describe("How many versions of facts, or people, there are to look at: about so many"),
  startedAt: z.string(),
  handedOver: z.boolean().describe("The execution before has ended; the next is to be started"),
  finishedAt: z.string().exactOptional(),
});
export type RebuildJob = z.infer<typeof rebuildJobSchema>;

/** How far one part of a job is. Whoever goes on with it begins at its cursor. */
export const rebuildPartSchema = z.strictObject({
  campaign: z.string(),
  epoch: z.int(),
  part: z.string().describe("`credit-<number>`, `held` or `totals`"),
  seq: z.int().min(1),
  cursor: z.string().exactOptional().describe("Absent at the end"),
  seen: z.int().min(0).describe("Versions of facts that were read, or people"),
  credited: z.int().min(0).describe("Facts that were credited anew"),
  updatedAt: z.string(),
});
export type RebuildPart = z.infer<typeof rebuildPartSchema>;

/** What is told of the newest rebuild of a campaign. */
export const rebuildProgressSchema = z.strictObject({
  campaign: z.string(),
  state: z
    .enum(["never", "due", "crediting", "totals", "finished"])
    .describe("`due`: asked for, and no execution has begun with it · `totals`: every credit is done"),
  epoch: z.int(),
  rebuiltEpoch: z.int().describe("The epoch whose credits count"),
  credits: z.enum(CREDIT_SCOPES).describe("Whose credits are computed anew"),
  totals: z.enum(TOTALS_SCOPES).describe("Which totals are"),
  reason: z.string(),
  by: z.string().describe("Who changed what made it necessary"),
  startedAt: z.string().exactOptional(),
  updatedAt: z.string().exactOptional().describe("When it last got on"),
  finishedAt: z.string().exactOptional(),
  attempt: z.int().min(0),
  segments: z.strictObject({ done: z.int(), of: z.int() }),
  seen: z.int().describe("Versions of facts that were read; of some people's rebuild, people"),
  about: z.int().describe("Of about how many"),
  credited: z.int().describe("Facts that were credited anew"),
});
export type RebuildProgress = z.infer<typeof rebuildProgressSchema>;
