import type * as z from "zod";
import { type Membership, membershipSchema, type OrgUnit, orgUnitSchema } from "#domain/org.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { type Target, targetSchema } from "#domain/target.ts";
import { cellPlace, rowProblems } from "./cell-problems.ts";
import { named } from "./header-names.ts";
import { lookAlikeProblem } from "./look-alikes.ts";
import { UNIT_COLUMNS, unitOf } from "./org-file.ts";
import { MEMBERSHIP_COLUMNS, membershipOf } from "./people-file.ts";
import type { RawTable } from "./raw-table.ts";
import { type Columns, ROW_PROBLEMS, type TableRow, tableOf } from "./table-reader.ts";
import { TARGET_COLUMNS, targetOf } from "./target-file.ts";

/**
 * The rows of a file one by one, for imports that may take the good ones. Only what a row says by itself is judged here;
 * whether rows fit each other and what is stored is the import's question.
 */
export interface FileRows<T> {
  readonly rows: readonly { readonly value: T; readonly placeOf: (column: string) => string }[];
  /** `about`: whom or what the row is about, where that much could be read. */
  readonly badRows: readonly { readonly problems: readonly Problem[]; readonly about: string | undefined }[];
}

/** @throws Refusal("invalid") when the file as a whole cannot be read: encoding, header, quoting */
export function unitRows(table: RawTable): FileRows<OrgUnit> {
  return readRows(table, UNIT_COLUMNS, orgUnitSchema, unitOf, ["unit", "parent"]);
}

/** @throws like {@link unitRows} */
export function membershipRows(table: RawTable): FileRows<Membership> {
  return readRows(table, MEMBERSHIP_COLUMNS, membershipSchema, membershipOf, ["participant_id", "unit"]);
}

/** @throws like {@link unitRows} */
export function targetRows(table: RawTable): FileRows<Target> {
  return readRows(table, TARGET_COLUMNS, targetSchema, targetOf, ["subject"]);
}

/** `ids`: columns that name somebody or something; the first says whom the row is about. */
function readRows<C extends string, T>(
  raw: RawTable,
  columns: Columns<C>,
  schema: z.ZodType<T>,
  fieldsOf: (row: TableRow<C>) => unknown,
  ids: readonly [NoInfer<C>, ...NoInfer<C>[]],
): FileRows<T> {
  const table = tableOf(named(raw, Object.keys(columns)), columns);
  const misshapen = table.problems.filter(({ code }) => ROW_PROBLEMS.has(code));
  if (misshapen.length < table.problems.length) {
    throw new Refusal("invalid", `${raw.name} cannot be read; nothing was imported`, table.problems);
  }
  const rows: FileRows<T>["rows"][number][] = [];
  const badRows: FileRows<T>["badRows"][number][] = misshapen.map((problem) => ({
    problems: [problem],
    about: undefined,
  }));
  for (const row of table.rows) {
    const placeOf = (column: string) => cellPlace(raw.name, row.line, column);
    const alike = ids.flatMap((column) => lookAlikeProblem(placeOf(column), row.cell(column)) ?? []);
    const parsed = schema.safeParse(fieldsOf(row));
    if (parsed.success && alike.length === 0) {
      rows.push({ value: parsed.data, placeOf });
    } else {
      const about = row.cell(ids[0]) === "" ? undefined : row.cell(ids[0]);
      const own = parsed.success ? [] : rowProblems(raw.name, row, columns, parsed.error);
      const told = new Set(alike.map(({ path }) => path));
      badRows.push({ problems: [...alike, ...own.filter(({ path }) => !told.has(path))], about });
    }
  }
  return { rows, badRows };
}
