import * as z from "zod";
import { noBody, none, route } from "../route.ts";

const documentSchema = z.record(z.string(), z.unknown());

export const serviceRoutes = {
  getHealth: route({
    method: "GET",
    path: "/v1/health",
    tag: "Service",
    summary: "Tell that the service answers",
    access: "public",
    params: none,
    query: none,
    body: noBody,
    success: {
      status: 200,
      description: "It does",
      schema: z.strictObject({ status: z.literal("ok") }),
      example: { status: "ok" },
    },
    refusals: [],
  }),

  getOpenApi: route({
    method: "GET",
    path: "/v1/openapi.json",
    tag: "Service",
    summary: "Read this document",
    access: "public",
    params: none,
    query: none,
    body: noBody,
    success: { status: 200, description: "OpenAPI 3.1", schema: documentSchema },
    refusals: [],
  }),

  getPlanSchema: route({
    method: "GET",
    path: "/v1/plan-schema.json",
    tag: "Service",
    summary: "Read the JSON Schema of plans",
    access: "public",
    params: none,
    query: none,
    body: noBody,
    success: { status: 200, description: "JSON Schema, draft 2020-12", schema: documentSchema },
    refusals: [],
  }),
};
