import { describe, expect, it } from "vitest";
import { type HttpCall, httpJson } from "#adapters/pos/http-json.ts";
import { HttpOrders } from "#adapters/pos/http-orders.ts";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import type { FetchRequest } from "#ports/vendor.ts";
import { fixture, sourceOf } from "#test/fixtures/vendors.ts";

const clock = new SimulatedClock(Date.parse("2026-03-02T18:30:00Z"));

function asking(answers: Record<string, unknown>) {
  const calls: HttpCall[] = [];
  const call = async (one: HttpCall) => {
    calls.push(one);
    return structuredClone(answers[`${one.host}${one.path.split("?")[0]}`]);
  };
  const secrets = new MemorySecretStore({ "vendors/shop": "token" });
  return { calls, orders: new HttpOrders({ secrets, call, clock }) };
}

const request = (what: FetchRequest["what"], id: string): FetchRequest => ({ what, id, at: 0, account: "56232" });

describe("asking Square", () => {
  const { order, payments } = fixture("square/retrieve-order");
  const paid = `connect.squareup.com/v2/payments/${payments[0].id}`;
  const answers = { [`connect.squareup.com/v2/orders/${order.id}`]: { order }, [paid]: { payment: payments[0] } };

  it("brings the order with the payments that paid it", async () => {
    const { orders, calls } = asking(answers);
    expect(await orders.fetch(sourceOf("square", { level: "order" }), request("order", order.id))).toEqual({
      order,
      payments,
    });
    expect(calls[0]).toMatchObject({ headers: { authorization: "Bearer token" } });
  });

  it("brings the order of a payment, or the payment alone where that is the sale", async () => {
    const { orders } = asking(answers);
    const ofPayment = request("payment", payments[0].id);
    expect(await orders.fetch(sourceOf("square", { level: "line" }), ofPayment)).toEqual({ order, payments });
    expect(await orders.fetch(sourceOf("square"), ofPayment)).toEqual({ payments });
  });

  it("brings nothing rather than an order without one of its payments", async () => {
    const { [paid]: _, ...without } = answers;
    expect(
      await asking(without).orders.fetch(sourceOf("square", { level: "order" }), request("order", order.id)),
    ).toBeUndefined();
  });

  it("asks the sandbox when it is told to", async () => {
    const { orders, calls } = asking({});
    const fetch = { secretName: "vendors/shop", sandbox: true };
    await orders.fetch(sourceOf("square", { level: "order", fetch }), request("order", order.id));
    expect(calls).toMatchObject([{ host: "connect.squareupsandbox.com" }]);
  });
});

it("Stripe's charge is brought by its id", async () => {
  const charge = { id: "ch_1" };
  const { orders } = asking({ "api.stripe.com/v1/charges/ch_1": charge });
  expect(await orders.fetch(sourceOf("stripe"), request("charge", "ch_1"))).toEqual(charge);
});

it("有赞's order is brought with a token of the shop's, which is kept while it lasts", async () => {
  const data = fixture("youzan/trade");
  const expires = clock.now() + 7 * 24 * 3_600_000;
  const { orders, calls } = asking({
    "open.youzanyun.com/auth/token": { success: true, code: 200, data: { access_token: "t&1", expires } },
    "open.youzanyun.com/api/youzan.trade.get/4.0.2": { success: true, code: 200, data },
  });
  const tid = request("order", "E20260302111111234000001");
  for (const _ of [1, 2]) expect(await orders.fetch(sourceOf("youzan"), tid)).toEqual(data);
  expect(calls.map(({ path }) => path.split("?")[0])).toEqual([
    "/auth/token",
    ...Array(2).fill("/api/youzan.trade.get/4.0.2"),
  ]);
  expect(calls[0]?.body).toMatchObject({ client_secret: "token", grant_id: "56232", authorize_type: "silent" });
  expect(calls[1]?.path).toContain("access_token=t%261");
  clock.advance(25 * 3_600_000);
  await orders.fetch(sourceOf("youzan"), tid);
  expect(calls.filter(({ path }) => path === "/auth/token")).toHaveLength(2);
});

it("有赞's answer that failed is none, though it has fields", async () => {
  const { orders } = asking({
    "open.youzanyun.com/auth/token": { data: { access_token: "t" } },
    "open.youzanyun.com/api/youzan.trade.get/4.0.2": { success: false, code: 5000, data: { full_order_info: {} } },
  });
  expect(await orders.fetch(sourceOf("youzan"), request("order", "E1"))).toBeUndefined();
});

describe("nobody is asked", () => {
  it.each(["../../v2/locations", "a/b", "a?b", "a#b", "", "x".repeat(193), "a%2fb", "é"])(
    "for an id like %j",
    async (id) => {
      const { orders, calls } = asking({});
      expect(await orders.fetch(sourceOf("square", { level: "order" }), request("order", id))).toBeUndefined();
      expect(calls).toEqual([]);
    },
  );

  it("without a secret, by a secret that is missing, or of a vendor that tells all", async () => {
    const { orders, calls } = asking({});
    const missing = { secretName: "vendors/other", sandbox: false };
    await orders.fetch(sourceOf("stripe", { fetch: undefined }), request("charge", "ch_1"));
    await orders.fetch(sourceOf("stripe", { fetch: missing }), request("charge", "ch_1"));
    await orders.fetch(sourceOf("shopify", { fetch: { secretName: "vendors/shop" } }), request("order", "1"));
    expect(calls).toEqual([]);
  });
});

describe("a call", () => {
  const call = (send: typeof fetch, host = "api.stripe.com", path = "/v1/charges/ch_1") =>
    httpJson(send)({ host, path });

  it.each([
    "169.254.169.254",
    "localhost",
    "api.stripe.com.example.com",
    "api.stripe.com@example.com",
    "api.stripe.com:8080",
    "",
  ])("never goes to %j", async (host) => {
    const sent: unknown[] = [];
    const send: typeof fetch = async (url) => {
      sent.push(url);
      return new Response("{}");
    };
    await expect(call(send, host)).rejects.toThrow("is no vendor's");
    await expect(call(send, "api.stripe.com", "@example.com/")).rejects.toThrow("is no vendor's");
    expect(sent).toEqual([]);
  });

  it("follows no redirect, and ends in time", async () => {
    let seen: RequestInit | undefined;
    const answer = await call(async (_url, init) => {
      seen = init;
      return new Response('{"id":"ch_1"}');
    });
    expect(answer).toEqual({ id: "ch_1" });
    expect(seen).toMatchObject({ redirect: "error", method: "GET", signal: expect.any(AbortSignal) });
  });

  it.each<[what: string, send: typeof fetch]>([
    ["an error", async () => new Response("{}", { status: 500 })],
    ["no JSON", async () => new Response("<html>")],
    ["nothing", async () => Promise.reject(new TypeError("fetch failed"))],
    ["too much", async () => new Response(`"${"x".repeat(2_000_001)}"`)],
  ])("that is answered by %s has no answer", async (_what, send) => {
    expect(await call(send)).toBeUndefined();
  });
});
