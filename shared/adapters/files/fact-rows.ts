import type { FactKind, FactMessage } from "#domain/fact.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { cellPlace } from "./cell-problems.ts";
import { FACT_COLUMNS, FACT_FURTHER, type FactColumn, type FactContext, readFactRow } from "./fact-file.ts";
import { named } from "./header-names.ts";
import type { FileRows } from "./import-rows.ts";
import { lookAlikeProblem } from "./look-alikes.ts";
import type { RawTable } from "./raw-table.ts";
import { ROW_PROBLEMS, type TableRow, tableOf } from "./table-reader.ts";

/** What an import of facts says for all of its rows. */
export interface FactRowsContext extends FactContext {
  readonly source: string;
  /** Left out: the column `kind` says it, or they are sales. */
  readonly kind?: FactKind;
}

/** Cells of columns that a file may lack. Which of them a kind needs is said by the domain. */
const STAND_INS = {
  version: "1",
  status: "active",
  // Intake says when it knew; the file is not asked.
  recorded_at: "1970-01-01T00:00:00Z",
  ...{ amount: "", currency: "", quantity: "", product: "", channel: "" },
};

/**
 * The rows of a file of sales, scores or evidence as messages of one source.
 *
 * @throws Refusal("invalid") when the file as a whole cannot be read: encoding, header, quoting
 */
export function factRows(raw: RawTable, { source, kind, ...context }: FactRowsContext): FileRows<FactMessage> {
  const constants = { ...STAND_INS, source, ...(kind === undefined ? {} : { kind }) };
  const table = tableOf<FactColumn>(named(raw, Object.keys(FACT_COLUMNS), constants), FACT_COLUMNS, FACT_FURTHER);
  const misshapen = table.problems.filter(({ code }) => ROW_PROBLEMS.has(code));
  if (misshapen.length < table.problems.length) {
    throw new Refusal("invalid", `${raw.name} cannot be read; nothing was imported`, table.problems);
  }
  const rows: FileRows<FactMessage>["rows"][number][] = [];
  const badRows = misshapen.map((problem): FileRows<FactMessage>["badRows"][number] => ({
    problems: [problem],
    about: undefined,
  }));
  for (const row of table.rows) {
    const placeOf = (column: string) => cellPlace(raw.name, row.line, column);
    const problems = rowProblemsOf(row, placeOf, { source, kind });
    const fact = readFactRow(raw.name, row, context);
    if (!Array.isArray(fact) && problems.length === 0) {
      const { recordedAt: _ours, ...message } = fact;
      rows.push({ value: message, placeOf });
    } else {
      badRows.push({
        problems: [...problems, ...(Array.isArray(fact) ? fact : [])],
        about: row.cell("external_id") || undefined,
      });
    }
  }
  return { rows, badRows };
}

/** Look-alikes, and cells that say something else than the import. */
function rowProblemsOf(
  row: TableRow<FactColumn>,
  placeOf: (column: string) => string,
  said: { readonly source: string; readonly kind: FactKind | undefined },
): Problem[] {
  const alike = (["external_id", "participant_id"] as const).flatMap(
    (column) => lookAlikeProblem(placeOf(column), row.cell(column)) ?? [],
  );
  const others = (["source", "kind"] as const).flatMap((column): Problem[] => {
    const [seen, wanted] = [row.cell(column), said[column]];
    if (wanted === undefined || seen === wanted || (column === "kind" && seen === "" && wanted === "sale")) return [];
    return [
      {
        code: `other-${column}`,
        path: placeOf(column),
        message: `the row says another ${column} than the import`,
        seen,
        allowed: wanted,
        mend: "import the rows of each by themselves",
      },
    ];
  });
  return [...alike, ...others];
}
