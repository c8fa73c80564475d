/**
 * The plan's JSON Schema (`GET /v1/plan-schema.json`) as what a form asks for. Nothing about plans is known here: which fields there are,
 * which of them are required and what may be chosen comes from the schema alone.
 */

export type Path = readonly (string | number)[];

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
}

interface Told {
  /** In English, from the schema. */
  readonly help?: string;
  readonly preset?: unknown;
}

export type Shape = Told &
  (
    | { readonly kind: "group"; readonly fields: readonly Field[] }
    | { readonly kind: "table"; readonly of: Shape }
    | { readonly kind: "list"; readonly of: Shape; readonly atLeast: number }
    | { readonly kind: "union"; readonly branches: readonly Branch[] }
    | { readonly kind: "choice"; readonly options: readonly string[] }
    | { readonly kind: "fixed"; readonly value: unknown }
    | { readonly kind: "text"; readonly most?: number; readonly example?: string }
    | { readonly kind: "number"; readonly least?: number }
    | { readonly kind: "flag" }
    | { readonly kind: "any" }
  );

/** One of several shapes, under the word that tells them apart: a constant, the `kind`, or the field that only it requires. */
export interface Branch {
  readonly word: string;
  readonly shape: Shape;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param document JSON Schema, draft 2020-12, not recursive */
export function shapeOf(document: unknown): Shape {
  const root = isFields(document) ? document : {};
  const named = isFields(root.$defs) ? root.$defs : {};
  const known = new Map<string, Shape>();
  const read = (node: unknown): Shape => {
    if (!isFields(node)) return { kind: "any" };
    if (typeof node.$ref === "string") return { ...referred(node.$ref), ...told(node) };
    return { ...told(node), ...bare(node, read) };
  };
  const referred = (ref: string): Shape => {
    const name = ref.replace("#/$defs/", "");
    const shape = known.get(name) ?? read(named[name]);
    known.set(name, shape);
    return shape;
  };
  return read(root);
}

function told(node: Fields): Told {
  return {
    ...(typeof node.description === "string" ? { help: node.description } : {}),
    ...(node.default === undefined ? {} : { preset: node.default }),
  };
}

function bare(node: Fields, read: (node: unknown) => Shape): Shape {
  const branches = node.oneOf ?? node.anyOf;
  if (Array.isArray(branches)) return { kind: "union", branches: branchesOf(branches.map(read)) };
  if (Array.isArray(node.enum)) return { kind: "choice", options: node.enum.map(String) };
  if (node.const !== undefined) return { kind: "fixed", value: node.const };
  if (isFields(node.properties)) return { kind: "group", fields: fieldsOf(node, node.properties, read) };
  switch (node.type) {
    case "object":
      return { kind: "table", of: read(node.additionalProperties) };
    case "array":
      return { kind: "list", of: read(node.items), atLeast: numberIn(node.minItems) ?? 0 };
    case "integer":
    case "number":
      return { kind: "number", ...given("least", numberIn(node.minimum)) };
    case "boolean":
      return { kind: "flag" };
    case "string":
      return { kind: "text", ...given("most", numberIn(node.maxLength)), ...given("example", exampleIn(node)) };
    default:
      return { kind: "any" };
  }
}

function fieldsOf(node: Fields, properties: Fields, read: (node: unknown) => Shape): Field[] {
  const required = Array.isArray(node.required) ? node.required : [];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    shape: read(property),
  }));
}

function given<K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } {
  const found: { [key in K]?: V } = {};
  if (value !== undefined) found[name] = value;
  return found;
}

