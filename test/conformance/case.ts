import * as z from "zod";

/** The format of the suite; README.md says what each part means. */

const byPayee = z.record(z.string(), z.record(z.string(), z.string()));

const shareSchema = z.strictObject({ participantId: z.string(), part: z.string() });

const factSchema = z.strictObject({
  by: z.string(),
  kind: z.enum(["sale", "evidence"]).default("sale"),
  topic: z.string().optional(),
  product: z.string().optional(),
  id: z.string().optional(),
  version: z.int().default(1),
  status: z.enum(["active", "cancelled"]).default("active"),
  at: z.string().optional(),
  known: z.string().optional(),
  cancelledAt: z.string().optional(),
  splits: z.array(shareSchema).optional(),
  overlays: z.array(shareSchema).optional(),
  amount: z.string().optional(),
  quantity: z.string().optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  times: z.int().min(1).default(1),
});
export type CaseFact = z.infer<typeof factSchema>;

const runSchema = z.strictObject({
  asOf: z.string().optional(),
  lines: byPayee.optional(),
  posted: byPayee.optional(),
  held: byPayee.optional(),
  pays: z.record(z.string(), z.record(z.string(), z.array(z.string()))).optional(),
  slices: z.record(z.string(), z.record(z.string(), z.array(z.string()))).optional(),
  ranks: z.record(z.string(), z.record(z.string(), z.int())).optional(),
  budgets: z.record(z.string(), z.strictObject({ used: z.string(), left: z.string() })).optional(),
  contradicted: byPayee.optional(),
  traces: z.record(z.string(), z.record(z.string(), z.array(z.record(z.string(), z.unknown())))).optional(),
});
export type CaseRun = z.infer<typeof runSchema>;

export const caseSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  figures: z.string(),
  source: z.array(z.string()).min(1),
  notes: z.string().optional(),
  plan: z.record(z.string(), z.unknown()),
  units: z
    .array(z.strictObject({ unit: z.string(), parent: z.string().nullable(), level: z.string(), name: z.string() }))
    .optional(),
  people: z
    .record(z.string(), z.strictObject({ unit: z.string().optional(), role: z.string().optional() }))
    .default({}),
  targets: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))).default({}),
  facts: z.array(factSchema).default([]),
  runs: z.array(runSchema).default([]),
  liability: z
    .union([z.strictObject({ total: z.string() }), z.strictObject({ unbounded: z.array(z.string()) })])
    .optional(),
  refused: z.array(z.strictObject({ code: z.string(), path: z.string() })).optional(),
});
export type ConformanceCase = z.infer<typeof caseSchema>;

export const caseFileSchema = z.strictObject({ feature: z.string(), cases: z.array(caseSchema).min(1) });

export const defaultsSchema = z.strictObject({
  plan: z.record(z.string(), z.unknown()),
  units: caseSchema.shape.units.unwrap(),
  person: z.strictObject({ unit: z.string(), role: z.string() }),
  fact: z.strictObject({
    amount: z.string(),
    quantity: z.string(),
    product: z.string(),
    channel: z.string(),
    attributes: z.record(z.string(), z.string()),
  }),
  asOf: z.string(),
});
