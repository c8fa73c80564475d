import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vendors } from "#adapters/pos/vendors.ts";
import { Refusal } from "#domain/problem.ts";
import { VENDORS, type Vendor, type VendorSource } from "#domain/source.ts";
import { bytes, fixtureText, NOW, ORDINARY, SECRET, sourceOf } from "#test/fixtures/vendors.ts";

const URL_OF_SHOP = "https://example.com/v1/webhooks/shop";
const hmac = (key: string, text: string, as: "base64" | "hex" = "base64") =>
  createHmac("sha256", key).update(text, "utf8").digest(as);

/** The signature as the vendor's page says it, without our code. */
const BY_THE_RULE: Record<Vendor, (body: string, secret: string) => Record<string, string>> = {
  square: (body, secret) => ({ "x-square-hmacsha256-signature": hmac(secret, URL_OF_SHOP + body) }),
  shopify: (body, secret) => ({ "x-shopify-hmac-sha256": hmac(secret, body), "x-shopify-topic": "orders/updated" }),
  stripe: (body, secret) => ({
    "stripe-signature": `t=${NOW / 1000},v1=${hmac(secret, `${NOW / 1000}.${body}`, "hex")}`,
  }),
  woocommerce: (body, secret) => ({
    "x-wc-webhook-signature": hmac(secret, body),
    "x-wc-webhook-topic": "order.updated",
  }),
  toast: (body, secret) => ({ "toast-signature": hmac(secret, `${body}${timestampOf(body)}`) }),
  youzan: (body, secret) => ({
    "event-sign": createHash("md5").update(`96cfe7cb390c983252${body}${secret}`, "utf8").digest("hex"),
  }),
};

function timestampOf(body: string): string {
  return /"timestamp":\s*"([^"]+)"/.exec(body)?.[1] ?? "";
}

const bodyOf = (vendor: Vendor) => Buffer.from(bytes(ORDINARY[vendor].body())).toString("utf8");

async function verified(
  source: VendorSource,
  headers: Record<string, string | undefined>,
  body: string | Uint8Array,
  secrets: readonly string[] = [SECRET],
  now = NOW,
): Promise<string> {
  const adapter = await vendors(source.kind);
  try {
    return adapter.verify({ headers, body: bytesOf(body) }, source, secrets, now).deliveryId;
  } catch (error) {
    if (error instanceof Refusal && error.kind === "unauthenticated") return "refused";
    throw error;
  }
}

const bytesOf = (body: string | Uint8Array) => (typeof body === "string" ? Buffer.from(body, "utf8") : body);

