import { describe, expect, it } from "vitest";
import { approveRun, rejectRun } from "#app/settlement/decide-run.ts";
import { postRun } from "#app/settlement/post-run.ts";
import { requestRun, startRun } from "#app/settlement/request-run.ts";
import type { Actor } from "#domain/actor.ts";
import type { Posting, Run } from "#domain/run.ts";
import { CHECKER, MAKER } from "#test/fixtures/memory-cloud.ts";
import { commission, planOf, ranking, sale } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, CUT_OFF, corrected, HOUR_MS, MINUTE_MS, SmallSettlement } from "#test/fixtures/small-settlement.ts";

const ANN = sale("ann", 1000, "05-02");
const BOB = sale("bob", 500, "05-03");
const CY = sale("cy", 300, "05-04");
const FACTS = [ANN, BOB, CY];

/** Commission of 100, 50 and 30, prizes of 25, 15 and 8: six lines, 228.00. */
const PLAN = planOf({ rewards: [commission(), ranking()] });
const LINES = [
  "commission:participant:ann 1 10000 → 10000",
  "commission:participant:bob 1 5000 → 5000",
  "commission:participant:cy 1 3000 → 3000",
  "ranking:participant:ann 1 2500 → 2500",
  "ranking:participant:bob 1 1500 → 1500",
  "ranking:participant:cy 1 800 → 800",
];

const launched = () => SmallSettlement.launch({ plan: PLAN, facts: FACTS });

function approver(subject: string): Actor {
  return { ...CHECKER, subject };
}

describe("a final run", () => {
  it("is due a minute after the cut-off, when all that was recorded by then has arrived", async () => {
    const campaign = await launched();
    expect(await campaign.due(MINUTE_MS - 1)).toEqual([]);
    await expect(requestRun(campaign.cloud.deps, MAKER, CAMPAIGN, "final")).rejects.toMatchObject({ kind: "conflict" });
    expect(await campaign.due(MINUTE_MS)).toEqual(["settle small"]);
    expect(campaign.cloud.settlements).toEqual([
      {
        campaign: CAMPAIGN,
        runId: "small.final-1",
        kind: "final",
        asOf: new Date(CUT_OFF).toISOString(),
        submittedBy: MAKER.subject,
      },
    ]);
  });

  it("is started once, however often the clock wakes and whoever asks besides", async () => {
    const campaign = await launched();
    campaign.cloud.clock.set(CUT_OFF + HOUR_MS);
    const { deps } = campaign.cloud;
    await Promise.all([
      campaign.due(HOUR_MS),
      campaign.due(HOUR_MS),
      requestRun(deps, MAKER, CAMPAIGN, "final"),
      startRun(deps, "somebody else", CAMPAIGN, "final"),
    ]);
    expect(await campaign.due(2 * HOUR_MS)).toEqual([]);
    const runs = await campaign.ledger.runs(CAMPAIGN);
    expect(runs.map(({ runId }) => runId)).toEqual(["small.final-1"]);
    expect(new Set(campaign.cloud.settlements.map(({ runId }) => runId))).toEqual(new Set(["small.final-1"]));
    expect(new Set(campaign.cloud.settlements.map(({ submittedBy }) => submittedBy)).size).toBe(1);
  });

  it("covers what was recorded until the cut-off, however late it is computed", async () => {
    const campaign = await launched();
    await campaign.tell(
      { ...sale("ann", 10, "05-05"), recordedAt: new Date(CUT_OFF).toISOString() },
      { ...sale("ann", 1, "05-06"), recordedAt: new Date(CUT_OFF + 1).toISOString() },
    );
    const run = await campaign.computedFinal(72 * HOUR_MS);
    // 10 % of 1010.00.
    expect((await campaign.ledger.lines(run, {})).items[0]).toMatchObject({ amount: "101.00" });
  });

  it("can be looked at before, as a provisional one that nobody approves and nothing is posted of", async () => {
    const campaign = await launched();
    const asked = await requestRun(campaign.cloud.deps, MAKER, CAMPAIGN, "provisional");
    const run = await campaign.compute(asked);
    expect(run).toMatchObject({ state: "computed", totals: { all: "228.00" } });
    await expect(campaign.approve(run)).rejects.toMatchObject({ kind: "conflict" });
    await expect(postRun(campaign.cloud.deps, CAMPAIGN, run.runId)).rejects.toMatchObject({ kind: "conflict" });
  });
});

