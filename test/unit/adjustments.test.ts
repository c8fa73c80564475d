import { beforeEach, describe, expect, it } from "vitest";
import { approvedAdjustments } from "#app/approvals/approved-adjustments.ts";
import { loadRuleSources } from "#app/crediting/live-rules.ts";
import { startDueWork } from "#app/settlement/due-work.ts";
import { frozenSources } from "#app/settlement/freeze-run.ts";
import { requireRun } from "#app/settlement/run-record.ts";
import type { Fact } from "#domain/fact.ts";
import { instantOf } from "#domain/instant.ts";
import { parseMoney } from "#domain/money.ts";
import { settle } from "#engine/settle.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MARKETING, POS, problemOf } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, PLAN, sale } from "./api-world.ts";

const ADJUSTMENTS = `${CAMPAIGN}/manual-adjustments`;
const ASKED = {
  number: "2026-014",
  payee: { kind: "participant", id: "a-1" },
  reward: "commission",
  amount: "12.5",
  reason: "A sale was reported under a colleague's number",
  evidence: "Complaint 2026-014",
};

let harness: ApiHarness;
beforeEach(async () => {
  harness = new ApiHarness();
  await launch(harness);
  await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "600.00"), sale("2", "b-1", "900.00")] }));
  await harness.cloud.drain();
});

const ask = async (changes: object = {}) =>
  (await ok(harness.post(ADJUSTMENTS, MARKETING, { ...ASKED, ...changes }))).json;
const approve = (request: { id: string; hash: string }, as = APPROVER) =>
  harness.post(`/v1/approvals/${request.id}/approve`, as, { hash: request.hash });

/** The runs that the clock finds due, up to the end. */
async function settleDue(): Promise<string[]> {
  const { cloud } = harness;
  await startDueWork(cloud.deps);
  const settled: string[] = [];
  for (const request of cloud.settlements.splice(0)) {
    await cloud.compute(request);
    settled.push(request.runId);
    const { state, resultHash } = await requireRun(cloud.deps, PLAN.id, request.runId);
    if (state === "unchanged") continue;
    await ok(harness.post(`${CAMPAIGN}/runs/${request.runId}/approve`, APPROVER, { resultHash }));
    await cloud.pay(request);
  }
  return settled;
}

async function balances(): Promise<Record<string, number>> {
  const postings = await harness.cloud.deps.ledger.balances(PLAN.id);
  return Object.fromEntries(
    postings.filter(({ balanceMinor }) => balanceMinor !== 0).map(({ lineId, balanceMinor }) => [lineId, balanceMinor]),
  );
}

/** What all facts and all approved adjustments give, computed from scratch. */
async function fromScratch(): Promise<Record<string, number>> {
  const { deps, clock } = harness.cloud;
  const campaign = await deps.plans.campaign(PLAN.id);
  if (!campaign) throw new Error("there is no campaign");
  const { sources } = await loadRuleSources(deps, campaign);
  const adjustments = await approvedAdjustments(deps, PLAN.id);
  const facts: readonly Fact[] = (await deps.facts.scan(0, 1, { limit: 1000 })).items;
  const { lines } = settle({ ...sources, adjustments, facts, asOf: clock.now(), closedOnly: true });
  return Object.fromEntries(lines.map(({ lineId, amount, currency }) => [lineId, parseMoney(amount, currency) ?? 0]));
}

const MANUAL = "commission:participant:a-1:manual-2026-014";

