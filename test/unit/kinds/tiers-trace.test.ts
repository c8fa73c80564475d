import { describe, expect, it } from "vitest";
import { sale, settled, traceOf } from "#test/fixtures/plan-builder.ts";
import { type Bands, tiersPlan as plan, ROUNDED, type Tiers } from "#test/fixtures/tiers-plans.ts";

describe("the trace of tiers", () => {
  it("tells each band's part of the total, and how far the next one is", () => {
    const bands: Bands = [
      { from: "0", to: "1000", rate: "1%", flat: "5" },
      { from: "1000", to: "3000", rate: "2%" },
      { from: "3000", rate: "3%" },
    ];
    const settlement = settled({ plan: plan({ bands }), facts: [sale("ann", 1500.25, "05-01")] });
    expect(traceOf(settlement, "tiers", "ann").slice(1)).toEqual([
      {
        step: "band",
        from: "0",
        to: "1000",
        mode: "marginal",
        value: "1000.00",
        rate: "1%",
        flat: "5",
        amount: "15.00",
      },
      {
        step: "band",
        from: "1000",
        to: "3000",
        mode: "marginal",
        value: "500.25",
        rate: "2%",
        amount: "10.005",
        toNext: "1499.75",
      },
      { step: "rounded", exact: "25.005", rounding: ROUNDED, amount: "25.01" },
    ]);
  });

  it("adds up by band what single sales are paid, beside each sale's own pay", () => {
    const facts = [sale("ann", 1500, "05-01"), sale("ann", 200, "05-02"), sale("ann", -200, "05-03")];
    const settlement = settled({
      plan: plan({ scope: "perFact", rounding: { ...ROUNDED, scope: "perFact" } }),
      facts,
    });
    expect(traceOf(settlement, "tiers", "ann")).toMatchObject([
      { contributions: [{ pays: "20.00" }, { pays: "2.00" }, { pays: "-2.00" }] },
      { step: "band", from: "0", value: "1000.00", sales: 3, amount: "10.00" },
      { step: "band", from: "1000", value: "500.00", sales: 1, amount: "10.00" },
      { step: "rounded", exact: "20.00", amount: "20.00" },
    ]);
  });

  it("of single sales tells no way to a next band, which no single sale is on", () => {
    const facts = [sale("ann", 600, "05-01"), sale("ann", 300, "05-02")];
    const settlement = settled({ plan: plan({ scope: "perFact" }), facts });
    expect(traceOf(settlement, "tiers", "ann")[1]).toStrictEqual({
      step: "band",
      from: "0",
      to: "1000",
      mode: "marginal",
      value: "900.00",
      sales: 2,
      rate: "1%",
      amount: "9.00",
    });
  });

  it("of units tells units, and only what the band has: no end, no rate, nothing flat", () => {
    const facts = [sale("ann", 1, "05-01", { quantity: "15" })];
    const settlement = settled({ plan: plan({ measure: "units", bands: [{ from: "0", perUnit: "5" }] }), facts });
    expect(traceOf(settlement, "tiers", "ann")[1]).toStrictEqual({
      step: "band",
      from: "0",
      mode: "marginal",
      value: "15",
      perUnit: "5",
      amount: "75.00",
    });
  });

  it("says how much of an interpolated band is covered", () => {
    const bands: Bands = [{ from: "0", to: "3", flat: "1" }];
    const settlement = settled({ plan: plan({ bands, mode: "interpolated" }), facts: [sale("ann", 1, "05-01")] });
    expect(traceOf(settlement, "tiers", "ann").slice(1)).toMatchObject([
      { step: "band", part: "1/3", amount: "1/3" },
      { step: "rounded", exact: "1/3", amount: "0.33" },
    ]);
  });

  it("tells a band that pays nothing from an amount that rounds to it, and a failed gate from both", () => {
    const last = (changes: Partial<Tiers>, amount = 0.4) =>
      traceOf(settled({ plan: plan(changes), facts: [sale("ann", amount, "05-01")] }), "tiers", "ann").at(-1);
    expect(last({ bands: [{ from: "0", rate: "0%" }] })).toEqual({
      step: "nothing",
      reason: "pays-nothing",
      message: "what was reached pays nothing",
    });
    expect(last({ bands: [{ from: "0", rate: "1%" }] })).toEqual({
      step: "nothing",
      reason: "rounds-to-zero",
      message: "the amount rounds to zero",
    });
    const gates: Tiers["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "1" } }];
    expect(last({ gates })).toEqual({ step: "nothing", reason: "gate", message: "a gate was not passed" });
  });
});
