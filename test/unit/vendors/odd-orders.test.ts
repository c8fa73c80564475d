import { describe, expect, it } from "vitest";
import { vendors } from "#adapters/pos/vendors.ts";
import { fixture, messagesOf, ORDINARY, readingOf, sourceOf, youzanMessage } from "#test/fixtures/vendors.ts";

/** Orders that are not as most are. */

const amountsOf = (messages: ReturnType<typeof messagesOf>) =>
  Object.values(messages).map(({ amount, status }) => `${amount} ${status}`);

describe("Shopify, with tax inside of prices", () => {
  const order = JSON.parse(String(ORDINARY.shopify.body()));
  Object.assign(order, { taxes_included: true, subtotal_price: "108.00", current_subtotal_price: "108.00" });
  order.line_items[0].price = "91.40";
  order.line_items[1].price = "10.80";
  const of = async (changes: Record<string, unknown>) =>
    amountsOf(messagesOf(await readingOf(sourceOf("shopify", changes), order)));

  it("goods are without it", async () => {
    expect(await of({ basis: "goods" })).toEqual(["100.00 active"]);
    expect(await of({ basis: "goods", level: "line" })).toEqual(["80.00 active", "20.00 active"]);
  });

  it("what was paid is with it, once", async () => {
    expect(await of({})).toEqual(["113.00 active"]);
    expect(await of({ level: "line" })).toEqual(["86.40 active", "21.60 active"]);
  });
});

describe("Toast", () => {
  it("does not count a service charge as goods", async () => {
    const event = fixture("toast/order-updated");
    const [check] = event.details.order.checks;
    check.appliedServiceCharges = [{ chargeAmount: 18 }];
    Object.assign(check, { amount: 118, totalAmount: 126 });
    expect(amountsOf(messagesOf(await readingOf(sourceOf("toast", { basis: "goods" }), event)))).toEqual([
      "100.00 active",
    ]);
    expect(amountsOf(messagesOf(await readingOf(sourceOf("toast"), event)))).toEqual(["131.00 active"]);
  });

  it("does not count checks and payments that were struck out", async () => {
    const event = fixture("toast/order-updated");
    const { checks } = event.details.order;
    checks.push({ ...structuredClone(checks[0]), guid: "other", voided: true });
    checks[0].payments.push({ tipAmount: 9, voidInfo: { voidDate: "2026-03-02T15:10:00.000+0000" } });
    expect(amountsOf(messagesOf(await readingOf(sourceOf("toast"), event)))).toEqual(["113.00 active"]);
  });
});

describe("有赞 Youzan", () => {
  it("takes an order that says so as given back in full, though its refunds do not add up to it", async () => {
    const trade = fixture("youzan/trade");
    trade.full_order_info.order_info.refund_state = 12;
    expect(amountsOf(messagesOf(await readingOf(sourceOf("youzan"), youzanMessage(trade))))).toEqual([
      "110.00 cancelled",
    ]);
  });

  it("reads a message whose spaces are written as plus signs", async () => {
    const msg = encodeURIComponent(JSON.stringify(fixture("youzan/trade"))).replaceAll("%20", "+");
    expect(msg).toContain("+");
    const reading = await readingOf(sourceOf("youzan"), youzanMessage({}, { msg }));
    expect(amountsOf(messagesOf(reading))).toEqual(["110.00 active"]);
  });

  it("says what is wrong with a message that is no JSON inside", async () => {
    const reading = await readingOf(sourceOf("youzan"), youzanMessage({}, { msg: "%7B%22tid%22%3A" }));
    expect(reading).toMatchObject({ outcome: "unreadable", problems: [{ code: "not-json", path: "/msg" }] });
  });
});

describe("Square", () => {
  it("sells what is paid before it is delivered", async () => {
    const answer = fixture("square/retrieve-order");
    answer.order.state = "OPEN";
    const { readFetched } = await vendors("square");
    const request = { what: "order", id: answer.order.id, at: 0 } as const;
    const reading = readFetched(answer, request, sourceOf("square", { level: "order" }));
    expect(amountsOf(messagesOf(reading))).toEqual(["113.00 active"]);
  });
});

it.each([
  ["square", "data/object/payment/total_money/amount", "/total_money/amount"],
  ["shopify", "currency", "/currency"],
  ["stripe", "data/object/currency", "/currency"],
  ["woocommerce", "total", "/total"],
  ["toast", "details/order/guid", "/guid"],
] as const)("%s: an order without %s says what is missing: %s", async (vendor, path, problem) => {
  const body = ORDINARY[vendor].body();
  const document = typeof body === "string" ? JSON.parse(body) : structuredClone(body);
  const steps = path.split("/");
  const last = steps.pop() ?? "";
  delete steps.reduce((inside, step) => inside[step], document)[last];
  expect(await readingOf(sourceOf(vendor), document)).toMatchObject({
    outcome: "unreadable",
    problems: [{ code: "vendor-field", path: problem }],
  });
});
