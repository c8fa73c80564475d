import * as z from "zod";
import { reconciliationSchema } from "#domain/reconciliation.ts";
import { PLATFORM_READERS, RECONCILERS } from "../access.ts";
import { campaignParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";

const campaignParams = z.strictObject({ campaign: campaignParam });

const requestedSchema = z
  .strictObject({ campaign: z.string(), id: z.string().describe("Names the look; its report carries it") })
  .meta({ id: "ReconciliationRequest" });

export const reconciliationRoutes = {
  requestReconciliation: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/reconciliations",
    tag: "Service",
    summary: "Hold derived data against the facts",
    description:
      "Every stored fact of the campaign's days must have ended in one outcome, and credits, progress and totals must be what the facts say. It runs each day by itself, from 4 in the morning in the plan's zone; asking again within a minute asks for the same. It changes nothing",
    access: RECONCILERS,
    params: campaignParams,
    query: none,
    body: noBody,
    success: {
      status: 202,
      description: "Under way; read the latest report to see what it found",
      schema: requestedSchema,
      location: true,
    },
    refusals: ["notFound", "conflict"],
  }),

  getReconciliation: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/reconciliations/latest",
    tag: "Service",
    summary: "Read the latest report",
    description: "By day: facts by outcome, counted credits and sums by measure on both sides, and what differs",
    access: PLATFORM_READERS,
    params: campaignParams,
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "What the newest look that is over has found",
      schema: reconciliationSchema.meta({ id: "Reconciliation" }),
    },
    refusals: ["notFound"],
  }),
};
