import { type TargetContext, targetProblems } from "#domain/plan/target-problems.ts";
import type { Problem } from "#domain/problem.ts";
import { type Target, targetKey, targetSchema } from "#domain/target.ts";
import { cellPlace, rowProblems } from "./cell-problems.ts";
import type { SourceFile } from "./source-file.ts";
import { readTable, type TableRow } from "./table-reader.ts";

/** Columns of `targets.csv`. */
export const TARGET_COLUMNS = {
  subject: { what: "a unit or participant", example: "nanchang" },
  measure: { what: "a measure", example: "premium" },
  label: { what: "a label", example: "start" },
  slice: { what: "a slice", allowed: "empty: targets are set for the whole campaign", example: "" },
  value: { what: "a target value", example: "180000.00" },
};

/** A row's cells as the fields of a target, not yet checked. */
export function targetOf(row: TableRow<keyof typeof TARGET_COLUMNS>) {
  return {
    subject: row.cell("subject"),
    measure: row.cell("measure"),
    label: row.cell("label"),
    slice: row.cell("slice"),
    value: row.cell("value"),
  };
}

export interface TargetFile {
  readonly targets: readonly Target[];
  readonly problems: readonly Problem[];
}

/** Reads `targets.csv`: `subject,measure,label,slice,value`, one cell of the targets table a row. */
export function readTargetFile(file: SourceFile, context: TargetContext): TargetFile {
  const { rows, problems } = readTable(file, TARGET_COLUMNS);
  const found: Problem[] = [...problems];
  const targets: Target[] = [];
  const lineOf = new Map<string, number>();
  for (const row of rows) {
    const parsed = targetSchema.safeParse(targetOf(row));
    if (!parsed.success) {
      found.push(...rowProblems(file.name, row, TARGET_COLUMNS, parsed.error));
      continue;
    }
    const target = parsed.data;
    targets.push(target);
    found.push(...targetProblems(target, context, (column) => cellPlace(file.name, row.line, column)));
    const first = lineOf.get(targetKey(target));
    if (first === undefined) lineOf.set(targetKey(target), row.line);
    else found.push(secondTarget(cellPlace(file.name, row.line, "subject"), target, first));
  }
  return { targets, problems: found };
}

function secondTarget(path: string, target: Target, firstLine: number): Problem {
  return {
    code: "duplicate-target",
    path,
    message: `${target.subject} already has a target ${target.label} of ${target.measure}, on line ${firstLine}`,
    seen: target.subject,
    mend: "keep one of the two rows",
  };
}
