import type { FoundSimulation } from "#app/asking/kept-simulation.ts";
import { askingRoutes as routes } from "#contracts/routes/asking.ts";
import { simulationViewSchema } from "#contracts/views/asking-views.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";

/** Settling is code that no other call needs; it is loaded when somebody asks. */
export function askingOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    simulatePlan: operation(routes.simulatePlan, async ({ actor, params, body: { keepAs, ...asked } }) => {
      const { simulatePlan } = await import("#app/asking/simulate-plan.ts");
      if (keepAs === undefined) return { json: await simulatePlan(deps, params.campaign, asked) };
      const { simulateKept } = await import("#app/asking/kept-simulation.ts");
      return { json: await simulateKept(deps, actor, params.campaign, { ...asked, keepAs }, simulatePlan) };
    }),

    getSimulation: operation(routes.getSimulation, async ({ actor, params }) => {
      const { readSimulation } = await import("#app/asking/kept-simulation.ts");
      return { json: keptView(await readSimulation(deps, actor, params.campaign, params.simulation)) };
    }),

    askWhatIf: operation(routes.askWhatIf, async ({ actor, params, body }) => {
      const { askWhatIf } = await import("#app/asking/what-if.ts");
      return { json: await askWhatIf(deps, actor, params.campaign, body) };
    }),
  };
}

/** One that another release has kept in another shape is as good as lost. */
function keptView({ record: { requestedBy: _, ...record }, isLost, simulation: kept }: FoundSimulation) {
  if (record.state !== "done") return { ...record, state: isLost ? ("lost" as const) : record.state };
  const simulation = simulationViewSchema.safeParse(kept);
  return simulation.success ? { ...record, simulation: simulation.data } : { ...record, state: "lost" as const };
}
