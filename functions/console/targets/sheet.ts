import type { Answer } from "../api/client.ts";
import type { Place } from "./clipboard.ts";
import { readNumber, sameNumber, type Unreadable } from "./read-number.ts";

export type Target = Answer<"listTargets">["items"][number];
export type Column = Answer<"listTargetColumns">["items"][number];

/** A unit or a person with their targets. */
export interface Row {
  readonly subject: string;
  readonly name: string;
  /** A level of units, or `participant`. */
  readonly level: string;
  /** Of a person. */
  readonly role?: string;
  /** The unit itself, or a person's, then those above it. */
  readonly lineage: readonly string[];
}

/** Whether the first unit is below the second, or it. */
export type Below = (unit: string, above: string) => boolean;

/** Whether a reward asks for this target of whoever stands in the row. */
export function isAsked({ asked }: Column, { level, role, lineage, subject }: Row, below: Below): boolean {
  return asked.some(
    (asker) =>
      asker.level === level &&
      (asker.within === undefined || lineage.includes(asker.within) || below(asker.within, subject)) &&
      (asker.roles === undefined || (role !== undefined && asker.roles.includes(role))),
  );
}

/** What somebody wrote into a cell that is not saved yet, and what stood there when they did. */
export interface Edit {
  readonly text: string;
  readonly was: string | undefined;
}

/** By {@link cellKey}. */
export type Edits = ReadonlyMap<string, Edit>;
export type Stored = ReadonlyMap<string, string>;

export function cellKey(subject: string, { measure, label, slice }: Pick<Column, "measure" | "label" | "slice">) {
  return [subject, measure, label, slice].join("#");
}

export function storedValues(targets: readonly Target[]): Stored {
  return new Map(targets.map((target) => [cellKey(target.subject, target), target.value]));
}

export interface Cell {
  readonly key: string;
  readonly stored: string | undefined;
  /** As it would be saved; undefined: nothing, or nothing that can be read. */
  readonly value: string | undefined;
  readonly text: string;
  readonly changed: boolean;
  /** The plan asks for it and it is not there. */
  readonly missing: boolean;
  readonly problem?: Unreadable;
  /** It shall go when it is saved. */
  readonly removed: boolean;
  /** Somebody else changed what stood there meanwhile. */
  readonly conflict: boolean;
}

export function cellOf(row: Row, column: Column, stored: Stored, edits: Edits, asked: boolean): Cell {
  const key = cellKey(row.subject, column);
  const before = stored.get(key);
  const edit = edits.get(key);
  if (edit === undefined) {
    const text = before ?? "";
    return {
      key,
      stored: before,
      value: before,
      text,
      changed: false,
      missing: asked && before === undefined,
      removed: false,
      conflict: false,
    };
  }
  const removed = isBlank(edit);
  const { value, problem } = removed ? {} : readNumber(edit.text, column.digits);
  return {
    key,
    stored: before,
    value,
    text: edit.text,
    changed: true,
    missing: false,
    removed,
    conflict: edit.was !== before,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** A target that was written over with nothing shall go. */
function isBlank({ text }: Edit): boolean {
  return text.trim() === "";
}

/** With something written into a cell; what says the same as what is stored is no edit. */
export function written(
  edits: Edits,
  stored: Stored,
  cells: readonly { readonly key: string; readonly text: string; readonly digits: number }[],
): Edits {
  const next = new Map(edits);
  for (const { key, text, digits } of cells) {
    const before = stored.get(key);
    const was = next.get(key)?.was ?? before;
    const { value } = readNumber(text, digits);
    const isSame = text.trim() === "" ? before === undefined : value !== undefined && sameNumber(value, before);
    if (isSame && was === before) next.delete(key);
    else next.set(key, { text, was });
  }
  return next;
}

/** As it stood before anybody wrote into these cells. */
export function reverted(edits: Edits, keys: readonly string[]): Edits {
  const next = new Map(edits);
  for (const key of keys) next.delete(key);
  return next;
}

/** One's own value over what somebody else has saved meanwhile. */
export function insisted(edits: Edits, stored: Stored, key: string): Edits {
  const edit = edits.get(key);
  if (edit === undefined) return edits;
  // Both took it away.
  if (isBlank(edit) && !stored.has(key)) return reverted(edits, [key]);
  return new Map(edits).set(key, { ...edit, was: stored.get(key) });
}

/**
 * What Delete does: what is not saved goes back to what was on file; where nothing is unsaved, targets on file are marked to go.
 * So it takes back itself.
 */
export function deleted(edits: Edits, stored: Stored, keys: readonly string[]): Edits {
  if (keys.some((key) => edits.has(key))) return reverted(edits, keys);
  const next = new Map(edits);
  for (const key of keys) if (stored.has(key)) next.set(key, { text: "", was: stored.get(key) });
  return next;
}

/** A change that can be sent, with the cell that it came from: findings come back by its place in the list. */
export interface Change {
  readonly key: string;
  readonly row: Target;
}

/** What would be saved: every edit that can be read, also of rows and columns that are not shown. */
export function changesOf(edits: Edits, columns: readonly Column[]): readonly Change[] {
  const digitsOf = new Map(columns.map((column) => [columnKey(column), column.digits]));
  return [...edits].flatMap(([key, { text }]) => {
    const place = placeOf(key);
    const { value } = readNumber(text, digitsOf.get(columnKey(place)) ?? 0);
    return value === undefined ? [] : [{ key, row: { ...place, value } }];
  });
}

/** A target that shall go. */
export interface Removal {
  readonly key: string;
  readonly place: Omit<Target, "value">;
}

export function removalsOf(edits: Edits): readonly Removal[] {
  return [...edits].flatMap(([key, edit]) => (isBlank(edit) ? [{ key, place: placeOf(key) }] : []));
}

function placeOf(key: string): Omit<Target, "value"> {
  const [subject = "", measure = "", label = "", ...rest] = key.split("#");
  return { subject, measure, label, slice: rest.join("#") };
}

function columnKey({ measure, label, slice }: Pick<Column, "measure" | "label" | "slice">): string {
  return [measure, label, slice].join("#");
}

/** `/rows/3/value` → what is wrong with the fourth change, by its cell; `/removed/0` → with the first that shall go. */
export function findingsByCell<T extends { readonly path: string }>(
  changes: readonly Change[],
  removals: readonly Removal[],
  findings: readonly T[],
): ReadonlyMap<string, T> {
  const byCell = new Map<string, T>();
  for (const finding of findings) {
    const [, list, index] = /^\/(rows|removed)\/(\d+)/.exec(finding.path) ?? [];
    const found = (list === "removed" ? removals : changes)[Number(index)];
    if (found !== undefined) byCell.set(found.key, finding);
  }
  return byCell;
}

/** The plan's columns, and those of targets that no reward asks for. */
export function columnsWith(asked: readonly Column[], targets: readonly Target[]): readonly Column[] {
  const known = new Set(asked.map(columnKey));
  const others = new Map<string, Column>();
  for (const { measure, label, slice, value } of targets) {
    const column = { measure, label, slice, asked: [], digits: value.split(".")[1]?.length ?? 0 };
    if (!known.has(columnKey(column)) && !others.has(columnKey(column))) others.set(columnKey(column), column);
  }
  return [...asked, ...others.values()];
}

/** A cell with where it stands and what it is about. */
export interface Found {
  readonly place: Place;
  readonly row: Row;
  readonly column: Column;
  readonly cell: Cell;
  readonly message?: string | undefined;
}
