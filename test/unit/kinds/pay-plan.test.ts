import { describe, expect, it } from "vitest";
import { Refusal } from "#domain/problem.ts";
import { maximumLiability } from "#engine/liability.ts";
import { byMonth, draw, EARNED, earning, MONTHS, type PayPlan, payPlan, YEAR } from "#test/fixtures/pay-plans.ts";
import { paid, person, planOf, type RewardDocument, sale, settled, traceOf } from "#test/fixtures/plan-builder.ts";
import { type Change, expectOneProblem, type Told, without } from "#test/fixtures/plan-problems.ts";

/** Ann is an officer in east, which is in north; a teller is bob, in coast. */
const STAFF = [person("ann", "east", { role: "officer" }), person("bob", "coast", { role: "teller" })];

function march(changes: Partial<PayPlan>, facts = [sale("ann", 1000, "03-10"), sale("bob", 400, "03-11")]) {
  const period = { ...YEAR, start: "2018-03-01T00:00", end: "2018-04-01T00:00" };
  return settled(
    { plan: planOf({ period, rewards: [EARNED, payPlan(changes)] }), facts, memberships: STAFF },
    "2018-06-01T00:00:00Z",
  );
}

function paidInMarch(changes: Partial<PayPlan>): Record<string, string> {
  return paid({ lines: march(changes).lines.filter(({ reward }) => reward === "pay") });
}

