import { describe, expect, it } from "vitest";
import { commission, paid, planOf, type RewardDocument, sale, settled, traceOf } from "#test/fixtures/plan-builder.ts";

type Deductions = NonNullable<RewardDocument["deductions"]>;

/** What is left of 100.00 (or another award) after deductions. */
function left(changes: Partial<Deductions>, award = "100.00"): string | undefined {
  return paid(run(changes, award))["commission ann"];
}

function run(changes: Partial<Deductions>, award = "100.00") {
  const deductions: Deductions = { stacking: "together", rounded: "once", mode: "halfUp", items: [], ...changes };
  const plan = planOf({ rewards: [commission({ rate: "100%", deductions })] });
  return settled({ plan, facts: [sale("ann", award, "05-02")] });
}

const rates = (...all: string[]) => all.map((rate, index) => ({ id: `d-${index}`, rate }));
const flat = (...all: string[]) => all.map((amount, index) => ({ id: `d-${index}`, amount }));

describe("deductions", () => {
  it.each<[what: string, Partial<Deductions>, award: string, string | undefined]>([
    ["together, each of the whole", { items: rates("10%", "5%", "5%") }, "100.00", "80.00"],
    // 90, then 85.5, then 81.225.
    [
      "sequential, each of what is left",
      { stacking: "sequential", items: rates("10%", "5%", "5%") },
      "100.00",
      "81.23",
    ],
    [
      "sequential, cut once",
      { stacking: "sequential", mode: "down", items: rates("10%", "5%", "5%") },
      "100.00",
      "81.22",
    ],
    // 10.00, 4.50 and 4.275 → 4.28 are taken.
    [
      "sequential, each rounded",
      { stacking: "sequential", rounded: "each", items: rates("10%", "5%", "5%") },
      "100.00",
      "81.22",
    ],
    ["together, each rounded", { rounded: "each", items: rates("1/3", "1/3", "1/3") }, "100.00", "0.01"],
    ["together, rounded once", { items: rates("1/3", "1/3", "1/3") }, "100.00", undefined],
    ["of flat amounts", { items: flat("15", "10", "5") }, "100.00", "70.00"],
    ["of flat amounts one after another", { stacking: "sequential", items: flat("15", "10", "5") }, "100.00", "70.00"],
    ["never take more than there is", { items: flat("80", "80") }, "100.00", undefined],
    [
      "first a rate, then an amount",
      { stacking: "sequential", items: [...rates("50%"), { id: "fee", amount: "20" }] },
      "100.00",
      "30.00",
    ],
    ["are not taken of a loss", { items: rates("10%") }, "-100.00", "-100.00"],
    ["of a whole nothing", { items: rates("100%") }, "100.00", undefined],
  ])("%s", (_what, changes, award, expected) => {
    expect(left(changes, award)).toBe(expected);
  });

  it("are told one by one", () => {
    const items = [...rates("10%"), { id: "fee", amount: "5.00" }];
    expect(traceOf(run({ stacking: "sequential", items }), "commission", "ann").slice(-2)).toEqual([
      { step: "deducted", id: "d-0", of: "100.00", rate: "10%", taken: "10.00", left: "90.00" },
      { step: "deducted", id: "fee", of: "90.00", taken: "5.00", left: "85.00" },
    ]);
  });
});
