import * as z from "zod";
import { problemSchema } from "#domain/problem.ts";
import { IMPORT_READERS, IMPORTERS } from "../access.ts";
import { pageQuerySchema, pageSchema } from "../page.ts";
import { noBody, none, route } from "../route.ts";
import { importStartSchema, importViewSchema, uploadBodySchema, uploadViewSchema } from "../views/import-views.ts";

const importParams = z.strictObject({ import: z.string().min(1).max(64).describe("The import's id") });

/** Large files go past the API: it promises a place, the file is put there, and a job reads it. */
export const importRoutes = {
  requestUpload: route({
    method: "POST",
    path: "/v1/uploads",
    tag: "Imports",
    summary: "Ask for a place to put a file",
    description:
      "CSV (UTF-8, UTF-16 or GB18030; commas, semicolons, tabs or bars) or XLSX. People and units are the administrator's, targets marketing's, facts (sales, scores, evidence) an integrator's.",
    access: IMPORTERS,
    params: none,
    query: none,
    body: {
      schema: uploadBodySchema,
      media: ["application/json"],
      example: { kind: "people", fileName: "people.xlsx", size: 48213 },
    },
    success: { status: 201, description: "Put the file with the request in `put`", schema: uploadViewSchema },
    refusals: [],
  }),

  startImport: route({
    method: "POST",
    path: "/v1/imports",
    tag: "Imports",
    summary: "Import an uploaded file, or look what it would change",
    description:
      "Rows are judged as by the JSON imports; columns may have names in English or Chinese (`participant_id`, `Employee ID`, `员工编号`). The same file twice changes nothing: `report.unchanged` counts its rows, and `sameAs` names the earlier import.",
    access: IMPORTERS,
    params: none,
    query: none,
    body: {
      schema: importStartSchema,
      media: ["application/json"],
      example: {
        upload: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        mode: "allOrNothing",
        preview: true,
      },
    },
    success: {
      status: 202,
      description: "Being read; read the import to see how far it is",
      schema: importViewSchema,
      location: true,
    },
    refusals: ["notFound"],
  }),

  listImports: route({
    method: "GET",
    path: "/v1/imports",
    tag: "Imports",
    summary: "List imports, newest first",
    description: "One's own; auditors see everybody's. So an import that somebody left is found again.",
    access: IMPORT_READERS,
    params: none,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(importViewSchema, "ImportPage") },
    refusals: [],
  }),

  getImport: route({
    method: "GET",
    path: "/v1/imports/{import}",
    tag: "Imports",
    summary: "Read how far an import is, and what came of it",
    description: "Whoever asked for it sees it, and auditors do.",
    access: IMPORT_READERS,
    params: importParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The import", schema: importViewSchema },
    refusals: ["notFound"],
  }),

  listImportFindings: route({
    method: "GET",
    path: "/v1/imports/{import}/findings",
    tag: "Imports",
    summary: "List what is wrong with a file, row by row",
    access: IMPORT_READERS,
    params: importParams,
    query: pageQuerySchema,
    body: noBody,
    success: {
      status: 200,
      description: "A page; the first 10,000 are kept",
      schema: pageSchema(problemSchema, "FindingPage"),
    },
    refusals: ["notFound"],
  }),

  confirmImport: route({
    method: "POST",
    path: "/v1/imports/{import}/confirm",
    tag: "Imports",
    summary: "Carry out what a preview showed",
    description:
      "Of the very bytes that were previewed; another file in their place is refused. Also tries again what has failed through no fault of the file.",
    access: IMPORTERS,
    params: importParams,
    query: none,
    body: noBody,
    success: { status: 202, description: "Being carried out", schema: importViewSchema, location: true },
    refusals: ["notFound", "conflict"],
  }),
};
