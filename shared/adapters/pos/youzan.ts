import { readJson } from "#domain/json.ts";
import type { VendorSource } from "#domain/source.ts";
import type { FetchRequest, Reading, VendorAdapter } from "#ports/vendor.ts";
import { digitsOf, minorAt, shareOf, spread } from "./money.ts";
import { absent, missing, readingOf, secondsBase, type VendorLine, type VendorOrder } from "./order-facts.ts";
import { hex, md5, namedInBody, requiredHeader, requireMatch } from "./signing.ts";
import { field, isTrue, latest, listAt, textAt, timeAt } from "./values.ts";

/**
 * 有赞 Youzan: `Event-Sign` is MD5 of client_id, the raw body and client_secret, in hex; no time is signed. `msg` is JSON, as
 * an object or as a text in URL encoding. Payment messages hold the order; those that close it or give money back only name
 * it, so it is asked for. Times are Beijing's. https://doc.youzanyun.com/resource/doc/3032
 */
export const youzan: VendorAdapter = {
  verify(delivery, { mapping }, secrets) {
    const given = [hex(requiredHeader(delivery, "event-sign").toLowerCase())];
    requireMatch(given, secrets, (secret) => md5(mapping.clientId ?? "", delivery.body, secret));
    return namedInBody(delivery.body, ["msg_id"], ["type"]);
  },

  read(body, _event, source) {
    const reading = readJson(body, "a Youzan message", true);
    if ("problem" in reading) return { outcome: "unreadable", problems: [reading.problem] };
    const message = reading.value;
    const type = textAt(message, "type") ?? "";
    if (isTrue(message, "test")) return { outcome: "ignored", why: "a test message" };
    if (!/^(youzan_)?trade_/.test(type) || /Memo|ChangeAddress/.test(type)) {
      return { outcome: "ignored", why: `${type.slice(0, 64) || "a message"} says nothing of a sale` };
    }
    const msg = decoded(field(message, "msg"));
    if ("problem" in msg) return { outcome: "unreadable", problems: [{ ...msg.problem, path: "/msg" }] };
    if (field(msg.value, "full_order_info") !== undefined) return readTrade(msg.value, source);
    const id = textAt(msg.value, "tid") ?? textAt(message, "id");
    if (id === undefined) return missing(["msg.tid"]);
    const at = timeAt(msg.value, BEIJING, "update_time") ?? secondsOf(message);
    const account = textAt(message, "kdt_id");
    return { outcome: "fetch", request: { what: "order", id, at: at ?? 0, account } };
  },

  readFetched(answer, request, source) {
    const trade = field(answer, "data") ?? answer;
    return isBefore(trade, request) ? { outcome: "fetch", request } : readTrade(trade, source);
  },

  sign(body, { mapping }, secret, _now, event) {
    return {
      "content-type": "application/json",
      "client-id": mapping.clientId ?? "",
      "event-type": event,
      "event-sign": md5(mapping.clientId ?? "", body, secret).toString("hex"),
    };
  },

  // An answer without the word `success` counts as a failure there.
  thanks: { code: 0, msg: "success" },
};

const BEIJING = "+08:00";
const RETURNED = ["2", "12"];

function decoded(msg: unknown) {
  if (typeof msg !== "string") return { value: msg };
  return readJson(new TextEncoder().encode(unescaped(msg)), "a message in URL encoding", true);
}

/** Documents do not say how a space is written; a text that cannot be decoded stays as it is. */
function unescaped(text: string): string {
  try {
    return text.startsWith("{") ? text : decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return text;
  }
}

function secondsOf(message: unknown): number | undefined {
  const version = field(message, "version");
  return typeof version === "number" && version > 0 && version < 1e10 ? Math.floor(version) * 1000 : undefined;
}

/** The vendor's own answer lags: what is older than the message is asked for again. */
function isBefore(trade: unknown, { at }: FetchRequest): boolean {
  const changed = changedAt(trade);
  return changed !== undefined && changed < Math.floor(at / 1000) * 1000;
}

