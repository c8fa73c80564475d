import { directoryProblems, type OrgUnit, orgUnitSchema } from "#domain/org.ts";
import type { Problem } from "#domain/problem.ts";
import { cellPlace, rowProblems } from "./cell-problems.ts";
import type { SourceFile } from "./source-file.ts";
import { readTable, type TableRow } from "./table-reader.ts";

/** Columns of `orgs.csv`. */
export const UNIT_COLUMNS = {
  unit: { what: "a unit id", example: "nanchang" },
  parent: {
    what: "a unit id",
    allowed: "the id of a unit of this file, or empty for the top of the tree",
    example: "jiangxi",
  },
  level: { what: "a level", example: "branch" },
  name: { what: "a name", allowed: "1-128 characters", example: "Nanchang" },
};

/** A row's cells as the fields of a unit, not yet checked. */
export function unitOf(row: TableRow<keyof typeof UNIT_COLUMNS>) {
  return {
    unit: row.cell("unit"),
    parent: row.cell("parent") === "" ? null : row.cell("parent"),
    level: row.cell("level"),
    name: row.cell("name"),
  };
}

export interface OrgFile {
  readonly units: readonly OrgUnit[];
  /** All unit ids; undefined when some could not be read: then a unit that seems unknown may stand in a bad row. */
  readonly unitIds: ReadonlySet<string> | undefined;
  readonly problems: readonly Problem[];
}

/** Reads `orgs.csv`: `unit,parent,level,name`, one row a unit. */
export function readOrgFile(file: SourceFile): OrgFile {
  const { rows, problems } = readTable(file, UNIT_COLUMNS);
  const units = rows.map(unitOf);
  const cellProblems = rows.flatMap((row, index) => {
    const parsed = orgUnitSchema.safeParse(units[index]);
    return parsed.success ? [] : rowProblems(file.name, row, UNIT_COLUMNS, parsed.error);
  });
  const hasAllIds = problems.length === 0 && !cellProblems.some(({ path }) => path.endsWith(":unit"));
  const treeProblems = directoryProblems(units, [], (_kind, index, column) =>
    cellPlace(file.name, rows[index]?.line ?? 0, column),
  ).filter(({ code }) => hasAllIds || code !== "unknown-unit");
  return {
    units,
    unitIds: hasAllIds ? new Set(units.map(({ unit }) => unit)) : undefined,
    problems: [...problems, ...cellProblems, ...treeProblems],
  };
}
