import { describe, expect, it } from "vitest";
import { parsePlan } from "#domain/plan/check.ts";
import { maximumLiability } from "#engine/liability.ts";
import { paid, person, planDocument, sale, settled, target, traceOf } from "#test/fixtures/plan-builder.ts";
import { type Change, expectOneProblem, problemsOf, reward, type Told, without } from "#test/fixtures/plan-problems.ts";
import { type Bands, tiersPlan as plan, ROUNDED, type Tiers, tiers, UNITS } from "#test/fixtures/tiers-plans.ts";

/** What ann is paid for amounts, one a day. */
function onAmounts(amounts: readonly number[], changes: Partial<Tiers>): string | undefined {
  const facts = amounts.map((amount, index) => sale("ann", amount, `05-0${index + 1}`));
  return paid(settled({ plan: plan(changes), facts }))["tiers ann"];
}

/** What ann is paid for units in one sale. */
function onUnits(units: string, changes: Partial<Tiers>): string | undefined {
  const facts = [sale("ann", 1, "05-01", { quantity: units })];
  return paid(settled({ plan: plan({ measure: "units", ...changes }), facts }))["tiers ann"];
}

describe("the mode says what a band prices", () => {
  const bands: Bands = [
    { from: "0", to: "1000", rate: "1%" },
    { from: "1000", to: "5000", rate: "2%" },
  ];

  it.each([
    // 10 + 2 % of 3,000; 2 % of 4,000; 1 % + ¾ of 2 % of 4,000.
    ["marginal", "70.00"],
    ["whole", "80.00"],
    ["interpolated", "100.00"],
  ] as const)("%s: 4,000 pays %s", (mode, amount) => {
    expect(onAmounts([4000], { mode, bands })).toBe(amount);
  });

  it.each([
    // An end of the last band caps what is priced: as at 5,000.
    ["marginal", "90.00"],
    ["whole", "100.00"],
    ["interpolated", "150.00"],
  ] as const)("%s: 7,000 pays what 5,000 does, %s", (mode, amount) => {
    expect(onAmounts([7000], { mode, bands })).toBe(amount);
    expect(onAmounts([5000], { mode, bands })).toBe(amount);
  });

  it("can differ by band: whole reprices what lies below, marginal adds to what its start is paid", () => {
    const mixed: Bands = [
      { from: "0", to: "100", rate: "5%" },
      { from: "100", to: "200", rate: "10%", mode: "whole" },
      { from: "200", rate: "20%" },
    ];
    expect(onAmounts([100], { bands: mixed })).toBe("5.00");
    expect(onAmounts([101], { bands: mixed })).toBe("10.10");
    // 10 % of 200, and 20 % of 50.
    expect(onAmounts([250], { bands: mixed })).toBe("30.00");
  });

  it("interpolated above marginal prices everything by its own part, on top of what its start is paid", () => {
    const mixed: Bands = [
      { from: "0", to: "100", rate: "10%" },
      { from: "100", to: "200", flat: "50", mode: "interpolated" },
      { from: "200", to: "300", flat: "8", mode: "interpolated" },
    ];
    // 10 + half of 50; 10 + 50 + a quarter of 8.
    expect(onAmounts([150], { bands: mixed })).toBe("35.00");
    expect(onAmounts([225], { bands: mixed })).toBe("62.00");
  });

  it("pays a flat amount of each band on the way, or of the one reached", () => {
    const flats: Bands = [
      { from: "0", to: "10", flat: "200", rate: "1%" },
      { from: "10", flat: "300", rate: "2%" },
    ];
    expect(onAmounts([10], { bands: flats })).toBe("200.10");
    expect(onAmounts([11], { bands: flats })).toBe("500.12");
    expect(onAmounts([11], { bands: flats, mode: "whole" })).toBe("300.22");
  });
});

describe("the edge says whose a boundary is", () => {
  const bands: Bands = [
    { from: "0", to: "15", perUnit: "10" },
    { from: "15", perUnit: "5" },
  ];

  it.each([
    ["lower", "15", "150.00"],
    ["upper", "15", "75.00"],
    ["upper", "14.999999", "149.99999"],
    ["lower", "15.000001", "75.000005"],
  ] as const)("%s: %s units at whole", (edge, units, exact) => {
    const rounding = { ...ROUNDED, mode: "down" } as const;
    expect(onUnits(units, { mode: "whole", edge, bands, rounding })).toBe(exact.slice(0, exact.indexOf(".") + 3));
  });

  it("makes no difference to marginal rates, but to the flat amount of the band that starts there", () => {
    const flats: Bands = [bands[0] ?? { from: "0" }, { from: "15", perUnit: "5", flat: "1" }];
    expect(onUnits("15", { bands: flats, edge: "lower" })).toBe("150.00");
    expect(onUnits("15", { bands: flats, edge: "upper" })).toBe("151.00");
  });

  it("leaves the start of the first band in it, whatever it is", () => {
    const late: Bands = [{ from: "10", flat: "7" }];
    for (const edge of ["lower", "upper"] as const) {
      expect(onUnits("10", { bands: late, edge })).toBe("7.00");
      expect(onUnits("9.999999", { bands: late, edge })).toBeUndefined();
    }
  });
});

