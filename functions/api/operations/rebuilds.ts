import { rebuildRoutes as routes } from "#contracts/routes/rebuilds.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";

/** Brings the rules of campaigns with it, which few calls need. */
const rebuilding = () => import("#app/crediting/read-rebuild.ts");

export function rebuildOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    requestRebuild: operation(routes.requestRebuild, async ({ actor, params, body }) => {
      const { requestRebuild } = await rebuilding();
      return {
        json: await requestRebuild(deps, actor, params.campaign, body.from),
        location: `/v1/campaigns/${params.campaign}/rebuild`,
      };
    }),

    getRebuild: operation(routes.getRebuild, async ({ params }) => {
      const { readRebuild } = await rebuilding();
      return { json: await readRebuild(deps, params.campaign) };
    }),
  };
}
