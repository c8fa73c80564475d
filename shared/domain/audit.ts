import * as z from "zod";

/**
 * The audit is a set of chains that only grow. Each entry holds its number, the hash of the entry before it and its own, so that whoever
 * changes, removes, adds or moves an entry breaks every hash behind it. A chain is one campaign's, the company's, or a share of
 * what machines do much of: two who write at once rarely want the same number.
 */
export const AUDIT_PHASES = ["intent", "done", "refused", "failed", "noted"] as const;
export type AuditPhase = (typeof AUDIT_PHASES)[number];

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

export const auditEntrySchema = z.strictObject({
  chain: z.string(),
  seq: z.int().min(1).describe("1 for a chain's first entry; the next number can be taken only once"),
  at: z.string(),
  phase: z
    .enum(AUDIT_PHASES)
    .describe(
      "`intent`: about to be done · `done`, `refused`, `failed`: what came of the intent that `intent` names · `noted`: about to be done, and the record itself tells what came of it",
    ),
  intent: z.int().min(1).optional().describe("Number of the entry whose outcome this is"),
  actor: z
    .string()
    .describe("Subject of the token, or `laurel.clock` and `laurel.settle` for what Laurel does by itself"),
  role: z.string().optional().describe("The actor's roles that open the operation"),
  client: z.string().optional().describe("The application that the token was given to"),
  request: z.string().optional().describe("Id of the request, as logs and problem documents name it"),
  action: z.string().meta({ examples: ["approval.approved"] }),
  subject: z.string().describe("What it was done to"),
  shown: z.string().optional().describe("Hash of what was shown to who decided"),
  detail: z.record(z.string(), z.string()).default({}).describe("Short texts for people; no secrets, no documents"),
  previous: hashSchema.describe("`hash` of the entry before; of the first 64 zeros"),
  hash: hashSchema.describe("SHA-256 of the canonical JSON of all other fields"),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** What the first entry of a chain names as the one before. */
export const NO_ENTRY = "0".repeat(64);

/** How far a chain has come: whoever keeps it elsewhere can tell later whether the chain was cut. */
export const auditHeadSchema = z.strictObject({ chain: z.string(), seq: z.int().min(1), hash: hashSchema });
export type AuditHead = z.infer<typeof auditHeadSchema>;

export const auditAnchorSchema = z.strictObject({
  day: z.string().exactOptional().describe("UTC; of the one that is kept each day, and that the audit itself names"),
  at: z.string(),
  heads: z.array(auditHeadSchema).describe("By chain"),
  hash: hashSchema.describe("SHA-256 of the canonical JSON of the other fields: short enough to be kept on paper"),
});
export type AuditAnchor = z.infer<typeof auditAnchorSchema>;

/** The deed with which the company's chain names the anchor of a day; its subject is the day, `shown` the anchor's hash. */
export const ANCHOR_ACTION = "audit.anchor";

/** Directory, sources, and whatever is no one campaign's. */
export const COMPANY_CHAIN = "company";

export function campaignChain(campaign: string): string {
  return `campaign:${campaign}`;
}
