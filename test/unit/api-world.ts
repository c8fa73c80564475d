import { examplePlan } from "#contracts/examples/plan.ts";
import { ADMIN, type Answer, APPROVER, type ApiHarness, MARKETING } from "./api-harness.ts";

/** A small company: two branches with two sellers each, and the example plan with a target for each branch. */

export const PLAN = examplePlan;
export const CAMPAIGN = `/v1/campaigns/${PLAN.id}`;

export const UNITS = [
  { unit: "company", parent: null, level: "company", name: "Company" },
  { unit: "jiangxi", parent: "company", level: "province", name: "江西" },
  { unit: "nanchang", parent: "jiangxi", level: "branch", name: "南昌" },
  { unit: "jiujiang", parent: "jiangxi", level: "branch", name: "九江" },
];

export const PEOPLE = [
  member("a-1", "杜思远", "nanchang"),
  member("a-2", "张志远", "nanchang"),
  member("b-1", "彭杰", "jiujiang"),
  member("b-2", "卢磊", "jiujiang"),
];

function member(participantId: string, name: string, unit: string) {
  return { participantId, name, unit, role: "agent", from: null, to: null };
}

export const TARGETS = ["nanchang", "jiujiang"].map((subject) => target(subject, "500.00"));

export function target(subject: string, value: string) {
  return { subject, measure: "premium", label: "start", slice: "", value };
}

export function sale(externalId: string, participantId: string, amount: string, version = 1) {
  return {
    kind: "sale",
    source: "pos",
    externalId,
    version,
    status: "active",
    participantId,
    occurredAt: "2026-03-05T10:00:00+08:00",
    amount,
    currency: "CNY",
    product: "LAY",
    channel: "individual",
    attributes: { entry: "app" },
  };
}

/** Units, people, a source and a campaign with its targets; nothing published yet. */
export async function found(harness: ApiHarness): Promise<void> {
  harness.cloud.clock.set(Date.parse("2026-02-01T00:00:00+08:00"));
  await ok(harness.post("/v1/org-units:import", ADMIN, { rows: UNITS }));
  await ok(harness.post("/v1/people:import", ADMIN, { rows: PEOPLE }));
  const settings = { name: "Point of sale", secretNames: ["sources/pos"] };
  await ok(harness.call("PUT", "/v1/sources/pos", { as: ADMIN, body: settings }));
  await ok(harness.post("/v1/campaigns", MARKETING, PLAN));
  await ok(harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows: TARGETS }));
}

/** The campaign published and active, its period begun. */
export async function launch(harness: ApiHarness): Promise<void> {
  await found(harness);
  await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"1"' } }));
  await activate(harness, 1);
  await harness.cloud.runRebuilds();
  harness.cloud.clock.set(Date.parse("2026-03-06T00:00:00+08:00"));
}

/** Asked for by one person and approved by another. */
export async function activate(harness: ApiHarness, version: number, campaign = CAMPAIGN): Promise<void> {
  const { json } = await ok(harness.post(`${campaign}/activate`, MARKETING, { version }));
  await ok(harness.post(`/v1/approvals/${json.id}/approve`, APPROVER, { hash: json.hash }));
}

/** The answer, which must be a success. */
export async function ok(pending: Promise<Answer>): Promise<Answer> {
  const answer = await pending;
  if (answer.status >= 300) throw new Error(`answered ${answer.status}: ${answer.text}`);
  return answer;
}
