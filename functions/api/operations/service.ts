import { openApiDocument } from "#contracts/openapi.ts";
import { planJsonSchema } from "#contracts/plan-schema.ts";
import { serviceRoutes as routes } from "#contracts/routes/service.ts";
import { type Operation, operation } from "../../_kit/operation.ts";

export function serviceOperations(): Record<keyof typeof routes, Operation> {
  return {
    getHealth: operation(routes.getHealth, async () => ({ json: { status: "ok" as const } })),
    getOpenApi: operation(routes.getOpenApi, async () => ({ json: { ...openApiDocument() } })),
    getPlanSchema: operation(routes.getPlanSchema, async () => ({ json: planJsonSchema() })),
  };
}
