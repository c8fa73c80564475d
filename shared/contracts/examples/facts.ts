import type * as z from "zod";
import type { evidenceMessageSchema, saleMessageSchema, scoreMessageSchema } from "#domain/fact.ts";

export const exampleFact: z.input<typeof saleMessageSchema> = {
  kind: "sale",
  source: "pos-jiangxi",
  externalId: "P-20260301-000017",
  version: 1,
  status: "active",
  participantId: "a-nanchang-001",
  occurredAt: "2026-03-01T09:30:00+08:00",
  amount: "260.00",
  currency: "CNY",
  quantity: "1",
  product: "LAY",
  channel: "individual",
  attributes: { entry: "app" },
};

/** Two people sold it, and a specialist helped. */
export const exampleSharedSale: z.input<typeof saleMessageSchema> = {
  ...exampleFact,
  externalId: "P-20260301-000018",
  splits: [
    { participantId: "a-nanchang-001", part: "50%" },
    { participantId: "a-nanchang-002", part: "50%" },
  ],
  overlays: [{ participantId: "a-nanchang-009", part: "100%" }],
};

export const exampleScore: z.input<typeof scoreMessageSchema> = {
  kind: "score",
  source: "quality",
  externalId: "2026-03/nanchang",
  version: 1,
  status: "active",
  participantId: "nanchang",
  occurredAt: "2026-03-31T18:00:00+08:00",
  topic: "customer-satisfaction",
  value: "87.5",
};

export const exampleEvidence: z.input<typeof evidenceMessageSchema> = {
  kind: "evidence",
  source: "documents",
  externalId: "D-000451",
  version: 1,
  status: "active",
  participantId: "a-nanchang-001",
  occurredAt: "2026-03-12T10:00:00+08:00",
  topic: "signed-receipt",
};

export const exampleReceipt = {
  outcome: "stored",
  fact: "pos-jiangxi#P-20260301-000017",
  version: 1,
  recordedAt: "2026-03-01T01:30:04.120Z",
} as const;

/** Columns as in a facts file's neighbours; each import takes JSON rows with the same fields. */
export const exampleCsv = {
  units: "unit,parent,level,name\njiangxi,,province,江西\nnanchang,jiangxi,branch,南昌\n",
  people: "participant_id,name,unit,role,from,to\na-nanchang-001,杜思远,nanchang,agent,2024-01-01,\n",
  targets: "subject,measure,label,slice,value\nnanchang,premium,start,,180000.00\n",
} as const;
