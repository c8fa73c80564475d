import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import {
  commission,
  paid,
  planOf,
  type RewardDocument,
  ranking,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

type Commission = Extract<RewardDocument, { kind: "commission" }>;
type Rounding = Commission["rounding"];

function rounding(changes: Partial<Rounding>): Rounding {
  return { scope: "perFact", mode: "halfUp", unit: "0.01", ...changes };
}

/** What ann is paid for her sales, each a day after the other. */
function commissionOn(amounts: readonly string[], changes: Partial<Commission>): string | undefined {
  const facts = amounts.map((amount, index) => sale("ann", amount, `05-${String(index + 1).padStart(2, "0")}`));
  return paid(settled({ plan: planOf({ rewards: [commission(changes)] }), facts }))["commission ann"];
}

describe("commission rounds each sale or the total", () => {
  const SALES = ["1.06", "2.06", "3.06", "4.06"];

  it.each([
    // 0.106, 0.206, 0.306, 0.406 → 0.11 + 0.21 + 0.31 + 0.41.
    ["perFact", "1.04"],
    // 10.24 → 1.024.
    ["perTotal", "1.02"],
  ] as const)("%s: 10 %% of 1.06, 2.06, 3.06 and 4.06 is %s", (scope, amount) => {
    expect(commissionOn(SALES, { rounding: rounding({ scope }) })).toBe(amount);
  });

  it.each([
    // perFact to ten fen: 0.1 + 0.2 + 0.3 + 0.4; to a whole yuan nothing is left of any; the total is 1.024.
    ["perFact", "0.10", "halfUp", "1.00"],
    ["perFact", "1.00", "halfUp", undefined],
    ["perFact", "1.00", "up", "4.00"],
    ["perTotal", "0.10", "halfUp", "1.00"],
    ["perTotal", "1.00", "halfUp", "1.00"],
    ["perTotal", "1.00", "up", "2.00"],
    ["perTotal", "0.25", "up", "1.25"],
    ["perTotal", "0.25", "down", "1.00"],
  ] as const)("%s to %s, %s: %s", (scope, unit, mode, amount) => {
    expect(commissionOn(SALES, { rounding: { scope, unit, mode } })).toBe(amount);
  });

  it.each([
    // 10 % of 0.25 is 0.025 and of 0.35 is 0.035: a half fen each; returns are the mirror.
    ["halfUp", "0.03", "0.04", "-0.03"],
    ["halfEven", "0.02", "0.04", "-0.02"],
    ["down", "0.02", "0.03", "-0.02"],
    ["up", "0.03", "0.04", "-0.03"],
  ] as const)("%s at halves of a fen", (mode, quarter, more, returned) => {
    const changes = { rounding: rounding({ mode }) };
    expect(commissionOn(["0.25"], changes)).toBe(quarter);
    expect(commissionOn(["0.35"], changes)).toBe(more);
    expect(commissionOn(["-0.25"], changes)).toBe(returned);
  });

  it("pays 35 % of 128.01 as 44.80 and of 128.10 as 44.84, whichever way the rate is written", () => {
    // 44.8035 and 44.835.
    for (const rate of ["35%", "0.35", "7/20"]) expect(commissionOn(["128.01", "128.10"], { rate })).toBe("89.64");
  });

  it("pays a third exactly as far as fen go", () => {
    // Three times 33.333… is 99.99 by sale, and 100.00 of the total.
    const thirds = ["100.00", "100.00", "100.00"];
    expect(commissionOn(thirds, { rate: "1/3" })).toBe("99.99");
    expect(commissionOn(thirds, { rate: "1/3", rounding: rounding({ scope: "perTotal" }) })).toBe("100.00");
  });

  it("takes back for a return what the sale paid", () => {
    expect(commissionOn(["100.00", "-40.00"], {})).toBe("6.00");
    expect(commissionOn(["100.00", "-100.00"], {})).toBeUndefined();
    expect(commissionOn(["-40.00"], {})).toBe("-4.00");
  });
});

describe("commission", () => {
  const facts = [sale("ann", "1.06", "05-01"), sale("ann", "2.06", "05-02"), sale("bob", "0.04", "05-03")];

  it("tells what each sale pays, and why an amount came to nothing", () => {
    const settlement = settled({ plan: planOf(), facts });
    expect(traceOf(settlement, "commission", "ann")).toMatchObject([
      { step: "measure", value: "3.12", facts: 2, contributions: [{ pays: "0.11" }, { pays: "0.21" }] },
      {
        step: "rate",
        rate: "10%",
        value: "3.12",
        rounding: { scope: "perFact", mode: "halfUp", unit: "0.01" },
        amount: "0.32",
      },
    ]);
    expect(traceOf(settlement, "commission", "bob").at(-1)).toEqual({
      step: "nothing",
      reason: "rounds-to-zero",
      message: "the amount rounds to zero",
    });
    expect(settlement.totals).toMatchObject({ all: "0.32", byReward: { commission: "0.32" } });
  });

  it("of the total says so, and tells no single sale's pay", () => {
    const plan = planOf({ rewards: [commission({ rounding: rounding({ scope: "perTotal" }) })] });
    const [measure, rate] = traceOf(settled({ plan, facts }), "commission", "ann");
    expect(JSON.stringify(measure)).not.toContain("pays");
    expect(rate).toMatchObject({ rounding: { scope: "perTotal", mode: "halfUp", unit: "0.01" }, amount: "0.31" });
  });

  it("of a branch is rounded by the sales of all its people", () => {
    const plan = (scope: "perFact" | "perTotal") =>
      planOf({ rewards: [commission({ level: "branch", rounding: rounding({ scope }) })] });
    const branch = [...facts.slice(0, 2), sale("bob", "0.05", "05-03")];
    // East: 1.06, 2.06 and 0.05 → 0.11 + 0.21 + 0.01, or 0.317.
    expect(paid(settled({ plan: plan("perFact"), facts: branch }))).toEqual({ "commission east": "0.33" });
    expect(paid(settled({ plan: plan("perTotal"), facts: branch }))).toEqual({ "commission east": "0.32" });
  });

  it("of a measure with a condition counts only the sales for which it holds", () => {
    const plan = planOf({
      measures: [{ id: "sales", aggregate: "sum", of: "amount", when: "amount >= 2" }],
      rewards: [commission()],
    });
    expect(paid(settled({ plan, facts }))).toEqual({ "commission ann": "0.21" });
  });

  it("below a gate is nothing at all", () => {
    const gate = { on: "self", measure: "sales", atLeast: { value: "3.12" } } as const;
    const plan = planOf({ rewards: [commission({ gates: [gate] })] });
    const settlement = settled({ plan, facts });
    expect(paid(settlement)).toEqual({ "commission ann": "0.32" });
    expect(traceOf(settlement, "commission", "bob")).toMatchObject([
      { step: "measure", value: "0.04" },
      { step: "gate", passed: false, missing: "3.08" },
      { step: "nothing", reason: "gate", message: "a gate was not passed" },
    ]);
  });

  it("in a currency without minor unit is whole", () => {
    const yen = (amount: string, local: string): Fact => sale("ann", amount, local, { currency: "JPY" });
    const plan = planOf({
      currency: "JPY",
      rewards: [commission({ rounding: rounding({ unit: "1" }) })],
    });
    // 10 % of 105 and of 104: 10.5 and 10.4.
    const settlement = settled({ plan, facts: [yen("105", "05-01"), yen("104", "05-02")] });
    expect(settlement.lines).toMatchObject([{ amount: "21", currency: "JPY" }]);
  });

  it("does not see what other rewards pay", () => {
    const plan = planOf({ rewards: [commission(), ranking()] });
    expect(settled({ plan, facts }).totals.byReward).toEqual({ commission: "0.32", ranking: "40.00" });
  });
});
