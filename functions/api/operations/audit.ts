import { auditRoutes as routes } from "#contracts/routes/audit.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { itself, pageView } from "../pages.ts";

export function auditOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  const reading = () => import("#app/audit/read-audit.ts");
  return {
    listAudit: operation(routes.listAudit, async ({ query: { limit, cursor, order, ...filter } }) => {
      const { listAudit, listNewestAudit } = await reading();
      const list = order === "newest" ? listNewestAudit : listAudit;
      return { json: pageView(await list(deps, filter, { limit, cursor }), itself) };
    }),

    getAuditAnchor: operation(routes.getAuditAnchor, async ({ query: { day } }) => {
      if (day === undefined) return { json: await (await reading()).readAnchor(deps) };
      const { keptAnchor } = await import("#app/audit/keep-anchor.ts");
      return { json: await keptAnchor(deps, day) };
    }),
  };
}
