import * as z from "zod";
import { auditAnchorSchema, auditEntrySchema } from "#domain/audit.ts";
import { AUDIT_READERS } from "../access.ts";
import { pageQueryShape, pageSchema } from "../page.ts";
import { noBody, none, route } from "../route.ts";

const auditEntryView = auditEntrySchema.meta({ id: "AuditEntry" });

export const auditRoutes = {
  listAudit: route({
    method: "GET",
    path: "/v1/audit",
    tag: "Audit",
    summary: "List who did what, when, and what came of it",
    description:
      "Chain after chain, each in its order. Without filters all pages together are an export that `laurel audit verify` reads.",
    access: AUDIT_READERS,
    params: none,
    query: z.strictObject({
      ...pageQueryShape,
      chain: z.string().min(1).max(200).optional().describe("`company`, `campaign:jiangxi-travel-2018`"),
      subject: z.string().min(1).max(300).optional(),
      actor: z.string().min(1).max(200).optional(),
      action: z.string().min(1).max(100).optional(),
      day: z.iso.date().optional().describe("UTC"),
      order: z
        .enum(["oldest", "newest"])
        .default("oldest")
        .describe("`newest`: the last entry first; of one `chain`, which must be named"),
    }),
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(auditEntryView, "AuditPage") },
    refusals: [],
  }),

  getAuditAnchor: route({
    method: "GET",
    path: "/v1/audit/anchor",
    tag: "Audit",
    summary: "Tell how far every chain of the audit has come",
    description:
      "Keep it elsewhere: with it `laurel audit verify` notices later whether entries at the end were cut off. One is kept each day by itself, and named in the audit: `day` tells which is asked for.",
    access: AUDIT_READERS,
    params: none,
    query: z.strictObject({ day: z.iso.date().optional().describe("UTC; absent: as of now") }),
    body: noBody,
    success: { status: 200, description: "The anchor", schema: auditAnchorSchema.meta({ id: "AuditAnchor" }) },
    refusals: ["notFound"],
  }),
};
