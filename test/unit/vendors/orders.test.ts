import { describe, expect, it } from "vitest";
import { vendors } from "#adapters/pos/vendors.ts";
import { factMessageSchema } from "#domain/fact.ts";
import { VENDORS } from "#domain/source.ts";
import type { Reading } from "#ports/vendor.ts";
import { fixture, messagesOf, ORDINARY, readingOf, sourceOf } from "#test/fixtures/vendors.ts";

/** What a vendor's order is as facts, by hand from the fixture: Square, Shopify. */

const baseOf = (reading: Reading) => (reading.outcome === "sales" ? reading.base : undefined);

function amounts(reading: Reading): Record<string, string> {
  const entries = Object.entries(messagesOf(reading));
  return Object.fromEntries(entries.map(([id, { amount, status }]) => [id, `${amount} ${status}`]));
}

it.each(VENDORS)("%s: an ordinary order is a sale that the domain takes", async (vendor) => {
  const reading = await readingOf(sourceOf(vendor), ORDINARY[vendor].body());
  for (const message of Object.values(messagesOf(reading))) {
    expect(factMessageSchema.safeParse({ ...message, version: 1 })).toMatchObject({ success: true });
  }
});

describe("Square", () => {
  it("tells a payment in full", async () => {
    expect(messagesOf(await readingOf(sourceOf("square"), fixture("square/payment-updated")))).toEqual({
      hYy9pRFVxpDsO1FB05SunFWUe9JZY: {
        kind: "sale",
        source: "shop",
        externalId: "hYy9pRFVxpDsO1FB05SunFWUe9JZY",
        status: "active",
        occurredAt: "2026-03-02T18:21:40.100Z",
        participantId: "TMoK_ogh6rH1o4dV",
        amount: "113.00",
        currency: "USD",
        quantity: "1",
        product: "order",
        channel: "SQUARE_POS",
        attributes: {},
      },
    });
  });

  it("has what was given back in the payment: a smaller sale, then none", async () => {
    const event = fixture("square/payment-updated");
    const { payment } = event.data.object;
    payment.refunded_money = { amount: 2160, currency: "USD" };
    payment.updated_at = "2026-03-05T10:00:02.000Z";
    expect(amounts(await readingOf(sourceOf("square"), event))).toEqual({ [payment.id]: "91.40 active" });
    payment.refunded_money.amount = 11300;
    expect(messagesOf(await readingOf(sourceOf("square"), event))[payment.id]).toMatchObject({
      status: "cancelled",
      cancelledAt: "2026-03-05T10:00:02.000Z",
      amount: "113.00",
    });
  });

  it.each([
    ["JPY", 11300, "11300"],
    ["KWD", 11300, "11.300"],
    ["USD", 5, "0.05"],
  ])("counts %s in its own minor units", async (currency, amount, text) => {
    const event = fixture("square/payment-updated");
    event.data.object.payment.total_money = { amount, currency };
    expect(Object.values(messagesOf(await readingOf(sourceOf("square"), event)))).toMatchObject([{ amount: text }]);
  });

  it("asks for the order where its message only names it", async () => {
    const order = "eA3vssLHKJrv9H0IdJCM3gNqfdcZY";
    const source = sourceOf("square", { level: "order" });
    const at = (text: string) => Date.parse(text);
    expect(await readingOf(source, fixture("square/order-updated"))).toEqual({
      outcome: "fetch",
      request: { what: "order", id: order, at: at("2026-03-02T18:21:44.992Z") },
    });
    expect(await readingOf(source, fixture("square/payment-updated"))).toMatchObject({
      request: { what: "order", id: order },
    });
    const payment = "hYy9pRFVxpDsO1FB05SunFWUe9JZY";
    for (const level of ["order", "payment"]) {
      const refund = await readingOf(sourceOf("square", { level }), fixture("square/refund-updated"));
      expect(refund).toMatchObject({ outcome: "fetch", request: { what: "payment", id: payment } });
    }
    expect(await readingOf(sourceOf("square"), fixture("square/order-updated"))).toMatchObject({ outcome: "ignored" });
  });

  const request = { what: "order", id: "eA3vssLHKJrv9H0IdJCM3gNqfdcZY", at: 0 } as const;
  const read = async (answer: unknown, mapping: Record<string, unknown>) =>
    (await vendors("square")).readFetched(answer, request, sourceOf("square", mapping));

  it("reads the order with its payments, as a whole and by line, with tax and tips and without", async () => {
    const answer = fixture("square/retrieve-order");
    const order = request.id;
    expect(amounts(await read(answer, { level: "order" }))).toEqual({ [order]: "113.00 active" });
    expect(amounts(await read(answer, { level: "order", basis: "goods" }))).toEqual({ [order]: "100.00 active" });
    expect(amounts(await read(answer, { level: "line", basis: "goods" }))).toEqual({
      [`${order}:8uSwfzvUImn3IRrvciqlXC`]: "80.00 active",
      [`${order}:v8ZuEXpOJpb0bazLuvrLDB`]: "20.00 active",
    });
    expect(Object.values(messagesOf(await read(answer, { level: "line" })))).toMatchObject([
      { quantity: "1", product: "W62UWFY35CWMYGVWK6TWJDNI", participantId: "TMoK_ogh6rH1o4dV" },
      { quantity: "2", product: "BHWHK3LDPN2TWVWFCL6GXP4V", participantId: "TMoK_ogh6rH1o4dV" },
    ]);
  });

  it("shares what was given back over the lines by what they cost", async () => {
    const answer = fixture("square/retrieve-order");
    answer.payments[0].refunded_money = { amount: 1080, currency: "USD" };
    answer.payments[0].updated_at = "2026-03-05T10:00:02.000Z";
    const reading = await read(answer, { level: "line" });
    expect(Object.values(amounts(reading))).toEqual(["77.76 active", "19.44 active"]);
    expect(baseOf(reading)).toBe(Date.parse("2026-03-05T10:00:02.000Z"));
  });

  it("asks again where the answer is older than the message", async () => {
    const { readFetched } = await vendors("square");
    const at = Date.parse("2026-03-02T18:21:45Z");
    const asked = { ...request, at };
    const answer = fixture("square/retrieve-order");
    const source = sourceOf("square", { level: "order" });
    expect(readFetched(answer, asked, source)).toEqual({ outcome: "fetch", request: asked });
    answer.order.updated_at = "2026-03-02T18:21:45.000Z";
    expect(readFetched(answer, asked, source)).toMatchObject({ outcome: "sales" });
  });

  it("follows a return to the order that it returns", async () => {
    const back = { order: { id: "R", returns: [{ source_order_id: request.id }] }, payments: [] };
    expect(await read(back, { level: "order" })).toMatchObject({ outcome: "fetch", request: { id: request.id } });
  });

  it("ignores what is open and tells what is cancelled", async () => {
    const answer = fixture("square/retrieve-order");
    answer.order.state = "OPEN";
    answer.order.net_amount_due_money.amount = 100;
    expect(await read(answer, { level: "order" })).toMatchObject({ outcome: "ignored" });
    answer.order.state = "CANCELED";
    expect(amounts(await read(answer, { level: "order" }))).toEqual({ [request.id]: "113.00 cancelled" });
  });
});

