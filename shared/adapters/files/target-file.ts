import { parseDecimal } from "#domain/decimal.ts";
import { QUANTITY_DIGITS } from "#domain/fact.ts";
import { currencyDigits } from "#domain/money.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Problem } from "#domain/problem.ts";
import { type Target, targetKey, targetSchema } from "#domain/target.ts";
import { cellPlace, cellProblem, rowProblems } from "./cell-problems.ts";
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

/** What targets refer to; a part that could not be read is undefined and left unchecked. */
export interface TargetContext {
  readonly plan: Plan | undefined;
  readonly subjects: ReadonlySet<string> | undefined;
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
    found.push(...referenceProblems(file.name, row, target, context));
    const first = lineOf.get(targetKey(target));
    if (first === undefined) lineOf.set(targetKey(target), row.line);
    else found.push(secondTarget(cellPlace(file.name, row.line, "subject"), target, first));
  }
  return { targets, problems: found };
}

function referenceProblems(
  file: string,
  { line }: TableRow<string>,
  target: Target,
  { plan, subjects }: TargetContext,
): Problem[] {
  const at = (column: keyof typeof TARGET_COLUMNS) => cellPlace(file, line, column);
  const problems: Problem[] = [];
  if (subjects && !subjects.has(target.subject)) {
    problems.push({
      code: "unknown-subject",
      path: at("subject"),
      message: `${target.subject} is neither a unit nor a participant`,
      seen: target.subject,
      allowed: "a unit of the organisation or a participant on file",
      mend: "correct the id, or add it to the organisation or the people",
    });
  }
  // Refused rather than ignored: no rule of a plan looks at the target of a part of the campaign yet.
  if (target.slice !== "") problems.push(cellProblem(at("slice"), TARGET_COLUMNS.slice, target.slice));
  if (!plan) return problems;
  const measure = plan.measures.find(({ id }) => id === target.measure);
  if (!measure) {
    problems.push({
      code: "unknown-measure",
      path: at("measure"),
      message: `the plan has no measure ${target.measure}`,
      seen: target.measure,
      allowed: plan.measures.map(({ id }) => id).join(", "),
      mend: "correct the measure, or declare it in the plan",
    });
    return problems;
  }
  const moneyDigits = currencyDigits(plan.currency) ?? 0;
  const digits = measure.aggregate === "count" ? 0 : measure.of === "quantity" ? QUANTITY_DIGITS : moneyDigits;
  if (parseDecimal(target.value, digits) === undefined) {
    problems.push({
      code: "too-fine",
      path: at("value"),
      message: `${target.value} is finer than ${measure.id} is measured, or beyond exact integers`,
      seen: target.value,
      allowed: digits === 0 ? "a whole number" : `at most ${digits} digits after the point`,
    });
  }
  return problems;
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
