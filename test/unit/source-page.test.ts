import { beforeEach, describe, expect, it } from "vitest";
import { vendors } from "#adapters/pos/vendors.ts";
import { systemClock } from "#adapters/system/clock.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { signatureHeaders } from "#app/intake/webhook-signature.ts";
import type { Vendor } from "#domain/source.ts";
import { createIntake } from "#functions/intake/app.ts";
import { bytes, fixture, NOW, ORDINARY, SECRET, sourceOf, youzanMessage } from "#test/fixtures/vendors.ts";
import { ADMIN, ApiHarness, AUDITOR, invoke, MARKETING, POS, problemOf } from "./api-harness.ts";

const STANDARD = `whsec_${Buffer.from("a secret of at least 24 bytes").toString("base64")}`;

describe("the page of a source", () => {
  let harness: ApiHarness;
  let intake: ReturnType<typeof createIntake>;

  beforeEach(() => {
    harness = new ApiHarness();
    harness.cloud.clock.set(NOW);
    const secrets = new MemorySecretStore({ shop: SECRET, "shop-2": "another", till: STANDARD });
    intake = createIntake({ ...harness.cloud.deps, secrets, securityClock: systemClock });
  });

  const put = (source: string, body: unknown) => harness.call("PUT", `/v1/sources/${source}`, { as: ADMIN, body });
  const change = (body: unknown, as = ADMIN) => harness.post("/v1/sources/shop/settings", as, body);
  const register = (kind: Vendor, changes: Record<string, unknown> = {}) => {
    const { mapping } = sourceOf(kind, changes);
    return put("shop", { name: "Shop", kind, secretNames: ["shop"], mapping });
  };

  async function deliver(kind: Vendor, document: unknown, secret = SECRET) {
    const body = Buffer.from(bytes(document));
    const adapter = await vendors(kind);
    const headers = adapter.sign(body, sourceOf(kind), secret, Date.now(), ORDINARY[kind].event);
    return invoke(intake, "POST", "/v1/webhooks/shop", { body, headers });
  }

  it("registers a vendor's source, and refuses one that lacks something", async () => {
    expect((await register("shopify")).status).toBe(200);
    const lacking = await put("cafe", {
      name: "Café",
      kind: "toast",
      secretNames: [],
      mapping: { level: "order", basis: "paid" },
    });
    expect(lacking.status).toBe(422);
    expect(problemOf(lacking).problems).toMatchObject([{ path: "/mapping/currency" }]);
  });

  it("does not make another kind of a source: its facts' ids would mean two things", async () => {
    await register("shopify");
    const answer = await register("stripe");
    expect(answer.status).toBe(409);
    expect(problemOf(answer).problems).toMatchObject([{ code: "source-kind", seen: "stripe", allowed: "shopify" }]);
    expect((await register("shopify")).status).toBe(200);
  });

  it("rotates a secret with two that are valid at once", async () => {
    await register("woocommerce");
    const order = fixture("woocommerce/order");
    expect((await deliver("woocommerce", order, "another")).status).toBe(401);
    await change({ secretNames: ["shop-2", "shop"] });
    for (const secret of ["another", SECRET]) expect((await deliver("woocommerce", order, secret)).status).toBe(200);
    await change({ secretNames: ["shop-2"] });
    expect((await deliver("woocommerce", order)).status).toBe(401);
    const { json } = await harness.get("/v1/sources/shop/health", AUDITOR);
    expect(json.counts).toMatchObject({ held: 2, unauthenticated: 2 });
  });

  it("changes only what is said, says what is wrong, and is the administrator's", async () => {
    await register("woocommerce");
    expect((await change({ name: "Web shop" })).json).toMatchObject({ name: "Web shop", kind: "woocommerce" });
    const wrong = await change({ mapping: { level: "payment", basis: "goods" } });
    expect(problemOf(wrong).problems.map(({ path }) => path)).toEqual(["/mapping/level", "/mapping/basis"]);
    const hours = { everyMinutes: 30, zone: "Mars/Base", from: "09:00", to: "21:00", days: [1] };
    expect(problemOf(await change({ expected: hours })).problems).toMatchObject([{ path: "/expected/zone" }]);
    expect((await change({ expected: { ...hours, zone: "Asia/Shanghai" } })).status).toBe(200);
    expect((await change({ expected: null })).json).not.toHaveProperty("expected");
    expect((await change({ name: "x" }, MARKETING)).status).toBe(403);
    expect((await harness.post("/v1/sources/none/settings", ADMIN, { name: "x" })).status).toBe(404);
  });

  it("lists deliveries with what became of them, and replays one that was held", async () => {
    await register("woocommerce");
    await deliver("woocommerce", fixture("woocommerce/order"));
    const { json } = await harness.get("/v1/sources/shop/deliveries", AUDITOR);
    expect(json.items).toMatchObject([
      {
        source: "shop",
        counts: { held: 1 },
        entries: [{ event: "order.updated", outcome: "held", facts: ["shop#727"], count: 1, kept: true }],
      },
    ]);
    expect(json.items[0]).not.toHaveProperty("instance");
    const { deliveryId } = json.items[0].entries[0];
    await harness.cloud.deps.plans.putPeople([{ participantId: "ann", memberships: [] }]);
    const path = `/v1/sources/shop/deliveries/${encodeURIComponent(deliveryId)}/replay`;
    const replayed = await harness.post(path, MARKETING);
    expect(replayed).toMatchObject({ status: 200, json: { receipts: [{ outcome: "stored", fact: "shop#727" }] } });
    expect(replayed.json.receipts[0]).not.toHaveProperty("held");
    expect((await harness.post("/v1/sources/shop/deliveries/none/replay", MARKETING)).status).toBe(404);
    expect((await harness.get("/v1/sources/shop/deliveries", POS)).status).toBe(403);
  });

  it("thanks 有赞 in its words, and asks it to come again while its order cannot be asked for", async () => {
    await register("youzan");
    const taken = await deliver("youzan", youzanMessage(fixture("youzan/trade")));
    expect(taken).toMatchObject({ status: 200, json: { code: 0, msg: "success" } });
    const waiting = await deliver("youzan", fixture("youzan/trade-close"));
    expect(waiting.status).toBe(503);
    expect(waiting.headers["retry-after"]).toBe("60");
    // The word would count as success there.
    expect(waiting.text).not.toContain("success");
  });

  it("answers 200 to WooCommerce's first call", async () => {
    await register("woocommerce");
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await invoke(intake, "POST", "/v1/webhooks/shop", { body: "webhook_id=3", headers })).status).toBe(200);
  });

  it("tells which numbers a source has left out", async () => {
    await put("till", { name: "Till", secretNames: ["till"] });
    for (const sequence of [1, 2, 5, 4, 9, 5]) {
      const body = Buffer.from(JSON.stringify({ sequence, facts: [{ ...SALE, externalId: String(sequence) }] }));
      const headers = signatureHeaders(STANDARD, `msg_${sequence}`, Math.floor(Date.now() / 1000), body);
      expect((await invoke(intake, "POST", "/v1/webhooks/till", { body, headers })).status).toBe(200);
    }
    const { json } = await harness.get("/v1/sources/till/health", AUDITOR);
    expect(json.gaps).toEqual([
      { first: 3, last: 3 },
      { first: 6, last: 8 },
    ]);
    expect(json).toMatchObject({ silent: false, lastHeardAt: "2026-03-02T18:30:00.000Z" });
  });
});

const SALE = {
  kind: "sale",
  source: "till",
  version: 1,
  status: "active",
  participantId: "ann",
  occurredAt: "2026-03-02T18:00:00Z",
  amount: "1.00",
  currency: "CNY",
  product: "LAY",
  channel: "shop",
};
