import { startDueWork } from "#app/settlement/due-work.ts";
import { requireRun } from "#app/settlement/run-record.ts";
import type { Actor } from "#domain/actor.ts";
import { ADMIN, type Answer, APPROVER, ApiHarness, MARKETING, POS, SELLER } from "./api-harness.ts";
import { activate, CAMPAIGN, ok, PEOPLE, PLAN, sale, TARGETS, UNITS } from "./api-world.ts";

/** A campaign whose plan takes disputes, settled and posted, with sellers who can question what they were paid. */

export const SECOND: Actor = { ...APPROVER, subject: "li.na" };
export const OTHER_SELLER: Actor = { ...SELLER, subject: "b-1" };
export const LINE = "commission:participant:a-1";
export const DISPUTES = `${CAMPAIGN}/disputes`;

export const DISPUTE_PLAN = { ...PLAN, disputes: { within: "P10D", decideWithin: "P15D" } };

export async function settledHarness(plan: object = DISPUTE_PLAN): Promise<ApiHarness> {
  const harness = new ApiHarness();
  await settle(harness, plan);
  return harness;
}

export async function settle(harness: ApiHarness, plan: object = DISPUTE_PLAN): Promise<void> {
  const { cloud } = harness;
  cloud.clock.set(Date.parse("2026-02-01T00:00:00+08:00"));
  await ok(harness.post("/v1/org-units:import", ADMIN, { rows: UNITS }));
  await ok(harness.post("/v1/people:import", ADMIN, { rows: PEOPLE }));
  const settings = { name: "Point of sale", secretNames: ["sources/pos"] };
  await ok(harness.call("PUT", "/v1/sources/pos", { as: ADMIN, body: settings }));
  await ok(harness.post("/v1/campaigns", MARKETING, plan));
  await ok(harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows: TARGETS }));
  await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"1"' } }));
  await activate(harness, 1);
  await cloud.runRebuilds();
  cloud.clock.set(Date.parse("2026-03-06T00:00:00+08:00"));
  const facts = [sale("1", "a-1", "600.00"), sale("2", "b-1", "900.00"), sale("3", "a-1", "100.00")];
  await ok(harness.post("/v1/facts:batch", POS, { facts }));
  await cloud.drain();
  cloud.clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
  await settleDue(harness);
}

/** The runs that the clock finds due, approved and paid. */
export async function settleDue(harness: ApiHarness): Promise<string[]> {
  const { cloud } = harness;
  await startDueWork(cloud.deps);
  const settled: string[] = [];
  for (const request of cloud.settlements.splice(0)) {
    await cloud.compute(request);
    settled.push(request.runId);
    const { state, resultHash } = await requireRun(cloud.deps, PLAN.id, request.runId);
    if (state === "unchanged") continue;
    await ok(harness.post(`${CAMPAIGN}/runs/${request.runId}/approve`, SECOND, { resultHash }));
    await cloud.pay(request);
  }
  return settled;
}

export function openAs(harness: ApiHarness, as: Actor, line = LINE, claim = "Sale 4471 is missing"): Promise<Answer> {
  return harness.post(`${CAMPAIGN}/lines/${line}/disputes`, as, { claim });
}

/** Path of a new dispute of the seller's line. */
export async function opened(harness: ApiHarness): Promise<string> {
  return String((await ok(openAs(harness, SELLER))).headers.location);
}

export function days(count: number): number {
  return count * 24 * 3_600_000;
}
