import { askingRoutes as routes } from "#contracts/routes/asking.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";

/** Settling is code that no other call needs; it is loaded when somebody asks. */
export function askingOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    simulatePlan: operation(routes.simulatePlan, async ({ params, body }) => {
      const { simulatePlan } = await import("#app/asking/simulate-plan.ts");
      return { json: await simulatePlan(deps, params.campaign, body) };
    }),

    askWhatIf: operation(routes.askWhatIf, async ({ actor, params, body }) => {
      const { askWhatIf } = await import("#app/asking/what-if.ts");
      return { json: await askWhatIf(deps, actor, params.campaign, body) };
    }),
  };
}
