import { type Document, isCollection, isMap, isScalar, isSeq, parseDocument } from "yaml";
import {
  contentEnd,
  type Entry,
  entryEnd,
  entryOf,
  nodeAt,
  type PlanText,
  rangeOf,
  readPlanText,
} from "./plan-text.ts";
import { isFields, isSame, type Path, valueAt } from "./shape.ts";
import { behind, block, indented, inline, isLong } from "./yaml-writing.ts";

/**
 * Changes in a YAML text that leave everything else as it stands: comments, order, quotes, empty lines. A change is cut into the
 * text where the parser says that the place is; what comes out is read again, and where it does not say what it should, the whole text is written
 * anew by the parser's document instead.
 */

export type Edit =
  | { readonly do: "set"; readonly path: Path; readonly value: unknown }
  | { readonly do: "remove"; readonly path: Path }
  | { readonly do: "insert"; readonly path: Path; readonly at: number; readonly value: unknown }
  | { readonly do: "move"; readonly path: Path; readonly from: number; readonly to: number }
  | { readonly do: "rename"; readonly path: Path; readonly to: string };

/** The text after an edit. A broken text is not edited. */
export function editPlanText(text: string, edit: Edit): string {
  const plan = readPlanText(text);
  if (plan.broken.length > 0) return text;
  const expected = editValue(plan.value, edit);
  if (isSame(expected, plan.value)) return text;
  const cut = applied(plan, edit, expected);
  if (cut !== undefined && says(cut, expected)) return cut;
  return written(text, expected);
}

function says(text: string, expected: unknown): boolean {
  const { broken, value } = readPlanText(text);
  return broken.length === 0 && isSame(value, expected);
}

/** What a plan is after an edit. */
export function editValue(value: unknown, edit: Edit): unknown {
  switch (edit.do) {
    case "set":
      return withAt(value, edit.path, () => edit.value);
    case "remove":
      return withAt(value, edit.path, () => undefined);
    case "insert":
      return withAt(value, edit.path, (list) => listOf(list).toSpliced(edit.at, 0, edit.value));
    case "move":
      return withAt(value, edit.path, (list) => moved(listOf(list), edit.from, edit.to));
    case "rename": {
      const name = String(edit.path.at(-1));
      return withAt(value, edit.path.slice(0, -1), (fields) =>
        Object.fromEntries(
          Object.entries(isFields(fields) ? fields : {}).map(([key, inner]) => [key === name ? edit.to : key, inner]),
        ),
      );
    }
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const item = items.slice(from, from + 1);
  return items.toSpliced(from, 1).toSpliced(to, 0, ...item);
}

function withAt(value: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  const inner = withAt(valueAt(value, [key]), rest, change);
  if (Array.isArray(value))
    return inner === undefined
      ? value.toSpliced(Number(key), 1)
      : value.with(Math.min(Number(key), value.length - 1), inner);
  const fields = isFields(value) ? value : {};
  if (inner !== undefined) return { ...fields, [key]: inner };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== String(key)));
}

/** Undefined where the text is not cut so. */
function applied(plan: PlanText, edit: Edit, expected: unknown): string | undefined {
  switch (edit.do) {
    case "set":
      return set(plan, edit.path, edit.value);
    case "remove":
      return remove(plan, edit.path, expected);
    case "insert":
      return insert(plan, edit.path, edit.at, edit.value);
    case "move":
      return move(plan, edit.path, edit.from, edit.to);
    case "rename": {
      const key = entryOf(nodeAt(plan.document, edit.path.slice(0, -1)), edit.path.at(-1) ?? "")?.key;
      const [from, to] = rangeOf(key) ?? [];
      return from === undefined || to === undefined ? undefined : spliced(plan.text, from, to, inline(edit.to));
    }
  }
}

function spliced(text: string, from: number, to: number, put: string): string {
  return text.slice(0, from) + put + text.slice(to);
}

function set(plan: PlanText, path: Path, value: unknown): string | undefined {
  const { document, text } = plan;
  const parent = nodeAt(document, path.slice(0, -1));
  const name = path.at(-1);
  if (name === undefined) return undefined;
  if (isSeq(parent)) return replaced(plan, path, parent.items[Number(name)], value);
  const entry = entryOf(parent, name);
  if (entry !== undefined) return entryWith(plan, path, entry, value);
  if (!isMap(parent)) {
    // Nothing is around it yet: `period:` without anything behind.
    return path.length < 2 ? undefined : set(plan, path.slice(0, -1), { [name]: value });
  }
  return added(plan, path, parent, `${inline(String(name))}:`, value, text);
}

