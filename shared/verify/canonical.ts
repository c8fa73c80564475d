import { createHash } from "node:crypto";
import { order } from "./exact.ts";

/**
 * Canonical JSON by RFC 8785, written for the verifier alone: no blanks, keys by code units, numbers and texts as ECMAScript
 * writes them, keys without a value left out.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => order(a, b))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
