import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { DeliveryJournal } from "#app/intake/delivery-journal.ts";
import { receiveWebhook, type WebhookResult } from "#app/intake/receive-webhook.ts";
import { webhookRoutes } from "#contracts/routes/webhook.ts";
import { Refusal } from "#domain/problem.ts";
import { jsonAnswer } from "../_kit/answer.ts";
import { bodyBytes } from "../_kit/body-bytes.ts";
import { logConflicts, logRefusedConflict } from "../_kit/conflicts.ts";
import type { IntakeDeps } from "../_kit/deps.ts";
import { type HttpHandler, httpHandler } from "../_kit/http.ts";
import { HttpProblem } from "../_kit/http-problem.ts";
import { log } from "../_kit/log.ts";
import { receiptView } from "../_kit/receipt-view.ts";

const { receiveWebhook: route } = webhookRoutes;

/** Takes signed webhooks. The signature is over the bytes, so nothing here reads the body before it is verified. */
export function createIntake(given: IntakeDeps): HttpHandler {
  const deps = { ...given, journal: journalOf(given) };
  return httpHandler([
    {
      method: route.method,
      path: route.path,
      answer: async (event) => {
        const { deliveryId, receipts, thanks, waitsFor } = await received(deps, event);
        logConflicts(receipts);
        if (waitsFor !== undefined) throw comeAgain(deliveryId, waitsFor);
        if (thanks !== undefined) return jsonAnswer(event, route.success.status, { json: thanks });
        const json = route.success.schema.parse({ deliveryId, receipts: receipts.map(receiptView) });
        return jsonAnswer(event, route.success.status, { json });
      },
    },
  ]);
}

type Deps = IntakeDeps & { readonly journal: DeliveryJournal };

function journalOf({ deliveries, clock, securityClock }: IntakeDeps): DeliveryJournal {
  return new DeliveryJournal({
    deliveries,
    clock,
    securityClock,
    instance: randomUUID().slice(0, 8),
    onFailure: (error) => log.warn("the log of deliveries was not written", { error }),
  });
}

/** The delivery is kept; the sender, who tries again by itself, is told to. */
function comeAgain(deliveryId: string, message: string): HttpProblem {
  const problem = { code: "waiting", path: "", message, mend: "send it again later, or replay it" };
  const headers = { "retry-after": "60" };
  return new HttpProblem("unavailable", `delivery ${deliveryId} is kept: ${message}`, { problems: [problem], headers });
}

async function received(deps: Deps, event: APIGatewayProxyEventV2): Promise<WebhookResult> {
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
