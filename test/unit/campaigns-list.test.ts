import { beforeAll, describe, expect, it, vi } from "vitest";
import { expireRun } from "#app/settlement/expire-run.ts";
import { keepStanding } from "#app/settlement/run-outcome.ts";
import { formatMoney } from "#domain/money.ts";
import { parsePlan } from "#domain/plan/check.ts";
import { maximumLiability } from "#engine/liability.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MARKETING, POS } from "./api-harness.ts";
import { activate, CAMPAIGN, found, launch, ok, PLAN, sale } from "./api-world.ts";

/** What a list of campaigns says of money: what the newest run pays and uses, and the most that the version in force can pay. */

async function listed(harness: ApiHarness, as = MARKETING) {
  const { json } = await ok(harness.get("/v1/campaigns", as));
  return json.items[0];
}

async function computed(harness: ApiHarness, kind: string) {
  const { json } = await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind }));
  const [request] = harness.cloud.settlements.splice(0);
  if (request === undefined) throw new Error("no settlement was started");
  await harness.cloud.compute(request);
  return (await ok(harness.get(`${CAMPAIGN}/runs/${json.runId}`, AUDITOR))).json;
}

describe("the list of campaigns", () => {
  const harness = new ApiHarness();
  const { cloud } = harness;
  beforeAll(() => found(harness));

  it("says nothing of money before a version is in force", async () => {
    const item = await listed(harness);
    expect(item).not.toHaveProperty("liability");
    expect(item).not.toHaveProperty("newestRun");
  });

  it("says the most that the version in force can pay, as its findings do", async () => {
    await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"1"' } }));
    await activate(harness, 1);
    const { json } = await ok(harness.post("/v1/plans:validate", MARKETING, PLAN));
    const { bounded, total, byReward } = json.maximumLiability;
    const unbounded = byReward.flatMap(({ reward, unboundedBecause: because }: Record<string, string>) =>
      because === undefined ? [] : [{ reward, because }],
    );
    const { liability } = await listed(harness);
    expect(liability).toEqual({ version: 1, currency: "CNY", bounded, ...(total ? { total } : {}), unbounded });
    // The example has both a reward with a bound and one without, so that neither is asserted of nothing.
    expect(Number(bounded)).toBeGreaterThan(0);
    expect(unbounded.length).toBeGreaterThan(0);
  });

  it("says what the newest run pays and uses, as the run does, and not what an older one did", async () => {
    await cloud.runRebuilds();
    cloud.clock.set(Date.parse("2026-03-06T00:00:00+08:00"));
    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "600.00")] }));
    await cloud.drain();
    const first = await computed(harness, "provisional");
    expect((await listed(harness)).newestRun).toMatchObject({ runId: first.runId, all: first.totals.all });
    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("2", "b-1", "900.00")] }));
    cloud.clock.set(Date.parse("2026-03-07T00:00:00+08:00"));
    const second = await computed(harness, "provisional");
    expect(second.totals.all).not.toBe(first.totals.all);
    const { newestRun } = await listed(harness);
    const { all, budgets } = second.totals;
    expect(newestRun).toEqual({
      runId: second.runId,
      kind: "provisional",
      asOf: second.asOf,
      currency: "CNY",
      all,
      budgets,
    });
    expect(budgets.length).toBeGreaterThan(0);
  });

  it("tells the administrator no pay", async () => {
    for (const who of [MARKETING, APPROVER, AUDITOR]) expect(await listed(harness, who)).toHaveProperty("newestRun");
    const item = await listed(harness, ADMIN);
    expect(item).not.toHaveProperty("newestRun");
    expect(item).toHaveProperty("liability");
  });

  it("reads no run and no plan, however many campaigns there are", async () => {
    const read = [vi.spyOn(cloud.deps.ledger, "runs"), vi.spyOn(cloud.deps.plans, "version")];
    const outcomes = vi.spyOn(cloud.deps.ledger, "outcomes");
    await listed(harness);
    for (const spy of read) expect(spy).not.toHaveBeenCalled();
    expect(outcomes).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
  });

  it("takes the liability of the version in force, not of the one before", async () => {
    const { json: campaign } = await ok(harness.get(CAMPAIGN, MARKETING));
    const budgets = campaign.draft.budgets.map((budget: { amount: string }) => ({
      ...budget,
      amount: "7.00",
      policy: "proRata",
    }));
    const draft = { ...campaign.draft, budgets };
    const before = await listed(harness);
    await ok(
      harness.call("PUT", `${CAMPAIGN}/draft`, {
        as: MARKETING,
        body: draft,
        headers: { "if-match": `"${campaign.revision}"` },
      }),
    );
    await ok(
      harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, {
        headers: { "if-match": `"${campaign.revision + 1}"` },
      }),
    );
    expect((await listed(harness)).liability).toEqual(before.liability);
    await activate(harness, 2);
    const { liability } = await listed(harness);
    expect(liability).toMatchObject({ version: 2, bounded: "7.00" });
    expect(before.liability.bounded).not.toBe("7.00");
  });
});

