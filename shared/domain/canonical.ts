import canonicalize from "canonicalize";

/** RFC 8785 canonical JSON: the same value gives the same text on any machine. Keys whose value is undefined are left out. */
export function canonicalJson(value: unknown): string {
  const pieces: string[] = [];
  return writePlain(value, (piece) => pieces.push(piece)) ? pieces.join("") : byLibrary(value);
}

/**
 * The same text in pieces, in order, for a text that is longer than one string can be: a result of millions of facts.
 *
 * @param take is not called any more once the value turns out to be more than plain data; then the text comes whole from the answer
 * @returns the whole text where `take` was not told all of it
 */
export function canonicalPieces(value: unknown, take: (piece: string) => void): string | undefined {
  return writePlain(value, take) ? undefined : byLibrary(value);
}

function byLibrary(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("value has no JSON form");
  return text;
}

/** Nested deeper, a value goes to the library, which can tell a circle. */
const DEEPEST = 100;
const PIECE_LENGTH = 1 << 16;

/** Texts that stand in JSON as they are: nothing to escape, and no half of a character. */
const PLAIN_TEXT = /^[ !#-[\]-~\u00a0-\ud7ff]*$/;

/** What is only plain data is written here, several times faster than by the library. False: there is more to it. */
function writePlain(root: unknown, take: (piece: string) => void): boolean {
  let text = "";
  const write = (value: unknown, depth: number): boolean => {
    switch (typeof value) {
      case "string":
        return writeText(value);
      case "number":
        if (!Number.isFinite(value)) return false;
        text += value === 0 ? "0" : String(value);
        return true;
      case "boolean":
        text += value ? "true" : "false";
        return true;
      case "object":
        if (value === null) {
          text += "null";
          return true;
        }
        if (depth === DEEPEST) return false;
        return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
      default:
        return false;
    }
  };
  const writeText = (value: string): boolean => {
    if (PLAIN_TEXT.test(value)) text += `"${value}"`;
    else if (value.isWellFormed()) text += JSON.stringify(value);
    else return false;
    return true;
  };
  const writeArray = (values: readonly unknown[], depth: number): boolean => {
    text += "[";
    let first = true;
    for (const value of values) {
      if (!first) text += ",";
      first = false;
      if (!write(value, depth + 1)) return false;
      if (text.length >= PIECE_LENGTH) {
        take(text);
        text = "";
      }
    }
    text += "]";
    return true;
  };
  const writeObject = (value: object, depth: number): boolean => {
    if (!isPlain(value)) return false;
    text += "{";
    let first = true;
    for (const key of sortedKeys(value)) {
      const member = value[key];
      if (member === undefined) continue;
      if (!first) text += ",";
      first = false;
      if (!writeText(key)) return false;
      text += ":";
      if (!write(member, depth + 1)) return false;
    }
    text += "}";
    return true;
  };
  if (!write(root, 0)) return false;
  take(text);
  return true;
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("toJSON" in value);
}

/** By UTF-16 code units, as RFC 8785 asks. Most objects are written in this order already. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  let before = "";
  for (const key of keys) {
    if (key < before) return keys.sort();
    before = key;
  }
  return keys;
}
