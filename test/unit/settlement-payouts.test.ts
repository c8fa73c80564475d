import { describe, expect, it } from "vitest";
import { payRun } from "#app/settlement/pay-run.ts";
import type { Payee } from "#domain/line.ts";
import { formatMoney } from "#domain/money.ts";
import type { Payout } from "#domain/run.ts";
import { commission, person, planOf, prizes, race, ranking, sale, target } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, corrected, HOUR_MS, SmallSettlement } from "#test/fixtures/small-settlement.ts";

/** `payee: posted, brought forward, paid, carried forward`. */
function accounts(payouts: readonly Payout[]): string[] {
  return payouts.map(({ payee, postedMinor, broughtForwardMinor, paidMinor, carriedForwardMinor }) => {
    const amounts = [postedMinor, broughtForwardMinor, paidMinor, carriedForwardMinor];
    return `${payee.id}: ${amounts.map((minor) => formatMoney(minor, "CNY")).join(", ")}`;
  });
}

const ANN: Payee = { kind: "participant", id: "ann" };

describe("what a run pays", () => {
  it("is what it posts, while nothing is open from before", async () => {
    const campaign = await SmallSettlement.launch({
      plan: planOf({ rewards: [commission(), race({ prizes: prizes(1000) })] }),
      targets: ["east", "west", "coast"].map((unit) => target(unit, "start", "1000.00")),
      memberships: [person("ann", "east"), person("leo", "west", { to: "2018-05-20" })],
      facts: [sale("ann", 1000, "05-02"), sale("leo", 500, "05-03")],
    });
    const run = await campaign.pay(await campaign.computedFinal());
    const payouts = await campaign.payouts(run.runId);
    expect(accounts(payouts)).toEqual([
      "ann: 100.00, 0.00, 100.00, 0.00",
      "leo: 50.00, 0.00, 50.00, 0.00",
      "east: 1000.00, 0.00, 1000.00, 0.00",
    ]);
    expect(payouts.map(({ payee, name, unit }) => `${payee.kind} ${name} of ${unit || "nowhere"}`)).toEqual([
      "participant ANN of east",
      "participant LEO of nowhere",
      "unit East of east",
    ]);
    const paid = payouts.reduce((sum, { paidMinor }) => sum + paidMinor, 0);
    expect(formatMoney(paid, "CNY")).toBe(run.postedTotal);
    expect(run).toMatchObject({ postedTotal: "1150.00", totals: { all: "1150.00" } });
  });

  it("is in its files, and the same when they are written again", async () => {
    const campaign = await SmallSettlement.launch({ facts: [sale("ann", 1000, "05-02")] });
    const run = await campaign.pay(await campaign.computedFinal());
    const { files } = campaign.cloud.deps;
    expect(run.payoutFiles).toEqual({ csv: "payouts/small.final-1.csv", xlsx: "payouts/small.final-1.xlsx" });
    const csv = await files.get("payouts/small.final-1.csv");
    expect(new TextDecoder().decode(csv)).toMatch(/ann.*100\.00/);
    const payouts = await campaign.payouts(run.runId);
    campaign.cloud.clock.advance(HOUR_MS);
    await payRun(campaign.cloud.deps, CAMPAIGN, run.runId);
    expect(await files.get("payouts/small.final-1.csv")).toEqual(csv);
    expect(await campaign.payouts(run.runId)).toEqual(payouts);
  });
});

describe("an amount that was paid and is no longer due", () => {
  const FIRST = sale("ann", 700, "05-02");
  const late = (local: string, amount: number, hours: number) =>
    corrected({ ...sale("ann", amount, local), version: 0 }, hours * HOUR_MS, {});

  /** Ann is paid 10 % of 1000.00; then 700.00 are cancelled, 500.00 and 400.00 become known, each in a run of its own. */
  async function history(recovery: "nextPayout" | "receivable"): Promise<string[]> {
    const campaign = await SmallSettlement.launch({
      plan: planOf({ recovery }),
      facts: [FIRST, sale("ann", 300, "05-03")],
    });
    const runs = [
      await campaign.pay(await campaign.computedFinal()),
      await campaign.adjust(corrected(FIRST, 10 * HOUR_MS, { status: "cancelled" })),
      await campaign.adjust(late("05-05", 500, 20)),
      await campaign.adjust(late("05-06", 400, 30)),
    ];
    const payouts = await Promise.all(runs.map(({ runId }) => campaign.payouts(runId)));
    return payouts.flatMap(accounts);
  }

  it("is taken from the next payouts, never below zero", async () => {
    // Due: 100, 30, 80, 120. Paid: 100, 0 (70 too much), 0 (20 too much), 20.
    expect(await history("nextPayout")).toEqual([
      "ann: 100.00, 0.00, 100.00, 0.00",
      "ann: -70.00, 0.00, 0.00, -70.00",
      "ann: 50.00, -70.00, 0.00, -20.00",
      "ann: 40.00, -20.00, 20.00, 0.00",
    ]);
  });

  it("is left for finance to collect, and later amounts are paid in full", async () => {
    expect(await history("receivable")).toEqual([
      "ann: 100.00, 0.00, 100.00, 0.00",
      "ann: -70.00, 0.00, 0.00, -70.00",
      "ann: 50.00, -70.00, 50.00, -70.00",
      "ann: 40.00, -70.00, 40.00, -70.00",
    ]);
  });

  it("is set off within one run: what one line loses, another may win", async () => {
    // Ann's commission falls by 10.00; bob's sale is cancelled too, so her prize rises from 15.00 to 25.00.
    const bob = sale("bob", 1000, "05-04");
    const own = sale("ann", 900, "05-03");
    const campaign = await SmallSettlement.launch({
      plan: planOf({ rewards: [commission(), ranking()] }),
      facts: [own, bob],
    });
    const final = await campaign.pay(await campaign.computedFinal());
    expect(accounts(await campaign.payouts(final.runId))).toEqual([
      "ann: 105.00, 0.00, 105.00, 0.00",
      "bob: 125.00, 0.00, 125.00, 0.00",
    ]);
    const run = await campaign.adjust(
      corrected(own, 10 * HOUR_MS, { amount: "800.00" }),
      corrected(bob, 11 * HOUR_MS, { status: "cancelled" }),
    );
    expect(await campaign.postings(run.runId)).toEqual([
      "commission:participant:ann 2 -1000 → 8000",
      "commission:participant:bob 2 -10000 → 0",
      "ranking:participant:ann 2 1000 → 2500",
      "ranking:participant:bob 2 -2500 → 0",
    ]);
    expect(accounts(await campaign.payouts(run.runId))).toEqual([
      "ann: 0.00, 0.00, 0.00, 0.00",
      "bob: -125.00, 0.00, 0.00, -125.00",
    ]);
  });

  it("stays on the list of every run until it is made good", async () => {
    const campaign = await SmallSettlement.launch({ facts: [FIRST, sale("bob", 100, "05-03")] });
    await campaign.pay(await campaign.computedFinal());
    await campaign.adjust(corrected(FIRST, 10 * HOUR_MS, { status: "cancelled" }));
    const run = await campaign.adjust(corrected({ ...sale("bob", 50, "05-06"), version: 0 }, 20 * HOUR_MS, {}));
    expect(accounts(await campaign.payouts(run.runId))).toEqual([
      "ann: 0.00, -70.00, 0.00, -70.00",
      "bob: 5.00, 0.00, 5.00, 0.00",
    ]);
    // Whoever stands on that list is told, though the run has nothing else to say of them.
    expect(await campaign.ledger.statement(CAMPAIGN, ANN, run.runId)).toMatchObject({
      lines: [],
      postings: [],
      payout: { broughtForwardMinor: -7000, carriedForwardMinor: -7000 },
    });
  });
});

