import * as z from "zod";
import { membershipSchema, orgUnitSchema } from "#domain/org.ts";
import { problemSchema } from "#domain/problem.ts";
import { targetSchema } from "#domain/target.ts";

export const orgUnitViewSchema = orgUnitSchema.meta({ id: "OrgUnit" });
export const membershipViewSchema = membershipSchema.meta({ id: "Membership" });
export const targetViewSchema = targetSchema.meta({ id: "Target" });

export const personViewSchema = z
  .strictObject({
    participantId: z.string(),
    memberships: z.array(membershipViewSchema).describe("Whole history, as last imported"),
  })
  .meta({ id: "Person" });

/** What an import did. Every row of it is taken, unchanged or rejected; the counts add up to `rows`. */
export const importReportSchema = z
  .strictObject({
    rows: z.int(),
    taken: z.int().describe("Rows that said something new"),
    unchanged: z.int().describe("Rows that said what was there already"),
    rejected: z.int().describe("Only with `goodRowsOnly`: otherwise one bad row refuses the whole import"),
    findings: z.array(problemSchema).describe("What is wrong with the rejected rows, by row and column"),
    rebuilding: z.array(z.string()).describe("Active campaigns whose credits are computed anew because of this"),
  })
  .meta({ id: "ImportReport" });

/** Rows are read one by one, so that each bad one can be named; or a CSV file, whose columns are the rows' fields. */
export const importBodySchema = z.union([
  z.strictObject({ rows: z.array(z.unknown()).min(1).max(20_000) }),
  z.strictObject({ csv: z.string() }),
]);

export const importQuerySchema = z.strictObject({
  goodRowsOnly: z
    .enum(["true", "false"])
    .default("false")
    .describe("`true`: take the good rows and report the others · `false`: take all or none")
    .transform((text) => text === "true"),
});
