import * as z from "zod";
import { ROLES, type Role } from "./actor.ts";
import { slugSchema } from "./ids.ts";
import { problemSchema } from "./problem.ts";

/** What can be imported from a file. Sales, scores and evidence are facts; `facts` has them mixed, by a column `kind`. */
export const IMPORT_KINDS = ["people", "units", "targets", "facts", "sales", "scores", "evidence"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Who may import what: the same as by the JSON routes. */
export const IMPORTERS_OF = {
  people: "administrator",
  units: "administrator",
  targets: "marketing",
  facts: "integrator",
  sales: "integrator",
  scores: "integrator",
  evidence: "integrator",
} as const satisfies Record<ImportKind, Role>;

/** What an upload may weigh: more than any spreadsheet of the rows that an import takes. */
export const UPLOAD_BYTES_MAX = 32 * 1024 * 1024;

/** A name alone: no folders, nothing hidden, nothing that turns the direction of writing. */
export const fileNameSchema = z
  .string()
  .regex(
    /^(?!\.)[^\p{C}\p{Zl}\p{Zp}/\\:*?"<>|]{1,120}\.(csv|tsv|txt|xlsx)$/iu,
    "use a file's name without folders, ending with .csv, .tsv, .txt or .xlsx",
  )
  .meta({ examples: ["people.xlsx"] });

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "use 64 of 0-9 and a-f");

/** A place that a file was promised for. */
export const uploadSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(IMPORT_KINDS),
  fileName: fileNameSchema,
  size: z.int().min(1).max(UPLOAD_BYTES_MAX).describe("Bytes"),
  sha256: sha256Schema.optional().describe("Of the file's bytes; another file is refused then"),
  requestedBy: z.string(),
  requestedAt: z.string(),
});
export type Upload = z.infer<typeof uploadSchema>;

export const IMPORT_MODES = ["allOrNothing", "goodRows"] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/**
 * `queued → ready` after a preview, then by a confirmation `confirmed → done`; without preview `queued → done`. `waiting`: for a second
 * person. `refused`: nothing was written, and the findings say why. `failed`: we could not; it may be confirmed again.
 */
export const IMPORT_STATES = ["queued", "ready", "confirmed", "done", "waiting", "refused", "failed"] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** How to read the file, where it is not to be found out, and what it is about. */
export const importOptionsShape = {
  mode: z
    .enum(IMPORT_MODES)
    .describe("`allOrNothing`: one bad row refuses the file · `goodRows`: takes the others and reports the bad ones"),
  campaign: slugSchema.optional().describe("Of targets whose; of facts whose zone and attributes the file is read by"),
  source: slugSchema.optional().describe("Of facts: the source that they are reported for"),
  zone: z
    .string()
    .max(64)
    .optional()
    .describe("Of facts without `campaign`: whose clock shows the times that have no offset")
    .meta({ examples: ["Asia/Shanghai"] }),
  sheet: z.string().min(1).max(64).optional().describe("A workbook's sheet; otherwise the first"),
  encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "gb18030"]).optional().describe("Otherwise found out"),
  delimiter: z.enum([",", ";", "\t", "|"]).optional().describe("Otherwise found out"),
};

/** What stands in a row's place, and what would; `before` is absent for what is new. */
export const rowChangeSchema = z.strictObject({
  about: z.string(),
  before: z.json().optional(),
  after: z.json(),
});
export type RowChange = z.infer<typeof rowChangeSchema>;

export const importReportCountsSchema = z.strictObject({
  rows: z.int(),
  taken: z.int().describe("Rows that said something new; in a preview: that would"),
  unchanged: z.int().describe("Rows that said what was there already"),
  rejected: z.int(),
  waiting: z.int().optional().describe("Rows that wait for a second person"),
});

export const importSchema = z.strictObject({
  id: z.string(),
  upload: z.string(),
  kind: z.enum(IMPORT_KINDS),
  fileName: fileNameSchema,
  state: z.enum(IMPORT_STATES),
  ...importOptionsShape,
  requestedBy: z.string(),
  requestedAt: z.string(),
  updatedAt: z.string(),
  sha256: sha256Schema.optional().describe("Of the bytes that were read"),
  progress: z.strictObject({ rows: z.int(), done: z.int() }).describe("Rows of the file, and how many are dealt with"),
  report: importReportCountsSchema.optional(),
  findings: z.int().describe("How many problems there are; `/findings` lists them"),
  notes: z.array(z.string()).describe("What was found out about the file"),
  preview: z
    .strictObject({
      changes: z.array(rowChangeSchema).describe("The first of what would change"),
      needsApproval: z.boolean().describe("It changes so much that a second person decides"),
    })
    .optional(),
  approval: z.string().optional().describe("The request that it waits in: `/v1/approvals/{id}`"),
  sameAs: z.string().optional().describe("An earlier import of the same bytes to the same place"),
  rebuilding: z.array(z.string()).describe("Campaigns in which something is computed anew because of this"),
});
export type Import = z.infer<typeof importSchema>;

/** What is kept of an import besides: in whose name it writes. */
export const keptImportSchema = importSchema.extend({
  actor: z.strictObject({
    subject: z.string(),
    roles: z.array(z.enum(ROLES)),
    units: z.array(z.string()),
    sources: z.array(z.string()),
    client: z.string().optional(),
    request: z.string().optional(),
  }),
  /** Which execution: each preview, confirmation and repetition is one. */
  attempt: z.int().min(1),
});
export type KeptImport = z.infer<typeof keptImportSchema>;

export const findingsSchema = z.array(problemSchema);
