import { describe, expect, it } from "vitest";
import { maximumLiability } from "#engine/liability.ts";
import {
  commission,
  type PlanDocument,
  planOf,
  prizes,
  race,
  ranking,
  sale,
  settled,
  target,
} from "#test/fixtures/plan-builder.ts";

type Budget = NonNullable<PlanDocument["budgets"]>[number];

function budget(rewards: string[], amount: string, id = "prizes"): Budget {
  return { id, rewards, amount, policy: "stopAndFlag" };
}

describe("a budget with stopAndFlag", () => {
  const facts = [sale("ann", 300, "05-02"), sale("bob", 200, "05-03"), sale("cy", 100, "05-04")];
  const targets = ["east", "west", "coast"].map((unit) => target(unit, "start", "500.00"));
  // Commission 30 + 20 + 10, ranking 25 + 15 + 8, race 100 for east.
  const rewards = [commission(), ranking(), race({ prizes: prizes(100) })];
  const run = (...budgets: Budget[]) => settled({ plan: planOf({ rewards, budgets }), facts, targets });

  it("is kept at equality", () => {
    const { totals, warnings } = run(budget(["ranking", "race"], "148.00"));
    expect(totals).toMatchObject({
      all: "208.00",
      byReward: { commission: "60.00", ranking: "48.00", race: "100.00" },
      budgets: [{ id: "prizes", amount: "148.00", used: "148.00", left: "0.00" }],
    });
    expect(warnings).toEqual([]);
  });

  it("exceeded by a fen blocks approval, says by how much, and takes nothing from anybody", () => {
    const { totals, warnings, lines } = run(budget(["ranking", "race"], "147.99"));
    expect(totals.budgets).toEqual([{ id: "prizes", amount: "147.99", used: "148.00", left: "-0.01" }]);
    expect(warnings).toEqual([
      {
        code: "budget-exceeded",
        subject: "prizes",
        message: "ranking and race come to 148.00 CNY, above the budget prizes of 147.99",
        blocks: true,
      },
    ]);
    expect(lines).toHaveLength(7);
  });

  it("stands beside others, each for its own rewards", () => {
    const { totals, warnings } = run(budget(["commission"], "50.00", "sales"), budget(["race"], "200.00", "speed"));
    expect(totals.budgets.map(({ id, used, left }) => `${id} ${used} ${left}`)).toEqual([
      "sales 60.00 -10.00",
      "speed 100.00 100.00",
    ]);
    expect(warnings.map(({ subject, blocks }) => [subject, blocks])).toEqual([["sales", true]]);
  });
});

describe("the most that a plan can cost", () => {
  it("is the sum of all prizes: 50,000 + 4 × 10,000 + 45 × 500", () => {
    const bands = [
      { from: 1, to: 1, amount: "50000.00" },
      { from: 2, to: 5, amount: "10000.00" },
      { from: 6, to: 50, amount: "500.00" },
    ];
    for (const reward of [ranking({ prizes: bands }), race({ prizes: bands })]) {
      // 112,500.00 in fen.
      expect(maximumLiability(planOf({ rewards: [reward] }))).toMatchObject({
        totalMinor: 11_250_000,
        boundedMinor: 11_250_000,
      });
    }
  });

  it("is known without counting the places one by one", () => {
    const bands = [{ from: 1, to: 1_000_000_000, amount: "0.50" }];
    expect(maximumLiability(planOf({ rewards: [ranking({ prizes: bands })] })).totalMinor).toBe(50_000_000_000);
  });

  it.each([
    ["poolPrizes", 4800],
    ["earliestReach", 4800],
    ["earlierLastFact", 4800],
    ["samePrize", undefined],
  ] as const)("with ties by %s: %s", (ties, totalMinor) => {
    const { totalMinor: total, byReward } = maximumLiability(planOf({ rewards: [ranking({ ties })] }));
    expect(total).toBe(totalMinor);
    expect(byReward[0]?.unboundedBecause).toEqual(
      totalMinor === undefined ? expect.stringContaining("any number can tie") : undefined,
    );
  });

  it("is bounded by nothing where a rate is paid, and the plan says which reward that is", () => {
    const liability = maximumLiability(
      planOf({
        rewards: [commission(), ranking(), race()],
        budgets: [
          budget(["commission", "race"], "5000.00", "all"),
          budget(["ranking"], "48.00", "even"),
          budget(["race"], "1999.99", "race"),
        ],
      }),
    );
    expect(liability.totalMinor).toBeUndefined();
    // 48.00 + 2000.00.
    expect(liability.boundedMinor).toBe(204_800);
    expect(liability.byReward).toEqual([
      { reward: "commission", unboundedBecause: expect.stringContaining("nothing limits how much is sold") },
      { reward: "ranking", amountMinor: 4800 },
      { reward: "race", amountMinor: 200_000 },
    ]);
    expect(liability.exceededBudgets).toEqual([
      { budget: "all", amountMinor: 500_000 },
      { budget: "race", amountMinor: 199_999, liabilityMinor: 200_000 },
    ]);
  });
});
