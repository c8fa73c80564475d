import { readJson } from "#domain/json.ts";
import type { VendorSource } from "#domain/source.ts";
import type { Reading, VendorAdapter } from "#ports/vendor.ts";
import { digitsOf, minorAt } from "./money.ts";
import { absent, missing, readingOf, secondsBase, type VendorLine, type VendorOrder } from "./order-facts.ts";
import { base64, bodyId, hmac, requiredHeader, requireMatch } from "./signing.ts";
import { field, isTrue, latest, listAt, textAt, timeAt } from "./values.ts";

/**
 * Shopify: every order topic has the whole order. `X-Shopify-Hmac-SHA256` is HMAC-SHA256 over the body, base64. No time is
 * signed: who sends a captured body again says the same again. https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 */
export const shopify: VendorAdapter = {
  verify(delivery, _source, secrets) {
    const given = [base64(requiredHeader(delivery, "x-shopify-hmac-sha256"))];
    requireMatch(given, secrets, (secret) => hmac(secret, delivery.body));
    const { headers, body } = delivery;
    return {
      deliveryId: (headers["x-shopify-webhook-id"] ?? bodyId(body)).slice(0, 256),
      event: (headers["x-shopify-topic"] ?? "unknown").slice(0, 64),
    };
  },

  read(body, event, source) {
    if (!event.startsWith("orders/")) {
      const why = event === "refunds/create" ? "orders/updated says it too" : `${event} says nothing of a sale`;
      return { outcome: "ignored", why };
    }
    const reading = readJson(body, "a Shopify order", true);
    if ("problem" in reading) return { outcome: "unreadable", problems: [reading.problem] };
    const order = reading.value;
    if (event === "orders/delete" && field(order, "updated_at") === undefined) return gone(order);
    if (event === "orders/edited") return { outcome: "ignored", why: "orders/updated says it too" };
    if (isTrue(order, "test")) return { outcome: "ignored", why: "a test order" };
    return readOrder(order, source);
  },

  readFetched: (answer, _request, source) => readOrder(answer, source),

  sign(body, _source, secret, _now, event) {
    return {
      "content-type": "application/json",
      "x-shopify-topic": event,
      "x-shopify-webhook-id": bodyId(body),
      "x-shopify-hmac-sha256": hmac(secret, body).toString("base64"),
    };
  },
};

function gone(order: unknown): Reading {
  const id = idOf(order);
  return id === undefined ? missing(["id"]) : { outcome: "gone", order: id };
}

function readOrder(order: unknown, source: VendorSource): Reading {
  const { mapping } = source;
  const [id, updated] = [idOf(order), timeAt(order, "Z", "updated_at")];
  const occurred = timeAt(order, "Z", "processed_at") ?? timeAt(order, "Z", "created_at");
  const currency = mapping.money === "presentment" ? textAt(order, "presentment_currency") : textAt(order, "currency");
  const digits = digitsOf(currency ?? "");
  const money = (value: unknown, name: string) => moneyAt(digits, mapping.money, value, name);
  const [total, current] = [money(order, "total_price"), money(order, "current_total_price")];
  if (
    id === undefined ||
    updated === undefined ||
    occurred === undefined ||
    currency === undefined ||
    total === undefined
  )
    return missing(absent({ id, updated_at: updated, created_at: occurred, currency, total_price: total }));
  const givenBack = refundedMoney(order, digits, mapping.money);
  // What was taken out of the order, and what was given back beyond it.
  const removed = Math.max(0, total - (current ?? total));
  const beyond = Math.max(0, givenBack - removed);
  const goods = goodsOf(order, money);
  const isPaid = mapping.basis === "paid";
  if (!isPaid && goods === undefined) return missing(["subtotal_price"]);
  const amount = isPaid ? total : (goods?.before ?? 0);
  const refunded = (isPaid ? removed : Math.max(0, (goods?.before ?? 0) - (goods?.now ?? 0))) + beyond;
  const cancelledAt = timeAt(order, "Z", "cancelled_at");
  const told = { state: stateOf(order), amount, refunded: Math.min(refunded, Math.max(0, amount)) };
  const vendorOrder: VendorOrder = {
    ...told,
    id,
    base: secondsBase(updated, told),
    occurredAt: occurred,
    undoneAt:
      cancelledAt ?? latest(listAt(order, "refunds").map((refund) => timeAt(refund, "Z", "created_at"))) ?? updated,
    currency,
    digits,
    lines: listAt(order, "line_items").flatMap((line) => lineOf(order, line, digits, source)),
    raw: order,
  };
  return readingOf(vendorOrder, source, {
    seller: ["line/attributed_staffs/*/id", "line_items/*/attributed_staffs/*/id", "user_id"],
    product: ["line/sku", "line/product_id"],
    channel: ["source_name"],
  });
}

