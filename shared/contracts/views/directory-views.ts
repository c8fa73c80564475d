import * as z from "zod";
import { membershipSchema, orgUnitSchema } from "#domain/org.ts";
import { problemSchema } from "#domain/problem.ts";
import { targetPlaceSchema, targetSchema } from "#domain/target.ts";

export const orgUnitViewSchema = orgUnitSchema.meta({ id: "OrgUnit" });
export const membershipViewSchema = membershipSchema.meta({ id: "Membership" });
export const targetViewSchema = targetSchema.meta({ id: "Target" });
export const targetPlaceViewSchema = targetPlaceSchema.meta({ id: "TargetPlace" });

/** A listed unit; how many people it has where that was asked for. */
export const orgUnitListedSchema = z
  .strictObject({
    ...orgUnitSchema.shape,
    people: z
      .int()
      .exactOptional()
      .describe("With `countedOn`: who belongs to the unit itself that day; those of units below are not counted"),
  })
  .meta({ id: "OrgUnitListed" });

/** A target that the plan asks for. */
export const targetColumnSchema = z
  .strictObject({
    measure: z.string(),
    label: z.string(),
    slice: z.string().describe("Empty: the whole campaign"),
    asked: z
      .array(
        z.strictObject({
          reward: z.string(),
          level: z.string().describe("Of units of this level, or of each `participant`"),
          within: z.string().exactOptional().describe("Only of this unit and those below and above it"),
          roles: z.array(z.string()).exactOptional().describe("Only of people in one of these roles"),
        }),
      )
      .describe("Which rewards ask for it, and of whom"),
    digits: z.int().describe("How many digits after the point a value may have"),
  })
  .meta({ id: "TargetColumn" });

export const personViewSchema = z
  .strictObject({
    participantId: z.string(),
    memberships: z.array(membershipViewSchema).describe("Whole history, as last imported"),
  })
  .meta({ id: "Person" });

/** What an import did. Every row of it is taken, unchanged, rejected or waits; the counts add up to `rows`. */
export const importReportSchema = z
  .strictObject({
    rows: z.int(),
    taken: z.int().describe("Rows that said something new"),
    waiting: z
      .int()
      .optional()
      .describe("What waits for a second person, of targets also those that go; nothing of the import was written"),
    approval: z.string().optional().describe("The request that they wait in: `/v1/approvals/{id}`"),
    removed: z.int().exactOptional().describe("Targets that went; none of the rows"),
    unchanged: z.int().describe("Rows that said what was there already"),
    rejected: z.int().describe("Only with `goodRowsOnly`: otherwise one bad row refuses the whole import"),
    findings: z.array(problemSchema).describe("What is wrong with the rejected rows, by row and column"),
    needsApproval: z
      .boolean()
      .exactOptional()
      .describe("Of a dry run: it changes so much that a second person would decide"),
    rebuilding: z.array(z.string()).describe("Campaigns in which something is computed anew because of this"),
    recrediting: z
      .array(
        z.strictObject({
          campaign: z.string(),
          epoch: z.int(),
          credits: z
            .enum(["none", "people", "all"])
            .describe("`none`: totals alone · `people`: facts of the people concerned · `all`: every fact"),
          people: z.int().exactOptional().describe("How many people and units are looked at again; not of `all`"),
        }),
      )
      .exactOptional()
      .describe("What is computed anew in each of them; not told of targets, which change totals alone"),
  })
  .meta({ id: "ImportReport" });

/** Rows are read one by one, so that each bad one can be named; or a CSV file, whose columns are the rows' fields. */
export const importBodySchema = z.union([
  z.strictObject({ rows: z.array(z.unknown()).min(1).max(20_000) }),
  z.strictObject({ csv: z.string() }),
]);

/** The same of targets, and which of them go. */
export const targetImportBodySchema = z.union([
  z
    .strictObject({
      rows: z.array(z.unknown()).max(20_000).default([]),
      removed: z.array(targetPlaceSchema).max(20_000).default([]),
    })
    .refine(({ rows, removed }) => rows.length + removed.length > 0, "name at least one row, or one target that goes"),
  z.strictObject({ csv: z.string() }),
]);

export const importQuerySchema = z.strictObject({
  goodRowsOnly: z
    .enum(["true", "false"])
    .default("false")
    .describe("`true`: take the good rows and report the others · `false`: take all or none")
    .transform((text) => text === "true"),
});

export const targetImportQuerySchema = z.strictObject({
  ...importQuerySchema.shape,
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .describe("`true`: tell what the import would do, and do nothing")
    .transform((text) => text === "true"),
});

export const peopleQueryShape = {
  q: z.string().trim().min(1).max(100).optional().describe("Part of an id or of a name, however it is written"),
  unit: z.string().min(1).max(64).optional().describe("Whoever belongs to this unit or one below it"),
  on: z.iso.date().optional().describe("With `unit`: on this day; without `unit`: whoever belongs anywhere that day"),
};
