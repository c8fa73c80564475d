import { describe, expect, it } from "vitest";
import { maximumLiability } from "#engine/liability.ts";
import {
  type PlanDocument,
  paid,
  planDocument,
  planOf,
  type RewardDocument,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { type Change, expectOneProblem, problemsOf, reward, type Told, without } from "#test/fixtures/plan-problems.ts";

type PerUnit = Extract<RewardDocument, { kind: "perUnit" }>;

const ROUNDED = { scope: "perTotal", mode: "halfUp", unit: "0.01" } as const;
const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount" },
  { id: "units", aggregate: "sum", of: "quantity" },
  { id: "deals", aggregate: "count" },
];

function perUnit(changes: Partial<PerUnit> = {}): PerUnit {
  return {
    id: "spiff",
    kind: "perUnit",
    measure: "units",
    level: "participant",
    pay: "self",
    amount: "100",
    scope: "cumulative",
    rounding: ROUNDED,
    ...changes,
  };
}

function plan(changes: Partial<PerUnit>) {
  return planOf({ measures: MEASURES, rewards: [perUnit(changes)] });
}

function settledOn(quantities: readonly string[], changes: Partial<PerUnit>) {
  const facts = quantities.map((quantity, index) => sale("ann", 1, `05-0${index + 1}`, { quantity }));
  return settled({ plan: plan(changes), facts });
}

function onUnits(quantities: readonly string[], changes: Partial<PerUnit>): string | undefined {
  return paid(settledOn(quantities, changes))["spiff ann"];
}

describe("an amount for each unit", () => {
  it("of a quantity, fractions too, or of a count", () => {
    expect(onUnits(["2", "0.5"], {})).toBe("250.00");
    expect(onUnits(["2", "0.5"], { measure: "deals" })).toBe("200.00");
  });

  it("rounds what a fraction of a unit makes, by sale or once", () => {
    // 0.333 × 0.05 is 0.01665, twice 0.0333.
    expect(onUnits(["0.333", "0.333"], { amount: "0.05" })).toBe("0.03");
    const perFact = { amount: "0.05", scope: "perFact" } as const;
    expect(onUnits(["0.333", "0.333"], { ...perFact, rounding: { ...ROUNDED, scope: "perFact" } })).toBe("0.04");
    expect(onUnits(["0.333", "0.333"], perFact)).toBe("0.03");
  });

  it("rounds to the unit that is paid, which can be coarser than a fen", () => {
    // 2.6 × 1.00 to halves is 2.50, 2.75 is 3.00 at half up; 13 to fives is 15.
    const to = (unit: string) => ({ amount: "1", rounding: { ...ROUNDED, unit } });
    expect(onUnits(["2.6"], to("0.50"))).toBe("2.50");
    expect(onUnits(["2.75"], to("0.50"))).toBe("3.00");
    expect(onUnits(["13"], to("5.00"))).toBe("15.00");
    expect(onUnits(["12"], to("5.00"))).toBe("10.00");
  });

  it("tells no single sale's pay where only the total is rounded", () => {
    const told = (scope: "perFact" | "perTotal") => {
      const changes = { scope: "perFact", rounding: { ...ROUNDED, scope } } as const;
      return traceOf(settledOn(["2", "0.5"], changes), "spiff", "ann")[0];
    };
    expect(told("perFact")).toMatchObject({ contributions: [{ pays: "200.00" }, { pays: "50.00" }] });
    for (const index of [0, 1]) expect(told("perTotal")).not.toHaveProperty(["contributions", index, "pays"]);
  });

  it("starts after the free ones, of the total or of each sale", () => {
    expect(onUnits(["3", "4"], { freeUnits: "2" })).toBe("500.00");
    expect(onUnits(["3", "4"], { freeUnits: "2", scope: "perFact" })).toBe("300.00");
    expect(onUnits(["3"], { freeUnits: "3" })).toBeUndefined();
  });

  it("takes back a returned unit; more returns than sales are paid nothing", () => {
    expect(onUnits(["3", "-1"], {})).toBe("200.00");
    expect(onUnits(["3", "-1"], { scope: "perFact" })).toBe("200.00");
    expect(onUnits(["-1"], { scope: "perFact" })).toBe("-100.00");
    expect(onUnits(["-1"], {})).toBeUndefined();
  });
});