describe("a pay plan", () => {
  it("adds base pay, allowances and what components earned", () => {
    const base = { byRole: { officer: "3000" } };
    const allowances = [{ id: "title", pay: { byRole: { officer: "200", teller: "100" } } }];
    expect(paidInMarch({ base, allowances })).toEqual({ "pay ann": "4200.00", "pay bob": "500.00" });
    expect(traceOf(march({ base, allowances }), "pay", "ann")).toMatchObject([
      { step: "fixedPay", id: "base", role: "officer", amount: "3000.00" },
      { step: "fixedPay", id: "title", role: "officer", amount: "200.00" },
      { step: "component", amount: "1000.00" },
      { step: "earnings", fixed: "3200.00", performance: "1000.00", amount: "4200.00" },
    ]);
    expect(march({ base }).components?.map(({ payee, amount }) => [payee.id, amount])).toEqual([
      ["ann", "1000.00"],
      ["bob", "400.00"],
    ]);
  });

  it("takes base pay from the targets of the slice, and asks for them before anything is computed", () => {
    const plan = planOf({
      period: YEAR,
      rewards: [EARNED, payPlan({ base: { target: { measure: "sales", label: "base" } } })],
    });
    const row = (slice: string, value: string) => ({ subject: "ann", measure: "sales", label: "base", slice, value });
    const targets = MONTHS.map((month, index) => row(month, String(100 * (index + 1))));
    const small = { plan, facts: earning([7]), memberships: [person("ann", "east")] };
    expect(byMonth(settled({ ...small, targets }, "2019-02-01T00:00:00Z"), 3)).toEqual([107, 200, 300]);
    expect(() => settled({ ...small, targets: targets.slice(1) })).toThrow(Refusal);
  });

  it("multiplies performance pay alone: by a rate, a role, or the nearest unit that is named", () => {
    const rounding = { mode: "halfUp", unit: "0.01" } as const;
    const base = { amount: "10" };
    const by = (rule: NonNullable<PayPlan["adjustment"]>["by"]) =>
      paidInMarch({ base, adjustment: { by: rule, rounding } });
    expect(by({ rate: "1/3" })).toEqual({ "pay ann": "343.33", "pay bob": "143.33" });
    expect(by({ byRole: { teller: "1.5" }, without: "zero" })).toEqual({ "pay ann": "10.00", "pay bob": "610.00" });
    expect(by({ byUnit: { firm: "2", north: "3" }, without: "zero" })).toEqual({
      "pay ann": "3010.00",
      "pay bob": "810.00",
    });
    expect(by({ byUnit: { west: "2" }, without: "one" })).toEqual({ "pay ann": "1010.00", "pay bob": "410.00" });
  });

  it("guarantees a minimum and pays at most a maximum, of performance or of the total", () => {
    const base = { amount: "100" };
    expect(paidInMarch({ base, minimum: { amount: "600", on: "performance" } })).toMatchObject({ "pay bob": "700.00" });
    expect(paidInMarch({ base, minimum: { amount: "600", on: "total" } })).toEqual({
      "pay ann": "1100.00",
      "pay bob": "600.00",
    });
    expect(paidInMarch({ base, maximum: { amount: "900", on: "performance" } })).toMatchObject({
      "pay ann": "1000.00",
    });
    expect(paidInMarch({ base, maximum: { amount: "900", on: "total" } })).toMatchObject({ "pay ann": "900.00" });
  });

  it("counts components of shorter slices in the one in which they end", () => {
    const weekly: RewardDocument = { ...EARNED, per: "week" };
    const facts = [sale("ann", 1, "03-28"), sale("ann", 10, "03-30"), sale("ann", 100, "04-02")];
    const settlement = settled(
      { plan: planOf({ period: YEAR, rewards: [weekly, payPlan()] }), facts, memberships: STAFF },
      "2019-02-01T00:00:00Z",
    );
    // The week of 26 March ends on 1 April.
    expect(byMonth(settlement, 4)).toEqual([0, 0, 0, 111]);
    const yearly = settled(
      { plan: planOf({ period: YEAR, rewards: [EARNED, payPlan({ per: "year" })] }), facts, memberships: STAFF },
      "2019-02-01T00:00:00Z",
    );
    expect(paid({ lines: yearly.lines })).toEqual({ "pay ann": "111.00" });
  });

  it("stops performance pay, and nothing else, of who fails a gate", () => {
    const gates: PayPlan["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "500" } }];
    expect(paidInMarch({ base: { amount: "50" }, gates })).toEqual({ "pay ann": "1050.00", "pay bob": "50.00" });
  });

  it("pays who has left what was earned, without base or minimum", () => {
    const period = { ...YEAR, start: "2018-03-01T00:00", end: "2018-04-01T00:00" };
    const changes = { base: { amount: "50" }, minimum: { amount: "5000", on: "total" } } as const;
    const settlement = settled(
      {
        plan: planOf({ period, rewards: [EARNED, payPlan(changes)] }),
        facts: [sale("ann", 1000, "03-10")],
        memberships: [person("ann", "east", { to: "2018-03-20" }), person("eve", "east", { to: "2018-03-20" })],
      },
      "2018-06-01T00:00:00Z",
    );
    expect(paid({ lines: settlement.lines })).toEqual({ "pay ann": "1000.00" });
    expect(settlement.notAwarded).toEqual([]);
  });

  it("says of who is paid nothing that nothing is left", () => {
    const not = march({}, []).notAwarded.filter(({ reward }) => reward === "pay");
    expect(not.map(({ subject, trace }) => [subject.id, trace.at(-1)])).toMatchObject([
      ["ann", { step: "nothing", reason: "nothing-to-pay" }],
      ["bob", { step: "nothing", reason: "nothing-to-pay" }],
    ]);
  });

  it("has no bound", () => {
    const { byReward } = maximumLiability(planOf({ rewards: [EARNED, payPlan()] }));
    expect(byReward.find(({ reward: id }) => id === "pay")?.unboundedBecause).toContain("pays what earned earn");
  });
});

describe("a pay plan is refused", () => {
  const TARGET = { target: { measure: "count", label: "base" } } as const;
  const measures = [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "count", aggregate: "count" },
  ] as const;
  it.each<[string, Change, Told]>([
    ["of units", { level: "branch" }, ["level-participant", "/rewards/1/level", ["branch"]]],
    ["to date", { accumulate: "toDate" }, ["policy-impossible", "/rewards/1/accumulate", ["carries"]]],
    [
      "with a component that stands twice",
      { components: ["earned", "earned"] },
      ["duplicate-id", "/rewards/1/components/1", ["twice"]],
    ],
    [
      "with unknown components",
      { components: ["earned", "bonus"] },
      ["unknown-reward", "/rewards/1/components/1", ["bonus"]],
    ],
    ["with targets that are no money", { base: TARGET }, ["not-money", "/rewards/1/base/target/measure", ["count"]]],
    [
      "with targets of nothing",
      { allowances: [{ id: "title", pay: { target: { measure: "deals", label: "base" } } }] },
      ["unknown-measure", "/rewards/1/allowances/0/pay/target/measure", ["deals"]],
    ],
    [
      "with an allowance called base",
      { allowances: [{ id: "base", pay: { amount: "1" } }] },
      ["duplicate-id", "/rewards/1/allowances/0/id", ["base pay"]],
    ],
    [
      "with an allowance that stands twice",
      { allowances: ["a", "a"].map((id) => ({ id, pay: { amount: "1" } })) },
      ["duplicate-id", "/rewards/1/allowances/1/id", ["a stands twice"]],
    ],
    [
      "with half a fen",
      { base: { byRole: { teller: "0.005" } } },
      ["too-fine", "/rewards/1/base/byRole/teller", ["0.005"]],
    ],
    [
      "rounded to 0",
      { adjustment: { by: { rate: "2" }, rounding: { mode: "down", unit: "0" } } },
      ["bad-rounding-unit", "/rewards/1/adjustment/rounding/unit", ["above zero"]],
    ],
    [
      "with a minimum above the maximum",
      { minimum: { amount: "10", on: "total" }, maximum: { amount: "9.99", on: "total" } },
      ["minimum-above-maximum", "/rewards/1/maximum/amount", ["10", "9.99"]],
    ],
    [
      "without a true-up",
      { draw: without(draw(), "trueUp") },
      ["policy-missing", "/rewards/1/draw/trueUp", ["end of a year"]],
    ],
    [
      "with an idle true-up",
      { draw: draw({ recovery: "none" }) },
      ["policy-impossible", "/rewards/1/draw/trueUp", ["never recovered"]],
    ],
    [
      "with a cap on a draw ahead",
      { draw: draw({ timing: "ahead" }), cap: { amount: "9", over: "slice" } },
      ["policy-impossible", "/rewards/1/cap", ["two payments"]],
    ],
    [
      "without saying how the draw is recovered",
      { draw: without(draw(), "recovery") },
      ["invalid-value", "/rewards/1/draw/recovery", ["aboveDraw", "allEarnings", "none"]],
    ],
  ])("%s", (_what, change, told) => {
    expectOneProblem({ measures, rewards: [EARNED, { ...payPlan(), ...change }] }, told);
  });

  it("with a coefficient on a draw ahead: the draw is paid before there is a grade", () => {
    const card = {
      per: "month",
      accumulate: "slice",
      id: "card",
      kind: "scorecard",
      level: "participant",
      pay: "self",
      kpis: [{ id: "sold", weight: "100%", measure: "sales", by: "value", scoring: { asIs: true }, missing: "zero" }],
      grades: [{ id: "all", from: "0", factor: "90%" }],
    };
    const coefficient = { scorecard: "card", without: "one", rounding: { mode: "halfUp", unit: "0.01" } };
    const pay = { ...payPlan({ draw: draw({ timing: "ahead" }) }), coefficient };
    expectOneProblem({ rewards: [EARNED, card, pay] }, [
      "policy-impossible",
      "/rewards/2/coefficient",
      ["two payments"],
    ]);
  });

  it("with a component that is paid itself", () => {
    const { component: _, ...paidItself } = EARNED;
    const told = ["not-a-component", "/rewards/1/components/0", ["second time"]] as const;
    expectOneProblem({ rewards: [paidItself, payPlan()] }, told);
  });
});