function changedAt(trade: unknown): number | undefined {
  const info = field(trade, "full_order_info", "order_info");
  const refunds = listAt(trade, "refund_order").map((one) => timeAt(one, BEIJING, "refund_time"));
  return latest([timeAt(info, BEIJING, "update_time"), timeAt(info, BEIJING, "created"), ...refunds]);
}

function readTrade(trade: unknown, source: VendorSource): Reading {
  const full = field(trade, "full_order_info");
  const info = field(full, "order_info");
  const currency = source.mapping.currency ?? "CNY";
  const digits = digitsOf(currency);
  const [id, status, changed] = [textAt(info, "tid"), textAt(info, "status"), changedAt(trade)];
  const occurred = timeAt(info, BEIJING, "pay_time") ?? timeAt(info, BEIJING, "created");
  const payment = minorAt(digits, full, "pay_info", "payment");
  if (
    id === undefined ||
    status === undefined ||
    changed === undefined ||
    occurred === undefined ||
    payment === undefined
  ) {
    const names = { tid: id, status, update_time: changed, created: occurred, "pay_info.payment": payment };
    return missing(absent(names));
  }
  const post = minorAt(digits, full, "pay_info", "post_fee") ?? 0;
  const isPaid = source.mapping.basis === "paid";
  const refunds = listAt(trade, "refund_order").filter((one) => RETURNED.includes(textAt(one, "refund_state") ?? ""));
  const back = refunds.reduce<number>((sum, one) => sum + (minorAt(digits, one, "refund_fee") ?? 0), 0);
  const isReturned = textAt(info, "refund_state") === "12";
  const amount = isPaid ? payment : payment - post;
  const refunded = isReturned ? amount : isPaid ? back : shareOf(back, payment - post, payment);
  const told = { state: stateOf(status), amount, refunded };
  const order: VendorOrder = {
    ...told,
    id,
    base: secondsBase(changed, told),
    occurredAt: occurred,
    undoneAt: changed,
    currency,
    digits,
    lines: linesOf(full, digits, { post: isPaid ? 0 : post, refunds, payment }),
    raw: full,
  };
  return readingOf(order, source, {
    seller: ["order_info/order_extra/cashier_id"],
    product: ["line/outer_sku_id", "line/outer_item_id", "line/item_id"],
    channel: ["source_info/source/platform"],
  });
}

function stateOf(status: string): VendorOrder["state"] {
  if (status === "TRADE_CLOSED") return "cancelled";
  return status === "WAIT_BUYER_PAY" ? "open" : "sold";
}

interface Around {
  /** Postage that is taken out of what lines cost; each has its part in it. */
  readonly post: number;
  readonly payment: number;
  readonly refunds: readonly unknown[];
}

function linesOf(full: unknown, digits: number, { post, payment, refunds }: Around): VendorLine[] {
  const lines = listAt(full, "orders").filter((line) => textAt(line, "oid") !== undefined);
  const paid = lines.map((line) => minorAt(digits, line, "payment") ?? 0);
  const postage = spread(post, paid);
  const back = lines.map(() => 0);
  for (const refund of refunds) {
    const oids = new Set(listAt(refund, "oids").map((oid) => textAt(oid) ?? textAt(oid, "oid")));
    const weights = lines.map((line, index) => (oids.has(textAt(line, "oid")) ? (paid[index] ?? 0) : 0));
    const fee = minorAt(digits, refund, "refund_fee") ?? 0;
    const parts = spread(post === 0 ? fee : shareOf(fee, payment - post, payment), weights);
    parts.forEach((part, index) => {
      back[index] = (back[index] ?? 0) + part;
    });
  }
  return lines.map((line, index) => ({
    id: textAt(line, "oid") ?? "",
    amount: (paid[index] ?? 0) - (postage[index] ?? 0),
    refunded: back[index] ?? 0,
    quantity: textAt(line, "num") ?? "1",
    raw: line,
  }));
}