describe("an amount for each package", () => {
  it.each([
    ["started", "121", "1300.00"],
    ["started", "120", "1200.00"],
    ["started", "0.000001", "100.00"],
    ["full", "121", "1200.00"],
    ["full", "120", "1200.00"],
    ["full", "119.999999", "1100.00"],
    ["full", "9", undefined],
  ] as const)("%s: %s units in tens pay %s", (partial, units, amount) => {
    expect(onUnits([units], { packages: { size: "10", partial } })).toBe(amount);
  });

  it("of each sale or of the total", () => {
    const packages = { size: "10", partial: "started" } as const;
    expect(onUnits(["6", "4"], { packages, scope: "perFact" })).toBe("200.00");
    expect(onUnits(["6", "4"], { packages, scope: "cumulative" })).toBe("100.00");
    expect(onUnits(["6", "-4"], { packages, scope: "perFact" })).toBeUndefined();
  });

  it.each([
    ["0", "1300.00"],
    ["10", "1200.00"],
    ["200", undefined],
  ])("after %s free ones", (freeUnits, amount) => {
    expect(onUnits(["121"], { freeUnits, packages: { size: "10", partial: "started" } })).toBe(amount);
  });
});

describe("the trace of an amount for each unit", () => {
  it("tells units, free ones, packages and price", () => {
    const settlement = settledOn(["121"], { freeUnits: "10", packages: { size: "10", partial: "started" } });
    expect(traceOf(settlement, "spiff", "ann").slice(1)).toEqual([
      {
        step: "units",
        units: "121",
        free: "10",
        packages: { size: "10", partial: "started", count: "12" },
        paid: "12",
        price: "100",
        amount: "1200.00",
      },
      { step: "rounded", exact: "1200.00", rounding: ROUNDED, amount: "1200.00" },
    ]);
  });

  it("says why there is nothing", () => {
    expect(traceOf(settledOn(["3"], { freeUnits: "3" }), "spiff", "ann").at(-1)).toMatchObject({
      reason: "pays-nothing",
    });
    expect(traceOf(settledOn(["0.01"], { amount: "0.01" }), "spiff", "ann").at(-1)).toMatchObject({
      reason: "rounds-to-zero",
    });
    const gates: PerUnit["gates"] = [{ on: "self", measure: "units", atLeast: { value: "4" } }];
    expect(traceOf(settledOn(["3"], { gates }), "spiff", "ann").at(-1)).toMatchObject({ reason: "gate" });
  });

  it("cannot be bounded", () => {
    expect(maximumLiability(plan({})).byReward[0]?.unboundedBecause).toContain("100 for each unit of units");
    const inTens = plan({ packages: { size: "10", partial: "full" } });
    expect(maximumLiability(inTens).byReward[0]?.unboundedBecause).toContain("100 for each package of units");
  });
});

describe("an amount for each unit is refused", () => {
  it.each<[what: string, Change, Told]>([
    ["of money", { measure: "sales" }, ["unit-of-money", "/measure", ["sales is money"]]],
    [
      "for empty packages",
      { packages: { size: "0", partial: "full" } },
      ["bad-package", "/packages/size", ["nothing"]],
    ],
    ["for half a deal", { measure: "deals", freeUnits: "0.5" }, ["too-fine", "/freeUnits", ["deals is measured"]]],
    [
      "with a total rounded by sale",
      { rounding: { ...ROUNDED, scope: "perFact" } },
      ["policy-impossible", "/rounding/scope", ["prices the total"]],
    ],
  ])("%s", (_, changes, [code, path, says, rest]) => {
    const change = { measures: MEASURES, ...reward({ ...perUnit(), ...changes }) };
    expectOneProblem(change, [code, `/rewards/0${path}`, says, rest]);
  });

  it.each([
    ["/rewards/0/scope", without(perUnit(), "scope"), ["perFact", "1 + 1", "cumulative", "2 packages"]],
    ["/rewards/0/packages/partial", { ...perUnit(), packages: { size: "10" } }, ["started", "13", "full", "12"]],
  ])("without %s, and told what each choice would pay", (path, document, says) => {
    const problems = problemsOf({ ...planDocument({ measures: MEASURES }), ...reward(document) });
    expect(problems).toMatchObject([{ path }]);
    for (const part of says) expect(problems[0]?.message).toContain(part);
  });
});
