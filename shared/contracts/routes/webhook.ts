import * as z from "zod";
import { exampleFact, exampleReceipt } from "../examples/facts.ts";
import { sourceParam } from "../path.ts";
import { none, route } from "../route.ts";
import { deliveryReceiptSchema, factMessageViewSchema } from "../views/fact-views.ts";

/** The headers of Standard Webhooks (https://www.standardwebhooks.com), as the document shows them. */
export const signatureHeadersSchema = z.object({
  "webhook-id": z.string().describe("The delivery's id; the same in every attempt to deliver it"),
  "webhook-timestamp": z.string().describe("Seconds since the epoch; too old or too new is refused"),
  "webhook-signature": z
    .string()
    .describe(
      "`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` under one of the source's secrets; several separated by spaces",
    ),
});

export const webhookRoutes = {
  receiveWebhook: route({
    method: "POST",
    path: "/v1/webhooks/{source}",
    tag: "Facts",
    summary: "Deliver facts as a signed webhook",
    description:
      "Signed as Standard Webhooks says, over the body's bytes as sent. 2xx only after every message is stored. A delivery that cannot be understood is kept and can be replayed. " +
      "A source of a vendor's kind (Square, Shopify, Stripe, WooCommerce, Toast, Youzan) is signed and written as the vendor does it; 503 asks it to come again, because the vendor has not told the order yet.",
    access: "signature",
    params: z.strictObject({ source: sourceParam }),
    query: none,
    body: {
      schema: z.union([factMessageViewSchema, z.strictObject({ facts: z.array(factMessageViewSchema) })]),
      media: ["application/json"],
      example: exampleFact,
    },
    success: {
      status: 200,
      description: "Stored; a receipt for each message",
      schema: deliveryReceiptSchema,
      example: { deliveryId: "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", receipts: [exampleReceipt] },
    },
    refusals: ["notFound", "conflict", "unavailable"],
  }),
};
