import * as z from "zod";
import { campaignSchema, keptLiabilitySchema, planVersionSchema } from "#domain/campaign.ts";
import { planSchema } from "#domain/plan/plan.ts";
import { problemSchema } from "#domain/problem.ts";
import { runFiguresSchema } from "#domain/run.ts";

/** A plan as people write it: fields that have a default may be left out. */
export const planInputSchema = planSchema.meta({ id: "Plan" });

/** The YAML that somebody wrote; it says what the plan beside it says. */
const planTextSchema = z.string().optional();

export const campaignViewSchema = z
  .strictObject({
    ...campaignSchema.shape,
    draft: planInputSchema,
    text: planTextSchema.describe(
      "With `text=true`: the draft as it was written, comments and all; absent where it was not sent as YAML, or is longer than 64 kB",
    ),
  })
  .meta({ id: "Campaign" });

/** What a campaign's newest computed run that stands came to: what is kept for lists. */
const newestRunSchema = z.strictObject(runFiguresSchema.shape).meta({ id: "NewestRun" });

export const campaignSummarySchema = z
  .strictObject({
    ...campaignSchema.pick({
      id: true,
      state: true,
      revision: true,
      latestVersion: true,
      activeVersion: true,
      createdBy: true,
      createdAt: true,
      finalAsOf: true,
    }).shape,
    name: planSchema.shape.name,
    period: planSchema.shape.period,
    currency: planSchema.shape.currency,
    names: planSchema.shape.names.describe("What budgets and rewards below are called; what has no name is missing"),
    liability: keptLiabilitySchema
      .optional()
      .describe("The most that the version in force can ever pay; absent before one is in force"),
    newestRun: newestRunSchema
      .optional()
      .describe(
        "What the newest computed run that was neither rejected nor failed pays and uses of each budget; absent where there is none, and for the administrator",
      ),
  })
  .meta({ id: "CampaignSummary" });

export const versionViewSchema = z
  .strictObject({
    ...planVersionSchema.shape,
    plan: planInputSchema,
    text: planTextSchema.describe("With `text=true`: as its draft was written when it was published"),
  })
  .meta({ id: "PlanVersion" });

export const versionSummarySchema = planVersionSchema.omit({ plan: true }).meta({ id: "PlanVersionSummary" });

/** Something unwise in a valid plan: where, with numbers, and how to mend it. */
const findingSchema = z
  .strictObject({
    ...problemSchema.shape,
    severity: z.enum(["blocks", "warns"]).describe("`blocks`: a version with it cannot be activated"),
    mend: z.string().describe("A proposed correction"),
  })
  .meta({ id: "Finding" });

/** What a check of a plan says. A plan without problems can be published; findings are for a person to judge. */
export const planReportSchema = z
  .strictObject({
    valid: z.boolean(),
    problems: z.array(problemSchema).describe("What must be mended before the plan can be published"),
    findings: z
      .array(findingSchema)
      .describe(
        "What is unwise, by the plan alone: a person should look at it before publishing; what blocks comes first",
      ),
    planHash: z.string().optional().describe("SHA-256 of the plan's canonical JSON, as a published version carries it"),
    maximumLiability: z
      .strictObject({
        currency: z.string(),
        byReward: z.array(
          z.strictObject({
            reward: z.string(),
            amount: z.string().optional().describe("The most it can cost; absent when nothing bounds it"),
            unboundedBecause: z.string().optional(),
          }),
        ),
        bounded: z.string().describe("Sum over the rewards that have a bound"),
        total: z.string().optional().describe("The whole plan; absent when a reward has no bound"),
      })
      .optional()
      .describe("The most the plan can ever pay; absent while the plan has problems"),
  })
  .meta({ id: "PlanReport" });
