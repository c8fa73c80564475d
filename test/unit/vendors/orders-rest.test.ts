import { describe, expect, it } from "vitest";
import { stripeDigits } from "#adapters/pos/stripe.ts";
import { vendors } from "#adapters/pos/vendors.ts";
import type { Reading } from "#ports/vendor.ts";
import { fixture, messagesOf, ORDINARY, readingOf, sourceOf, youzanMessage } from "#test/fixtures/vendors.ts";

/** What a vendor's order is as facts, by hand from the fixture: Stripe, WooCommerce, Toast, Youzan. */

const baseOf = (reading: Reading) => (reading.outcome === "sales" ? reading.base : undefined);

function amounts(reading: Reading): Record<string, string> {
  const entries = Object.entries(messagesOf(reading));
  return Object.fromEntries(entries.map(([id, { amount, status }]) => [id, `${amount} ${status}`]));
}

describe("Stripe", () => {
  it("tells a charge, by seconds of the event", async () => {
    const reading = await readingOf(sourceOf("stripe"), fixture("stripe/charge-succeeded"));
    expect(baseOf(reading)).toBe(1772475700_000);
    expect(Object.values(messagesOf(reading))).toMatchObject([
      {
        externalId: "ch_3MmlLrLkdIwHu7ix0snN0B15",
        amount: "113.00",
        participantId: "ann",
        product: "annual",
        channel: "card_present",
      },
    ]);
  });

  it.each([
    ["usd", 1234, "12.34"],
    ["jpy", 1234, "1234"],
    ["kwd", 12340, "12.340"],
    ["ugx", 500, "5"],
    ["isk", 500, "5"],
    ["mga", 5, "5.00"],
    ["huf", 12300, "123.00"],
  ])("counts %s as Stripe does: %i is %s", async (currency, amount, text) => {
    const event = fixture("stripe/charge-succeeded");
    Object.assign(event.data.object, { currency, amount, amount_captured: amount });
    expect(Object.values(messagesOf(await readingOf(sourceOf("stripe"), event)))).toMatchObject([
      { amount: text, currency: currency.toUpperCase() },
    ]);
    expect([0, 2, 3]).toContain(stripeDigits(currency.toUpperCase()));
  });

  it("puts what gives more back later within one second", async () => {
    const bases: (number | undefined)[] = [];
    for (const refunded of [0, 1, 5000, 11299, 11300]) {
      const event = { ...fixture("stripe/charge-succeeded"), type: "charge.refunded" };
      event.data.object.amount_refunded = refunded;
      bases.push(baseOf(await readingOf(sourceOf("stripe"), event)));
    }
    expect(bases).toEqual([...bases].sort((a = 0, b = 0) => a - b));
    expect(new Set(bases).size).toBe(5);
    expect(bases[4]).toBe(1772475700_999);
  });

  it("asks for the charge of a refund, and says nothing of what is not taken", async () => {
    expect(await readingOf(sourceOf("stripe"), fixture("stripe/refund-updated"))).toEqual({
      outcome: "fetch",
      request: { what: "charge", id: "ch_3MmlLrLkdIwHu7ix0snN0B15", at: 1772730000_000 },
    });
    const event = fixture("stripe/charge-succeeded");
    event.data.object.captured = false;
    expect(await readingOf(sourceOf("stripe"), event)).toMatchObject({ outcome: "ignored" });
    expect(await readingOf(sourceOf("stripe"), { ...event, type: "invoice.paid" })).toMatchObject({
      outcome: "ignored",
    });
  });
});

describe("WooCommerce", () => {
  it("tells an order, and its lines", async () => {
    expect(amounts(await readingOf(sourceOf("woocommerce"), fixture("woocommerce/order")))).toEqual({
      "727": "113.00 active",
    });
    const lines = sourceOf("woocommerce", { level: "line", basis: "goods" });
    expect(amounts(await readingOf(lines, fixture("woocommerce/order")))).toEqual({
      "727:315": "80.00 active",
      "727:316": "20.00 active",
    });
  });

  it("takes refunds, which are told as totals, from goods by their part in what was paid", async () => {
    const order = { ...fixture("woocommerce/order"), refunds: [{ id: 726, reason: "", total: "-11.30" }] };
    expect(amounts(await readingOf(sourceOf("woocommerce"), order))).toEqual({ "727": "101.70 active" });
    expect(amounts(await readingOf(sourceOf("woocommerce", { basis: "goods" }), order))).toEqual({
      "727": "90.00 active",
    });
    const lines = sourceOf("woocommerce", { level: "line", basis: "goods" });
    expect(Object.values(amounts(await readingOf(lines, order)))).toEqual(["72.00 active", "18.00 active"]);
  });

  it.each([
    ["refunded", "cancelled"],
    ["cancelled", "cancelled"],
    ["completed", "active"],
    ["packed-by-hand", "active"],
  ])("an order that is %s is %s", async (status, is) => {
    const order = { ...fixture("woocommerce/order"), status };
    expect(Object.values(messagesOf(await readingOf(sourceOf("woocommerce"), order)))).toMatchObject([{ status: is }]);
  });

  it("says nothing of what waits for its money, and takes a deletion from a body that is one", async () => {
    const waiting = { ...fixture("woocommerce/order"), status: "on-hold" };
    expect(await readingOf(sourceOf("woocommerce"), waiting)).toMatchObject({ outcome: "ignored" });
    expect(await readingOf(sourceOf("woocommerce"), { id: 727 }, "order.deleted")).toEqual({
      outcome: "gone",
      order: "727",
    });
    const disguised = await readingOf(sourceOf("woocommerce"), fixture("woocommerce/order"), "order.deleted");
    expect(disguised).toMatchObject({ outcome: "sales" });
  });
});

