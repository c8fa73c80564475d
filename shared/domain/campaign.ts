import * as z from "zod";
import { conductSchema } from "./conduct.ts";
import { evaluationNoteSchema } from "./evaluation.ts";
import { slugSchema } from "./ids.ts";
import { planSchema } from "./plan/plan.ts";
import { recreditSchema } from "./rebuild.ts";
import { checkSource, sourceShape } from "./source.ts";

/** More places than this would cost more to add up than they spare. */
export const MOST_SHARDS = 1024;

/**
 * How a campaign's derived data is spread. Changed together with the epoch only: the rebuild of that epoch moves everything
 * to where it lies from then on. Without it a unit is one place, and boards are put together when they are read.
 */
export const spreadSchema = z.strictObject({
  shards: z
    .record(z.string(), z.int().min(1).max(MOST_SHARDS))
    .describe("By leaf unit, a power of two; a unit that is not named has one. `-` is where nothing rolls up"),
  keepsBoards: z.boolean().describe("Workers keep the best of each place and a histogram: there are many people"),
});
export type Spread = z.infer<typeof spreadSchema>;

/** The most that a version of a plan can ever pay, as it was known when the version came into force. */
export const keptLiabilitySchema = z.strictObject({
  version: z.int().min(1).describe("Of this version's own plan; a pilot, a pause or a stop only makes it less"),
  currency: z.string(),
  bounded: z.string().describe("Sum over the rewards that have a bound"),
  total: z.string().exactOptional().describe("The whole plan; absent when a reward has no bound"),
  unbounded: z
    .array(z.strictObject({ reward: z.string(), because: z.string() }))
    .describe("Rewards that nothing bounds, and why; none when there is a total"),
});
export type KeptLiability = z.infer<typeof keptLiabilitySchema>;

/**
 * A campaign is the life of a plan: a draft that is edited, versions that are published and never change, one of them
 * active. `revision` rises with each change, of people or of workers, and is the copy's mark for `If-Match`.
 */
export const campaignSchema = z.strictObject({
  id: slugSchema,
  state: z.enum(["draft", "active", "settled", "archived"]),
  revision: z.int().min(1),
  draft: planSchema,
  draftRevision: z
    .int()
    .min(1)
    .exactOptional()
    .describe(
      "The revision with which the draft was last edited or published: copies read since then are of the newest draft. Absent on older records",
    ),
  editedBy: z.array(z.string()).exactOptional().describe("Who wrote the draft since the newest version"),
  latestVersion: z.int().min(0).describe("0: nothing published yet"),
  activeVersion: z.int().min(1).optional(),
  liability: keptLiabilitySchema
    .exactOptional()
    .describe("Kept when a version comes into force, so that a list need not read every plan; absent on older records"),
  epoch: z.int().min(0).describe("Rises when plan version, people, organisation or targets change what credits mean"),
  rebuiltEpoch: z
    .int()
    .min(0)
    .describe("The epoch whose re-crediting is complete; behind `epoch` while a rebuild is due"),
  countsFrom: z
    .int()
    .exactOptional()
    .describe(
      "Credits of older epochs do not count: the last epoch that credited everything anew; else `rebuiltEpoch`",
    ),
  changedEpoch: z
    .int()
    .exactOptional()
    .describe("The newest epoch that may change what is paid, where `epoch` is one that does not"),
  recredit: recreditSchema.exactOptional(),
  spread: spreadSchema.exactOptional(),
  conduct: conductSchema.exactOptional().describe("Pilot, pauses and stop; absent: it runs as its plan says"),
  evaluations: z.array(evaluationNoteSchema).exactOptional().describe("Made by themselves when their time had come"),
  createdBy: z.string(),
  createdAt: z.string(),
  activatedBy: z.string().optional(),
  activatedAt: z.string().optional(),
  finalAsOf: z.string().optional().describe("Cut-off of the newest posted run; later facts call for an adjustment"),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** A longer text is not kept: what it says is. */
export const PLAN_TEXT_BYTES_MAX = 65_536;

/** A draft's YAML as somebody wrote it. It counts only while the draft has this hash: it never says anything else than the draft. */
export const draftTextSchema = z.strictObject({
  campaign: slugSchema,
  revision: z.int().min(1).describe("The campaign's, with which it was written"),
  planHash: z.string().describe("Of the plan that the text says"),
  text: z.string(),
});
export type DraftText = z.infer<typeof draftTextSchema>;

export const planVersionSchema = z.strictObject({
  campaign: slugSchema,
  version: z.int().min(1),
  plan: planSchema,
  planHash: z.string(),
  publishedBy: z.string(),
  publishedAt: z.string(),
  editedBy: z
    .array(z.string())
    .exactOptional()
    .describe("Who wrote the draft since the version before; with who published it they cannot approve it"),
});
export type PlanVersion = z.infer<typeof planVersionSchema>;

/** A registered source of facts; see `source.ts`. */
export const sourceSchema = z.strictObject(sourceShape).superRefine(checkSource);
export type Source = z.infer<typeof sourceSchema>;
