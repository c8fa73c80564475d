import { describe, expect, it } from "vitest";
import { freezeRun, frozenSources } from "#app/settlement/freeze-run.ts";
import { payRun } from "#app/settlement/pay-run.ts";
import { postRun } from "#app/settlement/post-run.ts";
import { startRun } from "#app/settlement/request-run.ts";
import type { Sale } from "#domain/fact.ts";
import type { Run } from "#domain/run.ts";
import { MAKER } from "../fixtures/memory-cloud.ts";
import { commission, PEOPLE, person, planOf, sale } from "../fixtures/plan-builder.ts";
import { CAMPAIGN, SmallSettlement } from "../fixtures/small-settlement.ts";

/**
 * An interim run and the final run that were started at once, both computed; the sale of 100.00 that the interim run knows
 * was cancelled before the final run's cut-off.
 */
async function twoRunsAtOnce(
  ...more: readonly Sale[]
): Promise<{ campaign: SmallSettlement; interim: Run; final: Run }> {
  const plan = planOf({
    period: { start: "2018-03-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Shanghai" },
    runs: "month",
    rewards: [commission({ per: "month", accumulate: "slice" })],
  });
  const campaign = await SmallSettlement.launch({ plan });
  const march = sale("ann", 100, "03-10 10:00");
  await campaign.tell(march, ...more);
  await campaign.tell({ ...march, version: 2, status: "cancelled", recordedAt: "2018-06-10T10:00:00+08:00" });
  campaign.cloud.clock.set(Date.parse("2018-06-16T00:05:00+08:00"));
  const [interim, final] = await Promise.all([
    startRun(campaign.cloud.deps, "clock", CAMPAIGN, "interim"),
    startRun(campaign.cloud.deps, "clock", CAMPAIGN, "final"),
  ]);
  return { campaign, interim: await campaign.compute(interim), final: await campaign.compute(final) };
}

const LINE = "commission:participant:ann:2018-03";

describe("a run that a newer one overtakes", () => {
  it("ends as failed, says why, and does not keep others from being asked for", async () => {
    const { campaign, interim, final } = await twoRunsAtOnce();
    expect(interim.asOf < final.asOf).toBe(true);
    await campaign.pay(final);
    await campaign.approve(interim);
    await expect(campaign.cloud.pay(interim)).rejects.toThrow("a newer one was posted");
    expect(await campaign.run(interim.runId)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("newer"),
    });
    expect(await campaign.ledger.postings(CAMPAIGN)).toEqual([]);
    campaign.cloud.clock.advance(3_600_000);
    expect(await startRun(campaign.cloud.deps, MAKER.subject, CAMPAIGN, "adjustment")).toMatchObject({
      runId: "small.adjustment-1",
    });
  });

  it("cannot post a line that the newer run leaves as it is, however long it was about to", async () => {
    const { campaign, interim, final } = await twoRunsAtOnce();
    await campaign.approve(interim);
    const { ledger } = campaign.cloud.deps;
    const overtaken: typeof ledger.addPosting = async (posting) => {
      // Right before its write the older run is overtaken, by one for which the line is and stays nothing.
      await campaign.pay(final);
      return ledger.addPosting(posting);
    };
    const slow = new Proxy(ledger, {
      get: (store, name) => (name === "addPosting" ? overtaken : bound(store, name)),
    });
    await expect(postRun({ ...campaign.cloud.deps, ledger: slow }, CAMPAIGN, interim.runId)).rejects.toThrow("newer");
    expect(await campaign.postings()).toEqual([`${LINE} 1 0 → 0`]);
    expect(await campaign.ledger.payouts(CAMPAIGN)).toEqual([]);
    expect(await campaign.run(interim.runId)).toMatchObject({ state: "failed" });
    expect(await campaign.run(final.runId)).toMatchObject({ state: "posted" });
  });

  it.each([0, 1])("pays no posting that the newer run has paid, overtaken before its payout %i", async (before) => {
    const { campaign, interim, final } = await twoRunsAtOnce(
      sale("bob", 80, "04-10 10:00"),
      sale("cy", 60, "04-11 10:00"),
    );
    await campaign.approve(interim);
    await campaign.approve(final);
    const { deps } = campaign.cloud;
    await postRun(deps, CAMPAIGN, interim.runId);
    let payouts = 0;
    const overtaken: typeof deps.ledger.addPayout = async (payout) => {
      if (payouts++ === before) await campaign.cloud.pay(final);
      return deps.ledger.addPayout(payout);
    };
    const slow = new Proxy(deps.ledger, {
      get: (store, name) => (name === "addPayout" ? overtaken : bound(store, name)),
    });
    await payRun({ ...deps, ledger: slow }, CAMPAIGN, interim.runId);
    const paid = Map.groupBy(await campaign.ledger.payouts(CAMPAIGN), ({ payee }) => payee.id);
    const sums = [...paid].map(([id, own]) => [id, own.reduce((sum, { paidMinor }) => sum + paidMinor, 0)]);
    // Ann's sale was cancelled: where the older run was faster she was paid, and it is carried as a debt.
    expect(Object.fromEntries(sums)).toMatchObject({ bob: 800, cy: 600 });
    for (const [id, own] of paid) {
      const posted = (await campaign.ledger.postings(CAMPAIGN))
        .filter(({ payee }) => payee.id === id)
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      const total = own.reduce((sum, { paidMinor }) => sum + paidMinor, 0);
      expect(own.at(-1)?.carriedForwardMinor).toBe(posted - total);
      // Once it is overtaken it pays nobody any more: what is left is the newer run's.
      expect(own.at(-1)?.runId === interim.runId && own.length > 1).toBe(false);
    }
  });

  it("takes the number away once, however often the newer run is repeated", async () => {
    const { campaign, interim, final } = await twoRunsAtOnce();
    await campaign.approve(interim);
    await campaign.approve(final);
    await postRun(campaign.cloud.deps, CAMPAIGN, final.runId);
    await postRun(campaign.cloud.deps, CAMPAIGN, final.runId);
    expect(await campaign.postings()).toEqual([`${LINE} 1 0 → 0`]);
  });
});

describe("a run that two freeze at once", () => {
  it("keeps what it was made from, though the slower one saw other people and comes late", async () => {
    const campaign = await SmallSettlement.launch({ facts: [sale("ann", 100, "05-10 10:00")] });
    const { deps, clock } = campaign.cloud;
    clock.set(Date.parse("2018-06-17T00:00:00+08:00"));
    const asked = await startRun(deps, "clock", CAMPAIGN, "final");
    let run: Run | undefined;
    const slow: typeof deps.files.put = async (...file) => {
      run = await campaign.compute(asked);
      await deps.files.put(...file);
    };
    const people = [{ participantId: "ann", memberships: [person("ann", "coast")] }];
    await freezeRun(
      {
        ...deps,
        files: { put: slow, get: (key) => deps.files.get(key), list: (...asked) => deps.files.list(...asked) },
        plans: new Proxy(deps.plans, {
          get: (store, name) => (name === "allPeople" ? async () => people : bound(store, name)),
        }),
      },
      asked,
    );
    if (!run) throw new Error("nobody was overtaken");
    const { memberships } = await frozenSources(deps, await campaign.run(run.runId));
    expect(memberships).toEqual(PEOPLE);
    await campaign.pay(await campaign.run(run.runId));
    expect(await campaign.payouts(run.runId)).toMatchObject([{ payee: { id: "ann" }, unit: "east" }]);
  });
});

/** A method of a store that keeps its own `this`: stores have private fields, which a proxy does not. */
function bound(store: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(store, name);
  return typeof member === "function" ? member.bind(store) : member;
}
