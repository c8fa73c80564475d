import { beforeAll, describe, expect, it } from "vitest";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MARKETING, POS, SELLER } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, PLAN, sale } from "./api-world.ts";

/** The life of a campaign from its first draft to the payout file, by requests alone. */
describe("a campaign by requests", () => {
  const harness = new ApiHarness();
  const { cloud } = harness;

  beforeAll(() => launch(harness));

  it("has a version that is the draft which was published", async () => {
    const version = await ok(harness.get(`${CAMPAIGN}/versions/1`, AUDITOR));
    expect(version.json).toMatchObject({ campaign: PLAN.id, version: 1, publishedBy: MARKETING.subject });
    expect(version.json.planHash).toMatch(/^[0-9a-f]{64}$/);
    const report = await ok(harness.post("/v1/plans:validate", MARKETING, PLAN));
    expect(report.json).toMatchObject({ valid: true, planHash: version.json.planHash });
    const campaign = await ok(harness.get(CAMPAIGN, AUDITOR));
    expect(campaign.json).toMatchObject({ state: "active", activeVersion: 1, epoch: 1, rebuiltEpoch: 1 });
  });

  it("takes facts, each with its receipt", async () => {
    const facts = [
      sale("1", "a-1", "600.00"),
      sale("2", "b-1", "900.00"),
      sale("3", "a-2", "100.00"),
      sale("4", "nobody", "50.00"),
      { ...sale("5", "a-1", "1.00"), amount: "one" },
      { ...sale("6", "a-1", "1.00"), source: "other" },
    ];
    const { json } = await ok(harness.post("/v1/facts:batch", POS, { facts }));
    expect(json.receipts.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      "stored",
      "stored",
      "stored",
      "stored",
      "rejected",
      "rejected",
    ]);
    expect(json.receipts[3].held).toMatchObject({ reason: "unknown-participant" });
    expect(json.receipts[4].problems[0]).toMatchObject({ path: "/facts/4/amount", seen: "one" });
    expect(json.receipts[5].problems[0]).toMatchObject({ path: "/facts/5/source", seen: "other", allowed: "pos" });
    await cloud.drain();
  });

  it("answers the same again to the same, and keeps a contradiction apart", async () => {
    const again = await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "600.00")] }));
    expect(again.json.receipts[0]).toMatchObject({ outcome: "stored", fact: "pos#1", version: 1 });
    const other = await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "601.00")] }));
    expect(other.json.receipts[0]).toMatchObject({ outcome: "conflict" });
    const conflicts = await ok(harness.get("/v1/sources/pos/conflicts", POS));
    expect(conflicts.json.items).toHaveLength(1);
    expect(conflicts.json.items[0].fact).toMatchObject({ externalId: "1", amount: "601.00" });
  });

  it("shows a fact with all its versions", async () => {
    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("3", "a-2", "120.00", 2)] }));
    await cloud.drain();
    const fact = await ok(harness.get("/v1/facts/pos/3", POS));
    expect(fact.json.versions.map(({ amount }: { amount: string }) => amount)).toEqual(["100.00", "120.00"]);
  });

  it("holds what it cannot use, and credits it once its cause is mended", async () => {
    const held = await ok(harness.get("/v1/facts:held", AUDITOR));
    expect(held.json.items).toMatchObject([{ externalId: "4", reason: "unknown-participant" }]);
    const rows = [{ participantId: "nobody", name: "New", unit: "nanchang", role: "agent", from: null, to: null }];
    const report = await ok(harness.post("/v1/people:import", ADMIN, { rows }));
    expect(report.json).toMatchObject({ taken: 1, rebuilding: [PLAN.id] });
    await cloud.runRebuilds();
    await ok(harness.post("/v1/facts/pos/4/replay", MARKETING));
    await cloud.drain();
    expect((await ok(harness.get("/v1/facts:held", AUDITOR))).json.items).toEqual([]);
  });

  it("shows how it stands", async () => {
    const { json } = await ok(harness.get(`${CAMPAIGN}/boards`, AUDITOR));
    expect(json).toMatchObject({ provisional: true, rebuilding: false });
    const ranking = json.boards.find(({ reward }: { reward: string }) => reward === "branch-ranking");
    expect(ranking.rows.map(({ subject }: { subject: string }) => subject)).toEqual(["jiujiang", "nanchang"]);
  });

  it("refuses a final run before its time", async () => {
    const early = await harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" });
    expect(early.status).toBe(409);
  });

  it("is settled, approved by a second person and paid", async () => {
    cloud.clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
    const asked = await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }));
    expect(asked.status).toBe(202);
    const run = String(asked.headers.location);
    expect(run).toBe(`${CAMPAIGN}/runs/${asked.json.runId}`);
    const [request] = cloud.settlements.splice(0);
    if (request === undefined) throw new Error("no settlement was started");
    await cloud.compute(request);

    const waiting = await ok(harness.get(run, APPROVER));
    expect(waiting.json).toMatchObject({ state: "awaitingApproval", hasPayoutFile: false });
    expect(waiting.json).not.toHaveProperty("callbackId");
    const { resultHash } = waiting.json;

    const another = await harness.post(`${run}/approve`, APPROVER, { resultHash: "0".repeat(64) });
    expect(another.status).toBe(412);
    const approved = await ok(harness.post(`${run}/approve`, APPROVER, { resultHash }));
    expect(approved.json).toMatchObject({ state: "approved", decidedBy: APPROVER.subject });
    expect(cloud.woken).toHaveLength(1);

    const tooEarly = await harness.get(`${run}/payout-file`, APPROVER);
    expect(tooEarly.status).toBe(409);
    await cloud.pay(request);
    expect((await ok(harness.get(run, APPROVER))).json).toMatchObject({ state: "posted", hasPayoutFile: true });

    const csv = await ok(harness.get(`${run}/payout-file?format=csv`, APPROVER));
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(csv.text).toContain("a-1");
    const xlsx = await ok(harness.get(`${run}/payout-file?format=xlsx`, APPROVER));
    expect(xlsx.bytes.subarray(0, 2).toString()).toBe("PK");
  });

  it("has lines, a ledger and payouts that say the same", async () => {
    const runs = await ok(harness.get(`${CAMPAIGN}/runs`, AUDITOR));
    const [{ runId, totals }] = runs.json.items;
    const lines = await ok(harness.get(`${CAMPAIGN}/runs/${runId}/lines`, AUDITOR));
    const sum = (items: readonly { amount: string }[]) => items.reduce((all, { amount }) => all + Number(amount), 0);
    expect(sum(lines.json.items)).toBeCloseTo(Number(totals.all), 2);
    const postings = await ok(harness.get(`${CAMPAIGN}/postings?run=${runId}`, AUDITOR));
    expect(postings.json.items).toHaveLength(lines.json.items.length);
    const payouts = await ok(harness.get(`${CAMPAIGN}/payouts`, AUDITOR));
    expect(payouts.json.items.length).toBeGreaterThan(3);
    expect((await ok(harness.get(`${CAMPAIGN}/runs/${runId}/not-awarded`, AUDITOR))).status).toBe(200);
  });

  it("tells a payee what they get, as data and in words", async () => {
    const path = `${CAMPAIGN}/statements/participant/a-1`;
    const statement = await ok(harness.get(path, SELLER));
    expect(statement.json).toMatchObject({ payee: { kind: "participant", id: "a-1" }, total: "18.00" });
    const english = await ok(harness.get(`${path}?format=text`, SELLER));
    expect(english.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(english.text).toContain("18.00");
    const chinese = await ok(harness.get(`${path}?format=text&lang=zh`, SELLER));
    expect(chinese.text).toContain("春季竞赛");
    expect(english.text).toContain("Spring campaign");
  });

  it("is listed", async () => {
    const campaigns = await ok(harness.get("/v1/campaigns", AUDITOR));
    expect(campaigns.json.items).toMatchObject([{ id: PLAN.id, state: "settled", currency: "CNY" }]);
    expect((await ok(harness.get(`${CAMPAIGN}/versions`, AUDITOR))).json.items).toHaveLength(1);
    expect((await ok(harness.get("/v1/sources", AUDITOR))).json.items).toMatchObject([{ source: "pos" }]);
  });
});
