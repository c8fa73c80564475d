/** A JSON value as it is read from a file. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Fields = { readonly [name: string]: Json };

/**
 * Which way values go. What is sent must still be taken: nothing that was allowed may be refused. What is answered must still be
 * there: nothing that was promised may be missing. New fields and new values in answers are no break: clients pass over what
 * they do not know (`shared/docs/API.md`).
 */
export type Direction = "sent" | "answered";

/** Bounds that refuse more when they fall, and those that refuse more when they rise. */
const CEILINGS = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
const FLOORS = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const UNIONS = ["oneOf", "anyOf"];

export class SchemaComparison {
  readonly #before: Json;
  readonly #after: Json;
  readonly #seen = new Set<string>();

  constructor(before: Json, after: Json) {
    this.#before = before;
    this.#after = after;
  }

  /** What breaks when the schema `before` becomes `after`, one sentence each with its place. */
  changes(direction: Direction, place: string, before: Json | undefined, after: Json | undefined): string[] {
    if (before === undefined) return [];
    if (after === undefined) return [`${place}: is gone`];
    const pair = `${direction} ${refOf(before)} ${refOf(after)}`;
    if (refOf(before) !== "" && refOf(after) !== "") {
      if (this.#seen.has(pair)) return [];
      this.#seen.add(pair);
    }
    const [old, now] = [resolved(this.#before, before), resolved(this.#after, after)];
    if (isUnion(old) || isUnion(now)) return this.#unions(direction, place, before, after);
    return [
      ...typeChanges(direction, place, old, now),
      ...(direction === "sent" ? boundChanges(place, old, now) : []),
      ...this.#fields(direction, place, old, now),
      ...this.changes(direction, `${place}[]`, old.items, old.items === undefined ? undefined : now.items),
      ...this.#others(direction, place, old, now),
    ];
  }

  #fields(direction: Direction, place: string, old: Fields, now: Fields): string[] {
    const [had, has] = [fieldsOf(old.properties), fieldsOf(now.properties)];
    const [asked, asks] = [namesOf(old.required), namesOf(now.required)];
    const more = asks.filter((name) => !asked.includes(name)).map((name) => `${place}/${name}: must be sent now`);
    const less = asked
      .filter((name) => name in has && !asks.includes(name))
      .map((name) => `${place}/${name}: may be missing now`);
    const closed = direction === "answered" || now.additionalProperties === false;
    return [
      ...(direction === "sent" ? more : less),
      ...Object.entries(had).flatMap(([name, field]) => {
        const next = has[name];
        if (next === undefined && !closed) return [];
        return this.changes(direction, `${place}/${name}`, field, next);
      }),
    ];
  }

  /** Values under names of the sender's own. */
  #others(direction: Direction, place: string, old: Fields, now: Fields): string[] {
    if (typeof old.additionalProperties !== "object" || typeof now.additionalProperties !== "object") return [];
    return this.changes(direction, `${place}/*`, old.additionalProperties, now.additionalProperties);
  }

  /** Each shape that was taken is still taken as it was; of answers, shapes that are still there say what they said. */
  #unions(direction: Direction, place: string, before: Json, after: Json): string[] {
    const now = shapesOf(this.#after, after);
    return shapesOf(this.#before, before).flatMap(({ key, schema }) => {
      const same = now.find((shape) => shape.key === key);
      if (same) return this.changes(direction, `${place}(${key})`, schema, same.schema);
      if (direction === "answered") return [];
      const taken = now.some(
        (shape) =>
          new SchemaComparison(this.#before, this.#after).changes(direction, place, schema, shape.schema).length === 0,
      );
      return taken ? [] : [`${place}: ${key} is taken no more`];
    });
  }
}

function typeChanges(direction: Direction, place: string, old: Fields, now: Fields): string[] {
  const [had, has] = [typesOf(old), typesOf(now)];
  if (direction === "answered") {
    const strange =
      had.length === 0
        ? []
        : has.filter((type) => !had.includes(type) && !(type === "integer" && had.includes("number")));
    return strange.length === 0 && (had.length === 0 || has.length > 0)
      ? []
      : [`${place}: was ${had.join(" or ")}, is ${has.join(" or ") || "anything"}`];
  }
  const refused =
    has.length === 0
      ? []
      : had.filter((type) => !has.includes(type) && !(type === "integer" && has.includes("number")));
  const closed = has.length > 0 && had.length === 0;
  return refused.length === 0 && !closed
    ? []
    : [`${place}: was ${had.join(" or ") || "anything"}, is ${has.join(" or ")}`];
}

/** What is refused that was not: a value of a list, a bound, a pattern. */
function boundChanges(place: string, old: Fields, now: Fields): string[] {
  const [values, left] = [valuesOf(old), valuesOf(now)];
  const gone = left === undefined ? [] : (values ?? ["any other value"]).filter((value) => !left.includes(value));
  return [
    ...gone.map((value) => `${place}: ${value} is refused now`),
    ...CEILINGS.filter((name) => isTighter(old[name], now[name], 1)).map(
      (name) => `${place}: ${name} is ${now[name]} now`,
    ),
    ...FLOORS.filter((name) => isTighter(old[name], now[name], -1)).map(
      (name) => `${place}: ${name} is ${now[name]} now`,
    ),
    ...(now.pattern !== undefined && now.pattern !== old.pattern ? [`${place}: must match ${now.pattern} now`] : []),
  ];
}

function isTighter(old: Json | undefined, now: Json | undefined, sign: 1 | -1): boolean {
  if (typeof now !== "number") return false;
  return typeof old !== "number" || sign * now < sign * old;
}

function valuesOf({ enum: listed, const: one }: Fields): string[] | undefined {
  if (one !== undefined) return [JSON.stringify(one)];
  return Array.isArray(listed) ? listed.map((value) => JSON.stringify(value)) : undefined;
}

function typesOf({ type }: Fields): string[] {
  return Array.isArray(type) ? type.map(String) : typeof type === "string" ? [type] : [];
}

function isUnion(schema: Fields): boolean {
  return UNIONS.some((name) => schema[name] !== undefined);
}

interface Shape {
  /** What tells it from the other shapes: its name, its constants, or what type it is. */
  readonly key: string;
  readonly schema: Json;
}

function shapesOf(document: Json, schema: Json): Shape[] {
  const fields = resolved(document, schema);
  const members = UNIONS.flatMap((name) => (Array.isArray(fields[name]) ? fields[name] : []));
  if (members.length === 0) return [{ key: keyOf(document, schema), schema }];
  return members.flatMap((member: Json) => shapesOf(document, member));
}

function keyOf(document: Json, schema: Json): string {
  const fields = resolved(document, schema);
  const constants = Object.entries(fieldsOf(fields.properties)).flatMap(([name, field]) => {
    const { const: value } = fieldsOf(field);
    return value === undefined ? [] : [`${name}=${JSON.stringify(value)}`];
  });
  if (constants.length > 0) return constants.join(" ");
  const names = Object.keys(fieldsOf(fields.properties)).sort();
  if (fields.const !== undefined) return JSON.stringify(fields.const);
  return names.length > 0 ? `{${namesOf(fields.required).sort().join(", ")}}` : typesOf(fields).join("|") || "anything";
}

function resolved(document: Json, schema: Json): Fields {
  const ref = refOf(schema);
  if (ref === "") return fieldsOf(schema);
  const target = ref
    .slice(2)
    .split("/")
    .reduce<Json | undefined>((at, name) => fieldsOf(at)[name.replaceAll("~1", "/")], document);
  return fieldsOf(target);
}

function refOf(schema: Json | undefined): string {
  const { $ref } = fieldsOf(schema);
  return typeof $ref === "string" ? $ref : "";
}

export function fieldsOf(value: Json | undefined): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function namesOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
