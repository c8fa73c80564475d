import { createHash, createHmac } from "node:crypto";
import type { OutwardEvent } from "#domain/event.ts";
import type { Messenger } from "#ports/messenger.ts";
import { JSON_BODY, type NotifyParts, posted } from "./robot.ts";

/** Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function webhookMessenger({ secrets, post, clock }: NotifyParts): Messenger {
  return {
    compose: ({ event }) => [eventJson(event)],
    async send({ secretName, address }, part, about) {
      const secret = secretName === undefined ? undefined : await secrets.secret(secretName);
      const keys = (secret ?? "")
        .split(/\s+/)
        .filter((text) => text !== "")
        .map(keyOf);
      if (keys.length === 0 || keys.some((key) => key.length < SHORTEST_KEY)) {
        return { taken: false, reason: `the secret is not whsec_ and at least ${SHORTEST_KEY} bytes in base64` };
      }
      if (address === undefined) return { taken: false, reason: "the channel has no address" };
      const headers = { ...JSON_BODY, ...signatureHeaders(keys, about, clock.now(), part) };
      return posted(
        () => post({ url: new URL(address), headers, body: part }),
        () => undefined,
      );
    },
  };
}

/** The standard asks for 24 to 64 bytes. */
const SHORTEST_KEY = 24;

/** Type and time as the standard names them; `id` for receivers that keep what they have seen. */
export function eventJson({ type, at, ...event }: OutwardEvent): string {
  return JSON.stringify({ type, timestamp: at, ...event });
}

/** The standard's ids have no full stop: it stands between what is signed. */
export function webhookId({ id }: OutwardEvent): string {
  return `evt_${createHash("sha256").update(id).digest("hex").slice(0, 32)}`;
}

/** A signature by each key: while a secret is rotated both stand in it, with a space between. */
function signatureHeaders(keys: readonly Buffer[], about: OutwardEvent, now: number, body: string) {
  const id = webhookId(about);
  const timestamp = String(Math.floor(now / 1000));
  const signatures = keys.map(
    (key) => `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
  );
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.startsWith("whsec_") ? secret.slice("whsec_".length) : secret, "base64");
}
