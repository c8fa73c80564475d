import { examplePlan } from "#contracts/examples/plan.ts";
import { routes } from "#contracts/routes.ts";
import type { Actor } from "#domain/actor.ts";
import { ADMIN, APPROVER, ApiHarness, MARKETING } from "../api-harness.ts";
import { activate, ok } from "../api-world.ts";

/** A company in which the reference's examples mean something: their units, people, sources and campaign. */

export const CAMPAIGN = `/v1/campaigns/${examplePlan.id}`;
export const SELLER_ID = "a-nanchang-001";
const SOURCES = ["pos-jiangxi", "quality", "documents"];
const REPORTER: Actor = { subject: "pos.team", roles: ["integrator"], units: [], sources: SOURCES };

const UNITS = [
  { unit: "company", parent: null, level: "company", name: "Company" },
  { unit: "jiangxi", parent: "company", level: "province", name: "江西" },
  { unit: "nanchang", parent: "jiangxi", level: "branch", name: "南昌" },
];
const PEOPLE = [SELLER_ID, "a-nanchang-002", "a-nanchang-009"].map((participantId) => ({
  participantId,
  name: participantId,
  unit: "nanchang",
  role: "agent",
  from: "2023-01-01",
  to: null,
}));
const TARGETS = [{ subject: "nanchang", measure: "premium", label: "start", slice: "", value: "500.00" }];
/** With a board of people, and something to reserve. */
const PLAN = {
  ...examplePlan,
  rewards: [
    ...examplePlan.rewards,
    {
      kind: "ranking",
      id: "best-sellers",
      measure: "premium",
      level: "participant",
      gateEffect: "rerank",
      ties: "earliestReach",
      prizes: [{ from: 1, to: 1, amount: "100.00" }],
      pay: "self",
    },
  ],
  stocks: [{ id: "coffee", name: { en: "Coffee" }, quantity: 10 }],
  disputes: { within: "P10D", decideWithin: "P15D" },
};

/** How far the world has come; each stage has all before it. */
export const STAGES = [
  "empty",
  "company",
  "draft",
  "published",
  "asked",
  "active",
  "sold",
  "computed",
  "paid",
] as const;
export type Stage = (typeof STAGES)[number];

export interface ExampleWorld {
  readonly harness: ApiHarness;
  /** Of the newest request for approval, and what it is bound to. */
  readonly approval: { readonly id: string; readonly hash: string };
  readonly run: { readonly runId: string; readonly resultHash: string };
}

type Made = { -readonly [K in keyof ExampleWorld]: ExampleWorld[K] };

const STEPS: Readonly<Record<Stage, (world: Made) => Promise<void>>> = {
  empty: async ({ harness }) => harness.cloud.clock.set(Date.parse("2026-02-01T00:00:00+08:00")),
  company: async ({ harness }) => {
    await ok(harness.post("/v1/org-units:import", ADMIN, { rows: UNITS }));
    await ok(harness.post("/v1/people:import", ADMIN, { rows: PEOPLE }));
    for (const source of SOURCES) {
      const settings = { name: source, secretNames: [`sources/${source}`] };
      await ok(harness.call("PUT", `/v1/sources/${source}`, { as: ADMIN, body: settings }));
    }
  },
  draft: async ({ harness }) => {
    await ok(harness.post("/v1/campaigns", MARKETING, PLAN));
    await ok(harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows: TARGETS }));
  },
  published: async ({ harness }) => {
    await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"1"' } }));
  },
  asked: async (world) => {
    const { json } = await ok(world.harness.post(`${CAMPAIGN}/activate`, MARKETING, { version: 1 }));
    world.approval = { id: json.id, hash: json.hash };
  },
  active: async ({ harness }) => {
    await activate(harness, 1);
    await harness.cloud.runRebuilds();
    harness.cloud.clock.set(Date.parse("2026-04-02T00:00:00+08:00"));
  },
  sold: async ({ harness }) => {
    await ok(harness.post("/v1/facts:batch", REPORTER, routes.reportFacts.body.example));
    const claim = routes.reserve.body.example;
    await ok(harness.post(`${CAMPAIGN}/limits/stock/coffee/reservations`, REPORTER, claim));
    await harness.cloud.drain();
  },
  computed: async (world) => {
    const { harness } = world;
    harness.cloud.clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
    const { json } = await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }));
    for (const request of harness.cloud.settlements.splice(0)) await harness.cloud.compute(request);
    const { resultHash } = (await ok(harness.get(`${CAMPAIGN}/runs/${json.runId}`, APPROVER))).json;
    world.run = { runId: json.runId, resultHash };
  },
  paid: async ({ harness, run: { runId, resultHash } }) => {
    await ok(harness.post(`${CAMPAIGN}/runs/${runId}/approve`, APPROVER, { resultHash }));
    await harness.cloud.pay({ campaign: examplePlan.id, runId });
  },
};

export async function worldAt(stage: Stage): Promise<ExampleWorld> {
  const world: Made = {
    harness: new ApiHarness(),
    approval: { id: "", hash: "" },
    run: { runId: "", resultHash: "" },
  };
  for (const one of STAGES.slice(0, STAGES.indexOf(stage) + 1)) await STEPS[one](world);
  return world;
}

/** Whoever the route lets in, with the claims that the examples ask for. */
export function callerOf(access: "public" | "signature" | Actor["roles"]): Actor {
  if (typeof access === "string") return REPORTER;
  // Asked for by marketing, so decided by somebody else.
  if (!access.includes("marketing") && access.includes("approver")) return APPROVER;
  const subject = access.includes("marketing") ? MARKETING.subject : SELLER_ID;
  return { ...REPORTER, subject, roles: access };
}