function numberIn(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function exampleIn({ examples }: Fields): string | undefined {
  const [first] = Array.isArray(examples) ? examples : [];
  return typeof first === "string" ? first : undefined;
}

/** Choices of one word each stand beside the others: `"day" | "month" | { windows }` is three words. */
function branchesOf(shapes: readonly Shape[]): Branch[] {
  return shapes.flatMap((shape): Branch[] => {
    if (shape.kind === "choice")
      return shape.options.map((word) => ({ word, shape: { kind: "fixed", value: word } as const }));
    return [{ word: wordOf(shape, shapes), shape }];
  });
}

function wordOf(shape: Shape, all: readonly Shape[]): string {
  if (shape.kind === "fixed") return String(shape.value);
  if (shape.kind !== "group") return shape.kind;
  const kind = shape.fields.find(({ name, shape: { kind } }) => name === "kind" && kind === "fixed");
  if (kind?.shape.kind === "fixed") return String(kind.shape.value);
  const own = requiredIn(shape).find((name) => all.every((other) => other === shape || !namesIn(other).includes(name)));
  return own ?? requiredIn(shape)[0] ?? "";
}

function requiredIn(shape: Shape): string[] {
  return shape.kind === "group" ? shape.fields.filter(({ required }) => required).map(({ name }) => name) : [];
}

function namesIn(shape: Shape): string[] {
  return shape.kind === "group" ? shape.fields.map(({ name }) => name) : [];
}

/** Which of the shapes a value is of; undefined where it is none of them yet. */
export function branchOf(branches: readonly Branch[], value: unknown): Branch | undefined {
  const constant = branches.find(({ shape }) => shape.kind === "fixed" && shape.value === value);
  if (constant !== undefined || !isFields(value)) return constant;
  const byKind = branches.find(({ word }) => value.kind === word);
  return byKind ?? branches.find(({ word, shape }) => shape.kind === "group" && Object.hasOwn(value, word));
}

/** What stands in a new place: what can only be so, and nothing that somebody has to decide. */
export function blankOf(shape: Shape): unknown {
  switch (shape.kind) {
    case "fixed":
      return shape.value;
    case "list":
      return shape.atLeast > 0 && shape.of.kind !== "text" && shape.of.kind !== "union"
        ? [blankOf(shape.of) ?? {}]
        : [];
    case "table":
      return {};
    case "group": {
      const filled = shape.fields.flatMap(({ name, required, shape: inner }) => {
        const value = required ? blankOf(inner) : undefined;
        return value === undefined ? [] : [[name, value] as const];
      });
      return Object.fromEntries(filled);
    }
    default:
      return undefined;
  }
}

/** The same plan without what its defaults say anyway: what people write. */
export function withoutPresets(shape: Shape, value: unknown): unknown {
  if (shape.kind === "union") {
    const branch = branchOf(shape.branches, value);
    return branch === undefined ? value : withoutPresets(branch.shape, value);
  }
  if (shape.kind === "list" && Array.isArray(value)) return value.map((item) => withoutPresets(shape.of, item));
  if (!isFields(value)) return value;
  if (shape.kind === "table") return mapped(value, (_, inner) => withoutPresets(shape.of, inner));
  if (shape.kind !== "group") return value;
  const fields = new Map(shape.fields.map((field) => [field.name, field]));
  const kept = Object.entries(value).filter(([name, inner]) => {
    const field = fields.get(name);
    return field === undefined || field.shape.preset === undefined || !isSame(field.shape.preset, inner);
  });
  return mapped(Object.fromEntries(kept), (name, inner) => {
    const field = fields.get(name);
    return field === undefined ? inner : withoutPresets(field.shape, inner);
  });
}

function mapped(value: Fields, of: (name: string, inner: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, of(name, inner)]));
}

/** The same JSON, whatever the order of its keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  if (!isFields(a) || !isFields(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}

export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** The shape at a place of a plan, with the branches that the plan's values choose. */
export function shapeAt(shape: Shape, value: unknown, path: Path): Shape | undefined {
  const [key, ...rest] = path;
  if (shape.kind === "union") {
    const branch = branchOf(shape.branches, value);
    return key === undefined ? shape : branch && shapeAt(branch.shape, value, path);
  }
  if (key === undefined) return shape;
  const inner =
    shape.kind === "list" || shape.kind === "table"
      ? shape.of
      : shape.kind === "group"
        ? shape.fields.find(({ name }) => name === key)?.shape
        : undefined;
  return inner && shapeAt(inner, valueAt(value, [key]), rest);
}
