import * as z from "zod";
import { slugSchema } from "./ids.ts";
import { planSchema } from "./plan/plan.ts";

/**
 * A campaign is the life of a plan: a draft that is edited, versions that are published and never change, one of them
 * active. `revision` rises with each edit and is the copy's mark for `If-Match`.
 */
export const campaignSchema = z.strictObject({
  id: slugSchema,
  state: z.enum(["draft", "active", "settled"]),
  revision: z.int().min(1),
  draft: planSchema,
  latestVersion: z.int().min(0).describe("0: nothing published yet"),
  activeVersion: z.int().min(1).optional(),
  epoch: z.int().min(0).describe("Rises when plan version, people, organisation or targets change what credits mean"),
  rebuiltEpoch: z
    .int()
    .min(0)
    .describe("The epoch whose re-crediting is complete; behind `epoch` while a rebuild is due"),
  createdBy: z.string(),
  createdAt: z.string(),
  activatedBy: z.string().optional(),
  activatedAt: z.string().optional(),
  finalAsOf: z.string().optional().describe("Cut-off of the newest posted run; later facts call for an adjustment"),
});
export type Campaign = z.infer<typeof campaignSchema>;

export const planVersionSchema = z.strictObject({
  campaign: slugSchema,
  version: z.int().min(1),
  plan: planSchema,
  planHash: z.string(),
  publishedBy: z.string(),
  publishedAt: z.string(),
});
export type PlanVersion = z.infer<typeof planVersionSchema>;

/** A registered source of facts. Secrets are named, never held: several are valid at once while one is being rotated. */
export const sourceSchema = z.strictObject({
  source: slugSchema,
  name: z.string().min(1).max(128),
  secretNames: z.array(z.string().min(1).max(256)).max(4),
});
export type Source = z.infer<typeof sourceSchema>;

export const auditEntrySchema = z.strictObject({
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.string()).default({}),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
