import * as z from "zod";
import { CAMPAIGN_EDITORS, DIRECTORY_EDITORS, DIRECTORY_READERS } from "../access.ts";
import { exampleCsv } from "../examples/facts.ts";
import { pageQuerySchema, pageQueryShape, pageSchema } from "../page.ts";
import { campaignParam, externalIdParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import {
  importBodySchema,
  importQuerySchema,
  importReportSchema,
  membershipViewSchema,
  orgUnitListedSchema,
  orgUnitViewSchema,
  peopleQueryShape,
  personViewSchema,
  targetColumnSchema,
  targetImportBodySchema,
  targetImportQuerySchema,
  targetPlaceViewSchema,
  targetViewSchema,
} from "../views/directory-views.ts";

const IMPORT_MEDIA = ["application/json", "text/csv"] as const;

const targetPageSchema = z
  .strictObject({
    ...pageSchema(targetViewSchema, "TargetsOfPage").shape,
    revision: z
      .int()
      .describe("Of the campaign's targets: send it as `If-Match` to edit what you read. Odd while an import writes"),
  })
  .meta({ id: "TargetPage" });

const imported = { status: 200, description: "What the import did", schema: importReportSchema } as const;

export const directoryRoutes = {
  importOrgUnits: route({
    method: "POST",
    path: "/v1/org-units:import",
    tag: "Directory",
    summary: "Import organisation units",
    description:
      "Units that are not named stay as they are. The whole organisation that results is checked. The same import twice changes nothing.",
    access: DIRECTORY_EDITORS,
    params: none,
    query: importQuerySchema,
    body: {
      schema: importBodySchema,
      documented: z.strictObject({ rows: z.array(orgUnitViewSchema) }),
      media: IMPORT_MEDIA,
      example: { rows: [{ unit: "nanchang", parent: "jiangxi", level: "branch", name: "南昌" }] },
      csvExample: exampleCsv.units,
    },
    success: imported,
    refusals: ["conflict"],
  }),

  listOrgUnits: route({
    method: "GET",
    path: "/v1/org-units",
    tag: "Directory",
    summary: "List organisation units",
    description: "A branch manager sees their own units, with all below them.",
    access: DIRECTORY_READERS,
    params: none,
    query: z.strictObject({
      ...pageQueryShape,
      countedOn: z.iso.date().optional().describe("A day: with how many people each unit has then"),
    }),
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(orgUnitListedSchema, "OrgUnitPage") },
    refusals: [],
  }),

  importPeople: route({
    method: "POST",
    path: "/v1/people:import",
    tag: "Directory",
    summary: "Import people with their memberships",
    description:
      "Replaces the whole history of each person named; others stay as they are. One row a membership; `to` is the first day no longer in force.",
    access: DIRECTORY_EDITORS,
    params: none,
    query: importQuerySchema,
    body: {
      schema: importBodySchema,
      documented: z.strictObject({ rows: z.array(membershipViewSchema) }),
      media: IMPORT_MEDIA,
      example: {
        rows: [
          {
            participantId: "a-nanchang-001",
            name: "杜思远",
            unit: "nanchang",
            role: "agent",
            from: "2024-01-01",
            to: null,
          },
        ],
      },
      csvExample: exampleCsv.people,
    },
    success: imported,
    refusals: ["conflict"],
  }),

  listPeople: route({
    method: "GET",
    path: "/v1/people",
    tag: "Directory",
    summary: "List people",
    description: "A branch manager sees the memberships in their own units. With a filter they come by id.",
    access: DIRECTORY_READERS,
    params: none,
    query: z.strictObject({ ...pageQueryShape, ...peopleQueryShape }),
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(personViewSchema, "PersonPage") },
    refusals: [],
  }),

  getPerson: route({
    method: "GET",
    path: "/v1/people/{participantId}",
    tag: "Directory",
    summary: "Read one person's memberships",
    access: DIRECTORY_READERS,
    params: z.strictObject({ participantId: externalIdParam }),
    query: none,
    body: noBody,
    success: { status: 200, description: "The person", schema: personViewSchema },
    refusals: ["notFound"],
  }),

  importTargets: route({
    method: "POST",
    path: "/v1/campaigns/{campaign}/targets:import",
    tag: "Targets",
    summary: "Import a campaign's targets",
    description:
      "A target of the same subject, measure, label and slice is replaced; those that `removed` names go; others stay. Subjects must be known, measures must be the plan's. " +
      "What the plan in force needs to be decided cannot go (`target-needed`); a target of a slice that has not begun can. " +
      "With `If-Match` nothing is imported when somebody else has changed targets of the campaign since the listing told that `revision`.",
    access: CAMPAIGN_EDITORS,
    params: z.strictObject({ campaign: campaignParam }),
    ifMatch: "optional",
    query: targetImportQuerySchema,
    body: {
      schema: targetImportBodySchema,
      documented: z.strictObject({
        rows: z.array(targetViewSchema).optional(),
        removed: z.array(targetPlaceViewSchema).optional().describe("Targets that go, whatever stands in them"),
      }),
      media: IMPORT_MEDIA,
      example: {
        rows: [{ subject: "nanchang", measure: "premium", label: "start", slice: "", value: "180000.00" }],
      },
      csvExample: exampleCsv.targets,
    },
    success: imported,
    refusals: ["notFound", "conflict"],
  }),

  listTargets: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/targets",
    tag: "Targets",
    summary: "List a campaign's targets",
    description: "A branch manager sees those of their own units and people.",
    access: DIRECTORY_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: targetPageSchema },
    refusals: ["notFound"],
  }),

  listTargetColumns: route({
    method: "GET",
    path: "/v1/campaigns/{campaign}/target-columns",
    tag: "Targets",
    summary: "List which targets a campaign's plan asks for",
    description:
      "Of the plan in force, or of the draft before there is one: by measure and label, and of each by slice in order of time.",
    access: DIRECTORY_READERS,
    params: z.strictObject({ campaign: campaignParam }),
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "The columns of the targets table",
      schema: z.strictObject({ items: z.array(targetColumnSchema) }),
      example: {
        items: [
          {
            measure: "premium",
            label: "start",
            slice: "",
            asked: [{ reward: "speed-award", level: "branch", within: "jiangxi" }],
            digits: 2,
          },
        ],
      },
    },
    refusals: ["notFound"],
  }),
};