describe.each(VENDORS)("%s", (vendor) => {
  const source = sourceOf(vendor);
  const body = bodyOf(vendor);
  const headers = BY_THE_RULE[vendor](body, SECRET);

  it("is believed when it is signed as its documents say", async () => {
    expect(await verified(source, headers, body)).not.toBe("refused");
  });

  it("signs in the local cloud as its documents say", async () => {
    const adapter = await vendors(vendor);
    const signed = adapter.sign(bytesOf(body), source, SECRET, NOW, ORDINARY[vendor].event);
    expect(signed).toMatchObject(headers);
  });

  it("is believed with any of two secrets while one is rotated, and with none but those", async () => {
    const [old, fresh] = ["the old one", "the new one"];
    for (const secret of [old, fresh]) {
      expect(await verified(source, BY_THE_RULE[vendor](body, secret), body, [old, fresh])).not.toBe("refused");
    }
    expect(await verified(source, BY_THE_RULE[vendor](body, "a third"), body, [old, fresh])).toBe("refused");
  });

  it("is never believed without a secret, or with an empty one", async () => {
    for (const secrets of [[], [""]]) {
      expect(await verified(source, BY_THE_RULE[vendor](body, ""), body, secrets)).toBe("refused");
    }
  });

  it("is refused without the header, or with one that is empty", async () => {
    const [name = ""] = Object.keys(headers);
    expect(await verified(source, { ...headers, [name]: undefined }, body)).toBe("refused");
    expect(await verified(source, { ...headers, [name]: "" }, body)).toBe("refused");
  });

  it("is refused when a byte of the body changes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytesOf(body).length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Uint8Array.from(bytesOf(body));
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(await verified(source, headers, changed)).toBe("refused");
      }),
      { numRuns: 300 },
    );
  });

  it("is refused when a character of the signature changes", async () => {
    const [name = ""] = Object.keys(headers);
    const whole = headers[name] ?? "";
    const begins = vendor === "stripe" ? whole.indexOf("v1=") + 3 : 0;
    const ends = whole.replace(/=+$/, "").length - 1;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: begins, max: ends - 1 }),
        fc.constantFrom(..."abcdef0123456789Z+/-_ é\u0000"),
        async (at, char) => {
          fc.pre(whole[at]?.toLowerCase() !== char.toLowerCase());
          const changed = whole.slice(0, at) + char + whole.slice(at + 1);
          expect(await verified(source, { ...headers, [name]: changed }, body)).toBe("refused");
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never breaks on a header or a body of any kind, and believes none of them", async () => {
    const [name = ""] = Object.keys(headers);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.uint8Array({ maxLength: 300 }),
        async (header, any) => {
          expect(await verified(source, { ...headers, [name]: header }, any)).toBe("refused");
          expect(await verified(source, headers, any)).toBe("refused");
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("Square's own values", () => {
  // From the tests of Square's SDKs: https://github.com/square/square-nodejs-sdk (WebhooksHelper).
  const body =
    '{"merchant_id":"MLEFBHHSJGVHD","type":"webhooks.test_notification","event_id":"ac3ac95b-f97d-458c-a6e6-18981597e05f","created_at":"2022-07-13T20:30:59.037339943Z","data":{"type":"webhooks","id":"bc368e64-01aa-407e-b46e-3231809b1129"}}';
  const source = sourceOf("square", { notificationUrl: "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9" });
  const headers = { "x-square-hmacsha256-signature": "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=" };
  const key = "Ibxx_5AKakO-3qeNVR61Dw";

  it("are believed", async () => {
    expect(await verified(source, headers, body, [key])).toBe("ac3ac95b-f97d-458c-a6e6-18981597e05f");
  });

  it("are believed with characters that JSON may escape", async () => {
    const other = sourceOf("square", { notificationUrl: "https://webhook.site/webhooks" });
    const signed = { "x-square-hmacsha256-signature": "Cxt7+aTi4rKgcA0bC4g9EHdVtLSDWdqccmL5MvihU4U=" };
    const escaped = '{"data":{"type":"webhooks","id":">id<"}}';
    expect(await verified(other, signed, escaped, ["signature-key"])).not.toBe("refused");
  });

  it("are refused for another address", async () => {
    expect(await verified(sourceOf("square"), headers, body, [key])).toBe("refused");
  });
});

describe("Stripe's time", () => {
  const body = bodyOf("stripe");
  const headers = BY_THE_RULE.stripe(body, SECRET);

  it.each([
    ["five minutes late", 300, true],
    ["longer", 301, false],
    ["five minutes early", -300, true],
    ["earlier", -301, false],
  ])("is believed when it is %s: %i s", async (_what, seconds, isBelieved) => {
    const answer = await verified(sourceOf("stripe"), headers, body, [SECRET], NOW + seconds * 1000);
    expect(answer !== "refused").toBe(isBelieved);
  });

  it("is part of what is signed", async () => {
    const moved = { "stripe-signature": headers["stripe-signature"]?.replace(/t=\d+/, `t=${NOW / 1000 + 1}`) };
    expect(await verified(sourceOf("stripe"), moved, body)).toBe("refused");
  });

  it("may stand beside several signatures, of which one of v1 counts", async () => {
    const { "stripe-signature": right = "" } = headers;
    const v0 = right.replace("v1=", "v0=");
    expect(await verified(sourceOf("stripe"), { "stripe-signature": v0 }, body)).toBe("refused");
    const many = right.replace("v1=", `v1=${"0".repeat(64)},v0=${"1".repeat(64)},v1=`);
    expect(await verified(sourceOf("stripe"), { "stripe-signature": many }, body)).not.toBe("refused");
  });
});

describe("WooCommerce's first call", () => {
  it("is greeted without a signature, and nothing else is", async () => {
    const { isGreeting } = await vendors("woocommerce");
    const greets = (text: string, headers = {}) => isGreeting?.({ headers, body: Buffer.from(text) });
    expect(greets("webhook_id=17")).toBe(true);
    for (const other of [
      "webhook_id=17&status=completed",
      "webhook_id=",
      "webhook_id=1\n",
      fixtureText("woocommerce/order"),
    ]) {
      expect(greets(other), other).toBe(false);
    }
    expect(greets("webhook_id=17", { "x-wc-webhook-signature": "x" })).toBe(false);
  });
});
