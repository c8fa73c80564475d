import type { Problem } from "./problem.ts";

/** Brackets inside brackets that a body may have. Orders have ten or so; what has more is not meant to be read. */
export const MOST_DEPTH = 64;

const [QUOTE, ESCAPE] = [0x22, 0x5c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Whether bytes nest more deeply than allowed; said before they are parsed, of JSON and of what is none. */
export function isTooDeep(body: Uint8Array, most: number = MOST_DEPTH): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index] ?? 0;
    if (inText) {
      if (byte === ESCAPE) index += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

export type JsonReading = { readonly value: unknown } | { readonly problem: Problem };

/**
 * Bytes as JSON in UTF-8, no deeper than {@link MOST_DEPTH}. Of a name that stands twice the last counts, as everywhere;
 * `__proto__` is a name like any other.
 *
 * @param exact whole numbers beyond exact integers are read as their text: ids of other systems have nineteen digits
 */
export function readJson(body: Uint8Array, allowed: string, exact = false): JsonReading {
  if (isTooDeep(body)) {
    const message = "the body is nested too deeply";
    return { problem: { code: "too-deep", path: "", message, allowed: `at most ${MOST_DEPTH} levels` } };
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    const value: unknown = exact ? JSON.parse(text, exactly) : JSON.parse(text);
    return { value };
  } catch {
    return { problem: { code: "not-json", path: "", message: "the body is not JSON in UTF-8", allowed } };
  }
}

function exactly(_name: string, value: unknown, ...rest: unknown[]): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const [context] = rest;
  const source: unknown = typeof context === "object" && context !== null ? Reflect.get(context, "source") : undefined;
  return typeof source === "string" && /^-?\d+$/.test(source) ? source : value;
}
