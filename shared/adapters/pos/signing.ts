import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { readJson } from "#domain/json.ts";
import { Refusal } from "#domain/problem.ts";
import type { RawDelivery, VendorDelivery } from "#ports/vendor.ts";
import { textAt } from "./values.ts";

/** How far the time of a sending may lie from now, either way, where a vendor signs one. */
export const REPLAY_WINDOW_SECONDS = 300;

export function hmac(key: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const mac = createHmac("sha256", key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

export function md5(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/**
 * Every signature against every secret, in constant time each, so that the answer's timing tells nothing. A secret without
 * a character signs nothing, for anybody could.
 *
 * @throws Refusal("unauthenticated") with one reason that does not tell a forger how close they came
 */
export function requireMatch(
  given: readonly Buffer[],
  secrets: readonly string[],
  expected: (secret: string) => Buffer,
): void {
  let matches = 0;
  for (const secret of secrets.filter((one) => one !== "")) {
    const ours = expected(secret);
    for (const theirs of given) if (theirs.length === ours.length && timingSafeEqual(theirs, ours)) matches += 1;
  }
  if (matches === 0) throw unauthenticated("no signature matches the body");
}

/** One header that must be there. */
export function requiredHeader({ headers }: RawDelivery, name: string): string {
  const value = headers[name];
  if (!value) throw unauthenticated(`the header ${name} is needed`);
  return value;
}

/** Bytes of a base64 signature; of a text that is none, bytes that match nothing. */
export function base64(text: string): Buffer {
  return /^[A-Za-z0-9+/]{1,128}={0,2}$/.test(text) ? Buffer.from(text, "base64") : Buffer.alloc(0);
}

export function hex(text: string): Buffer {
  return /^(?:[0-9a-f]{2}){1,64}$/.test(text) ? Buffer.from(text, "hex") : Buffer.alloc(0);
}

export function unauthenticated(message: string): Refusal {
  return new Refusal("unauthenticated", message);
}

/** Names of a delivery that stand in its signed body; of one that cannot be read, by the hash of its bytes. */
export function namedInBody(body: Uint8Array, id: readonly string[], event: readonly string[]): VendorDelivery {
  const reading = readJson(body, "an event", true);
  const value = "value" in reading ? reading.value : undefined;
  return {
    deliveryId: (textAt(value, ...id) ?? bodyId(body)).slice(0, 256),
    event: (textAt(value, ...event) ?? "unknown").slice(0, 64),
  };
}

/** A name for a body that has none; the same bytes have the same. */
export function bodyId(body: Uint8Array): string {
  return `sha256:${createHash("sha256").update(body).digest("hex").slice(0, 32)}`;
}
