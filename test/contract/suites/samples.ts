import { randomBytes } from "node:crypto";
import type { Campaign, PlanVersion } from "#domain/campaign.ts";
import { type Fact, factSchema, type Sale } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { type Line, lineId, type NotAwarded, type Payee, type Step } from "#domain/line.ts";
import { type Plan, planSchema } from "#domain/plan/plan.ts";
import type { Credit, ParticipantProgress, PlaceTotal } from "#domain/progress.ts";
import type { Payout, Posting, Run, RunOutcome, Statement } from "#domain/run.ts";

/** Ids that other systems could give. All are different, some only just. */
export const ODD_IDS = [
  "plain",
  "with a space",
  "a/b",
  "100%",
  "50%25",
  `it's "quoted"`,
  "back\\slash",
  "南昌-001",
  "\u00e9",
  "e\u0301",
  "\uff21",
  "🎯",
  "𠀀".repeat(128),
  "𠀁".repeat(128),
  "~",
  "v",
  "{}[],:;|&?=+*$@!^`<>",
];

export const RECORDED_AT = "2018-05-02T00:00:00.000Z";

export function fact(changes: Partial<Sale> = {}): Fact {
  return factSchema.parse({
    kind: "sale",
    source: "pos",
    externalId: "sale-1",
    version: 1,
    status: "active",
    participantId: "a-1",
    occurredAt: "2018-05-01T08:00:00+08:00",
    amount: "260.00",
    currency: "CNY",
    quantity: "1",
    product: "travel",
    channel: "counter",
    attributes: {},
    recordedAt: RECORDED_AT,
    ...changes,
  });
}

const { source, version, status, participantId, occurredAt, attributes } = fact();
const BASE = { source, version, status, participantId, occurredAt, attributes, recordedAt: RECORDED_AT };

/** One fact of each kind, with everything that it can say. */
export const KINDS: Readonly<Record<string, Fact>> = {
  "a shared sale": fact({
    splits: [
      { participantId: "a-1", part: "1/3" },
      { participantId: "a-2", part: "2/3" },
    ],
    overlays: [{ participantId: "a-3", part: "150%" }],
  }),
  "a sale that was undone": fact({ status: "cancelled", cancelledAt: "2018-05-01T09:00:00+08:00" }),
  "a score": { ...BASE, kind: "score", externalId: "score-1", topic: "service", value: "-87.500000" },
  evidence: { ...BASE, kind: "evidence", externalId: "evidence-1", topic: "receipt", quantity: "2" },
};

export const PLACE = { leaf: "nanchang-1", shard: 0 };

export function credit(changes: Partial<Credit> = {}): Credit {
  return {
    campaign: "travel",
    place: PLACE,
    participantId: "a-1",
    fact: factKey({ source: "pos", externalId: "sale-1" }),
    epoch: 1,
    version: 1,
    outcome: "counted",
    occurredAt: 1_525_132_800_000,
    values: { premium: 26_000 },
    ...changes,
  };
}

export function progress(changes: Partial<ParticipantProgress> = {}): ParticipantProgress {
  const lastFactAt = 1_525_132_800_000;
  const measures: ParticipantProgress["measures"] = {
    premium: { value: 26_000, facts: 1, gained: 26_000, lastFactAt },
    grade: { value: 87_500_000, facts: 1, gained: 87_500_000, lastFactAt, lastFact: "hr#1" },
    customers: { value: 2, facts: 2, gained: 2, lastFactAt, texts: [["-9x_aB3dE5gH7jK0", lastFactAt]] },
  };
  return { campaign: "travel", place: PLACE, participantId: "a-1", seq: 1, measures, ...changes };
}

export function total(changes: Partial<PlaceTotal> = {}): PlaceTotal {
  const measures: PlaceTotal["measures"] = {
    premium: { value: 26_000, facts: 1, gained: 26_000 },
    customers: { value: 2, facts: 3, gained: 3, unknown: true },
  };
  return { campaign: "travel", place: PLACE, seq: 1, measures, ...changes };
}

