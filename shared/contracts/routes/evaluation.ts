import * as z from "zod";
import { EVALUATED, evaluationSchema } from "#domain/evaluation.ts";
import { COMPANY_READERS } from "../access.ts";
import { SHEET_MEDIA, sheetQueryShape } from "../export.ts";
import { campaignParam } from "../path.ts";
import { noBody, route } from "../route.ts";

export const evaluationRoutes = {
  getEvaluation: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/evaluation",
    tag: "Campaigns",
    summary: "Read what a campaign, or its pilot, cost and brought",
    description:
      "By unit and product, against targets and what was approved. Computed when it is asked for; refused with 409 above 50,000 stored messages. `kept` gives the one that was made by itself when the pilot or the campaign was over.",
    access: COMPANY_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: z.strictObject({
      until: z
        .string()
        .max(40)
        .optional()
        .describe("Only what occurred before: an instant, or a local date-time of the plan's zone"),
      kept: z.enum(EVALUATED).optional(),
      ...sheetQueryShape,
    }),
    body: noBody,
    success: {
      status: 200,
      description: "The evaluation",
      schema: evaluationSchema.meta({ id: "Evaluation" }),
      otherMedia: SHEET_MEDIA,
    },
    refusals: ["invalid", "notFound", "conflict"],
  }),
};