describe("approval", () => {
  it("is by a second person: neither who submitted the run nor who published its plan", async () => {
    const campaign = await launched();
    campaign.cloud.clock.set(CUT_OFF + HOUR_MS);
    const submitted = await requestRun(campaign.cloud.deps, approver("li.na"), CAMPAIGN, "final");
    const run = await campaign.compute(submitted);
    for (const actor of [approver("li.na"), approver(MAKER.subject)]) {
      await expect(campaign.approve(run, actor)).rejects.toMatchObject({
        kind: "forbidden",
        problems: [{ code: "second-person", seen: actor.subject }],
      });
      const reason = { reason: "no" };
      await expect(rejectRun(campaign.cloud.deps, actor, CAMPAIGN, run.runId, reason)).rejects.toMatchObject({
        kind: "forbidden",
      });
    }
    expect((await campaign.approve(run, approver("zhao.lei"))).state).toBe("approved");
  });

  it("needs the role", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    for (const role of ["administrator", "marketing", "branch-manager", "seller", "auditor", "integrator"] as const) {
      const actor = { ...CHECKER, roles: [role] };
      await expect(campaign.approve(run, actor)).rejects.toMatchObject({ kind: "forbidden" });
    }
  });

  it("is of what was shown: another hash is refused", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    const shown = { resultHash: "0".repeat(64) };
    await expect(approveRun(campaign.cloud.deps, CHECKER, CAMPAIGN, run.runId, shown)).rejects.toMatchObject({
      kind: "stale",
      problems: [{ code: "hash", seen: shown.resultHash, allowed: run.resultHash }],
    });
    expect(await campaign.run(run.runId)).toEqual(run);
  });

  it("waits until the run is computed", async () => {
    const campaign = await launched();
    campaign.cloud.clock.set(CUT_OFF + HOUR_MS);
    const run = await startRun(campaign.cloud.deps, "clock", CAMPAIGN, "final");
    await expect(campaign.approve(run)).rejects.toMatchObject({ kind: "conflict", problems: [{ seen: "computing" }] });
  });

  it("is blocked by a budget that is exceeded", async () => {
    // A budget below fixed prizes is refused before; one over a commission can be exceeded.
    const budgets = [{ id: "sales", rewards: ["commission"], amount: "179.99", policy: "stopAndFlag" as const }];
    const plan = planOf({ rewards: [commission(), ranking()], budgets });
    const campaign = await SmallSettlement.launch({ plan, facts: FACTS });
    const run = await campaign.computedFinal();
    await expect(campaign.approve(run)).rejects.toMatchObject({
      kind: "conflict",
      problems: [{ code: "budget-exceeded", message: expect.stringContaining("180.00") }],
    });
    expect((await campaign.run(run.runId)).state).toBe("awaitingApproval");
  });

  it("given twice is one approval, and wakes the settlement again", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    const first = await campaign.approve(run);
    campaign.cloud.clock.advance(HOUR_MS);
    expect(await campaign.approve(run)).toEqual(first);
    expect(first).toMatchObject({ state: "approved", decidedBy: CHECKER.subject });
    expect(campaign.cloud.woken).toEqual(["callback-small.final-1", "callback-small.final-1"]);
  });

  it("is final: nobody else approves or rejects after it", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    await campaign.approve(run);
    await expect(campaign.approve(run, approver("zhao.lei"))).rejects.toMatchObject({ kind: "conflict" });
    const reason = { reason: "too late" };
    await expect(rejectRun(campaign.cloud.deps, CHECKER, CAMPAIGN, run.runId, reason)).rejects.toMatchObject({
      kind: "conflict",
    });
  });

  it("whose wake-up was lost is repeated by the clock", async () => {
    const campaign = await launched();
    await campaign.approve(await campaign.computedFinal());
    campaign.cloud.woken.length = 0;
    expect(await campaign.due(2 * HOUR_MS)).toEqual(["wake small"]);
    expect(campaign.cloud.woken).toEqual(["callback-small.final-1"]);
  });
});

