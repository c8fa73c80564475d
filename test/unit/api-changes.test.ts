import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { breakingChanges } from "#infra/local/client/api-changes.ts";
import { PUBLISHED, presentApi } from "#infra/local/client/published.ts";
import type { Json } from "#infra/local/client/schema-changes.ts";

const published = z.json().parse(JSON.parse(readFileSync(PUBLISHED, "utf8")));

describe("the API", () => {
  it("breaks no program that was written for what is published", () => {
    // When a break is meant, read the deprecation rules in shared/docs/API.md, then: npm run client -- --publish
    expect(breakingChanges(published, presentApi())).toEqual([]);
  });

  it("is published whole", () => {
    expect(
      Object.keys(z.object({ paths: z.record(z.string(), z.json()) }).parse(published).paths).length,
    ).toBeGreaterThan(40);
  });
});

/** An API of one operation, whose body and answer have these schemas. */
function api({
  sent = {},
  answered = {},
  ...operation
}: {
  sent?: Json;
  answered?: Json;
  [name: string]: Json | undefined;
}): Json {
  const content = (schema: Json) => ({ content: { "application/json": { schema } } });
  const post = { requestBody: content(sent), responses: { "201": content(answered) }, ...operation };
  return JSON.parse(JSON.stringify({ paths: { "/v1/things": { post } }, components: { schemas: { Thing: thing() } } }));
}

function thing(more: Readonly<Record<string, Json>> = {}, required: readonly string[] = ["id"]): Json {
  return {
    type: "object",
    properties: { id: { type: "string" }, ...more },
    required: [...required],
    additionalProperties: false,
  };
}

const RED = { type: "object", properties: { kind: { const: "red" }, depth: { type: "integer" } }, required: ["kind"] };
const BLUE = { type: "object", properties: { kind: { const: "blue" }, hue: { type: "string" } }, required: ["kind"] };

type Pair = readonly [Json, Json];
const text = { type: "string" };

const BREAKS: Readonly<Record<string, { sent?: Pair; answered?: Pair }>> = {
  "a field that must be sent now": { sent: [thing(), thing({ name: text }, ["id", "name"])] },
  "a field that must be sent now, which was optional": {
    sent: [thing({ name: text }), thing({ name: text }, ["id", "name"])],
  },
  "a field that is taken no more": { sent: [thing({ name: text }), thing()] },
  "another type that is sent": { sent: [text, { type: "integer" }] },
  "a number that must be whole now": { sent: [{ type: "number" }, { type: "integer" }] },
  "a value that is taken no more": { sent: [{ enum: ["a", "b"] }, { enum: ["a"] }] },
  "any text becoming a list of values": { sent: [text, { type: "string", enum: ["a"] }] },
  "a shorter text": { sent: [text, { type: "string", maxLength: 5 }] },
  "a higher floor": {
    sent: [
      { type: "integer", minimum: 1 },
      { type: "integer", minimum: 2 },
    ],
  },
  "another pattern": { sent: [text, { type: "string", pattern: "^a" }] },
  "a shape that is taken no more": { sent: [{ oneOf: [RED, BLUE] }, { oneOf: [RED] }] },
  "a shape of a list that asks for more": {
    sent: [
      { type: "array", items: { oneOf: [RED, BLUE] } },
      { type: "array", items: { oneOf: [RED, { ...BLUE, required: ["kind", "hue"] }] } },
    ],
  },
  "a field that is answered no more": { answered: [thing({ name: text }), thing()] },
  "a field that may be missing now": { answered: [thing({ name: text }, ["id", "name"]), thing({ name: text })] },
  "another type that is answered": { answered: [thing({ size: { type: "integer" } }), thing({ size: text })] },
  "an answer that may be null now": { answered: [text, { type: ["string", "null"] }] },
  "a field inside a shape that is answered no more": {
    answered: [{ oneOf: [RED, BLUE] }, { oneOf: [RED, { ...BLUE, properties: { kind: { const: "blue" } } }] }],
  },
};

const HARMLESS: typeof BREAKS = {
  "nothing at all": { sent: [thing(), thing()], answered: [thing(), thing()] },
  "a field that may be sent": { sent: [thing(), thing({ name: text })] },
  "a field that need not be sent any more": { sent: [thing({ name: text }, ["id", "name"]), thing({ name: text })] },
  "a wider number": { sent: [{ type: "integer" }, { type: "number" }] },
  "a further value that is taken": { sent: [{ enum: ["a"] }, { enum: ["a", "b"] }] },
  "a lower floor": {
    sent: [
      { type: "integer", minimum: 2 },
      { type: "integer", minimum: 1 },
    ],
  },
  "one shape becoming one of two": { sent: [RED, { oneOf: [BLUE, RED] }] },
  "a field more in an answer": { answered: [thing(), thing({ name: text }, ["id", "name"])] },
  "a further value in an answer": {
    answered: [
      { type: "string", enum: ["a"] },
      { type: "string", enum: ["a", "b"] },
    ],
  },
  "a further shape in an answer": { answered: [{ oneOf: [RED] }, { oneOf: [BLUE, RED] }] },
  "a schema that gets a name": {
    sent: [thing(), { $ref: "#/components/schemas/Thing" }],
    answered: [thing(), { $ref: "#/components/schemas/Thing" }],
  },
};

function changes({ sent, answered }: { sent?: Pair; answered?: Pair }): string[] {
  const at = (index: 0 | 1) =>
    api({ ...(sent ? { sent: sent[index] } : {}), ...(answered ? { answered: answered[index] } : {}) });
  return breakingChanges(at(0), at(1));
}

describe("what breaks a program", () => {
  it.each(Object.entries(BREAKS))("%s", (_what, pair) => {
    expect(changes(pair)).toHaveLength(1);
  });

  const parameter = (required: boolean) => ({ parameters: [{ in: "query", name: "limit", required, schema: text }] });
  it.each<[string, Json, Json]>([
    ["an operation that is gone", api({}), { paths: {} }],
    ["a parameter that must be sent now", api({}), api(parameter(true))],
    ["a parameter that is read no more", api(parameter(false)), api({})],
    ["a status that is answered no more", api({}), api({ responses: {} })],
  ])("%s", (_what, before, after) => {
    expect(breakingChanges(before, after)).toHaveLength(1);
  });
});

describe("what breaks none", () => {
  it.each(Object.entries(HARMLESS))("%s", (_what, pair) => {
    expect(changes(pair)).toEqual([]);
  });

  it("a further operation, and a parameter that may be sent", () => {
    expect(breakingChanges({ paths: {} }, api({}))).toEqual([]);
    expect(breakingChanges(api({}), api({ parameters: [{ in: "query", name: "limit", schema: text }] }))).toEqual([]);
  });
});
