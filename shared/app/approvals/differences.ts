import { canonicalJson } from "#domain/canonical.ts";
import { compareText } from "#domain/text.ts";

/** One place where two things differ; a side is absent where there is nothing. Values are JSON. */
export interface Difference {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** Where two documents differ, by JSON pointer. Entries of lists that have an `id` are compared by it, others by their place. */
export function documentDifferences(before: unknown, after: unknown, path = ""): Difference[] {
  const [old, now] = [membersOf(before), membersOf(after)];
  if (!old || !now || Array.isArray(before) !== Array.isArray(after)) return leaf(before, after, path);
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => documentDifferences(old.get(name), now.get(name), `${path}/${name}`));
}

/** What rows would change, by their key. */
export function rowDifferences<T>(before: readonly T[], after: readonly T[], keyOf: (row: T) => string): Difference[] {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  return after.flatMap((row) => leaf(old.get(keyOf(row)), row, keyOf(row))).sort((a, b) => compareText(a.path, b.path));
}

/** Rows that are taken away. */
export function removedRows<T>(rows: readonly T[], keyOf: (row: T) => string): Difference[] {
  return rows.flatMap((row) => leaf(row, undefined, keyOf(row))).sort((a, b) => compareText(a.path, b.path));
}

function leaf(before: unknown, after: unknown, path: string): Difference[] {
  const [old, now] = [textOf(before), textOf(after)];
  if (old === now) return [];
  return [{ path, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) }];
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(value);
}

/** The parts of an object or a list by name; undefined for what has none. */
function membersOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const entries = value.map((item, index): [string, unknown] => [idOf(item) ?? String(index), item]);
  const names = new Set(entries.map(([name]) => name));
  return names.size === entries.length ? new Map(entries) : new Map(value.map((item, index) => [String(index), item]));
}

function idOf(item: unknown): string | undefined {
  const id: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "id") : undefined;
  return typeof id === "string" ? id : undefined;
}