describe("Shopify", () => {
  const ORDER = "820982911946154508";
  const order = () => JSON.parse(String(ORDINARY.shopify.body()));

  it("keeps ids of eighteen digits whole", async () => {
    expect(Object.keys(messagesOf(await readingOf(sourceOf("shopify"), ORDINARY.shopify.body())))).toEqual([ORDER]);
    const lines = messagesOf(await readingOf(sourceOf("shopify", { level: "line" }), ORDINARY.shopify.body()));
    expect(Object.keys(lines)).toEqual([`${ORDER}:866550311766439020`, `${ORDER}:141249953214522974`]);
  });

  it("counts what was paid, or the goods alone; in the shop's currency or the customer's", async () => {
    const of = async (changes: Record<string, unknown>) =>
      Object.values(messagesOf(await readingOf(sourceOf("shopify", changes), ORDINARY.shopify.body())));
    expect(await of({})).toMatchObject([{ amount: "113.00", currency: "USD", quantity: "3", channel: "pos" }]);
    expect(await of({ basis: "goods" })).toMatchObject([{ amount: "100.00" }]);
    expect(await of({ money: "presentment" })).toMatchObject([{ amount: "16950", currency: "JPY" }]);
    expect(await of({ level: "line" })).toMatchObject([{ amount: "86.40" }, { amount: "21.60" }]);
    expect(await of({ level: "line", basis: "goods" })).toMatchObject([{ amount: "80.00" }, { amount: "20.00" }]);
  });

  it("names the staff of the line, else of the order, through the table", async () => {
    const table = { "gid://shopify/StaffMember/903347972": "ann", "548380009": "ben" };
    const lines = await readingOf(sourceOf("shopify", { level: "line", seller: { table } }), ORDINARY.shopify.body());
    // The second line names nobody: the staff of the order's first line that does.
    expect(Object.values(messagesOf(lines))).toMatchObject([{ participantId: "ann" }, { participantId: "ann" }]);
    const paths = ["line/attributed_staffs/*/id", "user_id"];
    const other = await readingOf(
      sourceOf("shopify", { level: "line", seller: { paths, table } }),
      ORDINARY.shopify.body(),
    );
    expect(Object.values(messagesOf(other))).toMatchObject([{ participantId: "ann" }, { participantId: "ben" }]);
    const noted = { paths: ["note_attributes/name=seller/value"] };
    const byNote = await readingOf(sourceOf("shopify", { seller: noted }), ORDINARY.shopify.body());
    expect(Object.values(messagesOf(byNote))).toMatchObject([{ participantId: "ann" }]);
  });

  it("tells a part that came back: of its line, and of the whole", async () => {
    const returned = order();
    returned.refunds = [fixture("shopify/refund")];
    returned.financial_status = "partially_refunded";
    returned.current_total_price = "102.20";
    returned.current_total_price_set.shop_money.amount = "102.20";
    returned.current_subtotal_price = "90.00";
    // Ids of lines are numbers that JSON.parse rounds: both sides alike.
    returned.refunds[0].refund_line_items[0].line_item_id = returned.line_items[1].id;
    const of = async (changes: Record<string, unknown>) =>
      amounts(await readingOf(sourceOf("shopify", changes), returned));
    expect(await of({})).toEqual({ [ORDER]: "102.20 active" });
    expect(await of({ basis: "goods" })).toEqual({ [ORDER]: "90.00 active" });
    expect(Object.values(await of({ level: "line" }))).toEqual(["86.40 active", "10.80 active"]);
  });

  it("counts money that went back without goods", async () => {
    const goodwill = order();
    goodwill.refunds = [
      {
        created_at: "2026-03-05T10:00:00Z",
        refund_line_items: [],
        transactions: [{ amount: "13.00", kind: "refund", status: "success" }],
      },
    ];
    expect(amounts(await readingOf(sourceOf("shopify"), goodwill))).toEqual({ [ORDER]: "100.00 active" });
    goodwill.refunds[0].transactions[0].status = "failure";
    expect(amounts(await readingOf(sourceOf("shopify"), goodwill))).toEqual({ [ORDER]: "113.00 active" });
  });

  it("tells what was cancelled and when, and says nothing of what is not paid, a test, or another thing", async () => {
    const cancelled = { ...order(), cancelled_at: "2026-03-04T09:00:00-05:00", financial_status: "voided" };
    const [message] = Object.values(messagesOf(await readingOf(sourceOf("shopify"), cancelled)));
    expect(message).toMatchObject({ status: "cancelled", cancelledAt: "2026-03-04T14:00:00.000Z", amount: "113.00" });
    expect(await readingOf(sourceOf("shopify"), { ...order(), financial_status: "pending" })).toMatchObject({
      outcome: "ignored",
    });
    expect(await readingOf(sourceOf("shopify"), { ...order(), test: true })).toMatchObject({ outcome: "ignored" });
    expect(await readingOf(sourceOf("shopify"), fixture("shopify/refund"), "refunds/create")).toMatchObject({
      outcome: "ignored",
    });
    expect(await readingOf(sourceOf("shopify"), { id: 1 }, "products/update")).toMatchObject({ outcome: "ignored" });
  });

  it("takes a deletion from a body that is one, whatever the unsigned topic says", async () => {
    expect(await readingOf(sourceOf("shopify"), { id: 1234 }, "orders/delete")).toEqual({
      outcome: "gone",
      order: "1234",
    });
    expect(await readingOf(sourceOf("shopify"), ORDINARY.shopify.body(), "orders/delete")).toMatchObject({
      outcome: "sales",
    });
  });
});