describe("Toast", () => {
  it("tells an order with tips and tax, or without; and its selections", async () => {
    const of = async (changes: Record<string, unknown>) =>
      amounts(await readingOf(sourceOf("toast", changes), fixture("toast/order-updated")));
    expect(Object.values(await of({}))).toEqual(["113.00 active"]);
    expect(Object.values(await of({ basis: "goods" }))).toEqual(["100.00 active"]);
    expect(Object.values(await of({ level: "line" }))).toEqual(["86.40 active", "21.60 active"]);
  });

  it("tells who served, what came back and what was struck out", async () => {
    const event = fixture("toast/order-updated");
    const { order } = event.details;
    order.checks[0].payments[0].refund = {
      refundAmount: 10.8,
      tipRefundAmount: 0,
      refundDate: "2026-03-05T10:00:00.000+0000",
    };
    const reading = await readingOf(sourceOf("toast"), event);
    expect(Object.values(messagesOf(reading))).toMatchObject([{ amount: "102.20", participantId: order.server.guid }]);
    expect(baseOf(reading)).toBe(Date.parse("2026-03-05T10:00:00Z"));
    const struck = fixture("toast/order-updated");
    struck.details.order.checks[0].selections[1].voided = true;
    expect(Object.values(amounts(await readingOf(sourceOf("toast", { level: "line" }), struck)))).toEqual([
      "86.40 active",
      "21.60 cancelled",
    ]);
    const voided = fixture("toast/order-updated");
    Object.assign(voided.details.order, { voided: true, voidDate: "2026-03-02T16:00:00.000+0000" });
    expect(Object.values(messagesOf(await readingOf(sourceOf("toast"), voided)))).toMatchObject([
      { status: "cancelled", cancelledAt: "2026-03-02T16:00:00.000Z" },
    ]);
  });

  it("says nothing of checks that are open, or of a test", async () => {
    const open = fixture("toast/order-updated");
    open.details.order.checks[0].paymentStatus = "OPEN";
    expect(await readingOf(sourceOf("toast"), open)).toMatchObject({ outcome: "ignored" });
    const test = fixture("toast/order-updated");
    test.details.order.createdInTestMode = true;
    expect(await readingOf(sourceOf("toast"), test)).toMatchObject({ outcome: "ignored" });
  });
});

describe("有赞 Youzan", () => {
  const TID = "E20260302111111234000001";

  it("tells a paid order, msg as a text or as an object, in Beijing's time", async () => {
    for (const message of [ORDINARY.youzan.body(), youzanMessage({}, { msg: fixture("youzan/trade") })]) {
      const reading = await readingOf(sourceOf("youzan"), message);
      expect(baseOf(reading)).toBe(Date.parse("2026-03-02T10:00:31+08:00"));
      expect(Object.values(messagesOf(reading))).toMatchObject([
        {
          externalId: TID,
          amount: "110.00",
          currency: "CNY",
          occurredAt: "2026-03-02T02:00:30.000Z",
          participantId: "123",
          channel: "wx",
        },
      ]);
    }
  });

  it("takes postage out of goods, of each line its part", async () => {
    const of = async (changes: Record<string, unknown>) =>
      Object.values(amounts(await readingOf(sourceOf("youzan", changes), ORDINARY.youzan.body())));
    expect(await of({ basis: "goods" })).toEqual(["100.00 active"]);
    expect(await of({ level: "line" })).toEqual(["88.00 active", "22.00 active"]);
    expect(await of({ level: "line", basis: "goods" })).toEqual(["80.00 active", "20.00 active"]);
  });

  it("takes what came back from the lines that it names", async () => {
    const trade = fixture("youzan/trade");
    trade.refund_order = [
      {
        refund_id: "1",
        refund_fee: "22.00",
        refund_state: 2,
        refund_time: "2026-03-03 09:00:00",
        oids: ["2775643584386490448"],
      },
    ];
    const of = async (level: string) =>
      Object.values(amounts(await readingOf(sourceOf("youzan", { level }), youzanMessage(trade))));
    expect(await of("order")).toEqual(["88.00 active"]);
    expect(await of("line")).toEqual(["88.00 active", "22.00 cancelled"]);
    trade.refund_order[0].refund_state = 1;
    expect(await of("order")).toEqual(["110.00 active"]);
  });

  it("asks for an order that a message only names, and again for an answer that is older", async () => {
    const reading = await readingOf(sourceOf("youzan"), fixture("youzan/trade-close"));
    const request = { what: "order", id: TID, at: Date.parse("2026-03-05T12:00:00+08:00"), account: "56232" } as const;
    expect(reading).toEqual({ outcome: "fetch", request });
    const { readFetched } = await vendors("youzan");
    const old = fixture("youzan/trade");
    expect(readFetched(old, request, sourceOf("youzan"))).toEqual({ outcome: "fetch", request });
    Object.assign(old.full_order_info.order_info, { status: "TRADE_CLOSED", update_time: "2026-03-05 12:00:00" });
    expect(Object.values(messagesOf(readFetched(old, request, sourceOf("youzan"))))).toMatchObject([
      { status: "cancelled", cancelledAt: "2026-03-05T04:00:00.000Z" },
    ]);
  });

  it("says nothing of memos, tests and unpaid orders", async () => {
    const unpaid = fixture("youzan/trade");
    unpaid.full_order_info.order_info.status = "WAIT_BUYER_PAY";
    for (const message of [
      youzanMessage({}, { type: "trade_TradeMemoModified" }),
      youzanMessage(fixture("youzan/trade"), { test: true }),
      youzanMessage(unpaid),
      youzanMessage({}, { type: "POINTS" }),
    ]) {
      expect(await readingOf(sourceOf("youzan"), message)).toMatchObject({ outcome: "ignored" });
    }
  });
});