describe("the scope says what is looked up", () => {
  it("each sale by itself, or the total", () => {
    // 20 + 14; 10 + 2 % of 1,700.
    expect(onAmounts([1500, 1200], { scope: "perFact" })).toBe("34.00");
    expect(onAmounts([1500, 1200], { scope: "cumulative" })).toBe("44.00");
  });

  it("rounds each sale or the sum of the exact amounts", () => {
    const bands: Bands = [{ from: "0", rate: "10%" }];
    const perFact = { scope: "perFact", bands } as const;
    expect(onAmounts([1.06, 2.06, 3.06, 4.06], { ...perFact, rounding: { ...ROUNDED, scope: "perFact" } })).toBe(
      "1.04",
    );
    expect(onAmounts([1.06, 2.06, 3.06, 4.06], { ...perFact, rounding: ROUNDED })).toBe("1.02");
  });

  it("takes back for a return what a sale of its size is paid; a total below zero is paid nothing", () => {
    expect(onAmounts([1500, -1200], { scope: "perFact" })).toBe("6.00");
    expect(onAmounts([1500, -1200], { scope: "cumulative" })).toBe("3.00");
    expect(onAmounts([-1200], { scope: "perFact" })).toBe("-14.00");
    expect(onAmounts([-1200], { scope: "cumulative" })).toBeUndefined();
  });

  it("pays a sale of nothing the flat amount of the first band, as any other in it", () => {
    const bands: Bands = [{ from: "0", flat: "7" }];
    expect(onAmounts([0], { scope: "perFact", bands })).toBe("7.00");
    expect(onAmounts([0, 5, -5], { scope: "perFact", bands })).toBe("7.00");
  });
});

describe("bands of an attainment", () => {
  const bands: Bands = [
    { from: "80%", to: "100%", flat: "40" },
    { from: "100%", flat: "50" },
  ];
  const changes = { by: { attainment: "start" }, mode: "whole", edge: "upper", bands } as const;

  it("compare the fraction exactly", () => {
    // 80 % of 99.99 is 79.992: 79.99 is below it, 80.00 above.
    const facts = [sale("ann", 79.99, "05-01"), sale("bob", 80, "05-01"), sale("cy", 99.99, "05-01")];
    const targets = ["ann", "bob", "cy", "dan", "eve"].map((id) => target(id, "start", "99.99"));
    const settlement = settled({ plan: plan(changes), facts, targets });
    expect(paid(settlement)).toEqual({ "tiers bob": "40.00", "tiers cy": "50.00" });
    expect(traceOf(settlement, "tiers", "ann")).toMatchObject([
      { step: "measure" },
      { step: "attainment", label: "start", value: "79.99", target: "99.99", attainment: "7999/9999" },
      { step: "nothing", reason: "below-bands", message: "the first band was not reached", missing: "0.01" },
    ]);
    expect(traceOf(settlement, "tiers", "cy")[1]).toMatchObject({ attainment: "100%" });
  });

  it("need a target: without one, somebody on file blocks the run, who left only takes no part", () => {
    const memberships = [person("ann", "east"), person("leo", "west", { to: "2018-05-20" })];
    const facts = [sale("ann", 100, "05-01"), sale("leo", 100, "05-01")];
    const settlement = settled({ plan: plan(changes), memberships, facts });
    for (const id of ["ann", "leo"])
      expect(traceOf(settlement, "tiers", id).at(-1)).toMatchObject({ step: "excluded", reason: "no-target" });
    expect(settlement.warnings).toMatchObject([{ code: "missing-target", subject: "ann", blocks: true }]);
    expect(settlement.warnings[0]?.message).toBe("ann has no target start of sales, so its attainment is not known");
    expect(traceOf(settlement, "tiers", "ann").at(-1)).toMatchObject({ message: "has no target start" });
  });

  it("need a target for a unit too, whoever belongs to it", () => {
    const settlement = settled({
      plan: plan({ ...changes, level: "branch" }),
      facts: [sale("ann", 100, "05-01")],
      targets: ["west", "coast"].map((id) => target(id, "start", "100")),
    });
    expect(settlement.warnings).toMatchObject([{ code: "missing-target", subject: "east", blocks: true }]);
  });

  it("mean nothing of a target of zero", () => {
    const settlement = settled({
      plan: plan(changes),
      facts: [sale("ann", 100, "05-01")],
      targets: [target("ann", "start", "0")],
    });
    expect(traceOf(settlement, "tiers", "ann").at(-1)).toEqual({
      step: "excluded",
      reason: "zero-target",
      message: "the target start is zero, and nothing is a part of zero",
    });
  });
});

