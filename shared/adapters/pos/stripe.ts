import { readJson } from "#domain/json.ts";
import type { VendorSource } from "#domain/source.ts";
import type { FetchRequest, Reading, VendorAdapter } from "#ports/vendor.ts";
import { wholeAt } from "./money.ts";
import { absent, missing, readingOf, secondsBase, type VendorOrder } from "./order-facts.ts";
import {
  hex,
  hmac,
  namedInBody,
  REPLAY_WINDOW_SECONDS,
  requiredHeader,
  requireMatch,
  unauthenticated,
} from "./signing.ts";
import { field, isTrue, textAt } from "./values.ts";

/**
 * Stripe: one fact a charge. `Stripe-Signature: t=…,v1=…` is HMAC-SHA256 over `t.body`, in hex, and signed anew in every
 * attempt, so that old ones can be refused. https://docs.stripe.com/webhooks#verify-manually
 */
export const stripe: VendorAdapter = {
  verify(delivery, _source, secrets, now) {
    const parts = requiredHeader(delivery, "stripe-signature")
      .split(",")
      .map((part) => part.trim().split("="));
    const timestamp = parts.find(([name]) => name === "t")?.[1] ?? "";
    if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > REPLAY_WINDOW_SECONDS) {
      throw unauthenticated(`t must be within ${REPLAY_WINDOW_SECONDS} seconds of now, in seconds since 1970`);
    }
    const given = parts.flatMap(([name, value = ""]) => (name === "v1" ? [hex(value)] : []));
    requireMatch(given, secrets, (secret) => hmac(secret, `${timestamp}.`, delivery.body));
    return namedInBody(delivery.body, ["id"], ["type"]);
  },

  read(body, _event, source) {
    const reading = readJson(body, "a Stripe event", true);
    if ("problem" in reading) return { outcome: "unreadable", problems: [reading.problem] };
    const event = reading.value;
    const [type, created, object] = [
      textAt(event, "type"),
      secondsAt(event, "created"),
      field(event, "data", "object"),
    ];
    if (type === undefined || created === undefined) return missing(absent({ type, created }));
    if (/^(charge\.)?refund\./.test(type)) {
      const id = textAt(object, "charge");
      return id === undefined ? { outcome: "ignored", why: "a refund of no charge" } : askFor(id, created);
    }
    if (!/^charge\.(succeeded|captured|updated|refunded)$/.test(type)) {
      return { outcome: "ignored", why: `${type.slice(0, 64)} says nothing of a sale` };
    }
    return readCharge(object, created, source);
  },

  readFetched: (answer, { at }, source) => readCharge(answer, at, source),

  sign(body, _source, secret, now) {
    const t = String(Math.floor(now / 1000));
    return {
      "content-type": "application/json",
      "stripe-signature": `t=${t},v1=${hmac(secret, `${t}.`, body).toString("hex")}`,
    };
  },
};

function askFor(id: string, at: number): Reading {
  const request: FetchRequest = { what: "charge", id, at };
  return { outcome: "fetch", request };
}

function readCharge(charge: unknown, at: number, source: VendorSource): Reading {
  const [id, created] = [textAt(charge, "id"), secondsAt(charge, "created")];
  const currency = textAt(charge, "currency")?.toUpperCase();
  const amount = wholeAt(charge, "amount_captured") ?? wholeAt(charge, "amount");
  const refunded = wholeAt(charge, "amount_refunded") ?? 0;
  if (id === undefined || created === undefined || currency === undefined || amount === undefined) {
    return missing(absent({ id, created, currency, amount }));
  }
  const isTaken = textAt(charge, "status") === "succeeded" && isTrue(charge, "captured");
  const told = { state: isTaken ? "sold" : "open", amount, refunded } as const;
  const order: VendorOrder = {
    ...told,
    id,
    base: secondsBase(at, told),
    occurredAt: created,
    undoneAt: at,
    currency,
    digits: stripeDigits(currency),
    lines: [],
    raw: charge,
  };
  return readingOf(order, source, {
    seller: ["metadata/seller", "metadata/staff_id"],
    product: ["metadata/product"],
    channel: ["metadata/channel", "payment_method_details/type"],
  });
}

const LAST_SECOND = 253_402_300_799;

function secondsAt(value: unknown, ...names: readonly string[]): number | undefined {
  const seconds = wholeAt(value, ...names);
  return seconds === undefined || seconds < 0 || seconds > LAST_SECOND ? undefined : seconds * 1000;
}

const NO_DECIMALS = new Set("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" "));
const THREE_DECIMALS = new Set("BHD JOD KWD OMR TND".split(" "));

/**
 * Stripe's minor units are not ISO 4217's everywhere: ariary have none there, and krónur and Ugandan shillings have two
 * that are always 00. https://docs.stripe.com/currencies#minor-units
 */
export function stripeDigits(currency: string): number {
  if (NO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}