function stateOf(order: unknown): VendorOrder["state"] {
  const status = textAt(order, "financial_status");
  if (field(order, "cancelled_at") || status === "voided") return "cancelled";
  return status === "paid" || status === "partially_refunded" || status === "refunded" ? "sold" : "open";
}

/** Ids have up to eighteen digits, which numbers do not keep: the text that ends in it does. */
function idOf(value: unknown): string | undefined {
  return textAt(value, "admin_graphql_api_id")?.split("/").at(-1) ?? textAt(value, "id");
}

type MoneyKind = "shop" | "presentment";

/** An amount in the currency that was asked for; without a set there is only the shop's. */
function moneyAt(digits: number, kind: MoneyKind, value: unknown, name: string): number | undefined {
  const ofSet = minorAt(digits, value, `${name}_set`, `${kind}_money`, "amount");
  return ofSet ?? (kind === "shop" ? minorAt(digits, value, name) : undefined);
}

/** Subtotals are after discounts and before shipping; with tax where prices have it inside. */
function goodsOf(
  order: unknown,
  money: (value: unknown, name: string) => number | undefined,
): { before: number; now: number } | undefined {
  const inside = isTrue(order, "taxes_included");
  const before = money(order, "subtotal_price");
  const now = money(order, "current_subtotal_price") ?? before;
  if (before === undefined || now === undefined) return undefined;
  const tax = inside ? (money(order, "total_tax") ?? 0) : 0;
  const taxNow = inside ? (money(order, "current_total_tax") ?? tax) : 0;
  return { before: before - tax, now: now - taxNow };
}

/** Money that went back, over all refunds, as its transactions tell. */
function refundedMoney(order: unknown, digits: number, kind: MoneyKind): number {
  const transactions = listAt(order, "refunds").flatMap((refund) => listAt(refund, "transactions"));
  return transactions
    .filter((one) => textAt(one, "kind") === "refund" && textAt(one, "status") === "success")
    .reduce<number>(
      (sum, one) => sum + (moneyAt(digits, kind, one, "amount") ?? minorAt(digits, one, "amount") ?? 0),
      0,
    );
}

function lineOf(order: unknown, line: unknown, digits: number, { mapping }: VendorSource): VendorLine[] {
  const id = idOf(line);
  const price = moneyAt(digits, mapping.money, line, "price");
  const quantity = Number(textAt(line, "quantity") ?? Number.NaN);
  if (id === undefined || price === undefined || !Number.isSafeInteger(quantity)) return [];
  const money = (value: unknown, name: string) => moneyAt(digits, mapping.money, value, name) ?? 0;
  const discount = listAt(line, "discount_allocations").reduce<number>((sum, one) => sum + money(one, "amount"), 0);
  const tax = listAt(line, "tax_lines").reduce<number>((sum, one) => sum + money(one, "price"), 0);
  const taxInside = isTrue(order, "taxes_included");
  const isPaid = mapping.basis === "paid";
  const withTax = (net: number, itsTax: number) => net + (isPaid === taxInside ? 0 : isPaid ? itsTax : -itsTax);
  const back = listAt(order, "refunds")
    .flatMap((refund) => listAt(refund, "refund_line_items"))
    .filter((one) => textAt(one, "line_item_id") === textAt(line, "id"));
  return [
    {
      id,
      amount: withTax(price * quantity - discount, tax),
      refunded: back.reduce<number>((sum, one) => sum + withTax(money(one, "subtotal"), money(one, "total_tax")), 0),
      quantity: textAt(line, "current_quantity") ?? String(quantity),
      raw: line,
    },
  ];
}