describe("campaigns from before figures were kept", () => {
  const harness = new ApiHarness();
  const { plans, ledger } = harness.cloud.deps;
  beforeAll(() => launch(harness));

  it("are looked up: their plans, and their runs once", async () => {
    const run = await computed(harness, "provisional");
    const campaign = await plans.campaign(PLAN.id);
    if (!campaign) throw new Error("there is no campaign");
    const { liability, ...older } = campaign;
    await plans.saveCampaign({ ...older, revision: campaign.revision + 1 });
    const kept = vi.spyOn(ledger, "outcomes").mockResolvedValueOnce([]);
    const runs = vi.spyOn(ledger, "runs");
    const keeps = vi.spyOn(ledger, "keepOutcome");
    const item = await listed(harness);
    expect(item.liability).toEqual(liability);
    expect(item.liability.bounded).toBe(formatMoney(maximumLiability(parsePlan(PLAN)).boundedMinor, "CNY"));
    expect(item.newestRun).toMatchObject({ runId: run.runId, all: run.totals.all, budgets: run.totals.budgets });
    expect(runs).toHaveBeenCalledTimes(1);
    expect(keeps).toHaveBeenCalledTimes(1);
    await listed(harness);
    expect(runs).toHaveBeenCalledTimes(1);
    kept.mockRestore();
    vi.restoreAllMocks();
  });
});

describe("a run that was rejected or failed", () => {
  const harness = new ApiHarness();
  const { cloud } = harness;
  const { ledger } = cloud.deps;
  const reject = ({ runId }: { readonly runId: string }, by = harness) =>
    ok(by.post(`${CAMPAIGN}/runs/${runId}/reject`, APPROVER, { reason: "a unit is missing" }));
  const sell = async (id: string, by = harness) => {
    await ok(by.post("/v1/facts:batch", POS, { facts: [sale(id, "a-1", "600.00")] }));
    await by.cloud.drain();
  };
  const end = (by = harness) => by.cloud.clock.set(Date.parse("2027-03-01T00:00:00+08:00"));

  beforeAll(() => launch(harness));

  it("does not count, and where none stands only the liability is said, without looking at runs", async () => {
    const alone = new ApiHarness();
    await launch(alone);
    await sell("1", alone);
    end(alone);
    const first = await computed(alone, "final");
    expect((await listed(alone)).newestRun).toMatchObject({ runId: first.runId });
    await reject(first, alone);
    const runs = vi.spyOn(alone.cloud.deps.ledger, "runs");
    const item = await listed(alone);
    expect(item).not.toHaveProperty("newestRun");
    expect(item).toHaveProperty("liability");
    expect(runs).not.toHaveBeenCalled();
  });

  it("leaves the figures of the last run that stands", async () => {
    await sell("1");
    const standing = await computed(harness, "provisional");
    await sell("2");
    end();
    const second = await computed(harness, "final");
    expect(second.totals.all).not.toBe(standing.totals.all);
    expect((await listed(harness)).newestRun).toMatchObject({ runId: second.runId, all: second.totals.all });
    await reject(second);
    const { all, budgets } = standing.totals;
    const figures = { runId: standing.runId, kind: "provisional", asOf: standing.asOf, currency: "CNY", all, budgets };
    expect((await listed(harness)).newestRun).toEqual(figures);
    // A step of the rejected run that is done again changes nothing of that.
    await expireRun(cloud.deps, PLAN.id, second.runId, 80);
    expect((await listed(harness)).newestRun).toEqual(figures);
  });

  it("counts neither when nobody decided in time, nor when it broke after it was computed", async () => {
    const before = await listed(harness);
    cloud.clock.advance(60_000);
    const undecided = await computed(harness, "final");
    expect((await listed(harness)).newestRun.runId).toBe(undecided.runId);
    await expireRun(cloud.deps, PLAN.id, undecided.runId, 80);
    expect(await listed(harness)).toEqual(before);
    cloud.clock.advance(60_000);
    const { json } = await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }));
    const [request] = cloud.settlements.splice(0);
    const putLines = vi.spyOn(ledger, "putLines").mockRejectedValueOnce(new Error("the table is away"));
    await expect(request && cloud.compute(request)).rejects.toThrow("the table is away");
    putLines.mockRestore();
    const { json: broken } = await ok(harness.get(`${CAMPAIGN}/runs/${json.runId}`, AUDITOR));
    expect(broken).toMatchObject({ state: "failed", totals: { all: undecided.totals.all } });
    expect(await listed(harness)).toEqual(before);
  });

  it("is passed over as well where a machine stopped before lists were told, once the settlement goes on", async () => {
    const before = await listed(harness);
    cloud.clock.advance(60_000);
    const stopped = await computed(harness, "final");
    const keeps = vi.spyOn(ledger, "keepOutcome").mockRejectedValueOnce(new Error("stopped"));
    expect((await harness.post(`${CAMPAIGN}/runs/${stopped.runId}/reject`, APPROVER, { reason: "no" })).status).toBe(
      500,
    );
    keeps.mockRestore();
    expect((await listed(harness)).newestRun.runId).toBe(stopped.runId);
    await keepStanding(cloud.deps, PLAN.id);
    expect(await listed(harness)).toEqual(before);
  });

  it("gives way to the next that is computed", async () => {
    cloud.clock.advance(60_000);
    const next = await computed(harness, "provisional");
    expect((await listed(harness)).newestRun).toMatchObject({ runId: next.runId, all: next.totals.all });
  });
});
