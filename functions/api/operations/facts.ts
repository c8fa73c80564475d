import { countInbox } from "#app/intake/inbox-counts.ts";
import {
  type FactHistory,
  listConflicts,
  listHeldFacts,
  listRejected,
  listSources,
  listUnreadable,
  readFact,
} from "#app/intake/read-facts.ts";
import type { FactReceipt } from "#app/intake/record-facts.ts";
import { registerSource } from "#app/intake/register-source.ts";
import { replayRejected } from "#app/intake/rejected-rows.ts";
import { replayDelivery } from "#app/intake/replay-delivery.ts";
import { reportFacts } from "#app/intake/report-facts.ts";
import { factRoutes as routes } from "#contracts/routes/facts.ts";
import { logConflicts } from "../../_kit/conflicts.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { once } from "../../_kit/once.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { receiptView } from "../../_kit/receipt-view.ts";
import { itself, pageView } from "../pages.ts";

export function factOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  // Compiled rules serve everybody who asks where a fact counts.
  const rules = once(async () => new (await import("#app/crediting/live-rules.ts")).LiveRules());

  return {
    registerSource: operation(routes.registerSource, async ({ actor, params, body }) => ({
      json: await registerSource(deps, actor, { ...params, ...body }),
    })),

    listSources: operation(routes.listSources, async ({ actor, query }) => ({
      json: pageView(await listSources(deps, actor, query), itself),
    })),

    listInboxCounts: operation(routes.listInboxCounts, async ({ actor, query }) => ({
      json: pageView(await countInbox(deps, actor, query), itself),
    })),

    listConflicts: operation(routes.listConflicts, async ({ actor, params, query }) => ({
      json: pageView(await listConflicts(deps, actor, params.source, query), itself),
    })),

    listUnreadable: operation(routes.listUnreadable, async ({ actor, params, query }) => ({
      json: pageView(await listUnreadable(deps, actor, params.source, query), itself),
    })),

    replayDelivery: operation(routes.replayDelivery, async ({ actor, params }) =>
      receiptsReply(await replayDelivery(deps, actor, params.source, params.deliveryId)),
    ),

    listRejected: operation(routes.listRejected, async ({ actor, params, query }) => ({
      json: pageView(await listRejected(deps, actor, params.source, query), itself),
    })),

    replayRejected: operation(routes.replayRejected, async ({ actor, params }) =>
      receiptsReply(await replayRejected(deps, actor, params.source, params.rowId)),
    ),

    reportFacts: operation(routes.reportFacts, async ({ actor, body }) =>
      receiptsReply(await reportFacts(deps, actor, body.facts)),
    ),

    listHeldFacts: operation(routes.listHeldFacts, async ({ actor, query }) => ({
      json: pageView(await listHeldFacts(deps, actor, query), itself),
    })),

    getFact: operation(routes.getFact, async ({ actor, params }) => historyReply(await readFact(deps, actor, params))),

    getFactCredits: operation(routes.getFactCredits, async ({ actor, params }) => {
      const { readFactCredits } = await import("#app/intake/fact-credits.ts");
      const { campaigns, ...read } = await readFactCredits(deps, actor, params, await rules());
      return { json: { ...read, campaigns: campaigns.map((one) => ({ ...one, credits: [...one.credits] })) } };
    }),

    // Crediting compiles plans, which no other call here does.
    replayFact: operation(routes.replayFact, async ({ actor, params }) => {
      const { replayFact } = await import("#app/intake/replay-fact.ts");
      return historyReply(await replayFact(deps, actor, params));
    }),
  };
}

function receiptsReply(receipts: readonly FactReceipt[]) {
  logConflicts(receipts);
  return { json: { receipts: receipts.map(receiptView) } };
}

function historyReply({ source, externalId, versions }: FactHistory) {
  return { json: { source, externalId, versions: [...versions] } };
}
