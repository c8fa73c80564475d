import { readJson } from "#domain/json.ts";
import { currencyDigits } from "#domain/money.ts";
import type { VendorSource } from "#domain/source.ts";
import type { FetchRequest, Reading, VendorAdapter } from "#ports/vendor.ts";
import { shareOf, wholeAt } from "./money.ts";
import { absent, type Defaults, missing, readingOf, type VendorLine } from "./order-facts.ts";
import { base64, hmac, namedInBody, requiredHeader, requireMatch } from "./signing.ts";
import { field, latest, listAt, textAt, timeAt } from "./values.ts";

/**
 * Square: `x-square-hmacsha256-signature` is HMAC-SHA256 over the notification URL and the body, base64; no time is signed.
 * A payment's message holds the payment; an order's only says which one changed, so orders are asked for, with the payments
 * that paid them: those tell what was given back. https://developer.squareup.com/docs/webhooks/step3validate
 */
export const square: VendorAdapter = {
  verify(delivery, { mapping }, secrets) {
    const given = [base64(requiredHeader(delivery, "x-square-hmacsha256-signature"))];
    requireMatch(given, secrets, (secret) => hmac(secret, mapping.notificationUrl ?? "", delivery.body));
    return namedInBody(delivery.body, ["event_id"], ["type"]);
  },

  read(body, _event, source) {
    const reading = readJson(body, "a Square event", true);
    if ("problem" in reading) return { outcome: "unreadable", problems: [reading.problem] };
    const event = reading.value;
    const [type, at] = [textAt(event, "type"), timeAt(event, "Z", "created_at")];
    if (type === undefined || at === undefined) return missing(absent({ type, created_at: at }));
    const object = field(event, "data", "object");
    if (/^payment\.(created|updated)$/.test(type)) return paymentEvent(field(object, "payment"), source);
    if (/^refund\.(created|updated)$/.test(type)) {
      return askFor("payment", textAt(object, "refund", "payment_id"), 0);
    }
    if (/^order\.(created|updated|fulfillment\.updated)$/.test(type) && source.mapping.level !== "payment") {
      const told = field(object, type.replaceAll(".", "_"));
      return askFor("order", textAt(told, "order_id"), timeAt(told, "Z", "updated_at") ?? 0);
    }
    return { outcome: "ignored", why: `${type.slice(0, 64)} says nothing of a sale` };
  },

  readFetched(answer, request, source) {
    const [order, payments] = [field(answer, "order"), listAt(answer, "payments")];
    if (source.mapping.level === "payment") return readPayment(payments[0], source);
    const from = listAt(order, "returns").map((one) => textAt(one, "source_order_id"))[0];
    // A return is an order of its own, without lines: it tells of the order that it returns.
    if (from !== undefined && listAt(order, "line_items").length === 0) return askFor("order", from, 0);
    // What is asked may be answered by a copy that has not heard of it yet.
    if ((timeAt(order, "Z", "updated_at") ?? request.at) < request.at) return { outcome: "fetch", request };
    return readOrder(order, payments, source);
  },

  sign(body, { mapping }, secret) {
    const signature = hmac(secret, mapping.notificationUrl ?? "", body).toString("base64");
    return { "content-type": "application/json", "x-square-hmacsha256-signature": signature };
  },
};

function askFor(what: FetchRequest["what"], id: string | undefined, at: number): Reading {
  return id === undefined ? missing([`${what}_id`]) : { outcome: "fetch", request: { what, id, at } };
}

function paymentEvent(payment: unknown, source: VendorSource): Reading {
  if (source.mapping.level === "payment") return readPayment(payment, source);
  const order = textAt(payment, "order_id");
  if (order === undefined) return { outcome: "ignored", why: "a payment without an order" };
  // The order need not have changed; if it has, its own message says so.
  return askFor("order", order, 0);
}

function money(value: unknown, name: string): number {
  return wholeAt(value, name, "amount") ?? 0;
}

