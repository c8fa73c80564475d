import { createHash } from "node:crypto";
import { canonicalJson } from "#domain/canonical.ts";

/** SHA-256 of a text, in hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 of a value's canonical JSON: the same value hashes the same on any machine. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
