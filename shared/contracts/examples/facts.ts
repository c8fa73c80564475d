import type * as z from "zod";
import type { factMessageSchema } from "#domain/fact.ts";

export const exampleFact: z.input<typeof factMessageSchema> = {
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