describe("a run that is rejected", () => {
  it("keeps the reason and is not posted; a new one can be asked for and settles the same cut-off", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    const { deps } = campaign.cloud;
    const rejected = await rejectRun(deps, CHECKER, CAMPAIGN, run.runId, { reason: "bob's sale is not his" });
    expect(rejected).toMatchObject({ state: "rejected", reason: "bob's sale is not his", decidedBy: CHECKER.subject });
    await expect(postRun(deps, CAMPAIGN, run.runId)).rejects.toMatchObject({ kind: "conflict" });
    expect(await campaign.postings()).toEqual([]);
    // Nobody mended anything: the clock does not try again by itself.
    expect(await campaign.due(2 * HOUR_MS)).toEqual([]);
    const second = await requestRun(deps, MAKER, CAMPAIGN, "final");
    expect(second).toMatchObject({ runId: "small.final-2", asOf: run.asOf, state: "computing" });
    expect(await campaign.pay(await campaign.compute(second))).toMatchObject({
      state: "posted",
      postedTotal: "228.00",
    });
  });
});

describe("an adjustment", () => {
  it("needs a final run that is posted", async () => {
    const campaign = await launched();
    const ask = () => requestRun(campaign.cloud.deps, MAKER, CAMPAIGN, "adjustment");
    await expect(ask()).rejects.toMatchObject({ kind: "conflict" });
    const run = await campaign.computedFinal();
    await expect(ask()).rejects.toMatchObject({ message: "small.final-1 is awaitingApproval; decide it first" });
    await campaign.approve(run);
    await expect(ask()).rejects.toMatchObject({ message: "small.final-1 is approved; decide it first" });
    await campaign.cloud.pay(run);
    expect(await ask()).toMatchObject({ runId: "small.adjustment-1", state: "computing" });
    // And after it no second final run.
    await expect(requestRun(campaign.cloud.deps, MAKER, CAMPAIGN, "final")).rejects.toMatchObject({ kind: "conflict" });
  });

  it("is due for a cancellation after the cut-off, also one that came before the final run was posted", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal(MINUTE_MS);
    await campaign.tell(corrected(BOB, 2 * MINUTE_MS, { status: "cancelled" }));
    expect(await campaign.due(HOUR_MS)).toEqual([]);
    await campaign.pay(run);
    expect(await campaign.postings()).toEqual(LINES);
    expect(await campaign.due(2 * HOUR_MS)).toEqual(["adjust small"]);
    expect(await campaign.due(3 * HOUR_MS)).toEqual([]);
    const adjustment = await campaign.pay(await campaign.compute(await campaign.run("small.adjustment-1")));
    // Bob loses both; cy moves up from 8 to 15; ann's lines are as they were.
    expect(adjustment.postedTotal).toBe("-58.00");
    expect(await campaign.postings(adjustment.runId)).toEqual([
      "commission:participant:bob 2 -5000 → 0",
      "ranking:participant:bob 2 -1500 → 0",
      "ranking:participant:cy 2 700 → 1500",
    ]);
    expect(await campaign.due(4 * HOUR_MS)).toEqual([]);
  });

  it("waits a minute after the change, like every cut-off", async () => {
    const campaign = await launched();
    await campaign.pay(await campaign.computedFinal());
    await campaign.tell(corrected(BOB, 2 * HOUR_MS, { amount: "400.00" }));
    expect(await campaign.due(2 * HOUR_MS + MINUTE_MS - 1)).toEqual([]);
    expect(await campaign.due(2 * HOUR_MS + MINUTE_MS)).toEqual(["adjust small"]);
    expect((await campaign.run("small.adjustment-1")).asOf).toBe(new Date(CUT_OFF + 2 * HOUR_MS).toISOString());
  });

  it("that finds nothing to post asks nobody, and stays done", async () => {
    const campaign = await launched();
    await campaign.pay(await campaign.computedFinal());
    const run = await campaign.adjust(corrected(BOB, 2 * HOUR_MS, { product: "Q" }));
    expect(run.state).toBe("unchanged");
    expect(await campaign.postings()).toEqual(LINES);
    await expect(campaign.approve(run)).rejects.toThrow("not waiting for approval");
    expect(await campaign.due(48 * HOUR_MS)).toEqual([]);
  });
});

