import * as z from "zod";
import { slugSchema } from "./ids.ts";
import { disputeRulesSchema } from "./plan/dispute-rules.ts";
import { localizedSchema } from "./plan/parts.ts";
import { boardPolicySchema, periodSchema } from "./plan/plan.ts";

/** What whoever takes part may know of a campaign: what it and its parts are called, and until when it runs. No rule of pay. */

const stateSchema = z.enum(["active", "settled", "archived"]);

export const myCampaignSchema = z.strictObject({
  campaign: slugSchema,
  name: localizedSchema,
  state: stateSchema,
  period: periodSchema,
  currency: z.string(),
  places: z.array(slugSchema).describe("The rewards that people compete for: `getBoardPlace` tells the own place"),
});
export type MyCampaign = z.infer<typeof myCampaignSchema>;

export const campaignAboutSchema = z.strictObject({
  campaign: slugSchema,
  name: localizedSchema,
  state: stateSchema,
  period: periodSchema,
  lateUntil: z.string().describe("The instant until which late facts still enter the final run"),
  currency: z.string(),
  boards: boardPolicySchema.describe("What sellers see of each other; `hidden` where the plan does not say"),
  disputes: disputeRulesSchema.optional().describe("Absent: nobody can question a line"),
  measures: z.array(z.strictObject({ id: slugSchema, name: localizedSchema.optional(), isRatio: z.boolean() })),
  rewards: z.array(
    z.strictObject({
      id: slugSchema,
      name: localizedSchema.optional(),
      kind: z.string(),
      paysIn: z.string().describe("The currency, or `item:…`, `points:…`, `honour:…`"),
      hasBoard: z.boolean().describe("People or units compete for it"),
    }),
  ),
  names: z.record(slugSchema, localizedSchema).describe("Of labels, levels, roles, windows and what else has an id"),
});
export type CampaignAbout = z.infer<typeof campaignAboutSchema>;
