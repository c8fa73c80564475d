import * as z from "zod";
import { COMPANY_READERS, STATEMENT_READERS } from "../access.ts";
import { examplePlan } from "../examples/plan.ts";
import { campaignParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import {
  keptSimulationViewSchema,
  simulationViewSchema,
  whatIfQuestionSchema,
  whatIfViewSchema,
} from "../views/asking-views.ts";
import { planInputSchema } from "../views/campaign-views.ts";

export const askingRoutes = {
  simulatePlan: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/simulations",
    tag: "Campaigns",
    summary: "Settle a draft on the stored facts, beside the plan in force",
    description:
      "What it would cost, against budgets and maximum liability, and who would get more or less. Nothing of the campaign changes, and nothing is stored without `keepAs`. Refused " +
      "with 409 when no version is in force (unless `alone`), or above 50,000 stored messages: this is answered at once.",
    access: COMPANY_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: none,
    body: {
      schema: z
        .strictObject({
          plan: z
            .record(z.string(), z.unknown())
            .optional()
            .describe("A plan document; without it the campaign's draft"),
          against: campaignParam.optional().describe("The campaign whose plan is in force; without it the same one"),
          shiftToPeriod: z
            .boolean()
            .default(false)
            .describe("Moves facts by whole days, from the period of the plan in force onto the draft's"),
          factsFrom: z.iso
            .date()
            .optional()
            .describe(
              "A day of past facts: they are moved by whole days so that it falls on the first day of each plan's own period. Instead of `shiftToPeriod`",
            ),
          alone: z
            .boolean()
            .default(false)
            .describe("Compares with nothing, so that no version needs to be in force: `before` is 0 everywhere"),
          everyone: z
            .boolean()
            .default(false)
            .describe("Names everybody with money under either plan, beside the ten largest differences"),
          asOf: z
            .string()
            .optional()
            .describe("Facts recorded up to and including this instant are known; without it: now, or the cut-off"),
          keepAs: z
            .uuid()
            .optional()
            .describe(
              "A new UUID, under which the caller can read how far it is while it is answered, and for a week what came of it",
            ),
        })
        .meta({ id: "SimulationRequest" }),
      documented: z.strictObject({
        plan: planInputSchema.optional(),
        against: campaignParam.optional(),
        shiftToPeriod: z.boolean().optional(),
        factsFrom: z.iso.date().optional(),
        alone: z.boolean().optional(),
        everyone: z.boolean().optional(),
        asOf: z.string().optional(),
        keepAs: z.uuid().optional(),
      }),
      media: ["application/json"],
      example: { plan: examplePlan, shiftToPeriod: false },
    },
    success: { status: 200, description: "The comparison", schema: simulationViewSchema },
    refusals: ["notFound", "conflict"],
  }),

  getSimulation: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/simulations/{simulation}",
    tag: "Campaigns",
    summary: "Read how far a simulation is, and what came of it",
    description: "One's own, that was asked for with `keepAs`; kept for a week.",
    access: COMPANY_READERS,
    params: z.strictObject({ campaign: campaignParam, simulation: z.uuid().describe("Its `keepAs`") }),
    query: none,
    body: noBody,
    success: { status: 200, description: "The simulation", schema: keptSimulationViewSchema },
    refusals: ["notFound"],
  }),

  askWhatIf: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/what-if",
    tag: "Statements",
    summary: "Ask what a person would get with more sales",
    description:
      "Rank and amount before and after, for every reward, by the engine that settles; and what would be needed for the next step. " +
      "A seller asks about themself, a branch manager about their own people. Nothing is stored. Refused with 409 as a simulation is.",
    access: STATEMENT_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: none,
    body: {
      schema: whatIfQuestionSchema,
      media: ["application/json"],
      example: { participantId: "a-nanchang-001", sales: 3, amount: "500.00", at: "2026-03-20T12:00" },
    },
    success: { status: 200, description: "Before and after", schema: whatIfViewSchema },
    refusals: ["notFound", "conflict"],
  }),
};
