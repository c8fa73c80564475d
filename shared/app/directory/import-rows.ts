import { type RowChange, rowChangeSchema } from "#domain/import.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { Raised } from "../crediting/raise-epoch.ts";

/** A row that could be read: what it says, and how problems name its cells (`people.csv:7:unit`, `/rows/3/unit`). */
export interface ImportRow<T> {
  readonly value: T;
  readonly placeOf: (column: string) => string;
}

/** A row that could not be read. */
export interface BadRow {
  readonly problems: readonly Problem[];
  /** Whom or what the row is about, where that much could be read. */
  readonly about: string | undefined;
}

export interface ImportRequest<T> {
  readonly rows: readonly ImportRow<T>[];
  readonly badRows: readonly BadRow[];
  /** false: one bad row refuses the whole import. */
  readonly goodRowsOnly: boolean;
  /** Says what would change, and changes nothing. */
  readonly dryRun?: boolean;
}

export interface ImportReport {
  readonly rows: number;
  /** Rows that said something new. */
  readonly taken: number;
  /** Rows that wait for a second person, and the request that they wait in; nothing was written then. */
  readonly waiting?: number;
  readonly approval?: string;
  /** Rows that said what was there already. */
  readonly unchanged: number;
  readonly rejected: number;
  /** Of targets, which went or would go; they are no rows. */
  readonly removed?: number;
  /** What is wrong with the rejected rows. */
  readonly findings: readonly Problem[];
  /** Active campaigns whose credits are computed anew. */
  readonly rebuilding: readonly string[];
  /** What of each: all credits, or those of so many people, or totals alone. */
  readonly recrediting?: readonly Raised[];
  /** Of a dry run alone. */
  readonly preview?: ImportPreview;
}

export interface ImportPreview {
  /** The first of what would change. */
  readonly changes: readonly RowChange[];
  /** It changes so much that a second person would decide. */
  readonly needsApproval: boolean;
}

const CHANGES_SHOWN = 20;

/** What a dry run shows: each change beside what stands in its place. Values are plain data. */
export function previewOf<T>(
  changed: readonly T[],
  stored: ReadonlyMap<string, T>,
  keyOf: (value: T) => string,
  needsApproval: boolean,
): ImportPreview {
  const changes = changed.slice(0, CHANGES_SHOWN).map((value) => {
    const before = stored.get(keyOf(value));
    return rowChangeSchema.parse({ about: keyOf(value), ...(before === undefined ? {} : { before }), after: value });
  });
  return { changes, needsApproval };
}

/** A problem of the row at an index of the rows that were checked; undefined: of what is stored. */
export interface RowProblem {
  readonly row: number | undefined;
  readonly problem: Problem;
}

export interface Accepted<T> {
  readonly rows: readonly ImportRow<T>[];
  readonly rejected: number;
  readonly findings: readonly Problem[];
}

/**
 * Finds the rows that can be taken together. Leaving a bad row out can make another one bad (a unit below it), so what is
 * left is checked again until nothing is wrong with it.
 *
 * @param check everything that is wrong with the rows, seen with all that is stored
 * @throws Refusal("invalid") with every problem, when there is one and not only good rows were asked for
 */
export function acceptRows<T>(
  request: ImportRequest<T>,
  check: (rows: readonly ImportRow<T>[]) => readonly RowProblem[],
): Accepted<T> {
  const unreadable = request.badRows.flatMap(({ problems }) => problems);
  const findings = [...unreadable];
  let rows = request.rows;
  for (;;) {
    const found = check(rows);
    findings.push(...found.map(({ problem }) => problem));
    if (findings.length > 0 && !request.goodRowsOnly) throw nothingImported(findings);
    if (found.length === 0) break;
    const bad = new Set(found.map(({ row }) => row));
    const good = rows.filter((_row, index) => !bad.has(index));
    // Then leaving rows out cannot help: what is stored contradicts itself.
    if (good.length === rows.length) throw nothingImported(findings);
    rows = good;
  }
  return { rows, rejected: request.rows.length - rows.length + request.badRows.length, findings };
}

function nothingImported(problems: readonly Problem[]): Refusal {
  const count = `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
  return new Refusal("invalid", `the import has ${count}; nothing was imported`, problems);
}
