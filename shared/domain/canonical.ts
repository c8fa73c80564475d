import canonicalize from "canonicalize";

/** RFC 8785 canonical JSON: the same value gives the same text on any machine. Keys whose value is undefined are left out. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("value has no JSON form");
  return text;
}
