import { listLayouts, readLayout, setLayout } from "#app/payout-layouts/layouts.ts";
import { payoutLayoutRoutes as routes } from "#contracts/routes/payout-layouts.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { itself, pageView } from "../pages.ts";

export function payoutLayoutOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    setPayoutLayout: operation(routes.setPayoutLayout, async ({ actor, params, body }) => ({
      json: await setLayout(deps, actor, params.layout, body),
    })),

    listPayoutLayouts: operation(routes.listPayoutLayouts, async ({ query }) => ({
      json: pageView(await listLayouts(deps, query), itself),
    })),

    getPayoutLayout: operation(routes.getPayoutLayout, async ({ params }) => ({
      json: await readLayout(deps, params.layout),
    })),
  };
}
