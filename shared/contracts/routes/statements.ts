import * as z from "zod";
import { payeeSchema } from "#domain/line.ts";
import { STATEMENT_READERS } from "../access.ts";
import { SHEET_MEDIA, statementFormatShape } from "../export.ts";
import { pageQuerySchema, pageSchema } from "../page.ts";
import { campaignParam, externalIdParam, runParam } from "../path.ts";
import { noBody, route } from "../route.ts";
import { statementSummarySchema, statementViewSchema } from "../views/run-views.ts";

const payeeParams = z.strictObject({
  campaign: campaignParam,
  payeeKind: payeeSchema.shape.kind,
  payeeId: externalIdParam,
});

export const statementRoutes = {
  listStatements: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/statements/{payeeKind}/{payeeId}/history",
    tag: "Statements",
    summary: "List a payee's statements, the newest first",
    description: "One a run. Who may read the statements may list them.",
    access: STATEMENT_READERS,
    params: payeeParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(statementSummarySchema, "StatementPage") },
    refusals: ["notFound"],
  }),

  getStatement: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/statements/{payeeKind}/{payeeId}",
    tag: "Statements",
    summary: "Read a payee's statement: what they get, and why",
    description:
      "The newest, or the one of a run. A seller reads only their own, a branch manager those of their own units and people.",
    access: STATEMENT_READERS,
    params: payeeParams,
    query: z.strictObject({
      run: runParam.optional().describe("As told by this run; otherwise the newest"),
      ...statementFormatShape,
      lang: z.enum(["en", "zh"]).default("en").describe("Language of the text, of the header, or of what is told"),
      told: z
        .enum(["true", "false"])
        .default("false")
        .describe(
          "Of JSON: each step of a trace also as a sentence, names for ids, and until when lines can be questioned",
        ),
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
