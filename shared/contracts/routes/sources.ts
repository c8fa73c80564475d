import * as z from "zod";
import { DIRECTORY_EDITORS, FACT_READERS, REPLAYERS } from "../access.ts";
import { pageQuerySchema, pageSchema } from "../page.ts";
import { sourceParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import { batchReceiptSchema, sourceViewSchema } from "../views/fact-views.ts";
import {
  deliveryMinuteViewSchema,
  mappingPreviewSchema,
  mappingTrialSchema,
  sourceChangesSchema,
  sourceHealthSchema,
} from "../views/source-views.ts";

const sourceParams = z.strictObject({ source: sourceParam });

/** The page of a source: what it is, what came, and what is missing. */
export const sourceRoutes = {
  changeSource: route({
    method: "POST",
    path: "/v1/sources/{source}/settings",
    tag: "Sources",
    summary: "Change a source: its secrets, its mapping, when it is expected to speak",
    description:
      "What is left out stays. To rotate a secret name both, old and new, then only the new one. A better mapping is for what comes from now on, and for deliveries that are replayed.",
    access: DIRECTORY_EDITORS,
    params: sourceParams,
    query: none,
    body: {
      schema: sourceChangesSchema,
      media: ["application/json"],
      example: { secretNames: ["laurel/prod/sources/pos-2", "laurel/prod/sources/pos-1"] },
    },
    success: { status: 200, description: "The source", schema: sourceViewSchema },
    refusals: ["notFound"],
  }),

  previewMapping: route({
    method: "POST",
    path: "/v1/sources/{source}/mapping:preview",
    tag: "Sources",
    summary: "Try a mapping on a message: which facts it would become",
    description: "Nothing is stored and nobody is asked. The source need not be registered yet.",
    access: DIRECTORY_EDITORS,
    params: sourceParams,
    query: none,
    body: {
      schema: mappingTrialSchema,
      media: ["application/json"],
      example: {
        kind: "woocommerce",
        mapping: { level: "order", basis: "paid" },
        event: "order.updated",
        body: '{"id":727,"status":"completed"}',
      },
    },
    success: { status: 200, description: "What the message would become", schema: mappingPreviewSchema },
    refusals: [],
  }),

  listDeliveries: route({
    method: "GET",
    path: "/v1/sources/{source}/deliveries",
    tag: "Sources",
    summary: "List the deliveries of a source, newest minutes first",
    description:
      "Each minute has the counts of all outcomes and the last fifty deliveries by name. The newest seconds of a busy source may be missing; minutes are kept for fourteen days.",
    access: FACT_READERS,
    params: sourceParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(deliveryMinuteViewSchema, "DeliveryMinutePage") },
    refusals: ["notFound"],
  }),

  getSourceHealth: route({
    method: "GET",
    path: "/v1/sources/{source}/health",
    tag: "Sources",
    summary: "Tell how a source fares: outcomes of a day, whether it is silent, which numbers it left out",
    access: FACT_READERS,
    params: sourceParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The source's health", schema: sourceHealthSchema },
    refusals: ["notFound"],
  }),

  replaySourceDelivery: route({
    method: "POST",
    path: "/v1/sources/{source}/deliveries/{deliveryId}/replay",
    tag: "Sources",
    summary: "Read a kept delivery again, by the mapping as it is now",
    description:
      "Deliveries are kept that were rejected, held, in conflict, or wait for the vendor's answer. What was stored of one before is found again; what it says otherwise now is a version that follows.",
    access: REPLAYERS,
    params: z.strictObject({ source: sourceParam, deliveryId: z.string().min(1).max(256) }),
    query: none,
    body: noBody,
    success: { status: 200, description: "A receipt for each fact", schema: batchReceiptSchema },
    refusals: ["notFound", "conflict"],
  }),
};