function readPayment(payment: unknown, source: VendorSource): Reading {
  const [id, currency] = [textAt(payment, "id"), textAt(payment, "total_money", "currency")];
  const [updated, created] = [timeAt(payment, "Z", "updated_at"), timeAt(payment, "Z", "created_at")];
  const amount = wholeAt(payment, "total_money", "amount");
  if (
    id === undefined ||
    currency === undefined ||
    updated === undefined ||
    created === undefined ||
    amount === undefined
  )
    return missing(absent({ id, updated_at: updated, created_at: created, "total_money.amount": amount, currency }));
  return readingOf(
    {
      id,
      base: updated,
      occurredAt: created,
      undoneAt: updated,
      currency,
      digits: currencyDigits(currency) ?? 2,
      state: textAt(payment, "status") === "COMPLETED" ? "sold" : "open",
      amount,
      refunded: money(payment, "refunded_money"),
      lines: [],
      raw: payment,
    },
    source,
    {
      seller: ["team_member_id", "employee_id"],
      product: ["reference_id"],
      channel: ["application_details/square_product", "source_type"],
    },
  );
}

const ORDER_DEFAULTS: Defaults = {
  seller: ["payments/*/team_member_id", "payments/*/employee_id", "metadata/seller"],
  product: ["line/catalog_object_id", "line/name"],
  channel: ["source/name"],
};

function readOrder(order: unknown, payments: readonly unknown[], source: VendorSource): Reading {
  const [id, currency] = [textAt(order, "id"), textAt(order, "total_money", "currency")];
  const [updated, total] = [timeAt(order, "Z", "updated_at"), wholeAt(order, "total_money", "amount")];
  const occurred = timeAt(order, "Z", "closed_at") ?? timeAt(order, "Z", "created_at");
  if (
    id === undefined ||
    currency === undefined ||
    updated === undefined ||
    occurred === undefined ||
    total === undefined
  )
    return missing(absent({ id, updated_at: updated, created_at: occurred, "total_money.amount": total, currency }));
  const isPaid = source.mapping.basis === "paid";
  const around = ["total_tax_money", "total_tip_money", "total_service_charge_money"];
  const goods = around.reduce((left, name) => left - money(order, name), total);
  const back = payments.reduce<number>((sum, payment) => sum + money(payment, "refunded_money"), 0);
  const changed = payments.map((payment) => timeAt(payment, "Z", "updated_at"));
  return readingOf(
    {
      id,
      base: latest([updated, ...changed]) ?? updated,
      occurredAt: occurred,
      undoneAt: latest(changed) ?? updated,
      currency,
      digits: currencyDigits(currency) ?? 2,
      state: stateOf(order, total),
      amount: isPaid ? total : goods,
      refunded: isPaid ? back : shareOf(back, goods, total),
      lines: listAt(order, "line_items").flatMap((line) => lineOf(line, isPaid)),
      raw: { ...(typeof order === "object" ? order : {}), payments },
    },
    source,
    ORDER_DEFAULTS,
  );
}

/** An order of an online shop stays open until it is delivered; it is sold once nothing is left to pay. */
function stateOf(order: unknown, total: number): "open" | "sold" | "cancelled" {
  const state = textAt(order, "state");
  if (state === "CANCELED") return "cancelled";
  const isPaid = total > 0 && wholeAt(order, "net_amount_due_money", "amount") === 0;
  return state === "COMPLETED" || (state === "OPEN" && isPaid) ? "sold" : "open";
}

function lineOf(line: unknown, isPaid: boolean): VendorLine[] {
  const [id, total] = [textAt(line, "uid"), wholeAt(line, "total_money", "amount")];
  if (id === undefined || total === undefined) return [];
  const goods = total - money(line, "total_tax_money") - money(line, "total_service_charge_money");
  return [{ id, amount: isPaid ? total : goods, refunded: 0, quantity: textAt(line, "quantity") ?? "1", raw: line }];
}