describe("what tiers can cost", () => {
  it.each([
    [{}, "prices what is sold"],
    [{ bands: [{ from: "0", to: "10", rate: "1%" }] }, "ends its bands, but nothing limits how many take part"],
    [{ bands: [{ from: "0", to: "10", rate: "1%" }], scope: "perFact" }, "prices what is sold"],
  ] satisfies [Partial<Tiers>, string][])("is unbounded, and says why", (changes, because) => {
    expect(maximumLiability(plan(changes)).byReward[0]?.unboundedBecause).toContain(because);
  });
});

describe("tiers are refused", () => {
  const end = (to: string) => ({ from: "0", to, rate: "1%" });

  it.each<[what: string, Change, Told]>([
    ["with a gap", { bands: [end("499.99"), { from: "500", rate: "2%" }] }, ["band-gap", "/bands/1/from", ["no band"]]],
    [
      "with an overlap",
      { bands: [end("600"), { from: "500", rate: "2%" }] },
      ["band-overlap", "/bands/1/from", ["two"]],
    ],
    ["with a band that ends as it starts", { bands: [end("0")] }, ["band-reversed", "/bands/0/to", ["ends at 0"]]],
    [
      "with an endless band before the last",
      {
        bands: [
          { from: "0", rate: "1%" },
          { from: "500", rate: "2%" },
        ],
      },
      ["band-endless", "/bands/0/to", ["no value"], { mend: 'add to: "500"' }],
    ],
    [
      "with an endless interpolated band",
      { bands: [{ from: "0", rate: "1%", mode: "interpolated" }] },
      ["policy-impossible", "/bands/0/to", ["at its end"]],
    ],
    ["with a band that says no pay", { bands: [{ from: "0" }] }, ["band-empty", "/bands/0", ["does not say"]]],
    [
      "with an amount for each yuan",
      { bands: [{ from: "0", perUnit: "1" }] },
      ["unit-of-money", "/bands/0/perUnit", ["sales is money"]],
    ],
    [
      "with a rate of units",
      { measure: "units", bands: [{ from: "0", rate: "1%" }] },
      ["rate-of-amount", "/bands/0/rate", ["units does not sum the amount"]],
    ],
    [
      "with an amount beyond exact integers",
      { bands: [{ from: "0", flat: "99999999999999999999.5" }] },
      ["too-large", "/bands/0/flat", ["beyond what can be computed exactly"]],
    ],
    ["with a percentage of a value", { bands: [{ from: "50%", rate: "1%" }] }, ["bad-mark", "/bands/0/from", ["50%"]]],
    [
      "with a mark finer than the measure",
      { bands: [{ from: "0.001", rate: "1%" }] },
      ["too-fine", "/bands/0/from", []],
    ],
    [
      "with the attainment of single sales",
      { by: { attainment: "start" }, scope: "perFact" },
      ["policy-impossible", "/scope", ["no single sale"]],
    ],
    [
      "with a total rounded by sale",
      { rounding: { ...ROUNDED, scope: "perFact" } },
      ["policy-impossible", "/rounding/scope", ["prices the total"]],
    ],
    [
      "with a rounding unit of zero",
      { rounding: { ...ROUNDED, unit: "0" } },
      ["bad-rounding-unit", "/rounding/unit", []],
    ],
    ["with a negative rate", { bands: [{ from: "0", rate: "-1%" }] }, ["custom", "/bands/0/rate", ["not negative"]]],
  ])("%s", (_, changes, [code, path, says, rest]) => {
    const change = { measures: UNITS, ...reward({ ...tiers(), ...changes }) };
    expectOneProblem(change, [code, `/rewards/0${path}`, says, rest]);
  });

  it.each([
    ["mode", ["marginal", "70", "whole", "80", "interpolated", "100"]],
    ["edge", ["lower", "150", "upper", "75"]],
    ["scope", ["perFact", "34", "cumulative", "44"]],
    ["by", ["value", "attainment"]],
    ["rounding", ["perFact", "perTotal"]],
  ] as const)("without %s, and told what each choice would pay", (field, says) => {
    const problems = problemsOf({ ...planDocument(), ...reward(without(tiers(), field)) });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.path).toBe(`/rewards/0/${field}`);
    for (const part of says) expect(problems[0]?.message).toContain(part);
  });

  it("but not for ending, nor for marks of an attainment", () => {
    const attained = tiers({ by: { attainment: "start" }, bands: [{ from: "1/3", to: "200%", rate: "1%" }] });
    expect(parsePlan(planDocument({ rewards: [attained] })).rewards).toHaveLength(1);
  });
});
