import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { receiveWebhook, type WebhookResult } from "#app/intake/receive-webhook.ts";
import { webhookRoutes } from "#contracts/routes/webhook.ts";
import { Refusal } from "#domain/problem.ts";
import { jsonAnswer } from "../_kit/answer.ts";
import { bodyBytes } from "../_kit/body-bytes.ts";
import { logConflicts, logRefusedConflict } from "../_kit/conflicts.ts";
import type { IntakeDeps } from "../_kit/deps.ts";
import { type HttpHandler, httpHandler } from "../_kit/http.ts";
import { receiptView } from "../_kit/receipt-view.ts";

const { receiveWebhook: route } = webhookRoutes;

/** Takes signed webhooks. The signature is over the bytes, so nothing here reads the body before it is verified. */
export function createIntake(deps: IntakeDeps): HttpHandler {
  return httpHandler([
    {
      method: route.method,
      path: route.path,
      answer: async (event) => {
        const { deliveryId, receipts } = await received(deps, event);
        logConflicts(receipts);
        const json = route.success.schema.parse({ deliveryId, receipts: receipts.map(receiptView) });
        return jsonAnswer(event, route.success.status, { json });
      },
    },
  ]);
}

async function received(deps: IntakeDeps, event: APIGatewayProxyEventV2): Promise<WebhookResult> {
  try {
    return await receiveWebhook(deps, { source: sourceOf(event), headers: event.headers, body: bodyBytes(event) });
  } catch (error) {
    logRefusedConflict(error);
    throw error;
  }
}

/** A name that no source can have is answered like one that no source has. */
function sourceOf(event: APIGatewayProxyEventV2): string {
  const params = route.params.safeParse({ source: event.pathParameters?.source });
  if (params.success) return params.data.source;
  throw new Refusal("notFound", "there is no such source");
}
