import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { REPLAY_WINDOW_SECONDS, signatureHeaders, verifySignature } from "#app/intake/webhook-signature.ts";
import { Refusal } from "#domain/problem.ts";

const NOW = Date.parse("2018-05-02T10:00:00.000Z");
const NOW_SECONDS = NOW / 1000;

function secretOf(bytes: string | Uint8Array): string {
  return `whsec_${Buffer.from(bytes).toString("base64")}`;
}

const OURS = secretOf("a secret of at least 24 bytes");
const OTHER = secretOf("another secret, just as long");
const BODY = Buffer.from('{"amount":"128.00","product":"保游天下"}');

function signed(secret = OURS, { id = "msg_1", at = NOW_SECONDS, body = BODY } = {}) {
  return { headers: signatureHeaders(secret, id, at, body), body };
}

/** What is refused, or the id. */
function verdict(
  delivery: Parameters<typeof verifySignature>[0],
  secrets: readonly string[] = [OURS],
  now = NOW,
): string {
  try {
    return verifySignature(delivery, secrets, now);
  } catch (error) {
    if (error instanceof Refusal && error.kind === "unauthenticated") return `refused: ${error.message}`;
    throw error;
  }
}

const NO_MATCH = "refused: no signature matches the body";

describe("the reference library and we", () => {
  beforeEach(() => vi.useFakeTimers({ now: NOW }));
  afterEach(() => vi.useRealTimers());

  const cases = fc.record({
    secret: fc.uint8Array({ minLength: 1, maxLength: 64 }).map(secretOf),
    id: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
    body: fc.oneof(fc.json(), fc.string({ unit: "grapheme" })),
    at: fc.integer({ min: NOW_SECONDS - REPLAY_WINDOW_SECONDS, max: NOW_SECONDS + REPLAY_WINDOW_SECONDS }),
  });

  it("accept what the other has signed", () => {
    fc.assert(
      fc.property(cases, ({ secret, id, body, at }) => {
        const bytes = Buffer.from(body);
        const theirs = {
          "webhook-id": id,
          "webhook-timestamp": String(at),
          "webhook-signature": new Webhook(secret).sign(id, new Date(at * 1000), body),
        };
        expect(verifySignature({ headers: theirs, body: bytes }, [secret], NOW)).toBe(id);
        const ours = signatureHeaders(secret, id, at, bytes);
        expect(ours).toEqual(theirs);
        expect(() => new Webhook(secret).verify(body, ours, { jsonParse: false })).not.toThrow();
      }),
    );
  });

  it("refuse what was signed otherwise, and agree on it", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom("secret", "id", "timestamp", "body"), ({ secret, id, body, at }, spoilt) => {
        const bytes = Buffer.from(body);
        const headers = {
          ...signatureHeaders(secret, id, at, bytes),
          ...(spoilt === "id" ? { "webhook-id": `${id}x` } : {}),
          ...(spoilt === "timestamp" ? { "webhook-timestamp": String(at === NOW_SECONDS ? at + 1 : NOW_SECONDS) } : {}),
        };
        const heard = spoilt === "body" ? `${body} ` : body;
        const known = spoilt === "secret" ? OTHER : secret;
        expect(verdict({ headers, body: Buffer.from(heard) }, [known])).toBe(NO_MATCH);
        expect(() => new Webhook(known).verify(heard, headers, { jsonParse: false })).toThrow("No matching signature");
      }),
    );
  });
});

describe("a signature", () => {
  it("holds for exactly the bytes that were signed", () => {
    expect(verdict(signed())).toBe("msg_1");
    for (let index = 0; index < BODY.length; index += 1) {
      const changed = Buffer.from(BODY);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(verdict({ headers: signed().headers, body: changed })).toBe(NO_MATCH);
    }
    expect(verdict({ headers: signed().headers, body: BODY.subarray(1) })).toBe(NO_MATCH);
  });

  it("holds for bytes that are no text", () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]);
    expect(verdict(signed(OURS, { body }))).toBe("msg_1");
    // The same when read as UTF-8, and yet not the same.
    expect(verdict({ headers: signed(OURS, { body }).headers, body: Buffer.from(body.toString("utf8")) })).toBe(
      NO_MATCH,
    );
  });

  it("may come by any of the secrets that are valid while one is rotated", () => {
    expect(verdict(signed(OTHER), [OURS, OTHER])).toBe("msg_1");
    expect(verdict(signed(OURS), [OURS, OTHER])).toBe("msg_1");
    expect(verdict(signed(OTHER), [OURS])).toBe(NO_MATCH);
  });

  it("may come with others: of an older secret, of a scheme that we do not know", () => {
    const own = signed().headers["webhook-signature"];
    const old = signed(OTHER).headers["webhook-signature"];
    for (const all of [`${old} ${own}`, `${own} ${old}`, `v1a,c29tZXRoaW5n ${own}`, `v2, ${own}`]) {
      expect(verdict({ headers: { ...signed().headers, "webhook-signature": all }, body: BODY })).toBe("msg_1");
    }
  });

  it.each([
    ["of an unknown scheme only", (own: string) => own.replace("v1,", "v2,")],
    ["without a scheme", (own: string) => own.replace("v1,", "")],
    ["cut short", (own: string) => own.slice(0, -4)],
    ["of nothing", () => "v1,"],
    ["of words", () => "v1,not-base64-at-all!"],
  ])("%s is none", (_what, spoil) => {
    const headers = { ...signed().headers, "webhook-signature": spoil(signed().headers["webhook-signature"] ?? "") };
    expect(verdict({ headers, body: BODY })).toBe(NO_MATCH);
  });

  it.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("needs the header %s", (name) => {
    const needed = "refused: the headers webhook-id, webhook-timestamp and webhook-signature are needed";
    expect(verdict({ headers: { ...signed().headers, [name]: undefined }, body: BODY })).toBe(needed);
    expect(verdict({ headers: { ...signed().headers, [name]: "" }, body: BODY })).toBe(needed);
  });

  it("needs a secret: one without a key could be anybody's", () => {
    expect(verdict(signed(), [])).toBe(NO_MATCH);
    for (const empty of ["", "whsec_", "whsec_!!!!"]) {
      expect(verdict(signed(empty), [empty])).toBe(NO_MATCH);
      expect(verdict(signed(), [empty, OURS])).toBe("msg_1");
    }
  });
});

describe("a timestamp", () => {
  const WINDOW = "refused: webhook-timestamp must be within 300 seconds of now, in seconds since 1970";

  it.each([
    ["now", 0, "msg_1"],
    ["exactly five minutes ago", 300_000, "msg_1"],
    ["a millisecond longer ago", 300_001, WINDOW],
    ["exactly five minutes ahead", -300_000, "msg_1"],
    ["a millisecond further ahead", -300_001, WINDOW],
    ["a year ago", 365 * 86_400_000, WINDOW],
  ])("%s", (_when, ageMs, expected) => {
    expect(verdict(signed(), [OURS], NOW + ageMs)).toBe(expected);
  });

  it.each(["yesterday", "-1525255200", "1525255200.5", "1.5e9", "1525255200000000", " 1525255200", "0x5ae98be0"])(
    "%j is none",
    (timestamp) => {
      expect(verdict({ headers: { ...signed().headers, "webhook-timestamp": timestamp }, body: BODY })).toBe(WINDOW);
    },
  );
});
