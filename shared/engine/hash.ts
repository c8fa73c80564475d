import { createHash, hash } from "node:crypto";
import { canonicalPieces } from "#domain/canonical.ts";

/** SHA-256 of a text, in hex. */
export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

/** SHA-256 of a value's canonical JSON: the same value hashes the same on any machine. */
export function hashOf(value: unknown): string {
  const sum = createHash("sha256");
  const whole = canonicalPieces(value, (piece) => sum.update(piece));
  return whole === undefined ? sum.digest("hex") : sha256(whole);
}
