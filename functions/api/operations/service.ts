import { serviceRoutes as routes } from "#contracts/routes/service.ts";
import { type Operation, operation } from "../../_kit/operation.ts";

/** The documents are built by code that no other call needs; it is loaded when one is asked for. */
export function serviceOperations(): Record<keyof typeof routes, Operation> {
  return {
    getHealth: operation(routes.getHealth, async () => ({ json: { status: "ok" as const } })),

    getOpenApi: operation(routes.getOpenApi, async () => {
      const { openApiDocument } = await import("#contracts/openapi.ts");
      return { json: { ...openApiDocument() } };
    }),

    getPlanSchema: operation(routes.getPlanSchema, async () => {
      const { planJsonSchema } = await import("#contracts/plan-schema.ts");
      return { json: planJsonSchema() };
    }),
  };
}
