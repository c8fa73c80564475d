import type { FactTable } from "./columns/fact-table.ts";

/** Credits of a table, with the fact of each, in time order. */
export interface Credited {
  readonly table: FactTable;
  readonly facts: Uint32Array;
  readonly credits: Uint32Array;
}

/** What stands in a row before the values, and where. */
export const [OCCURRED_AT, FACT, VERSION, KEY, VALUES] = [0, 1, 2, 3, 4] as const;

/** Where a fact's key begins, times this, and how long it is: keys are read in another order than they were added. */
export const KEY_LENGTHS = 1 << 12;

/**
 * Credits by subject, those of each in time order, a row of numbers for each: when it occurred, number and version of the fact, its key, and
 * its values. What is asked of a sale stands side by side then: a person's sales are spread over all columns of the
 * table, and waiting for memory would take most of the time.
 */
export interface Rows {
  readonly table: FactTable;
  readonly numbers: Float64Array;
  /** Numbers in a row. */
  readonly width: number;
  /** The credit of each row. */
  readonly credits: Uint32Array;
  /** By number of a subject its first row; one more says where the last ends. */
  readonly starts: Uint32Array;
}

/** @param subjects the number of each credit's subject; below 0 of one that counts for nobody */
export function rowsOf({ table, facts, credits }: Credited, subjects: Int32Array, count: number): Rows {
  const starts = new Uint32Array(count + 1);
  for (let entry = 0; entry < subjects.length; entry += 1) {
    const number = subjects[entry] ?? -1;
    if (number >= 0) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
  }
  for (let number = 0; number < count; number += 1)
    starts[number + 1] = (starts[number + 1] ?? 0) + (starts[number] ?? 0);
  const next = starts.slice();
  const all = starts[count] ?? 0;
  const measures = table.width ?? 0;
  const { keys } = table;
  const width = VALUES + measures;
  const [numbers, ofRow] = [new Float64Array(all * width), new Uint32Array(all)];
  for (let entry = 0; entry < subjects.length; entry += 1) {
    const number = subjects[entry] ?? -1;
    if (number < 0) continue;
    const row = next[number] ?? 0;
    next[number] = row + 1;
    const fact = facts[entry] ?? 0;
    const credit = credits[entry] ?? 0;
    ofRow[row] = credit;
    const at = row * width;
    numbers[at + OCCURRED_AT] = table.occurredAt[fact] ?? 0;
    numbers[at + FACT] = fact;
    numbers[at + VERSION] = table.versions[fact] ?? 0;
    const start = keys.startOf(fact);
    numbers[at + KEY] = start * KEY_LENGTHS + Math.min(keys.startOf(fact + 1) - start, KEY_LENGTHS - 1);
    for (let measure = 0; measure < measures; measure += 1)
      numbers[at + VALUES + measure] = table.values[credit * measures + measure] ?? Number.NaN;
  }
  return { table, numbers, width, credits: ofRow, starts };
}
