import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "#domain/problem.ts";
import { logConflicts, logRefusedConflict } from "#functions/_kit/conflicts.ts";
import { log } from "#functions/_kit/log.ts";
import { createClock } from "#functions/clock/app.ts";
import { reconcile } from "#test/fixtures/reconcile.ts";
import { ADMIN, ApiHarness, AUDITOR, MANAGER, MARKETING, POS, problemOf } from "./api-harness.ts";
import { activate, CAMPAIGN, found, launch, ok, PLAN, sale } from "./api-world.ts";

const LOOKS = `${CAMPAIGN}/reconciliations`;

let harness: ApiHarness;
beforeEach(() => {
  harness = new ApiHarness();
});

describe("a reconciliation by the API", () => {
  it("is asked for, runs apart, and is read when it is over", async () => {
    await launch(harness);
    expect((await harness.get(`${LOOKS}/latest`, AUDITOR)).status).toBe(404);
    const asked = await ok(harness.post(LOOKS, MARKETING));
    expect(asked.status).toBe(202);
    expect(asked.json).toEqual({ campaign: PLAN.id, id: "2026-03-06T0000" });
    expect(asked.headers.location).toBe(`${LOOKS}/latest`);
    expect(harness.cloud.reconciliations).toEqual([asked.json]);

    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "128.50")] }));
    harness.cloud.dirtyFacts.length = 0;
    harness.cloud.clock.advance(3_600_000);
    await reconcile(harness.cloud.deps, PLAN.id);
    const report = await ok(harness.get(`${LOOKS}/latest`, AUDITOR));
    expect(report.json).toMatchObject({
      state: "differs",
      differences: 1,
      findings: [{ kind: "missing-credit", day: "2026-03-05", count: 1, facts: ["pos#1"] }],
      days: [{ day: "2026-03-05", facts: 1, counted: 1, differing: 1, credits: { facts: 1, derived: 0 } }],
    });

    await ok(harness.post("/v1/facts/pos/1/replay", ADMIN));
    await harness.cloud.drain();
    await reconcile(harness.cloud.deps, PLAN.id);
    expect((await ok(harness.get(`${LOOKS}/latest`, AUDITOR))).json).toMatchObject({ state: "agrees", findings: [] });
  });

  it("is for those who ask for runs, and its report for those who read the whole company", async () => {
    await launch(harness);
    for (const who of [AUDITOR, MANAGER, POS]) expect((await harness.post(LOOKS, who)).status).toBe(403);
    for (const who of [MANAGER, POS]) expect((await harness.get(`${LOOKS}/latest`, who)).status).toBe(403);
  });

  it("is refused where there is nothing to hold against, or while it is made anew", async () => {
    await found(harness);
    expect(problemOf(await harness.post(LOOKS, MARKETING)).detail).toContain("no active version");
    expect((await harness.post("/v1/campaigns/nowhere/reconciliations", MARKETING)).status).toBe(404);
    await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"1"' } }));
    await activate(harness, 1);
    const refused = await harness.post(LOOKS, MARKETING);
    expect([refused.status, problemOf(refused).detail]).toEqual([409, expect.stringContaining("credited anew")]);
  });
});

describe("the clock", () => {
  const started = async (local: string, options = {}) => {
    harness.cloud.clock.set(Date.parse(`${local}:00+08:00`));
    harness.cloud.reconciliations.length = 0;
    await createClock(harness.cloud.deps, options)();
    return harness.cloud.reconciliations.map(({ id }) => id);
  };

  it("starts one look a day, from four in the morning in the plan's zone", async () => {
    await launch(harness);
    expect(await started("2026-03-06T03:59")).toEqual([]);
    expect(await started("2026-03-06T04:00")).toEqual(["2026-03-06"]);
    // The same until it is over: whoever starts it knows the name.
    expect(await started("2026-03-06T04:01")).toEqual(["2026-03-06"]);
    await reconcile(harness.cloud.deps, PLAN.id);
    expect(await started("2026-03-06T04:30")).toEqual([]);
    expect(await started("2026-03-07T03:00")).toEqual([]);
    expect(await started("2026-03-07T04:00")).toEqual(["2026-03-07"]);
  });

  it("starts another an hour after one that met a change of rules", async () => {
    await launch(harness);
    await started("2026-03-06T04:00");
    const { plans } = harness.cloud.deps;
    const set = async (epoch: number, rebuiltEpoch: number) => {
      const campaign = await plans.campaign(PLAN.id);
      if (campaign) await plans.saveCampaign({ ...campaign, epoch, rebuiltEpoch, revision: campaign.revision + 1 });
    };
    const { state } = await reconcile(harness.cloud.deps, PLAN.id, { afterFacts: () => set(8, 8) });
    expect(state).toBe("superseded");
    expect(await started("2026-03-06T04:59")).toEqual([]);
    expect(await started("2026-03-06T05:01")).toEqual(["2026-03-06-again"]);
    await set(9, 8);
    expect(await started("2026-03-06T06:01")).toEqual([]);
  });

  it("starts none before the period, long after it, or where it is told not to", async () => {
    await launch(harness);
    expect(await started("2026-02-10T05:00")).toEqual([]);
    expect(await started("2027-03-06T05:00")).toEqual([]);
    expect(await started("2026-03-06T05:00", { reconciles: false })).toEqual([]);
  });
});

describe("messages that contradict what is stored", () => {
  it("are counted in the log, where the alarm looks", async () => {
    const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
    try {
      await launch(harness);
      await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "1.00")] }));
      expect(warn).not.toHaveBeenCalled();
      const again = [sale("1", "a-1", "2.00"), sale("1", "a-1", "3.00"), sale("2", "a-1", "3.00")];
      await ok(harness.post("/v1/facts:batch", POS, { facts: again }));
      expect(warn.mock.calls).toEqual([["conflicts kept", { conflicts: 2, facts: ["pos#1", "pos#1"] }]]);
      logRefusedConflict(new Refusal("conflict", "pos#1 version 1 is stored with other content"));
      logRefusedConflict(new Refusal("invalid", "not JSON"));
      logConflicts([{ outcome: "stored", fact: "pos#3" }]);
      expect(warn.mock.calls.slice(1)).toEqual([
        ["conflicts kept", { conflicts: 1, detail: "pos#1 version 1 is stored with other content" }],
      ]);
    } finally {
      warn.mockRestore();
    }
  });
});
