import { fieldsOf, type Json, SchemaComparison } from "./schema-changes.ts";

const METHODS = ["get", "post", "put", "patch", "delete"];

/**
 * What would break for a program written for the API of `before` that meets the API of `after`; both are OpenAPI 3.1 documents. One
 * sentence each, with its place; empty when every such program still works.
 */
export function breakingChanges(before: Json, after: Json): string[] {
  return operationsOf(before).flatMap(({ name, path, method }) => {
    const [old, now] = [operationAt(before, path, method), operationAt(after, path, method)];
    if (Object.keys(now).length === 0) return [`${name}: is gone`];
    const compare = new SchemaComparison(before, after);
    return [
      ...parameterChanges(compare, name, old, now),
      ...bodyChanges(compare, name, old, now),
      ...answerChanges(compare, name, old, now),
    ];
  });
}

/** The document without what programs do not read: texts and examples. */
export function withoutTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, inner]) => !(TEXTS.has(name) && typeof inner === "string") && name !== "examples" && name !== "example",
  );
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutTexts(inner)]));
}

const TEXTS: ReadonlySet<string> = new Set(["description", "summary", "title"]);

type Fields = ReturnType<typeof fieldsOf>;

function operationsOf(document: Json): { name: string; path: string; method: string }[] {
  return Object.entries(fieldsOf(fieldsOf(document).paths)).flatMap(([path, item]) =>
    METHODS.filter((method) => method in fieldsOf(item)).map((method) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      method,
    })),
  );
}

function operationAt(document: Json, path: string, method: string): Fields {
  return fieldsOf(fieldsOf(fieldsOf(fieldsOf(document).paths)[path])[method]);
}

function parameterChanges(compare: SchemaComparison, name: string, old: Fields, now: Fields): string[] {
  const [had, has] = [parametersOf(old), parametersOf(now)];
  return [
    ...[...has]
      .filter(([key, one]) => one.required === true && had.get(key)?.required !== true)
      .map(([key]) => `${name} ${key}: must be sent now`),
    ...[...had].flatMap(([key, one]) => compare.changes("sent", `${name} ${key}`, one.schema, has.get(key)?.schema)),
  ];
}

function parametersOf({ parameters }: Fields): Map<string, Fields> {
  const list = Array.isArray(parameters) ? parameters : [];
  return new Map(list.map((parameter: Json) => fieldsOf(parameter)).map((one) => [`${one.in} ${one.name}`, one]));
}

function bodyChanges(compare: SchemaComparison, name: string, old: Fields, now: Fields): string[] {
  const [had, has] = [fieldsOf(old.requestBody), fieldsOf(now.requestBody)];
  const asked = has.required === true && Object.keys(had).length === 0 ? [`${name}: a body must be sent now`] : [];
  const [media, left] = [fieldsOf(had.content), fieldsOf(has.content)];
  return [
    ...asked,
    ...Object.keys(media).flatMap((type) => {
      const place = `${name} ${type}`;
      return left[type] === undefined
        ? [`${place}: is taken no more`]
        : compare.changes("sent", place, fieldsOf(media[type]).schema, fieldsOf(left[type]).schema);
    }),
  ];
}

function answerChanges(compare: SchemaComparison, name: string, old: Fields, now: Fields): string[] {
  const answers = Object.entries(fieldsOf(old.responses)).filter(([status]) => status.startsWith("2"));
  return answers.flatMap(([status, answer]) => {
    const next = fieldsOf(now.responses)[status];
    if (next === undefined) return [`${name}: is not answered ${status} any more`];
    const [had, has] = [fieldsOf(fieldsOf(answer).content), fieldsOf(fieldsOf(next).content)];
    return Object.keys(had).flatMap((type) =>
      compare.changes("answered", `${name} ${status} ${type}`, fieldsOf(had[type]).schema, fieldsOf(has[type]).schema),
    );
  });
}
