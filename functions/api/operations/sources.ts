import * as z from "zod";
import { changeSource } from "#app/intake/change-source.ts";
import { previewMapping } from "#app/intake/preview-mapping.ts";
import { listDeliveries, readSourceHealth } from "#app/intake/read-deliveries.ts";
import { replayDelivery } from "#app/intake/replay-delivery.ts";
import { sourceRoutes as routes } from "#contracts/routes/sources.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { receiptView } from "../../_kit/receipt-view.ts";
import { pageView } from "../pages.ts";

export function sourceOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    changeSource: operation(routes.changeSource, async ({ actor, params, body }) => ({
      json: await changeSource(deps, actor, params.source, body),
    })),

    previewMapping: operation(routes.previewMapping, async ({ params, body: { kind, mapping, event, body } }) => {
      const trial = { source: params.source, kind, mapping, secretNames: [] };
      const { outcome, about, facts, problems } = await previewMapping(deps, trial, { event, body });
      return {
        json: {
          outcome,
          ...(about === undefined ? {} : { about }),
          facts: facts.map((fact) => ({ ...fact, message: plain(fact.message), problems: [...fact.problems] })),
          problems: [...problems],
        },
      };
    }),

    listDeliveries: operation(routes.listDeliveries, async ({ actor, params, query }) => ({
      json: pageView(
        await listDeliveries(deps, actor, params.source, query),
        ({ instance: _, expiresAt: __, ...minute }) => minute,
      ),
    })),

    getSourceHealth: operation(routes.getSourceHealth, async ({ actor, params }) => {
      const { gaps, counts, ...health } = await readSourceHealth(deps, actor, params.source);
      return { json: { ...health, counts: { ...counts }, gaps: [...gaps] } };
    }),

    replaySourceDelivery: operation(routes.replaySourceDelivery, async ({ actor, params }) => {
      const receipts = await replayDelivery(deps, actor, params.source, params.deliveryId);
      return { json: { receipts: receipts.map(receiptView) } };
    }),
  };
}

const messageSchema = z.record(z.string(), z.json());

/** As the wire has it: what is undefined is not said. */
function plain(message: Readonly<Record<string, unknown>>): z.infer<typeof messageSchema> {
  return messageSchema.parse(JSON.parse(JSON.stringify(message)));
}
