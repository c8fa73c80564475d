import type * as z from "zod";
import { type Membership, membershipSchema, type OrgUnit, orgUnitSchema } from "#domain/org.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { type Target, targetSchema } from "#domain/target.ts";
import { cellPlace, rowProblems } from "./cell-problems.ts";
import { UNIT_COLUMNS, unitOf } from "./org-file.ts";
import { MEMBERSHIP_COLUMNS, membershipOf } from "./people-file.ts";
import type { SourceFile } from "./source-file.ts";
import { type Columns, readTable, type TableRow } from "./table-reader.ts";
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
export function readUnitRows(file: SourceFile): FileRows<OrgUnit> {
  return readRows(file, UNIT_COLUMNS, orgUnitSchema, unitOf, "unit");
}

/** @throws like {@link readUnitRows} */
export function readMembershipRows(file: SourceFile): FileRows<Membership> {
  return readRows(file, MEMBERSHIP_COLUMNS, membershipSchema, membershipOf, "participant_id");
}

/** @throws like {@link readUnitRows} */
export function readTargetRows(file: SourceFile): FileRows<Target> {
  return readRows(file, TARGET_COLUMNS, targetSchema, targetOf, "subject");
}

function readRows<C extends string, T>(
  file: SourceFile,
  columns: Columns<C>,
  schema: z.ZodType<T>,
  fieldsOf: (row: TableRow<C>) => unknown,
  key: NoInfer<C>,
): FileRows<T> {
  const table = readTable(file, columns);
  const misshapen = table.problems.filter(({ code }) => code === "cell-count");
  if (misshapen.length < table.problems.length) {
    throw new Refusal("invalid", `${file.name} cannot be read; nothing was imported`, table.problems);
  }
  const rows: FileRows<T>["rows"][number][] = [];
  const badRows: FileRows<T>["badRows"][number][] = misshapen.map((problem) => ({
    problems: [problem],
    about: undefined,
  }));
  for (const row of table.rows) {
    const parsed = schema.safeParse(fieldsOf(row));
    if (parsed.success) {
      rows.push({ value: parsed.data, placeOf: (column) => cellPlace(file.name, row.line, column) });
    } else {
      const about = row.cell(key) === "" ? undefined : row.cell(key);
      badRows.push({ problems: rowProblems(file.name, row, columns, parsed.error), about });
    }
  }
  return { rows, badRows };
}