/** A field behind the others of its map. */
function added(
  { document }: PlanText,
  path: Path,
  parent: { readonly flow?: boolean; readonly items: readonly Entry[] },
  label: string,
  value: unknown,
  text: string,
): string | undefined {
  const last = parent.items.at(-1);
  const [from, to] = rangeOf(parent) ?? [];
  if (last === undefined) {
    if (from === undefined || to === undefined) return undefined;
    return spliced(text, from, to, `{ ${label} ${inline(value)} }`);
  }
  const end = entryEnd(last, text);
  const start = rangeOf(parent.items[0]?.key)?.[0];
  if (end === undefined || start === undefined) return undefined;
  if (isInFlow(document, path.slice(0, -1))) return spliced(text, end, end, `, ${label} ${inline(value)}`);
  const column = start - lineStart(text, start);
  const at = lineEnd(text, end);
  return spliced(text, at, at, `\n${" ".repeat(column)}${label}${behind(value, column)}`);
}

function entryWith(plan: PlanText, path: Path, { key, value: old }: Entry, value: unknown): string | undefined {
  const { document, text } = plan;
  const keyRange = rangeOf(key);
  if (keyRange === undefined) return undefined;
  const [from, to] = rangeOf(old) ?? [];
  const isPlain = (node: unknown) =>
    isScalar(node) && node.source !== "" && node.type !== "BLOCK_FOLDED" && node.type !== "BLOCK_LITERAL";
  const inFlow = isInFlow(document, path.slice(0, -1));
  const staysInline = inFlow || ((isPlain(old) || isFlow(old)) && !isLong(value));
  if (staysInline && from !== undefined && to !== undefined && (isPlain(old) || isFlow(old)))
    return spliced(text, from, to, inline(value));
  const colon = text.indexOf(":", keyRange[1]) + 1;
  const end = entryEnd({ key, value: old }, text);
  if (colon === 0 || end === undefined || inFlow) return undefined;
  const column = keyRange[0] - lineStart(text, keyRange[0]);
  const isBlock = isCollection(old) && !isFlow(old);
  const remark = isBlock ? (/^\s*(#[^\n]*)/.exec(text.slice(colon))?.[1] ?? "") : "";
  return spliced(text, colon, end, withRemark(behind(value, column), remark));
}

function withRemark(put: string, remark: string): string {
  if (remark === "") return put;
  return put.startsWith("\n") ? ` ${remark}${put}` : `${put} ${remark}`;
}

/** An item of a list that is replaced as a whole. */
function replaced({ text }: PlanText, _: Path, old: unknown, value: unknown): string | undefined {
  const [from] = rangeOf(old) ?? [];
  const end = contentEnd(old, text);
  if (from === undefined || end === undefined) return undefined;
  if (isScalar(old) || isFlow(old)) return spliced(text, from, end, inline(value));
  const column = from - lineStart(text, from);
  return spliced(text, from, end, indented(block(value), column));
}

function remove(plan: PlanText, path: Path, expected: unknown): string | undefined {
  const { document, text } = plan;
  const above = path.slice(0, -1);
  const parent = nodeAt(document, above);
  if (!isCollection(parent)) return undefined;
  if (parent.items.length === 1) return above.length === 0 ? undefined : set(plan, above, valueAt(expected, above));
  if (isSeq(parent)) return withoutItem(plan, above, parent, Number(path.at(-1)));
  if (!isMap(parent)) return undefined;
  const entry = entryOf(parent, path.at(-1) ?? "");
  const at = parent.items.findIndex(({ key }) => key === entry?.key);
  const from = rangeOf(entry?.key)?.[0];
  const end = entry && entryEnd(entry, text);
  if (from === undefined || end === undefined) return undefined;
  const next = rangeOf(parent.items[at + 1]?.key)?.[0];
  if (isInFlow(document, above)) {
    const before = at > 0 ? parent.items[at - 1] : undefined;
    if (before === undefined) return next === undefined ? undefined : spliced(text, from, next, "");
    return spliced(text, entryEnd(before, text) ?? from, end, "");
  }
  const start = lineStart(text, from);
  if (text.slice(start, from).trim() === "") return spliced(text, start, lineEnd(text, end) + 1, "");
  return next === undefined ? undefined : spliced(text, from, next, "");
}

interface Segment {
  readonly from: number;
  readonly to: number;
}

/** The lines of each item of a block list, with the comments above it; the first without what stands above. */
function segmentsOf(text: string, list: { readonly items: readonly unknown[] }): Segment[] | undefined {
  const segments: Segment[] = [];
  for (const item of list.items) {
    const start = rangeOf(item)?.[0];
    const end = contentEnd(item, text);
    if (start === undefined || end === undefined) return undefined;
    const before = segments.at(-1);
    const from = before?.to ?? lineStart(text, text.lastIndexOf("-", start));
    segments.push({ from, to: Math.min(lineEnd(text, end) + 1, text.length) });
  }
  return segments;
}

function withoutItem(plan: PlanText, path: Path, list: { readonly items: readonly unknown[] }, at: number) {
  const { text, document } = plan;
  if (isInFlow(document, path)) return reordered(plan, list, (texts) => texts.toSpliced(at, 1));
  const segments = segmentsOf(text, list);
  const gone = segments?.[at];
  if (gone === undefined) return undefined;
  const blank = at === 0 ? (/^(?:[ \t]*\n)*/.exec(text.slice(gone.to))?.[0].length ?? 0) : 0;
  return spliced(text, gone.from, gone.to + blank, "");
}

function insert(plan: PlanText, path: Path, at: number, value: unknown): string | undefined {
  const { text, document } = plan;
  const list = nodeAt(document, path);
  if (!isSeq(list)) return set(plan, path, [value]);
  if (list.items.length === 0) return setWhole(plan, path, [value]);
  if (isInFlow(document, path)) return reordered(plan, list, (texts) => texts.toSpliced(at, 0, inline(value)));
  const segments = segmentsOf(text, list);
  const before = segments?.[at - 1];
  const [first] = segments ?? [];
  if (segments === undefined || first === undefined) return undefined;
  const column = text.slice(first.from).search(/\S/);
  const put = `${" ".repeat(column)}- ${indented(block(value), column + 2)}\n`;
  if (at === 0) return spliced(text, first.from, first.from, put);
  if (before === undefined) return undefined;
  const second = segments[1];
  const gap = second !== undefined && /^\s*\n/.test(text.slice(second.from, second.to)) ? "\n" : "";
  const newline = text[before.to - 1] === "\n" ? "" : "\n";
  return spliced(text, before.to, before.to, newline + gap + put);
}

/** An empty list, `[]`, becomes one of lines; inside of braces it stays where it is. */
function setWhole(plan: PlanText, path: Path, value: unknown): string | undefined {
  const { document, text } = plan;
  const entry = entryOf(nodeAt(document, path.slice(0, -1)), path.at(-1) ?? "");
  const [from, to] = rangeOf(entry?.value) ?? [];
  const keyRange = rangeOf(entry?.key);
  if (from === undefined || to === undefined || keyRange === undefined) return undefined;
  if (isInFlow(document, path.slice(0, -1))) return spliced(text, from, to, inline(value));
  const column = keyRange[0] - lineStart(text, keyRange[0]);
  return spliced(text, text.indexOf(":", keyRange[1]) + 1, to, behind(value, column));
}

function move(plan: PlanText, path: Path, from: number, to: number): string | undefined {
  const { text, document } = plan;
  const list = nodeAt(document, path);
  if (!isSeq(list)) return undefined;
  if (isInFlow(document, path)) return reordered(plan, list, (texts) => moved(texts, from, to));
  const segments = segmentsOf(text, list);
  const [first] = segments ?? [];
  const last = segments?.at(-1);
  if (segments === undefined || first === undefined || last === undefined) return undefined;
  const parts = segments.map(({ from: start, to: end }) => {
    const whole = text.slice(start, end);
    const gap = /^(?:[ \t]*\n)*/.exec(whole)?.[0] ?? "";
    return { gap, body: `${whole.slice(gap.length).replace(/\n$/, "")}\n` };
  });
  const bodies = moved(
    parts.map(({ body }) => body),
    from,
    to,
  );
  return spliced(text, first.from, last.to, parts.map(({ gap }, at) => gap + (bodies[at] ?? "")).join(""));
}

/** The items of a list in brackets, in another order, or with one more or less. */
function reordered({ text }: PlanText, list: unknown, change: (texts: string[]) => string[]): string | undefined {
  if (!isSeq(list)) return undefined;
  const ranges = list.items.map(rangeOf);
  const first = ranges[0];
  const last = ranges.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const texts = ranges.flatMap((range) => (range === undefined ? [] : [text.slice(...range)]));
  return spliced(text, first[0], last[1], change(texts).join(", "));
}

function isFlow(node: unknown): boolean {
  return isCollection(node) && node.flow === true;
}

/** Whether a place lies in braces or brackets. */
function isInFlow(document: Document, path: Path): boolean {
  return Array.from({ length: path.length + 1 }, (_, length) => path.slice(0, length)).some((above) =>
    isFlow(nodeAt(document, above)),
  );
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}

/** The whole text by the parser's own writer: keeps comments and order, not every space. */
function written(text: string, value: unknown): string {
  const document = parseDocument(text);
  merge(document, [], document.toJS(), value);
  return document.toString({ lineWidth: 0 });
}

function merge(document: Document, path: Path, before: unknown, after: unknown): void {
  if (isSame(before, after)) return;
  if (!isFields(before) || !isFields(after)) {
    if (path.length > 0) document.setIn(path, document.createNode(after));
    else document.contents = document.createNode(after);
    return;
  }
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) document.deleteIn([...path, name]);
  for (const [name, inner] of Object.entries(after)) {
    if (Object.hasOwn(before, name)) merge(document, [...path, name], before[name], inner);
    else document.setIn([...path, name], document.createNode(inner));
  }
}
