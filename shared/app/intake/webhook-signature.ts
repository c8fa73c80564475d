import { createHmac, timingSafeEqual } from "node:crypto";
import { Refusal } from "#domain/problem.ts";

/**
 * Standard Webhooks, scheme `v1`: HMAC-SHA256 over `id.timestamp.body` with the raw bytes of the body, base64.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export interface SignedDelivery {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** How far a delivery's timestamp may lie from now, either way; a captured delivery is worthless after that. */
export const REPLAY_WINDOW_SECONDS = 300;

const SECRET_PREFIX = "whsec_";

/**
 * Checks a delivery against every secret that is valid now, so that a secret can be rotated without a gap.
 *
 * @param secrets `whsec_` and base64, as the standard writes them; one without a key signs nothing, for anybody could
 * @param now milliseconds since the epoch
 * @returns the delivery's id
 * @throws Refusal("unauthenticated") with one reason that does not tell a forger how close they came
 */
export function verifySignature({ headers, body }: SignedDelivery, secrets: readonly string[], now: number): string {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  const signatures = headers["webhook-signature"];
  if (!id || !timestamp || !signatures) {
    throw unauthenticated("the headers webhook-id, webhook-timestamp and webhook-signature are needed");
  }
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > REPLAY_WINDOW_SECONDS) {
    throw unauthenticated(
      `webhook-timestamp must be within ${REPLAY_WINDOW_SECONDS} seconds of now, in seconds since 1970`,
    );
  }
  const keys = secrets.map(keyOf).filter((key) => key.length > 0);
  const expected = keys.map((key) => sign(key, id, timestamp, body));
  const given = signatures
    .split(" ")
    .flatMap((signature) => (signature.startsWith("v1,") ? [Buffer.from(signature.slice(3), "base64")] : []));
  // Every pair is compared, in constant time each, so that the answer's timing tells nothing.
  let matches = 0;
  for (const ours of expected) {
    for (const theirs of given) {
      if (theirs.length === ours.length && timingSafeEqual(theirs, ours)) matches += 1;
    }
  }
  if (matches === 0) throw unauthenticated("no signature matches the body");
  return id;
}

/** The headers a sender adds. Also what the local cloud signs its sales with. */
export function signatureHeaders(
  secret: string,
  id: string,
  timestampSeconds: number,
  body: Uint8Array,
): Record<string, string> {
  const timestamp = String(timestampSeconds);
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${sign(keyOf(secret), id, timestamp, body).toString("base64")}`,
  };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret, "base64");
}

function sign(key: Buffer, id: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
}

function unauthenticated(message: string): Refusal {
  return new Refusal("unauthenticated", message);
}
