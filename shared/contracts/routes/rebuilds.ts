import * as z from "zod";
import { rebuildProgressSchema } from "#domain/rebuild.ts";
import { PLATFORM_READERS, REBUILDERS } from "../access.ts";
import { campaignParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";

const campaignParams = z.strictObject({ campaign: campaignParam });

const progressSchema = rebuildProgressSchema.meta({ id: "Rebuild" });

export const rebuildRoutes = {
  requestRebuild: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/rebuild",
    tag: "Service",
    summary: "Compute derived data anew",
    description:
      "Credits, progress and totals are computed from facts again. After every change this happens by itself, for what the change affects; by hand it is needed when derived data was lost, or a rebuild has stopped. What is paid does not change by it",
    access: REBUILDERS,
    params: campaignParams,
    query: none,
    body: {
      schema: z.strictObject({
        from: z
          .enum(["start", "here"])
          .describe(
            "`start`: every fact again, whatever was done · `here`: the one under way goes on where it stopped",
          ),
      }),
      media: ["application/json"],
      example: { from: "here" },
    },
    success: { status: 202, description: "Under way; read how far it is", schema: progressSchema, location: true },
    refusals: ["notFound", "conflict"],
  }),

  getRebuild: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/rebuild",
    tag: "Service",
    summary: "Read how far the newest rebuild is",
    description: "Of what, why, since when, and how much of about how much is done",
    access: PLATFORM_READERS,
    params: campaignParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The newest rebuild", schema: progressSchema },
    refusals: ["notFound"],
  }),
};
