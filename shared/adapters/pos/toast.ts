import { readJson } from "#domain/json.ts";
import type { VendorSource } from "#domain/source.ts";
import type { Reading, VendorAdapter } from "#ports/vendor.ts";
import { digitsOf, minorAt, shareOf } from "./money.ts";
import { absent, missing, readingOf, type VendorLine, type VendorOrder } from "./order-facts.ts";
import { base64, hmac, namedInBody, requiredHeader, requireMatch } from "./signing.ts";
import { field, isTrue, latest, listAt, textAt, timeAt } from "./values.ts";

/**
 * Toast: `Toast-Signature` is HMAC-SHA256 over the body followed by the `timestamp` that stands in it, base64. That time is
 * the event's and the same in every attempt, so it says nothing about the age of a sending.
 * https://doc.toasttab.com/doc/devguide/apiMessageSigning.html
 */
export const toast: VendorAdapter = {
  verify(delivery, _source, secrets) {
    const given = [base64(requiredHeader(delivery, "toast-signature"))];
    const timestamp = timestampOf(delivery.body);
    requireMatch(given, secrets, (secret) => hmac(secret, delivery.body, timestamp));
    return namedInBody(delivery.body, ["guid"], ["eventType"]);
  },

  read(body, _event, source) {
    const reading = readJson(body, "a Toast event", true);
    if ("problem" in reading) return { outcome: "unreadable", problems: [reading.problem] };
    const type = textAt(reading.value, "eventType");
    if (type !== "order_updated" && type !== "channel_order_updated") {
      return { outcome: "ignored", why: `${type?.slice(0, 64) ?? "an event"} says nothing of a sale` };
    }
    const order = field(reading.value, "details", "order");
    if (isTrue(order, "createdInTestMode")) return { outcome: "ignored", why: "a test order" };
    return readOrder(order, source);
  },

  readFetched: (answer, _request, source) => readOrder(answer, source),

  sign(body, _source, secret) {
    return {
      "content-type": "application/json",
      "toast-signature": hmac(secret, body, timestampOf(body)).toString("base64"),
    };
  },
};

function timestampOf(body: Uint8Array): string {
  const reading = readJson(body, "a Toast event", true);
  return ("value" in reading ? textAt(reading.value, "timestamp") : undefined) ?? "";
}

function readOrder(order: unknown, source: VendorSource): Reading {
  const currency = source.mapping.currency ?? "USD";
  const digits = digitsOf(currency);
  const id = textAt(order, "guid");
  const checks = listAt(order, "checks").filter((check) => !isTrue(check, "deleted") && !isTrue(check, "voided"));
  const payments = checks.flatMap((check) => listAt(check, "payments")).filter((one) => !field(one, "voidInfo"));
  const occurred =
    timeAt(order, "Z", "paidDate") ?? timeAt(order, "Z", "closedDate") ?? timeAt(order, "Z", "openedDate");
  const base = changedAt(order);
  const money = (value: unknown, ...names: string[]) => minorAt(digits, value, ...names) ?? 0;
  const totals = checks.map((check) => minorAt(digits, check, "totalAmount"));
  if (id === undefined || occurred === undefined || base === undefined || totals.includes(undefined)) {
    const totalAmount = totals.includes(undefined) ? undefined : 0;
    return missing(absent({ guid: id, openedDate: occurred, modifiedDate: base, "checks.totalAmount": totalAmount }));
  }
  const total = totals.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const tips = payments.reduce<number>((sum, payment) => sum + money(payment, "tipAmount"), 0);
  const charges = checks.flatMap((check) => listAt(check, "appliedServiceCharges"));
  const service = charges.reduce<number>((sum, charge) => sum + money(charge, "chargeAmount"), 0);
  const goods = checks.reduce<number>((sum, check) => sum + money(check, "amount"), 0) - service;
  const back = payments.reduce<number>((sum, payment) => sum + money(payment, "refund", "refundAmount"), 0);
  const tipsBack = payments.reduce<number>((sum, payment) => sum + money(payment, "refund", "tipRefundAmount"), 0);
  const isPaid = source.mapping.basis === "paid";
  const isUndone = isTrue(order, "voided") || isTrue(order, "deleted") || checks.length === 0;
  const isClosed = checks.every((check) => /^(PAID|CLOSED)$/.test(textAt(check, "paymentStatus") ?? ""));
  const vendorOrder: VendorOrder = {
    id,
    base,
    occurredAt: occurred,
    currency,
    digits,
    state: isUndone ? (listAt(order, "checks").length === 0 ? "open" : "cancelled") : isClosed ? "sold" : "open",
    undoneAt: timeAt(order, "Z", "voidDate") ?? latest(payments.map((one) => timeAt(one, "Z", "refund", "refundDate"))),
    amount: isPaid ? total + tips : goods,
    refunded: isPaid ? back + tipsBack : shareOf(back, goods, total),
    lines: checks.flatMap((check) => listAt(check, "selections")).flatMap((one) => lineOf(one, digits, isPaid)),
    raw: order,
  };
  return readingOf(vendorOrder, source, {
    seller: ["server/guid", "checks/*/payments/*/server/guid"],
    product: ["line/item/guid"],
    channel: ["source"],
  });
}

/** The order's own date does not rise with everything below it. */
function changedAt(order: unknown): number | undefined {
  const checks = listAt(order, "checks");
  const payments = checks.flatMap((check) => listAt(check, "payments"));
  return latest([
    timeAt(order, "Z", "modifiedDate"),
    timeAt(order, "Z", "voidDate"),
    ...checks.flatMap((check) => [timeAt(check, "Z", "modifiedDate"), timeAt(check, "Z", "voidDate")]),
    ...payments.flatMap((one) => [timeAt(one, "Z", "paidDate"), timeAt(one, "Z", "refund", "refundDate")]),
  ]);
}

function lineOf(selection: unknown, digits: number, isPaid: boolean): VendorLine[] {
  const [id, price] = [textAt(selection, "guid"), minorAt(digits, selection, "price")];
  if (id === undefined || price === undefined) return [];
  const tax = isPaid ? (minorAt(digits, selection, "tax") ?? 0) : 0;
  const taxBack = isPaid ? (minorAt(digits, selection, "refundDetails", "taxRefundAmount") ?? 0) : 0;
  const amount = price + tax;
  const back = (minorAt(digits, selection, "refundDetails", "refundAmount") ?? 0) + taxBack;
  const quantity = field(selection, "quantity");
  return [
    {
      id,
      amount,
      // A line that was struck out stays in the order; nobody bought it.
      refunded: isTrue(selection, "voided") ? Math.max(amount, 1) : back,
      quantity: typeof quantity === "number" && Number.isFinite(quantity) ? plain(quantity) : "1",
      raw: selection,
    },
  ];
}

function plain(quantity: number): string {
  const text = String(quantity);
  return /^-?\d+(\.\d{1,6})?$/.test(text) ? text : "1";
}