describe("an adjustment by hand", () => {
  it("changes nothing until a second person approves it, then stands as a line with who and why", async () => {
    const request = await ask();
    expect(request).toMatchObject({
      kind: "manual-adjustment",
      state: "waiting",
      content: { amount: "12.50", currency: "CNY" },
    });
    expect((await approve(request, { ...APPROVER, subject: "mei.lin" })).status).toBe(403);
    expect((await approve(request, ADMIN)).status).toBe(403);
    await ok(approve(request));
    harness.cloud.clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
    const [run = ""] = await settleDue();
    expect(await balances()).toMatchObject({ [MANUAL]: 1250 });
    const { json } = await ok(harness.get(`${CAMPAIGN}/runs/${run}/lines?limit=100`, AUDITOR));
    const line = json.items.find(({ lineId }: { lineId: string }) => lineId === MANUAL);
    expect(line).toMatchObject({
      amount: "12.50",
      trace: [{ step: "manual", reason: ASKED.reason, requestedBy: "mei.lin", approvedBy: "fang.wei" }],
    });
    const text = (await ok(harness.get(`${CAMPAIGN}/statements/participant/a-1?format=text`, AUDITOR))).text;
    expect(text).toContain("Adjusted by hand: A sale was reported under a colleague's number (Complaint 2026-014).");
    expect(text).toContain("Asked for by mei.lin, approved by fang.wei on");
    const zh = await ok(harness.get(`${CAMPAIGN}/statements/participant/a-1?format=text&lang=zh`, AUDITOR));
    expect(zh.text).toContain("人工调整");
  });

  it("approved after the final run is posted by a run of its own, and no later run undoes it", async () => {
    const { clock } = harness.cloud;
    clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
    await settleDue();
    const before = await balances();
    expect(before[MANUAL]).toBeUndefined();
    await ok(approve(await ask({ amount: "-5.00" })));
    clock.advance(3_600_000);
    expect(await settleDue()).toEqual([`${PLAN.id}.adjustment-1`]);
    expect(await balances()).toEqual({ ...before, [MANUAL]: -500 });
    clock.advance(3_600_000);
    expect(await settleDue()).toEqual([]);
    await ok(
      harness.post("/v1/facts:batch", POS, { facts: [{ ...sale("1", "a-1", "600.00", 2), status: "cancelled" }] }),
    );
    await harness.cloud.drain();
    await ok(approve(await ask({ number: "2026-015", amount: "7.00" })));
    clock.advance(3_600_000);
    await settleDue();
    // After a cancellation and two adjustments, what is posted is what is computed from scratch.
    expect(await balances()).toEqual(await fromScratch());
    expect(await balances()).toMatchObject({ [MANUAL]: -500, "commission:participant:a-1:manual-2026-015": 700 });
    const run = await requireRun(harness.cloud.deps, PLAN.id, `${PLAN.id}.adjustment-2`);
    expect(run).toMatchObject({ state: "posted", adjustments: 2 });
    const facts = (await harness.cloud.deps.facts.scan(0, 1, { limit: 1000 })).items;
    const again = settle({
      ...(await frozenSources(harness.cloud.deps, run)),
      facts,
      asOf: instantOf(run.asOf),
      closedOnly: true,
    });
    expect(again.resultHash).toBe(run.resultHash);
    expect(again.totals.byReward.commission).toBe(run.totals?.byReward.commission);
  });

  it("of one number is asked for once and paid once, whatever else it says", async () => {
    const request = await ask();
    expect((await ask()).id).toBe(request.id);
    const other = await harness.post(ADJUSTMENTS, MARKETING, { ...ASKED, amount: "99.00" });
    expect(problemOf(other)).toMatchObject({ status: 409, problems: [{ code: "number-taken", path: "/number" }] });
    await ok(approve(request));
    expect((await harness.post(ADJUSTMENTS, MARKETING, ASKED)).status).toBe(409);
    const list = (await ok(harness.get(ADJUSTMENTS, AUDITOR))).json.items;
    expect(list).toMatchObject([{ id: request.id, state: "done", decidedBy: "fang.wei" }]);
    const rivals = await Promise.all(
      ["1.00", "2.00"].map((amount) => harness.post(ADJUSTMENTS, MARKETING, { ...ASKED, number: "x", amount })),
    );
    expect(rivals.map(({ status }) => status).sort()).toEqual([202, 409]);
  });

  it("is refused for what is unknown or is nothing", async () => {
    const changes = { amount: "0.001", reward: "none", payee: { kind: "unit", id: "nowhere" } };
    const refused = problemOf(await harness.post(ADJUSTMENTS, MARKETING, { ...ASKED, ...changes }));
    expect(refused.problems.map(({ code }) => code)).toEqual(["amount", "unknown-reward", "unknown-payee"]);
    expect((await harness.post(ADJUSTMENTS, MARKETING, { ...ASKED, number: "a#b" })).status).toBe(422);
    expect((await harness.post(ADJUSTMENTS, ADMIN, ASKED)).status).toBe(403);
  });
});
