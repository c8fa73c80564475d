import * as z from "zod";
import { slugSchema } from "./ids.ts";
import { localizedSchema } from "./plan/parts.ts";

/**
 * How a campaign stood at one instant, as it is published to a group: units against their targets, places so far, what the budgets
 * would pay. Provisional like the boards it is made of. Names of people are those that the plan's `boards` shows.
 */

const nameSchema = z.union([z.string(), localizedSchema]);

export const bulletinRowSchema = z.strictObject({
  subject: z.string().describe("Unit, or a person as the plan shows them"),
  name: z.string(),
  value: z.string(),
  change: z.string().optional().describe("Against the bulletin before; absent of the first one"),
  rank: z.int().optional(),
  prize: z.string().optional(),
});
export type BulletinRow = z.infer<typeof bulletinRowSchema>;

export const bulletinProgressSchema = bulletinRowSchema.extend({
  targets: z.array(
    z.strictObject({
      label: slugSchema,
      value: z.string(),
      percent: z.number().describe("Cut to one decimal"),
      reached: z.boolean(),
      reachedAt: z.string().optional().describe("Where a race asks for it: ISO 8601 in the plan's zone"),
    }),
  ),
});
export type BulletinProgress = z.infer<typeof bulletinProgressSchema>;

export const bulletinSchema = z
  .strictObject({
    campaign: slugSchema,
    at: z.string().describe("ISO 8601 in the plan's zone"),
    previousAt: z.string().optional().describe("When the bulletin before was made, of the same schedule"),
    currency: z.string(),
    from: z.string().describe("The period's first instant"),
    until: z.string().describe("The instant after its last"),
    progress: z.array(
      z.strictObject({ measure: slugSchema, measureName: nameSchema, rows: z.array(bulletinProgressSchema) }),
    ),
    boards: z.array(
      z.strictObject({
        reward: slugSchema,
        rewardName: nameSchema,
        measure: slugSchema,
        measureName: nameSchema,
        rows: z.array(bulletinRowSchema),
        subjects: z.int().describe("How many take part or could; `rows` are the first of them"),
      }),
    ),
    budgets: z.array(
      z.strictObject({
        budget: slugSchema,
        amount: z.string(),
        used: z.string().optional().describe("If it ended now; absent where boards do not tell it"),
      }),
    ),
    names: z.record(z.string(), localizedSchema).describe("What the plan calls its ids"),
  })
  .meta({ id: "Bulletin" });
export type Bulletin = z.infer<typeof bulletinSchema>;
