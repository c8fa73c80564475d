import { readJson } from "#domain/json.ts";
import type { VendorSource } from "#domain/source.ts";
import type { Reading, VendorAdapter } from "#ports/vendor.ts";
import { digitsOf, minorAt, shareOf } from "./money.ts";
import { absent, missing, readingOf, secondsBase, type VendorLine } from "./order-facts.ts";
import { base64, bodyId, hmac, requiredHeader, requireMatch } from "./signing.ts";
import { field, listAt, textAt, timeAt } from "./values.ts";

/**
 * WooCommerce: `X-WC-Webhook-Signature` is HMAC-SHA256 over the body, base64; no time is signed. Order topics have the whole
 * order, `order.deleted` its id alone. https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/
 */
export const woocommerce: VendorAdapter = {
  // Saving a webhook calls with a form of its id, unsigned, and wants exactly 200 (WC_Webhook::deliver_ping).
  isGreeting({ headers, body }) {
    return (
      !headers["x-wc-webhook-signature"] && body.length < 64 && /^webhook_id=\d+$/.test(new TextDecoder().decode(body))
    );
  },

  verify(delivery, _source, secrets) {
    const given = [base64(requiredHeader(delivery, "x-wc-webhook-signature"))];
    requireMatch(given, secrets, (secret) => hmac(secret, delivery.body));
    const { headers, body } = delivery;
    return {
      deliveryId: (headers["x-wc-webhook-delivery-id"] ?? bodyId(body)).slice(0, 256),
      event: (headers["x-wc-webhook-topic"] ?? "unknown").slice(0, 64),
    };
  },

  read(body, event, source) {
    if (!event.startsWith("order.")) return { outcome: "ignored", why: `${event} says nothing of a sale` };
    const reading = readJson(body, "a WooCommerce order", true);
    if ("problem" in reading) return { outcome: "unreadable", problems: [reading.problem] };
    const order = reading.value;
    if (event === "order.deleted" && field(order, "status") === undefined) {
      const id = textAt(order, "id");
      return id === undefined ? missing(["id"]) : { outcome: "gone", order: id };
    }
    return readOrder(order, source);
  },

  readFetched: (answer, _request, source) => readOrder(answer, source),

  sign(body, _source, secret, _now, event) {
    return {
      "content-type": "application/json",
      "x-wc-webhook-topic": event,
      "x-wc-webhook-delivery-id": bodyId(body),
      "x-wc-webhook-signature": hmac(secret, body).toString("base64"),
    };
  },
};

function readOrder(order: unknown, source: VendorSource): Reading {
  const [id, currency] = [textAt(order, "id"), textAt(order, "currency")];
  const modified = timeAt(order, "Z", "date_modified_gmt");
  const paidAt = timeAt(order, "Z", "date_paid_gmt");
  const occurred = paidAt ?? timeAt(order, "Z", "date_created_gmt");
  const digits = digitsOf(currency ?? "");
  const total = minorAt(digits, order, "total");
  if (
    id === undefined ||
    currency === undefined ||
    modified === undefined ||
    occurred === undefined ||
    total === undefined
  )
    return missing(absent({ id, currency, date_modified_gmt: modified, date_created_gmt: occurred, total }));
  const lines = listAt(order, "line_items").flatMap((line) => lineOf(line, digits, source));
  const goods = listAt(order, "line_items").reduce<number>(
    (sum, line) => sum + (minorAt(digits, line, "total") ?? 0),
    0,
  );
  // Refunds are told as totals, with tax and shipping in them.
  const back = listAt(order, "refunds").reduce<number>((sum, one) => sum - (minorAt(digits, one, "total") ?? 0), 0);
  const isPaid = source.mapping.basis === "paid";
  const status = textAt(order, "status") ?? "";
  const amount = isPaid ? total : goods;
  const isReturned = status === "refunded";
  const refunded = isReturned ? amount : isPaid ? back : shareOf(back, goods, total);
  const told = { state: stateOf(status, paidAt), amount, refunded };
  return readingOf(
    {
      ...told,
      id,
      base: secondsBase(modified, told),
      occurredAt: occurred,
      undoneAt: modified,
      currency,
      digits,
      lines,
      raw: order,
    },
    source,
    {
      seller: ["meta_data/key=seller/value", "meta_data/key=_pos_user/value"],
      product: ["line/sku", "line/product_id"],
      channel: ["created_via"],
    },
  );
}

/** Shops have states of their own; what was paid in one of them is sold. */
function stateOf(status: string, paidAt: number | undefined): "open" | "sold" | "cancelled" {
  if (status === "cancelled" || status === "trash") return "cancelled";
  if (status === "processing" || status === "completed" || status === "refunded") return "sold";
  const isWaiting = ["pending", "on-hold", "failed", "checkout-draft", "auto-draft"].includes(status);
  return isWaiting || paidAt === undefined ? "open" : "sold";
}

function lineOf(line: unknown, digits: number, { mapping }: VendorSource): VendorLine[] {
  const [id, total] = [textAt(line, "id"), minorAt(digits, line, "total")];
  if (id === undefined || total === undefined) return [];
  const tax = mapping.basis === "paid" ? (minorAt(digits, line, "total_tax") ?? 0) : 0;
  return [{ id, amount: total + tax, refunded: 0, quantity: textAt(line, "quantity") ?? "1", raw: line }];
}
