import * as z from "zod";
import { DIRECTORY_EDITORS, FACT_READERS, REPLAYERS } from "../access.ts";
import { exampleEvidence, exampleFact, exampleReceipt, exampleScore, exampleSharedSale } from "../examples/facts.ts";
import { pageQuerySchema, pageSchema } from "../page.ts";
import { externalIdParam, sourceParam } from "../path.ts";
import { noBody, none, route } from "../route.ts";
import {
  batchReceiptSchema,
  conflictViewSchema,
  factBatchSchema,
  factCreditsSchema,
  factHistorySchema,
  factMessageViewSchema,
  heldFactViewSchema,
  inboxCountSchema,
  rejectedViewSchema,
  sourceViewSchema,
  unreadableViewSchema,
} from "../views/fact-views.ts";
import { sourceSettingsSchema } from "../views/source-views.ts";

const factParams = z.strictObject({ source: sourceParam, externalId: externalIdParam });
const sourceParams = z.strictObject({ source: sourceParam });

export const factRoutes = {
  registerSource: route({
    method: "PUT",
    path: "/v1/sources/{source}",
    tag: "Sources",
    summary: "Register a source, or change it",
    description: "Secrets are named, never sent: several are valid at once while one is being rotated.",
    access: DIRECTORY_EDITORS,
    params: sourceParams,
    query: none,
    body: {
      schema: sourceSettingsSchema,
      media: ["application/json"],
      example: { name: "Point of sale, Jiangxi", secretNames: ["laurel/prod/sources/pos-jiangxi"] },
    },
    success: { status: 200, description: "The source", schema: sourceViewSchema },
    refusals: ["conflict"],
  }),

  listSources: route({
    method: "GET",
    path: "/v1/sources",
    tag: "Sources",
    summary: "List sources",
    description: "An integrator sees their own.",
    access: FACT_READERS,
    params: none,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(sourceViewSchema, "SourcePage") },
    refusals: [],
  }),

  listInboxCounts: route({
    method: "GET",
    path: "/v1/sources:inbox",
    tag: "Sources",
    summary: "Tell of each source how much in its inbox waits for somebody",
    description:
      "Counted when it is asked, of at most fifty sources a page. What is mended or settled is kept, and not counted. Facts that are held are a listing of their own. An integrator sees their own sources.",
    access: FACT_READERS,
    params: none,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(inboxCountSchema, "InboxCountPage") },
    refusals: [],
  }),

  listConflicts: route({
    method: "GET",
    path: "/v1/sources/{source}/conflicts",
    tag: "Sources",
    summary: "List messages that contradict a stored version",
    access: FACT_READERS,
    params: sourceParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(conflictViewSchema, "FactConflictPage") },
    refusals: ["notFound"],
  }),

  listUnreadable: route({
    method: "GET",
    path: "/v1/sources/{source}/unreadable",
    tag: "Sources",
    summary: "List deliveries that could not be understood",
    access: FACT_READERS,
    params: sourceParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(unreadableViewSchema, "UnreadableDeliveryPage") },
    refusals: ["notFound"],
  }),

  replayDelivery: route({
    method: "POST",
    path: "/v1/sources/{source}/unreadable/{deliveryId}/replay",
    tag: "Sources",
    summary: "Read a kept delivery again, now that what made it unreadable is mended",
    access: REPLAYERS,
    params: z.strictObject({ source: sourceParam, deliveryId: z.string().min(1).max(256) }),
    query: none,
    body: noBody,
    success: { status: 200, description: "A receipt for each message", schema: batchReceiptSchema },
    refusals: ["notFound"],
  }),

  listRejected: route({
    method: "GET",
    path: "/v1/sources/{source}/rejected",
    tag: "Sources",
    summary: "List messages that were refused, each with its reason",
    description: "Of webhooks and of batches. Those with `mendedAt` are facts since then.",
    access: FACT_READERS,
    params: sourceParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(rejectedViewSchema, "RejectedMessagePage") },
    refusals: ["notFound"],
  }),

  replayRejected: route({
    method: "POST",
    path: "/v1/sources/{source}/rejected/{rowId}/replay",
    tag: "Sources",
    summary: "Read a refused message again, now that what made it unreadable is mended",
    access: REPLAYERS,
    params: z.strictObject({ source: sourceParam, rowId: z.string().regex(/^[0-9a-f]{64}$/) }),
    query: none,
    body: noBody,
    success: { status: 200, description: "Its receipt", schema: batchReceiptSchema },
    refusals: ["notFound"],
  }),

  reportFacts: route({
    method: "POST",
    path: "/v1/facts:batch",
    tag: "Facts",
    summary: "Report up to 500 facts",
    description:
      "Each message is judged by itself and has its own receipt, in the order of the request; a bad one does not cost the good ones. " +
      "Sending the same again is safe. An integrator may report for the sources in their token only.",
    access: ["integrator"],
    params: none,
    query: none,
    body: {
      schema: factBatchSchema,
      documented: z.strictObject({ facts: z.array(factMessageViewSchema).min(1).max(500) }),
      media: ["application/json"],
      example: { facts: [exampleFact, exampleSharedSale, exampleScore, exampleEvidence] },
    },
    success: {
      status: 200,
      description: "A receipt for each message",
      schema: batchReceiptSchema,
      example: { receipts: [exampleReceipt] },
    },
    refusals: [],
  }),

  listHeldFacts: route({
    method: "GET",
    path: "/v1/facts:held",
    tag: "Facts",
    summary: "List facts that are stored but cannot be used yet",
    description: "An integrator sees those of their own sources.",
    access: FACT_READERS,
    params: none,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(heldFactViewSchema, "HeldFactPage") },
    refusals: [],
  }),

  getFact: route({
    method: "GET",
    path: "/v1/facts/{source}/{externalId}",
    tag: "Facts",
    summary: "Read a fact with all its versions",
    access: FACT_READERS,
    params: factParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "All versions, lowest first", schema: factHistorySchema },
    refusals: ["notFound"],
  }),

  getFactCredits: route({
    method: "GET",
    path: "/v1/facts/{source}/{externalId}/credits",
    tag: "Facts",
    summary: "Tell where a fact counts, and where not and why",
    description:
      "Of each campaign in force: what its rules say of the newest version, and whether the boards have that already. Ask again until no campaign is `pending`.",
    access: FACT_READERS,
    params: factParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "Its credits by campaign", schema: factCreditsSchema },
    refusals: ["notFound"],
  }),

  replayFact: route({
    method: "POST",
    path: "/v1/facts/{source}/{externalId}/replay",
    tag: "Facts",
    summary: "Credit a fact again, now that what held it is mended",
    description: "Safe at any time: the credit is computed from the stored versions and replaces itself.",
    access: REPLAYERS,
    params: factParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The fact", schema: factHistorySchema },
    refusals: ["notFound"],
  }),
};
