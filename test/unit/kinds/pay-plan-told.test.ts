import { describe, expect, it } from "vitest";
import { parseInstant } from "#domain/instant.ts";
import type { Settlement } from "#domain/line.ts";
import { maximumLiability } from "#engine/liability.ts";
import { settle } from "#engine/settle.ts";
import {
  byMonth,
  draw,
  EARNED,
  earning,
  type PayPlan,
  payPlan,
  settledOn,
  steps,
  YEAR,
} from "#test/fixtures/pay-plans.ts";
import { paid, person, planOf, sale, settled, traceOf, world } from "#test/fixtures/plan-builder.ts";

/** What a pay plan tells of bounds, adjustments and draws, and what becomes of those who leave. */

const LATE = "2019-02-01T00:00:00Z";
const ROUNDING = { mode: "halfUp", unit: "0.01" } as const;

/** January of Ann, an officer in east, and Bob, a teller in coast. */
function january(changes: Partial<PayPlan>, facts = [sale("ann", 1000, "01-10"), sale("bob", 400, "01-11")]) {
  const period = { ...YEAR, end: "2018-02-01T00:00" };
  const memberships = [person("ann", "east", { role: "officer" }), person("bob", "coast", { role: "teller" })];
  return settled({ plan: planOf({ period, rewards: [EARNED, payPlan(changes)] }), facts, memberships }, LATE);
}

function told(settlement: Settlement, id: string, step: string) {
  return traceOf(settlement, "pay", id).filter((one) => one.step === step);
}

