import { describe, expect, it } from "vitest";
import { parseInstant } from "#domain/instant.ts";
import type { Settlement } from "#domain/line.ts";
import { settle } from "#engine/settle.ts";
import {
  balances,
  byMonth,
  type Draw,
  draw,
  EARNED,
  earning,
  type PayPlan,
  payPlan,
  settledOn,
  steps,
  YEAR,
} from "#test/fixtures/pay-plans.ts";
import { person, planOf, type RewardDocument, sale, settled, world } from "#test/fixtures/plan-builder.ts";

describe("a draw", () => {
  it("that is recovered from above the draw guarantees pay and carries what is short", () => {
    const settlement = settledOn([2750, 3000, 1500, 2375, 3000, 2750], { draw: draw() });
    expect(byMonth(settlement, 6)).toEqual([2750, 3000, 2000, 2000, 2875, 2750]);
    expect(balances(settlement, 6)).toEqual(["0.00", "0.00", "500.00", "125.00", "0.00", "0.00"]);
    expect(steps(settlement, "2018-04")).toMatchObject([
      { step: "component", reward: "earned", slices: [{ slice: "2018-04", amount: "2375.00" }], amount: "2375.00" },
      { step: "earnings", fixed: "0.00", performance: "2375.00", amount: "2375.00" },
      { step: "draw", earned: "2375.00", toppedUp: "0.00", recovered: "375.00", before: "500.00", after: "125.00" },
    ]);
  });

  it("that is not recovered tops up and forgets", () => {
    const { trueUp: _, ...rest } = draw({ amount: { amount: "1500" }, recovery: "none" });
    const settlement = settledOn([500, 3000], { draw: rest });
    expect(byMonth(settlement, 2)).toEqual([1500, 3000]);
    expect(balances(settlement, 2)).toEqual(["0.00", "0.00"]);
  });

  it("adds up month after month, and who earns nothing is paid the draw", () => {
    const settlement = settledOn([1500, 800], { draw: draw() });
    expect(byMonth(settlement, 3)).toEqual([2000, 2000, 2000]);
    expect(balances(settlement, 3)).toEqual(["500.00", "1700.00", "3700.00"]);
  });

  it("from all earnings recovers even what brings pay below the draw", () => {
    const settlement = settledOn([1500, 2300, 1900], { draw: draw({ recovery: "allEarnings" }) });
    // 500 is lent, then recovered; in March 100 is lent.
    expect(byMonth(settlement, 3)).toEqual([2000, 1800, 2000]);
    expect(balances(settlement, 3)).toEqual(["500.00", "0.00", "100.00"]);
  });

  it("on top is a loan in the months that the targets table names", () => {
    const settlement = settled(
      {
        plan: planOf({
          period: YEAR,
          rewards: [
            EARNED,
            payPlan({ draw: draw({ amount: { target: { measure: "sales", label: "loan" } }, timing: "onTop" }) }),
          ],
        }),
        facts: earning([1000, 3000]),
        memberships: [person("ann", "east")],
        targets: [{ subject: "ann", measure: "sales", label: "loan", slice: "2018-01", value: "1000" }],
      },
      "2019-02-01T00:00:00Z",
    );
    expect(byMonth(settlement, 3)).toEqual([2000, 2000, 0]);
    expect(balances(settlement, 3)).toEqual(["1000.00", "0.00", undefined]);
  });

  it("ahead is one line, and the settlement pays what is left", () => {
    const settlement = settledOn([6000, 1000, 4500], { draw: draw({ amount: { amount: "4000" }, timing: "ahead" }) });
    const lines = settlement.lines
      .filter(({ reward }) => reward === "pay")
      .map(({ lineId, amount }) => [lineId, amount]);
    expect(lines.slice(0, 4)).toEqual([
      ["pay:participant:ann:2018-01", "2000.00"],
      ["pay:participant:ann:2018-01:draw", "4000.00"],
      ["pay:participant:ann:2018-02:draw", "4000.00"],
      ["pay:participant:ann:2018-03:draw", "4000.00"],
    ]);
    // February is 3000 short; March earns 500 above the draw, which repays.
    expect(balances(settlement, 1)).toEqual(["0.00"]);
    const march = settlement.notAwarded.find(({ reward, slice }) => reward === "pay" && slice === "2018-03");
    expect(march?.trace).toContainEqual(
      expect.objectContaining({ step: "draw", recovered: "500.00", before: "3000.00", after: "2500.00" }),
    );
    expect(march?.trace.at(-1)).toMatchObject({ step: "nothing", reason: "paid-ahead" });
  });

  it("ahead shares a budget with its settlement, each line by its own part", () => {
    const budgets = [{ id: "payroll", rewards: ["pay"], amount: "3000", policy: "proRata" as const }];
    const period = { ...YEAR, end: "2018-02-01T00:00" };
    const rewards = [EARNED, payPlan({ draw: draw({ amount: { amount: "4000" }, timing: "ahead" }) })];
    const settlement = settledOn([6000], {}, { period, rewards, budgets });
    expect(settlement.lines.map(({ lineId, amount }) => [lineId, amount])).toEqual([
      ["pay:participant:ann:2018-01", "1000.00"],
      ["pay:participant:ann:2018-01:draw", "2000.00"],
    ]);
  });

  it("stays as it is while somebody is out of scope, and is recovered afterwards", () => {
    const roles = { anyOf: ["officer"], membership: "periodEnd" } as const;
    const memberships = [
      person("ann", "east", { role: "officer", to: "2018-02-01" }),
      person("ann", "east", { role: "teller", from: "2018-02-01", to: "2018-03-01" }),
      person("ann", "east", { role: "officer", from: "2018-03-01" }),
    ];
    const plan = planOf({
      period: YEAR,
      rewards: [EARNED, payPlan({ roles: { ...roles, anyOf: ["officer"] }, draw: draw() })],
    });
    const settlement = settled({ plan, memberships, facts: earning([1500, 9000, 2400]) }, "2019-02-01T00:00:00Z");
    expect(byMonth(settlement, 3)).toEqual([2000, 0, 2000]);
    expect(steps(settlement, "2018-02").at(-1)).toMatchObject({ step: "excluded", reason: "role" });
    expect(balances(settlement, 3)).toEqual(["500.00", undefined, "100.00"]);
  });

  it("is recovered of who left and earns afterwards, or told where a membership is asked for", () => {
    const memberships = [person("ann", "east", { role: "officer", to: "2018-02-01" })];
    const facts = earning([1500, 300]);
    const pays = (changes: Partial<PayPlan>) => {
      const plan = planOf({ period: YEAR, rewards: [EARNED, payPlan({ draw: draw(), ...changes })] });
      return settled({ plan, memberships, facts }, "2019-02-01T00:00:00Z");
    };
    // Without a membership there is no draw, and all of the 300 repays.
    const left = pays({});
    expect(byMonth(left, 2)).toEqual([2000, 0]);
    expect(balances(left, 2)).toEqual(["500.00", "200.00"]);
    const open = ({ warnings }: Settlement) => warnings.filter(({ code }) => code === "draw-balance-open");
    expect(open(left)).toMatchObject([{ subject: "ann", message: expect.stringContaining("200.00") }]);
    const asked = pays({ within: { unit: "east", membership: "periodEnd" } });
    expect(steps(asked, "2018-02").at(-1)).toMatchObject({ step: "excluded", reason: "no-membership" });
    expect(open(asked)).toMatchObject([{ subject: "ann", message: expect.stringContaining("500.00") }]);
  });

  it("ahead of a slice that is not closed is the only line of it", () => {
    const document = planOf({
      period: YEAR,
      runs: "month",
      rewards: [EARNED, payPlan({ draw: draw({ timing: "ahead" }) })],
    });
    const small = world({ plan: document, facts: earning([2500, 900]), memberships: [person("ann", "east")] });
    const asOf = parseInstant("2018-02-20T00:00:00Z") ?? Number.NaN;
    expect(settle({ ...small, asOf, closedOnly: true }).lines.map(({ lineId, amount }) => [lineId, amount])).toEqual([
      ["pay:participant:ann:2018-01", "500.00"],
      ["pay:participant:ann:2018-01:draw", "2000.00"],
      ["pay:participant:ann:2018-02:draw", "2000.00"],
    ]);
  });
});

