import { describe, expect, it } from "vitest";
import { maximumLiability } from "#engine/liability.ts";
import { byLine, reasons } from "#test/fixtures/by-line.ts";
import {
  commission,
  type PlanDocument,
  planOf,
  type RewardDocument,
  ranking,
  sale,
  settled,
} from "#test/fixtures/plan-builder.ts";

type Budget = NonNullable<PlanDocument["budgets"]>[number];

const budget = (policy: Budget["policy"], amount: string, rewards = ["commission"]): Budget => ({
  id: "pot",
  policy,
  amount,
  rewards,
});

function run(budgets: Budget[], facts = FACTS, rewards: RewardDocument[] = [commission()], asOf?: string) {
  return settled({ plan: planOf({ rewards, budgets }), facts }, asOf);
}

/** Commission of 30 for ann on the 3rd and 4th, 20 for bob on the 2nd, 10 for cy on the 3rd. */
const FACTS = [
  sale("ann", 100, "05-03"),
  sale("ann", 200, "05-04"),
  sale("bob", 200, "05-02"),
  sale("cy", 100, "05-03"),
];

describe("a budget that goes first come", () => {
  it("pays sale by sale as they occurred; of one instant in the order of their keys", () => {
    // bob 20, ann 10, cy 10 (keys "pos#ann…" before "pos#cy…"), then 5 of ann's 20.
    const { lines, totals } = run([budget("firstCome", "45.00")]);
    expect(byLine(lines)).toEqual({ "commission ann": "15.00", "commission bob": "20.00", "commission cy": "10.00" });
    expect(totals.budgets).toEqual([{ id: "pot", amount: "45.00", used: "45.00", left: "0.00" }]);
    const tight = run([budget("firstCome", "35.00")]);
    expect(byLine(tight.lines)).toEqual({
      "commission ann": "10.00",
      "commission bob": "20.00",
      "commission cy": "5.00",
    });
    const tighter = run([budget("firstCome", "30.00")]);
    expect(byLine(tighter.lines)).toEqual({ "commission ann": "10.00", "commission bob": "20.00" });
    expect(reasons(tighter)).toEqual({ "commission cy": "budget-used-up" });
  });

  it("pays what the total grew by each sale, where the total is rounded", () => {
    const rounding = { scope: "perTotal", mode: "halfUp", unit: "1.00" } as const;
    const facts = [
      sale("ann", 14, "05-02"),
      sale("bob", 16, "05-03"),
      sale("ann", 6, "05-04"),
      sale("ann", 10, "05-05"),
    ];
    // ann: 1.4 → 1, 2.0 → 2, 3.0 → 3; bob 2 in between.
    const lines = (amount: string) =>
      byLine(run([budget("firstCome", amount)], facts, [commission({ rounding })]).lines);
    expect(lines("3.00")).toEqual({ "commission ann": "1.00", "commission bob": "2.00" });
    expect(lines("4.00")).toEqual({ "commission ann": "2.00", "commission bob": "2.00" });
    expect(lines("5.00")).toEqual({ "commission ann": "3.00", "commission bob": "2.00" });
  });

  it("is freed again by a return", () => {
    const facts = [sale("ann", 200, "05-02"), sale("ann", -150, "05-03"), sale("bob", 200, "05-04")];
    // 20 of 20, then 15 back, then 15 of bob's 20.
    expect(byLine(run([budget("firstCome", "20.00")], facts).lines)).toEqual({
      "commission ann": "5.00",
      "commission bob": "15.00",
    });
  });

  it("counts prizes when they were won, beside sales of other rewards", () => {
    // bob's prize of 25 was won on the 2nd, at his last value; ann's on the 4th.
    const rewards = [commission(), ranking()];
    const { lines } = run([budget("firstCome", "50.00", ["commission", "ranking"])], FACTS, rewards);
    expect(byLine(lines)).toEqual({
      "commission bob": "20.00",
      "ranking bob": "15.00",
      "commission ann": "10.00",
      "commission cy": "5.00",
    });
  });

  it("runs over the slices in order", () => {
    const rewards = [commission({ per: "week", accumulate: "slice" })];
    const facts = [sale("ann", 300, "05-02"), sale("bob", 300, "05-15"), sale("ann", 300, "05-16")];
    expect(byLine(run([budget("firstCome", "45.00")], facts, rewards).lines)).toEqual({
      "commission ann 2018-W18": "30.00",
      "commission bob 2018-W20": "15.00",
    });
  });
});

describe("the most that a plan can cost", () => {
  it.each(["firstCome", "proRata"] as const)("is bounded by a budget with %s", (policy) => {
    const plan = (amount: string) =>
      planOf({ rewards: [commission(), ranking()], budgets: [budget(policy, amount, ["commission"])] });
    // 45.00 and the prizes of 25, 15 and 8.
    expect(maximumLiability(plan("45.00"))).toMatchObject({
      totalMinor: 9300,
      byReward: [{ amountMinor: 4500 }, { amountMinor: 4800 }],
      exceededBudgets: [],
    });
    const shared = planOf({
      rewards: [commission(), ranking()],
      budgets: [budget(policy, "45.00", ["commission", "ranking"])],
    });
    expect(maximumLiability(shared).totalMinor).toBe(4500);
  });

  it("counts the prizes of every slice", () => {
    const period = { start: "2018-05-01T00:00", end: "2018-08-01T00:00", zone: "Asia/Shanghai" };
    const plan = planOf({ period, rewards: [ranking({ per: "month", accumulate: "slice" })] });
    expect(maximumLiability(plan).totalMinor).toBe(3 * 4800);
  });
});

describe("a budget that scales", () => {
  it("spends exactly: what is left over goes to the larger remainder, then the smaller line id", () => {
    // 30, 20 and 10 in 0.05: 2.5, 1.67 and 0.83 fen → 2, 1, 0, and two fen more for cy and bob.
    const { lines, totals } = run([budget("proRata", "0.05")]);
    expect(byLine(lines)).toEqual({ "commission ann": "0.02", "commission bob": "0.02", "commission cy": "0.01" });
    expect(totals.budgets[0]).toMatchObject({ used: "0.05", left: "0.00" });
  });

  it("leaves losses as they are, and gains have what they free", () => {
    const facts = [sale("ann", 300, "05-02"), sale("bob", 300, "05-02"), sale("cy", -100, "05-03")];
    // 60 of gains and −10: 40 are for the gains.
    const { lines, totals } = run([budget("proRata", "30.00")], facts);
    expect(byLine(lines)).toEqual({ "commission ann": "20.00", "commission bob": "20.00", "commission cy": "-10.00" });
    expect(totals.budgets[0]).toMatchObject({ used: "30.00" });
  });

  it("does nothing at equality, and tells what it does above", () => {
    expect(
      run([budget("proRata", "60.00")])
        .lines.flatMap(({ trace }) => trace)
        .map(({ step }) => step),
    ).not.toContain("budget");
    expect(run([budget("proRata", "30.00")]).lines[0]?.trace.at(-1)).toEqual({
      step: "budget",
      budget: "pot",
      policy: "proRata",
      limit: "30.00",
      earned: "60.00",
      before: "30.00",
      amount: "15.00",
    });
  });
});
