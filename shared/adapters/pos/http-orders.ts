import type { VendorSource } from "#domain/source.ts";
import type { Clock, SecretStore } from "#ports/system.ts";
import type { FetchRequest, VendorOrders } from "#ports/vendor.ts";
import type { CallJson } from "./http-json.ts";
import { field, listAt, textAt } from "./values.ts";

/** Ids go into paths: what could mean something else there is not asked for. */
const SAFE_ID = /^[A-Za-z0-9_-]{1,192}$/;

const SQUARE_VERSION = "2025-01-23";
const MOST_TENDERS = 10;

export interface HttpOrdersParts {
  /** Secrets with which vendors may be asked; not those that prove deliveries. */
  readonly secrets: SecretStore;
  readonly call: CallJson;
  /** The machine's: tokens end by it. */
  readonly clock: Clock;
}

interface Token {
  readonly value: string;
  readonly until: number;
}

/** Asks vendors over HTTPS. Shopify, WooCommerce and Toast tell orders in full and are never asked. */
export class HttpOrders implements VendorOrders {
  readonly #parts: HttpOrdersParts;
  readonly #tokens = new Map<string, Token>();

  constructor(parts: HttpOrdersParts) {
    this.#parts = parts;
  }

  async fetch(source: VendorSource, request: FetchRequest): Promise<unknown> {
    const name = source.mapping.fetch?.secretName;
    if (name === undefined || !SAFE_ID.test(request.id)) return undefined;
    const secret = await this.#parts.secrets.secret(name);
    if (!secret || /[\r\n]/.test(secret)) return undefined;
    switch (source.kind) {
      case "square":
        return this.#square(source, request, secret.trim());
      case "stripe":
        return this.#stripe(request, secret.trim());
      case "youzan":
        return this.#youzan(source, request, secret.trim());
      default:
        return undefined;
    }
  }

  /** The order with the payments that paid it: only those tell what was given back. All of them, or no answer. */
  async #square({ mapping }: VendorSource, { what, id }: FetchRequest, token: string): Promise<unknown> {
    const host = mapping.fetch?.sandbox ? "connect.squareupsandbox.com" : "connect.squareup.com";
    const headers = { authorization: `Bearer ${token}`, "square-version": SQUARE_VERSION };
    const get = (path: string) => this.#parts.call({ host, path, headers });
    const payment = async (paymentId: string) => field(await get(`/v2/payments/${paymentId}`), "payment");
    const first = what === "payment" ? await payment(id) : undefined;
    if (what === "payment" && (first === undefined || mapping.level === "payment")) {
      return first === undefined ? undefined : { payments: [first] };
    }
    const orderId = what === "payment" ? textAt(first, "order_id") : id;
    if (orderId === undefined || !SAFE_ID.test(orderId)) return undefined;
    const order = field(await get(`/v2/orders/${orderId}`), "order");
    if (order === undefined) return undefined;
    const ids = listAt(order, "tenders").flatMap(
      (tender) => textAt(tender, "payment_id") ?? textAt(tender, "id") ?? [],
    );
    if (ids.length > MOST_TENDERS || !ids.every((one) => SAFE_ID.test(one))) return undefined;
    const payments = await Promise.all(ids.map(payment));
    return payments.includes(undefined) ? undefined : { order, payments };
  }

  #stripe({ id }: FetchRequest, key: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${key}` };
    return this.#parts.call({ host: "api.stripe.com", path: `/v1/charges/${id}`, headers });
  }

  /** A token is had for the client's secret, for one shop; tokens stand in the address there, and are worth a week. */
  async #youzan({ mapping }: VendorSource, request: FetchRequest, clientSecret: string): Promise<unknown> {
    const { id, account } = request;
    if (account === undefined || mapping.clientId === undefined) return undefined;
    const token = await this.#youzanToken(mapping.clientId, account, clientSecret);
    if (token === undefined) return undefined;
    const path = `/api/youzan.trade.get/4.0.2?access_token=${encodeURIComponent(token)}`;
    const answer = await this.#parts.call({ host: "open.youzanyun.com", path, body: { tid: id } });
    return field(answer, "success") === true ? field(answer, "data") : undefined;
  }

  async #youzanToken(clientId: string, account: string, clientSecret: string): Promise<string | undefined> {
    const key = `${clientId} ${account}`;
    const known = this.#tokens.get(key);
    const now = this.#parts.clock.now();
    if (known && known.until > now) return known.value;
    const body = {
      client_id: clientId,
      client_secret: clientSecret,
      authorize_type: "silent",
      grant_id: account,
      refresh: false,
    };
    const answer = await this.#parts.call({ host: "open.youzanyun.com", path: "/auth/token", body });
    const value = textAt(answer, "data", "access_token");
    const until = Number(textAt(answer, "data", "expires") ?? now + HOUR_MS);
    if (value !== undefined) this.#tokens.set(key, { value, until: Math.min(until - HOUR_MS, now + DAY_MS) });
    return value;
  }
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
