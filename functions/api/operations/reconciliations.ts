import { readReconciliation } from "#app/reconciliation/read-reconciliation.ts";
import { requestReconciliation } from "#app/reconciliation/request-reconciliation.ts";
import { reconciliationRoutes as routes } from "#contracts/routes/reconciliations.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";

export function reconciliationOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    requestReconciliation: operation(routes.requestReconciliation, async ({ actor, params }) => ({
      json: await requestReconciliation(deps, actor, params.campaign),
      location: `/v1/campaigns/${params.campaign}/reconciliations/latest`,
    })),

    getReconciliation: operation(routes.getReconciliation, async ({ params }) => ({
      json: await readReconciliation(deps, params.campaign),
    })),
  };
}
