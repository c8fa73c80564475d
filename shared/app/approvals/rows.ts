import * as z from "zod";
import { type Approval, type ContentOf, IMPORT_LIMITS, type ImportLimits } from "#domain/approval.ts";
import { canonicalJson } from "#domain/canonical.ts";
import { membershipSchema } from "#domain/org.ts";
import { Refusal } from "#domain/problem.ts";
import { targetSchema } from "#domain/target.ts";
import { hashOf } from "#engine/hash.ts";
import type { Deps } from "../deps.ts";

export function isLarge(changed: number, onFile: number, limits: ImportLimits = IMPORT_LIMITS): boolean {
  if (changed > limits.rows) return true;
  return changed > limits.percentFrom && changed * 100 > onFile * limits.percent;
}

const personSchema = z.strictObject({ participantId: z.string(), memberships: z.array(membershipSchema) });
const rowsSchema = <T extends z.ZodType>(row: T) =>
  z.strictObject({ rows: z.array(row), before: z.array(row), removed: z.array(row).exactOptional() });
export const peopleRowsSchema = rowsSchema(personSchema);
export const targetRowsSchema = rowsSchema(targetSchema);

/** What an import would write, and what stands in its place: the two sides that were compared. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly before: readonly T[];
  /** What it takes away, as it stands. */
  readonly removed?: readonly T[];
}

export function rowsHash<T>(kind: "people" | "targets", scope: string, { rows, before, removed }: Rows<T>): string {
  return hashOf({ kind, scope, rows, before, ...(removed === undefined ? {} : { removed }) });
}

/** Kept in a file named by what it says: rows can be more than an item holds. */
export async function keepRows<T>(deps: Pick<Deps, "files">, hash: string, rows: Rows<T>): Promise<void> {
  const file = new TextEncoder().encode(canonicalJson(rows));
  await deps.files.put(rowsKey(hash), file, "application/json");
}

export async function keptRows<S extends z.ZodType>(
  deps: Pick<Deps, "files">,
  { id, content }: Approval & { readonly content: ContentOf<"people"> | ContentOf<"targets"> },
  schema: S,
): Promise<z.output<S>> {
  const file = await deps.files.get(rowsKey(content.rowsHash));
  if (!file) throw new Error(`the rows of ${id} are missing`);
  return schema.parse(JSON.parse(new TextDecoder().decode(file)));
}

function rowsKey(hash: string): string {
  return `approvals/${hash}.json`;
}

/**
 * Where an import stands: `as-shown` before it, `done` after it, `begun` when a part is written. Anything else was written by
 * somebody else meanwhile.
 */
export function progressOf<T>(
  { rows, before, removed = [] }: Rows<T>,
  current: readonly T[],
  keyOf: (row: T) => string,
): "as-shown" | "begun" | "done" | "changed" {
  const texts = (of: readonly T[]) => new Map(of.map((row) => [keyOf(row), canonicalJson(row)]));
  const [old, now] = [texts(before), texts(current)];
  let done = 0;
  let undone = 0;
  for (const row of rows) {
    const key = keyOf(row);
    if (now.get(key) === canonicalJson(row)) done += 1;
    else if (now.get(key) === old.get(key)) undone += 1;
    else return "changed";
  }
  for (const row of removed) {
    const stands = now.get(keyOf(row));
    if (stands === undefined) done += 1;
    else if (stands === canonicalJson(row)) undone += 1;
    else return "changed";
  }
  if (done === 0) return "as-shown";
  return undone === 0 ? "done" : "begun";
}

export function changedSince(id: string): Refusal {
  return new Refusal("stale", `what ${id} was compared with has changed since; ask for it anew`, [
    {
      code: "changed-since",
      path: "/hash",
      message: "an approval is bound to what was shown, and that is not so any more",
      mend: "withdraw the request and make a new one",
    },
  ]);
}
