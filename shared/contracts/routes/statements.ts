import * as z from "zod";
import { payeeSchema } from "#domain/line.ts";
import { STATEMENT_READERS } from "../access.ts";
import { SHEET_MEDIA, statementFormatShape } from "../export.ts";
import { campaignParam, externalIdParam, runParam } from "../path.ts";
import { noBody, route } from "../route.ts";
import { statementViewSchema } from "../views/run-views.ts";

export const statementRoutes = {
  getStatement: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/statements/{payeeKind}/{payeeId}",
    tag: "Statements",
    summary: "Read a payee's statement: what they get, and why",
    description:
      "The newest, or the one of a run. A seller reads only their own, a branch manager those of their own units and people.",
    access: STATEMENT_READERS,
    params: z.strictObject({
      campaign: campaignParam,
      payeeKind: payeeSchema.shape.kind,
      payeeId: externalIdParam,
    }),
    query: z.strictObject({
      run: runParam.optional().describe("As told by this run; otherwise the newest"),
      ...statementFormatShape,
      lang: z.enum(["en", "zh"]).default("en").describe("Language of the text, or of the header"),
    }),
    body: noBody,
    success: {
      status: 200,
      description: "The statement",
      schema: statementViewSchema,
      otherMedia: { "text/plain": "With `format=text`", ...SHEET_MEDIA },
    },
    refusals: ["notFound"],
  }),
};