describe("posting", () => {
  type AddPosting = (posting: Posting) => Promise<boolean>;

  /** Lets something happen to the postings of a campaign, whose store is otherwise as it is. */
  function between(
    campaign: SmallSettlement,
    wrap: (posting: Posting, add: AddPosting) => Promise<boolean>,
  ): () => void {
    const { ledger } = campaign;
    const add = ledger.addPosting.bind(ledger);
    ledger.addPosting = (posting) => wrap(posting, add);
    return () => {
      ledger.addPosting = add;
    };
  }

  it.each([0, 1, 3, 5])("cut off after %i lines and repeated posts each line once", async (survive) => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    await campaign.approve(run);
    let written = 0;
    const mend = between(campaign, async (posting, add) => {
      written += 1;
      if (written > survive) throw new Error("the machine stopped");
      return add(posting);
    });
    await expect(campaign.cloud.pay(run)).rejects.toThrow("the machine stopped");
    expect(await campaign.postings()).toHaveLength(survive);
    mend();
    await campaign.cloud.pay(run);
    expect(await campaign.postings()).toEqual(LINES);
    expect(await campaign.run(run.runId)).toMatchObject({ state: "posted", postedTotal: "228.00" });
  });

  it("whose answers are lost posts each line once", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    await campaign.approve(run);
    const mend = between(campaign, async (posting, add) => {
      await add(posting);
      throw new Error("no answer");
    });
    await expect(campaign.cloud.pay(run)).rejects.toThrow("no answer");
    mend();
    await campaign.cloud.pay(run);
    expect(await campaign.postings()).toEqual(LINES);
  });

  it("by two at once, and again when it is done, posts each line once", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    await campaign.approve(run);
    await Promise.all([
      postRun(campaign.cloud.deps, CAMPAIGN, run.runId),
      postRun(campaign.cloud.deps, CAMPAIGN, run.runId),
    ]);
    await campaign.cloud.pay(run);
    await campaign.cloud.pay(run);
    expect(await campaign.postings()).toEqual(LINES);
    expect(await campaign.payouts(run.runId)).toHaveLength(3);
  });

  it("of an older run stops when a newer one is at the head", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    await campaign.approve(run);
    await campaign.ledger.advanceHead(newer(run));
    await expect(postRun(campaign.cloud.deps, CAMPAIGN, run.runId)).rejects.toMatchObject({ kind: "conflict" });
    expect(await campaign.postings()).toEqual([]);
  });

  it("of an older run stops in the middle when a newer one comes to the head", async () => {
    const campaign = await launched();
    const run = await campaign.computedFinal();
    await campaign.approve(run);
    // The newer run posts ann's commission first: the number that the older one wanted is taken.
    const mend = between(campaign, async (posting, add) => {
      mend();
      await campaign.ledger.advanceHead(newer(run));
      await add({ ...posting, runId: newer(run).runId, amountMinor: 1, balanceMinor: 1 });
      return add(posting);
    });
    await expect(postRun(campaign.cloud.deps, CAMPAIGN, run.runId)).rejects.toMatchObject({ kind: "conflict" });
    expect((await campaign.postings())[0]).toBe("commission:participant:ann 1 1 → 1");
  });

  function newer(run: Run) {
    return { campaign: CAMPAIGN, runId: "small.adjustment-9", asOf: new Date(Date.parse(run.asOf) + 1).toISOString() };
  }
});
