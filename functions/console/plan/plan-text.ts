import { type Document, isAlias, isCollection, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Path } from "./shape.ts";

/** A plan as YAML text: what it says, where it says it, and where it is broken. */

export interface BrokenPlace {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly message: string;
}

export interface PlanText {
  readonly text: string;
  readonly document: Document;
  readonly broken: readonly BrokenPlace[];
  /** What the text says; of a broken one nothing to rely on. */
  readonly value: unknown;
  readonly lineAt: (offset: number) => number;
}

export function readPlanText(text: string): PlanText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, keepSourceTokens: true, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const broken = document.errors.map(({ pos: [from, to], message }) => ({ from, to, line: lineAt(from), message }));
  return { text, document, broken, value: broken.length > 0 ? undefined : spoken(document), lineAt };
}

/** Plain values; a document that cannot be written out (an alias of nothing) says nothing. */
function spoken(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

export interface Entry {
  readonly key: unknown;
  readonly value: unknown;
}

/** The pair under a name, whatever type YAML reads the name as. */
export function entryOf(map: unknown, name: string | number): Entry | undefined {
  if (!isMap(map)) return undefined;
  return map.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(name));
}

/** The node at a path; undefined where there is none, or where an alias stands on the way. */
export function nodeAt(document: Document, path: Path): unknown {
  let node: unknown = document.contents;
  for (const key of path) {
    if (isAlias(node)) return undefined;
    node = isSeq(node) ? node.items[Number(key)] : entryOf(node, key)?.value;
    if (node === undefined || node === null) return undefined;
  }
  return node;
}

export function rangeOf(node: unknown): readonly [from: number, to: number] | undefined {
  if (!isScalar(node) && !isCollection(node) && !isAlias(node)) return undefined;
  return node.range ? [node.range[0], node.range[1]] : undefined;
}

/** Where what is inside a node ends: without comments and empty lines behind it. */
export function contentEnd(node: unknown, text: string): number | undefined {
  if (isCollection(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (!isPair(last)) return last === undefined ? rangeOf(node)?.[1] : contentEnd(last, text);
    return entryEnd(last, text);
  }
  const [from, to] = rangeOf(node) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return from + text.slice(from, to).trimEnd().length;
}

export function entryEnd({ key, value }: Entry, text: string): number | undefined {
  const keyEnd = rangeOf(key)?.[1];
  if (keyEnd === undefined) return undefined;
  const colon = text.indexOf(":", keyEnd) + 1;
  const isSaid = value !== null && value !== undefined && !(isScalar(value) && value.source === "");
  return isSaid ? contentEnd(value, text) : Math.max(colon, keyEnd);
}

export interface Place {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  /** The part of the path that the text has. */
  readonly path: Path;
}

/** Where a path stands in the text; of one that is not there the nearest place around it. */
export function placeOf(plan: PlanText, path: Path): Place {
  const { document, text, lineAt } = plan;
  let node: unknown = document.contents;
  let found: Place = { from: 0, to: 0, line: 1, path: [] };
  for (const [at, key] of path.entries()) {
    const entry = isSeq(node) ? { key: undefined, value: node.items[Number(key)] } : entryOf(node, key);
    const from = rangeOf(entry?.key ?? entry?.value)?.[0];
    if (entry === undefined || from === undefined) break;
    const end = entry.key === undefined ? contentEnd(entry.value, text) : entryEnd(entry, text);
    found = { from, to: Math.max(from, end ?? from), line: lineAt(from), path: path.slice(0, at + 1) };
    node = entry.value;
  }
  return found;
}

/** The path of what stands at an offset: of a key or of anything in its value. */
export function pathAt({ document, text }: PlanText, offset: number): Path {
  const path: (string | number)[] = [];
  let node: unknown = document.contents;
  while (isCollection(node)) {
    const next: { readonly name: string | number; readonly value: unknown } | undefined = isSeq(node)
      ? lastBefore(node.items, offset, (item, name) => ({ name, from: rangeOf(item)?.[0], value: item }))
      : lastBefore(node.items, offset, (pair) =>
          isPair(pair)
            ? {
                name: String(isScalar(pair.key) ? pair.key.value : pair.key),
                from: rangeOf(pair.key)?.[0],
                value: pair.value,
              }
            : undefined,
        );
    if (next === undefined || (node.flow === true && offset > (contentEnd(node, text) ?? offset))) break;
    path.push(next.name);
    node = next.value;
  }
  return path;
}

interface Started {
  readonly name: string | number;
  readonly from: number | undefined;
  readonly value: unknown;
}

/** What starts last before an offset, or on it. */
function lastBefore<T>(
  items: readonly T[],
  offset: number,
  started: (item: T, at: number) => Started | undefined,
): Started | undefined {
  return items.map(started).findLast((found) => found?.from !== undefined && found.from <= offset);
}

/** `/rewards/2/gates/0`, as problems name places. */
export function pathOfPointer(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .filter((part) => part !== "")
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export function pointerOf(path: Path): string {
  return path.map((part) => `/${part}`).join("");
}