describe("a draw at the end of a year", () => {
  /** 500 is open after November and 100 more in December. */
  const EARNINGS = [...Array.from({ length: 10 }, () => 2000), 1500, 1900];

  it.each([
    ["carried", 2000, "600.00"],
    ["forgiven", 2000, undefined],
    ["settled", 1400, undefined],
  ] as const)("is %s", (trueUp, december, warned) => {
    const settlement = settledOn(EARNINGS, { draw: draw({ trueUp }) });
    expect(byMonth(settlement, 12).slice(10)).toEqual([2000, december]);
    expect(steps(settlement, "2018-12").at(-1)).toMatchObject({ step: "trueUp", policy: trueUp, balance: "600.00" });
    expect(settlement.warnings.map(({ code, message }) => [code, message])).toEqual(
      warned === undefined ? [] : [["draw-balance-open", expect.stringContaining(warned)]],
    );
  });

  it("starts the next year as it ended this one", () => {
    const period = { ...YEAR, start: "2017-12-01T00:00" };
    const facts = [sale("ann", 2500, "01-10")];
    const inJanuary = (trueUp: Draw["trueUp"]) => {
      const rewards = [EARNED, payPlan({ draw: { ...draw(), trueUp } })];
      const small = { plan: planOf({ period, rewards }), facts, memberships: [person("ann", "east")] };
      return byMonth(settled(small, "2019-02-01T00:00:00Z"), 1);
    };
    // December 2017 lent 2000.
    expect(inJanuary("carried")).toEqual([2000]);
    expect(inJanuary("forgiven")).toEqual([2500]);
    expect(inJanuary("settled")).toEqual([2500]);
  });

  it("settles loan officers who draw every month against a year's performance, beside base pay", () => {
    const yearly: RewardDocument = { ...EARNED, per: "year", rate: "50%" };
    const changes = {
      base: { amount: "1000" },
      adjustment: { by: { byUnit: { east: "1.2" }, without: "one" }, rounding: { mode: "halfUp", unit: "0.01" } },
      draw: draw({ on: "performance", amount: { byRole: { officer: "500" } }, trueUp: "settled" }),
    } as const;
    const pays = (sold: number) =>
      byMonth(settledOn([sold], changes, { rewards: [yearly, payPlan(changes)] }), 12).slice(10);
    // 12000 of performance pay, of which 11 months drew 500 each.
    expect(pays(20000)).toEqual([1500, 1000 + 12000 - 5500]);
    // 3000 of performance pay: 2500 above the draw are recovered, 3000 are still open and taken.
    expect(pays(5000)).toEqual([1500, 1000 + 500 - 3000]);
  });
});