describe("a statement", () => {
  const own = sale("ann", 1000, "05-02");
  const gate = { on: "self", measure: "sales", atLeast: { value: "600.00" } } as const;
  const plan = planOf({ rewards: [commission(), ranking({ gates: [gate] })] });
  const launched = () => SmallSettlement.launch({ plan, facts: [own, sale("bob", 500, "05-03")] });

  it("tells what was won, what was not and why, what was posted and what is paid", async () => {
    const campaign = await launched();
    const run = await campaign.pay(await campaign.computedFinal());
    expect(await campaign.ledger.statement(CAMPAIGN, ANN, run.runId)).toMatchObject({
      campaignName: "Small",
      runId: run.runId,
      resultHash: run.resultHash,
      asOf: "2018-06-16T00:00:00+08:00",
      provisional: false,
      name: "ANN",
      currency: "CNY",
      total: "125.00",
      lines: [
        { reward: "commission", amount: "100.00", trace: [{ step: "measure" }, { step: "rate" }] },
        { reward: "ranking", amount: "25.00", rank: 1 },
      ],
      notAwarded: [],
      postings: [{ amountMinor: 10_000 }, { amountMinor: 2500 }],
      payout: { paidMinor: 12_500, carriedForwardMinor: 0 },
    });
    expect(await campaign.ledger.statement(CAMPAIGN, { kind: "participant", id: "bob" })).toMatchObject({
      total: "50.00",
      lines: [{ reward: "commission" }],
      notAwarded: [
        { reward: "ranking", trace: [{ step: "measure" }, { step: "gate", missing: "100.00" }, { reason: "gate" }] },
      ],
    });
  });

  it("of an adjustment tells the amounts as they are now and what changed", async () => {
    const campaign = await launched();
    await campaign.pay(await campaign.computedFinal());
    const run = await campaign.adjust(corrected(own, 10 * HOUR_MS, { amount: "599.99" }));
    expect(await campaign.ledger.statement(CAMPAIGN, ANN)).toMatchObject({
      runId: run.runId,
      // 10 % of 599.99 is 59.999.
      total: "60.00",
      lines: [{ reward: "commission", amount: "60.00" }],
      notAwarded: [{ reward: "ranking" }],
      postings: [
        { lineId: "commission:participant:ann", amountMinor: -4000, balanceMinor: 6000 },
        { lineId: "ranking:participant:ann", amountMinor: -2500, balanceMinor: 0 },
      ],
      payout: { postedMinor: -6500, paidMinor: 0, carriedForwardMinor: -6500 },
    });
  });

  it("is written for who won nothing at all, and for who lost all", async () => {
    const campaign = await SmallSettlement.launch({
      plan: planOf({ rewards: [ranking({ gates: [gate] })] }),
      facts: [own, sale("bob", 500, "05-03")],
    });
    const final = await campaign.pay(await campaign.computedFinal());
    const bob: Payee = { kind: "participant", id: "bob" };
    const nothing = await campaign.ledger.statement(CAMPAIGN, bob, final.runId);
    expect(nothing).toMatchObject({ total: "0.00", lines: [], notAwarded: [{ reward: "ranking" }], postings: [] });
    expect(nothing).not.toHaveProperty("payout");
    const run = await campaign.adjust(corrected(own, 10 * HOUR_MS, { status: "cancelled" }));
    expect(await campaign.ledger.statement(CAMPAIGN, ANN, run.runId)).toMatchObject({
      total: "0.00",
      lines: [],
      notAwarded: [],
      postings: [{ amountMinor: -2500, balanceMinor: 0 }],
      payout: { carriedForwardMinor: -2500 },
    });
  });
});
