import { directoryProblems, type Membership, membershipSchema } from "#domain/org.ts";
import type { Problem } from "#domain/problem.ts";
import { cellPlace, rowProblems } from "./cell-problems.ts";
import type { OrgFile } from "./org-file.ts";
import type { SourceFile } from "./source-file.ts";
import { readTable, type TableRow } from "./table-reader.ts";

const DATE = { what: "a date", allowed: "a date of the calendar as YYYY-MM-DD, or empty", example: "2018-05-01" };
/** Columns of `people.csv`. */
export const MEMBERSHIP_COLUMNS = {
  participant_id: { what: "a participant id", example: "a-nanchang-001" },
  name: { what: "a name", allowed: "1-128 characters", example: "Zhang Wei" },
  unit: { what: "a unit id", example: "nanchang" },
  role: { what: "a role", example: "agent" },
  from: DATE,
  to: DATE,
};

/** A row's cells as the fields of a membership, not yet checked. */
export function membershipOf(row: TableRow<keyof typeof MEMBERSHIP_COLUMNS>) {
  return {
    participantId: row.cell("participant_id"),
    name: row.cell("name"),
    unit: row.cell("unit"),
    role: row.cell("role"),
    from: row.cell("from") === "" ? null : row.cell("from"),
    to: row.cell("to") === "" ? null : row.cell("to"),
  };
}

export interface PeopleFile {
  readonly memberships: readonly Membership[];
  /** All participants' ids; undefined when some could not be read. */
  readonly participantIds: ReadonlySet<string> | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Reads `people.csv`: `participant_id,name,unit,role,from,to`, one row for each stretch of a working life. Dates are days in the plan's
 * zone, `to` is the first day no longer in force, and both may be empty.
 *
 * @param orgs what the memberships refer to; left unchecked where it could not be read
 */
export function readPeopleFile(file: SourceFile, orgs: Pick<OrgFile, "units" | "unitIds">): PeopleFile {
  const { rows, problems } = readTable(file, MEMBERSHIP_COLUMNS);
  const found: Problem[] = [...problems];
  const memberships: Membership[] = [];
  const lines: number[] = [];
  for (const row of rows) {
    const parsed = membershipSchema.safeParse(membershipOf(row));
    if (!parsed.success) {
      found.push(...rowProblems(file.name, row, MEMBERSHIP_COLUMNS, parsed.error));
      continue;
    }
    memberships.push(parsed.data);
    lines.push(row.line);
  }
  const hasAllIds = problems.length === 0 && !found.some(({ path }) => path.endsWith(":participant_id"));
  // The organisation's own problems are told of its file.
  const placeOf = (kind: string, index: number, column: string) =>
    kind === "unit" ? "" : cellPlace(file.name, lines[index] ?? 0, column);
  for (const problem of directoryProblems(orgs.units, memberships, placeOf)) {
    const isUnchecked = problem.code === "unknown-unit" && orgs.unitIds === undefined;
    if (problem.path !== "" && !isUnchecked) found.push(problem);
  }
  return {
    memberships,
    participantIds: hasAllIds ? new Set(rows.map((row) => row.cell("participant_id"))) : undefined,
    problems: found,
  };
}
