import { type Branch, branchOf, type Field, isFields, type Path, type Shape } from "./shape.ts";

/** What a form shows of a value: which fields, which of them can still be added, and what the schema does not know. */

export interface GroupView {
  /** Required fields, and those that the plan says. */
  readonly shown: readonly Field[];
  /** Optional fields that the plan does not say. */
  readonly addable: readonly Field[];
  /** What stands in the plan and in no schema. */
  readonly unknown: readonly string[];
}

export function groupView(fields: readonly Field[], value: unknown): GroupView {
  const said = isFields(value) ? value : {};
  const names = new Set(fields.map(({ name }) => name));
  return {
    shown: fields.filter(({ name, required }) => required || Object.hasOwn(said, name)),
    addable: fields.filter(({ name, required }) => !required && !Object.hasOwn(said, name)),
    unknown: Object.keys(said).filter((name) => !names.has(name)),
  };
}

/** How a place is asked for. `raw`: what stands there is of no shape that is allowed, and is shown as it is. */
export type Widget =
  | "group"
  | "names"
  | "table"
  | "list"
  | "tags"
  | "union"
  | "choice"
  | "fixed"
  | "yes"
  | "text"
  | "number"
  | "flag"
  | "raw";

export function widgetOf(shape: Shape, value: unknown): Widget {
  if (value === undefined || value === null) return widgetOfShape(shape);
  const fits: Readonly<Record<Shape["kind"], boolean>> = {
    group: isFields(value),
    table: isFields(value),
    list: Array.isArray(value),
    union: shape.kind === "union" && branchOf(shape.branches, value) !== undefined,
    choice: typeof value === "string",
    fixed: shape.kind === "fixed" && shape.value === value,
    text: typeof value === "string" || typeof value === "number",
    number: typeof value === "number",
    flag: typeof value === "boolean",
    any: false,
  };
  if (!fits[shape.kind]) return "raw";
  const widget = widgetOfShape(shape);
  if (widget === "tags" && Array.isArray(value) && !value.every((item) => typeof item === "string")) return "list";
  return widget;
}

function widgetOfShape(shape: Shape): Widget {
  switch (shape.kind) {
    case "group":
      return isNames(shape) ? "names" : "group";
    case "list":
      return shape.of.kind === "text" || shape.of.kind === "choice" ? "tags" : "list";
    case "fixed":
      return shape.value === true ? "yes" : "fixed";
    case "any":
      return "raw";
    default:
      return shape.kind;
  }
}

/** A text in several languages. */
export function isNames(shape: Shape): boolean {
  return shape.kind === "group" && shape.fields.map(({ name }) => name).join() === "en,zh";
}

/** Every place that the form shows for a value, down to the single texts and numbers, in its order. */
export function shownPlaces(shape: Shape, value: unknown, path: Path = []): Path[] {
  const widget = widgetOf(shape, value);
  switch (widget) {
    case "group":
    case "names":
      return shape.kind === "group" ? groupPlaces(shape.fields, value, path) : [];
    case "list":
      return Array.isArray(value)
        ? value.flatMap((item, at) => (shape.kind === "list" ? shownPlaces(shape.of, item, [...path, at]) : []))
        : [];
    case "tags":
      return Array.isArray(value) ? value.map((_, at) => [...path, at]) : [];
    case "table":
      return isFields(value)
        ? Object.entries(value).flatMap(([key, inner]) =>
            shape.kind === "table" ? shownPlaces(shape.of, inner, [...path, key]) : [],
          )
        : [];
    case "union": {
      const branch = shape.kind === "union" ? branchOf(shape.branches, value) : undefined;
      return branch === undefined ? [path] : branchPlaces(branch, value, path);
    }
    default:
      return [path];
  }
}

function groupPlaces(fields: readonly Field[], value: unknown, path: Path): Path[] {
  const said = isFields(value) ? value : {};
  const { shown, unknown } = groupView(fields, value);
  return [
    ...shown.flatMap(({ name, shape }) => shownPlaces(shape, said[name], [...path, name])),
    ...unknown.map((name) => [...path, name]),
  ];
}

function branchPlaces({ shape }: Branch, value: unknown, path: Path): Path[] {
  return shape.kind === "fixed" ? [path] : shownPlaces(shape, value, path);
}

/** What each choice of a policy pays, out of the schema's text: "what …: `a` – this · `b` – that". */
export interface PolicyText {
  readonly question: string;
  readonly answers: ReadonlyMap<string, string>;
}

export function policyText(help: string | undefined): PolicyText {
  if (help === undefined) return { question: "", answers: new Map() };
  const parts = help.split(" · ");
  const pieces = parts.map((part) => /^(.*?)(?:^|[:;,] )?`([^`]+)`(?: –|:) (.*)$/s.exec(part));
  const isPolicy = pieces.length > 1 && pieces.every((piece) => piece !== null);
  if (!isPolicy) return { question: help, answers: new Map() };
  const answers = pieces.flatMap((piece) => (piece === null ? [] : [[piece[2] ?? "", piece[3] ?? ""] as const]));
  return { question: (pieces[0]?.[1] ?? "").replace(/:\s*$/, ""), answers: new Map(answers) };
}