describe("a pay plan tells", () => {
  it("which bound binds, on what, and none that does not", () => {
    const least = january({ minimum: { amount: "600", on: "performance" } });
    expect(told(least, "bob", "bounded")).toEqual([
      { step: "bounded", bound: "minimum", on: "performance", limit: "600", before: "400.00", amount: "600.00" },
    ]);
    expect(told(least, "ann", "bounded")).toEqual([]);
    const most = january({ base: { amount: "50" }, maximum: { amount: "900", on: "total" } });
    expect(told(most, "ann", "bounded")).toEqual([
      { step: "bounded", bound: "maximum", on: "total", limit: "900", before: "1050.00", amount: "900.00" },
    ]);
    expect(told(most, "bob", "bounded")).toEqual([]);
  });

  it("by which unit or role performance pay is multiplied, beside what it is made of", () => {
    const byUnit = january({ adjustment: { by: { byUnit: { north: "1.2" }, without: "zero" }, rounding: ROUNDING } });
    expect(told(byUnit, "ann", "adjusted")).toEqual([
      { step: "adjusted", unit: "north", rate: "1.2", before: "1000.00", amount: "1200.00" },
    ]);
    expect(told(byUnit, "ann", "component")).toMatchObject([{ reward: "earned", amount: "1000.00" }]);
    expect(told(byUnit, "bob", "adjusted")).toEqual([
      { step: "adjusted", rate: "0", before: "400.00", amount: "0.00" },
    ]);
    const byRole = january({ adjustment: { by: { byRole: { teller: "2" }, without: "one" }, rounding: ROUNDING } }, [
      sale("bob", 400, "01-11"),
    ]);
    expect(told(byRole, "bob", "adjusted")).toMatchObject([{ role: "teller", rate: "2", amount: "800.00" }]);
    // Nothing times anything is nothing, and nothing is told of it.
    expect(told(byRole, "ann", "adjusted")).toEqual([]);
  });

  it("that nobody's pay grows without bound but by what components earn, or by everybody in scope", () => {
    const because = (components: string[]) =>
      maximumLiability(
        planOf({
          rewards: [...components.map((id) => ({ ...EARNED, id })), payPlan({ components, base: { amount: "1" } })],
        }),
      ).byReward.find(({ reward }) => reward === "pay")?.unboundedBecause;
    expect(because(["earned", "more"])).toBe("pay pays what earned, more earn, and nothing limits how many that are");
    expect(because([])).toBe("pay pays everybody in its scope, and nothing limits how many that are");
  });

  it("no performance of who fails a gate", () => {
    const gates: PayPlan["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "500" } }];
    const trace = traceOf(january({ base: { amount: "50" }, gates }), "pay", "bob");
    expect(trace.map(({ step }) => step)).toEqual(["gate", "fixedPay", "earnings"]);
  });
});

describe("a draw", () => {
  it("on the total counts base pay as earned; on performance it is beside it", () => {
    const pays = (on: "total" | "performance") =>
      byMonth(settledOn([300], { base: { amount: "1500" }, draw: draw({ on }) }), 1);
    expect(pays("total")).toEqual([2000]);
    expect(pays("performance")).toEqual([3500]);
  });

  it("ahead is told in its own line, and in the settlement that takes it off", () => {
    const settlement = settledOn([6000], { draw: draw({ amount: { byRole: { officer: "4000" } }, timing: "ahead" }) });
    const lineOf = (part: string | undefined) =>
      settlement.lines.find((line) => line.slice === "2018-01" && line.part === part)?.trace;
    expect(lineOf("draw")).toEqual([{ step: "drawAhead", role: "officer", amount: "4000.00" }]);
    expect(lineOf(undefined)?.at(-1)).toEqual({
      step: "lessDraw",
      before: "6000.00",
      draw: "4000.00",
      amount: "2000.00",
    });
  });

  it("ahead of nothing is not told to who has none", () => {
    const settlement = january({ draw: draw({ amount: { byRole: { officer: "400" } }, timing: "ahead" }) });
    expect(told(settlement, "bob", "lessDraw")).toEqual([]);
    expect(settlement.lines.map(({ payee, part, amount }) => [payee.id, part, amount])).toEqual([
      ["ann", undefined, "600.00"],
      ["ann", "draw", "400.00"],
      ["bob", undefined, "400.00"],
    ]);
  });

  it("has nothing to true up at the end of a year in which all was recovered", () => {
    const december = (trueUp: "settled" | "forgiven") =>
      steps(settledOn(Array(12).fill(2500), { draw: draw({ trueUp }) }), "2018-12").map(({ step }) => step);
    expect(december("settled")).not.toContain("trueUp");
    expect(december("forgiven")).not.toContain("trueUp");
  });

  it("that is open is warned of when the plan ends, not before, and by name", () => {
    const memberships = [person("zoe", "east"), person("ann", "east")];
    const plan = planOf({ period: YEAR, runs: "month", rewards: [EARNED, payPlan({ draw: draw() })] });
    const open = (asOf: string) => {
      const small = world({ plan, memberships, facts: earning([1500]) });
      const { warnings } = settle({ ...small, asOf: parseInstant(asOf) ?? Number.NaN, closedOnly: true });
      return warnings.filter(({ code }) => code === "draw-balance-open").map(({ subject }) => subject);
    };
    expect(open("2018-03-20T00:00:00Z")).toEqual([]);
    expect(open(LATE)).toEqual(["ann", "zoe"]);
  });
});

describe("who has left", () => {
  /** Ann leaves at the end of January. */
  function left(changes: Partial<PayPlan>, earned: readonly number[]) {
    const memberships = [person("ann", "east", { role: "officer", to: "2018-02-01" })];
    const plan = planOf({ period: YEAR, rewards: [EARNED, payPlan(changes)] });
    return settled({ plan, memberships, facts: earning(earned) }, LATE);
  }
  const monthsOf = ({ lines, notAwarded }: Settlement) =>
    [...lines, ...notAwarded].flatMap(({ reward, slice }) => (reward === "pay" ? [slice?.slice(5)] : [])).sort();

  it("and owes a draw is followed until the end of the year, when it is settled", () => {
    const settlement = left({ draw: draw({ trueUp: "settled" }) }, [1500]);
    expect(monthsOf(settlement)).toHaveLength(12);
    expect(
      settlement.lines.filter(({ reward }) => reward === "pay").map(({ slice, amount }) => [slice, amount]),
    ).toEqual([
      ["2018-01", "2000.00"],
      ["2018-12", "-500.00"],
    ]);
  });

  it("and owes nothing is not looked at again", () => {
    expect(monthsOf(left({ draw: draw() }, [2500]))).toEqual(["01"]);
    // Earnings of another month are of that month alone.
    expect(monthsOf(left({}, [1500, 0, 300]))).toEqual(["01", "03"]);
  });

  it("has no unit or role by which performance pay could be multiplied", () => {
    const pays = (by: NonNullable<PayPlan["adjustment"]>["by"]) =>
      paid({ lines: left({ adjustment: { by, rounding: ROUNDING } }, [0, 300]).lines });
    expect(pays({ byRole: { officer: "3" }, without: "one" })).toEqual({ "pay ann": "300.00" });
    expect(pays({ byRole: { officer: "3" }, without: "zero" })).toEqual({});
    expect(pays({ byUnit: { east: "3" }, without: "one" })).toEqual({ "pay ann": "300.00" });
  });
});
