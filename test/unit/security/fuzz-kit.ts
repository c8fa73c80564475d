import fc from "fast-check";
import type { Route } from "#contracts/route.ts";

/** Calls that nobody planned for: what a route's own example looks like when it is spoilt, and anything at all. */

/** Texts that break what was not made for them. */
export const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "",
    " ",
    "#",
    "##",
    "a#b",
    "~",
    "~***",
    "~Iw",
    "~LzEv",
    "..",
    "../../etc/passwd",
    "%2e%2e%2f",
    "\u0000",
  ),
  fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "null", "undefined", "NaN", "Infinity"),
  fc.constantFrom(
    "-1",
    "0",
    "1e400",
    "9".repeat(40),
    "1e-7",
    "0x10",
    "٣",
    "1,5",
    "+1",
    "1.000000000000000000001",
    "1/0",
  ),
  fc.constantFrom("2018-02-30", "9999-12-31", "+275760-09-13T00:00:00Z", "-000001-01-01T00:00:00Z", "P99999999999D"),
  fc.constantFrom(
    "\ud800",
    "\udc00x",
    "e\u0301",
    "\u202eabc",
    "a\u200bb",
    "\ufeffa",
    "аnn",
    "\r\nset-cookie: a=b",
    "\u2028",
  ),
  fc.constantFrom(
    "=1+1",
    "@cmd",
    "<script>alert(1)</script>",
    "%24%7Bjndi:ldap://x%7D",
    "'; DROP TABLE facts;--",
    "{{7*7}}",
  ),
  fc.constantFrom("x".repeat(5000), "(".repeat(300), "a.".repeat(300), "amount > 1 && ".repeat(100)),
);

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    -1,
    0,
    -0,
    0.1 + 0.2,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 53),
    1e21,
    1e308,
    5e-324,
  ),
  fc.constantFrom<unknown>([], {}, [[]], [null], { toString: 1, valueOf: 1 }, { toJSON: 1 }, JSON.parse('{"then":1}'), {
    length: -1,
  }),
);

type Path = readonly (string | number)[];

/** A way to every place of a document. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const isList = Array.isArray(value);
  const inside = Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, isList ? Number(key) : key]));
  return [path, ...inside];
}

const GONE = Symbol("gone");

function changed(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) {
    return value
      .map((item, index) => (index === step ? changed(item, rest, by) : item))
      .filter((item) => item !== GONE);
  }
  if (typeof value !== "object" || value === null) return by;
  const entries = Object.entries(value).map(([key, item]) => [key, key === step ? changed(item, rest, by) : item]);
  return Object.fromEntries(entries.filter(([, item]) => item !== GONE));
}

/** The document with up to three places spoilt, left out, or said twice. */
function spoilt(document: unknown): fc.Arbitrary<unknown> {
  const spoil = fc.record({ path: fc.constantFrom(...pathsOf(document)), by: fc.oneof(oddValue, fc.constant(GONE)) });
  return fc
    .array(spoil, { minLength: 1, maxLength: 3 })
    .map((spoils) => spoils.reduce<unknown>((told, { path, by }) => changed(told, path, by), document))
    .map((told) => (told === GONE ? null : told));
}

export interface OddCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly type?: string;
}

/**
 * Calls of one route. Path parameters are mostly those of the world, so that the call comes far; the body is mostly its own
 * example spoilt, so that it passes the first checks.
 *
 * @param known by parameter: values that the world has
 */
export function oddCalls(route: Route, known: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<OddCall> {
  return fc.record(
    {
      params: paramsOf(route, known),
      query: queryOf(route),
      headers: headersOf(route),
      ...(route.body.media.length > 0 ? { body: bodyOf(route), type: typeOf(route) } : {}),
    },
    { requiredKeys: ["params", "query", "headers"] },
  );
}

function paramsOf({ path }: Route, known: Readonly<Record<string, readonly string[]>>) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return fc.record(
    Object.fromEntries(
      names.map((name) => {
        const odd = oddText.filter((text) => text !== "").map((text) => text.toWellFormed().slice(0, 300));
        const good = known[name];
        return [name, good ? fc.oneof({ arbitrary: fc.constantFrom(...good), weight: 6 }, odd) : odd];
      }),
    ),
  );
}

function queryOf({ query }: Route): fc.Arbitrary<(readonly [string, string])[]> {
  const names = Object.keys(Reflect.get(query, "shape") ?? {});
  const name = names.length > 0 ? fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 5 }, oddText) : oddText;
  return fc.array(fc.tuple(name, fc.oneof(oddText, fc.constantFrom("1", "2", "true", "csv", "text", "zh", "all"))), {
    maxLength: 3,
  });
}

function headersOf({ ifMatch }: Route): fc.Arbitrary<Record<string, string>> {
  const value = oddText.map((text) => text.toWellFormed());
  const revision = fc.oneof(fc.constantFrom('"1"', '"2"', "*", 'W/"1"', '"999999999999999"'), value);
  return fc.record(
    { "if-match": revision, "idempotency-key": fc.oneof(fc.constantFrom("k1", "k2"), value), "if-none-match": value },
    { requiredKeys: ifMatch === true ? ["if-match"] : [] },
  );
}

function bodyOf({ body: { example, csvExample } }: Route): fc.Arbitrary<string | Uint8Array> {
  const json = spoilt(example).map((told) => JSON.stringify(told));
  const cut = fc.nat(500).map((at) => JSON.stringify(example).slice(0, at));
  const csv = csvExample === undefined ? [] : [oddCsv(csvExample)];
  const written = [
    { arbitrary: json, weight: 8 },
    cut,
    fc.json({ maxDepth: 4 }),
    fc.string({ unit: "binary" }),
    ...csv,
  ];
  return fc.oneof(...written, fc.uint8Array({ maxLength: 100 }));
}

/** A file with a cell spoilt. */
function oddCsv(example: string): fc.Arbitrary<string> {
  const cells = example.split(/([,\n])/);
  return fc.tuple(fc.nat(cells.length - 1), oddText).map(([at, text]) => cells.with(at, text).join(""));
}

function typeOf({ body: { media } }: Route): fc.Arbitrary<string> {
  const [first = "application/json", ...others] = media;
  const odd = fc.constantFrom(
    "text/plain",
    "application/json; charset=utf-16",
    "application/json;charset",
    "",
    "a/b;;=",
  );
  return fc.oneof({ arbitrary: fc.constant(first), weight: 8 }, fc.constantFrom(first, ...others), odd);
}
