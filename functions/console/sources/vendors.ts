import type { SourceKind, Vendor } from "./use-source.ts";

export const KINDS: readonly SourceKind[] = [
  "standard",
  "square",
  "shopify",
  "stripe",
  "woocommerce",
  "toast",
  "youzan",
];

/** Names are the vendors' own, the same in every language. */
export const KIND_NAMES: Readonly<Record<SourceKind, string>> = {
  standard: "Standard Webhooks",
  square: "Square",
  shopify: "Shopify",
  stripe: "Stripe",
  woocommerce: "WooCommerce",
  toast: "Toast",
  youzan: "有赞 Youzan",
};

/** What one fact can be, as the API says it of each vendor. */
export const LEVELS: Readonly<Record<Vendor, readonly ("payment" | "order" | "line")[]>> = {
  square: ["payment", "order", "line"],
  shopify: ["order", "line"],
  stripe: ["payment"],
  woocommerce: ["order", "line"],
  toast: ["order", "line"],
  youzan: ["order", "line"],
};

/** Vendors whose messages sometimes only tell which order changed: it must be asked for. */
export const ASKS: readonly Vendor[] = ["square", "stripe", "youzan"];

/** Vendors that name the kind of event in a header. */
export const EVENT_IN_HEADER: Readonly<Partial<Record<Vendor, string>>> = {
  shopify: "orders/updated",
  woocommerce: "order.updated",
};

/** A delivery by hand, to see that address and secret fit. Of vendors that sign otherwise their own test message is the way. */
export function curlOf(kind: SourceKind, address: string, source: string): string | undefined {
  switch (kind) {
    case "standard":
      return `SECRET='whsec_…'
BODY='${JSON.stringify({ facts: [exampleFact(source)] })}'
ID="msg_$(date +%s)"; TIME="$(date +%s)"
KEY="$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')"
SIGNATURE="$(printf %s "$ID.$TIME.$BODY" | openssl dgst -sha256 -mac HMAC -macopt hexkey:"$KEY" -binary | base64)"
curl -i '${address}' -H 'content-type: application/json' \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $TIME" -H "webhook-signature: v1,$SIGNATURE" -d "$BODY"`;
    case "shopify":
      return hmacCurl(address, "X-Shopify-Topic: orders/updated", "X-Shopify-Hmac-SHA256");
    case "woocommerce":
      return hmacCurl(address, "X-WC-Webhook-Topic: order.updated", "X-WC-Webhook-Signature");
    default:
      return undefined;
  }
}

function hmacCurl(address: string, topic: string, header: string): string {
  return `SECRET='…'
SIGNATURE="$(openssl dgst -sha256 -hmac "$SECRET" -binary order.json | base64)"
curl -i '${address}' -H 'content-type: application/json' -H '${topic}' \\
  -H "${header}: $SIGNATURE" --data-binary @order.json`;
}

function exampleFact(source: string) {
  return {
    kind: "sale",
    source,
    externalId: "test-1",
    version: 1,
    status: "active",
    participantId: "a-1",
    occurredAt: "2026-03-01T09:30:00+08:00",
    amount: "1.00",
    currency: "CNY",
    product: "TEST",
    channel: "test",
  };
}

/** `laurel/prod/sources/pos-2` after `laurel/prod/sources/pos-1`, and `…/pos-2` after `…/pos`. */
export function nextSecretName(names: readonly string[], source: string): string {
  const [newest = `laurel/prod/sources/${source}`] = names;
  const [, stem = newest, number] = /^(.*?)-(\d+)$/.exec(newest) ?? [];
  return `${stem}-${number === undefined ? 2 : Number(number) + 1}`;
}