const PLAN: Plan = planSchema.parse({
  schema: "laurel.plan/1",
  id: "travel",
  name: { en: "Travel insurance", zh: "旅游险" },
  currency: "CNY",
  period: { start: "2018-05-01T00:00", end: "2018-11-01T00:00", zone: "Asia/Shanghai" },
  lateFacts: "P15D",
  counts: [],
  crediting: { to: "seller", rollUp: "occurrence" },
  measures: [{ id: "premium", aggregate: "sum", of: "amount" }],
  rewards: [
    {
      kind: "commission",
      id: "commission",
      measure: "premium",
      level: "participant",
      pay: "self",
      rate: "35%",
      rounding: { scope: "perFact", mode: "halfUp", unit: "0.01" },
    },
  ],
  recovery: "nextPayout",
});

export function campaign(changes: Partial<Campaign> = {}): Campaign {
  return {
    id: "travel",
    state: "draft",
    revision: 1,
    draft: PLAN,
    latestVersion: 0,
    epoch: 0,
    rebuiltEpoch: 0,
    createdBy: "maria",
    createdAt: RECORDED_AT,
    ...changes,
  };
}

export function planVersion(version: number, planHash = `hash-${version}`): PlanVersion {
  return { campaign: "travel", version, plan: PLAN, planHash, publishedBy: "maria", publishedAt: RECORDED_AT };
}

export function seller(id: string): Payee {
  return { kind: "participant", id };
}

export const SELLER = seller("a-1");

export function run(changes: Partial<Run> = {}): Run {
  return {
    runId: "run-1",
    campaign: "travel",
    kind: "final",
    state: "computing",
    revision: 1,
    planVersion: 1,
    planHash: "hash-1",
    asOf: "2018-11-16T00:00:00+08:00",
    epoch: 1,
    submittedBy: "maria",
    startedAt: "2018-11-16T00:00:01.000Z",
    warnings: [],
    ...changes,
  };
}

export function outcome(changes: Partial<RunOutcome> = {}): RunOutcome {
  const { campaign, runId, kind, asOf, startedAt } = run();
  const budgets = [{ id: "all", amount: "100.00", used: "91.00", left: "9.00" }];
  return { campaign, runId, kind, asOf, startedAt, currency: "CNY", all: "91.00", budgets, ...changes };
}

export function line(payee: Payee = SELLER, trace: Step[] = []): Line {
  return { lineId: lineId("commission", payee), reward: "commission", payee, amount: "91.00", currency: "CNY", trace };
}

export function notAwarded(subject: Payee = SELLER, trace: Step[] = []): NotAwarded {
  return { reward: "commission", subject, trace };
}

/** A trace of about so many bytes of JSON that does not compress: the worst there can be. */
export function trace(bytes: number): Step[] {
  const contributions = Array.from({ length: Math.ceil(bytes / 1000) }, (_, index) => ({
    fact: `pos#${randomBytes(690).toString("base64")}`,
    version: index + 1,
    occurredAt: RECORDED_AT,
    value: "26.00",
  }));
  return [{ step: "measure", measure: "premium", subject: "a-1", value: "26.00", facts: 1, contributions }];
}

export function posting(changes: Partial<Posting> = {}): Posting {
  return {
    campaign: "travel",
    lineId: lineId("commission", SELLER),
    seq: 1,
    runId: "run-1",
    reward: "commission",
    payee: SELLER,
    amountMinor: 9_100,
    balanceMinor: 9_100,
    currency: "CNY",
    postedAt: RECORDED_AT,
    ...changes,
  };
}

export function payout(changes: Partial<Payout> = {}): Payout {
  return {
    campaign: "travel",
    runId: "run-1",
    payee: SELLER,
    seq: 1,
    name: "张三",
    unit: "nanchang-1",
    currency: "CNY",
    postedMinor: 9_100,
    broughtForwardMinor: -100,
    paidMinor: 9_000,
    carriedForwardMinor: 0,
    ...changes,
  };
}

export function statement(changes: Partial<Statement> = {}): Statement {
  return {
    campaign: "travel",
    campaignName: "Travel insurance",
    runId: "run-1",
    resultHash: "abc",
    asOf: "2018-11-16T00:00:00+08:00",
    provisional: false,
    payee: SELLER,
    name: "张三",
    currency: "CNY",
    total: "91.00",
    lines: [line(SELLER, trace(1_000))],
    notAwarded: [notAwarded()],
    postings: [posting()],
    payout: payout(),
    ...changes,
  };
}
