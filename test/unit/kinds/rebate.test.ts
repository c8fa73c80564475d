import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { maximumLiability } from "#engine/liability.ts";
import {
  evidence,
  type PlanDocument,
  paid,
  planDocument,
  planOf,
  type RewardDocument,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { expectOneProblem } from "#test/fixtures/plan-problems.ts";

type Rebate = Extract<RewardDocument, { kind: "rebate" }>;

/** A fifth of first orders between 10,000 and 20,000. */
function rebate(changes: Partial<Rebate> = {}): Rebate {
  return {
    id: "trial",
    kind: "rebate",
    measure: "sales",
    level: "participant",
    pay: "self",
    rate: "20%",
    in: "credit",
    rounding: { scope: "perFact", mode: "down", unit: "0.01" },
    order: { minimum: "10000.00", maximum: "20000.00" },
    orders: "each",
    ...changes,
  };
}

const GOODS: Partial<Rebate> = {
  in: { goods: "cola", unitValue: "300.00" },
  rounding: { scope: "perFact", mode: "down", unit: "1" },
};

function documentOf(changes: Partial<Rebate> = {}): PlanDocument {
  return planDocument({
    attributes: { dealer: "string", order: "string" },
    measures: [
      { id: "sales", aggregate: "sum", of: "amount" },
      { id: "records", aggregate: "count", when: 'kind == "evidence"' },
    ],
    rewards: [rebate(changes)],
    stocks: [{ id: "crates", quantity: 10 }],
  });
}

function settledOn(facts: readonly Fact[], changes: Partial<Rebate> = {}, asOf?: string) {
  return settled({ plan: planOf(documentOf(changes)), facts }, asOf);
}

function on(facts: readonly Fact[], changes: Partial<Rebate> = {}, asOf?: string) {
  return paid(settledOn(facts, changes, asOf))["trial ann"];
}

describe("a rebate", () => {
  it.each([
    [9999.99, undefined],
    [10000, "2000.00"],
    [20000, "4000.00"],
    [20000.01, undefined],
  ])("of an order of %s is %s", (amount, expected) => {
    expect(on([sale("ann", amount, "05-02")])).toBe(expected);
  });

  it("in goods is as many whole pieces as it is worth", () => {
    const settlement = settledOn([sale("ann", 10000, "05-02"), sale("ann", 11000, "05-03")], GOODS);
    // 2,000 ÷ 300 and 2,200 ÷ 300 are 6 and 7 pieces; 4,200 ÷ 300 is 14.
    expect(settlement.lines).toMatchObject([{ amount: "13", currency: "item:cola" }]);
    expect(settlement.totals.all).toBe("0.00");
    const once = { ...GOODS, rounding: { scope: "perTotal", mode: "down", unit: "1" } } as const;
    expect(on([sale("ann", 10000, "05-02"), sale("ann", 11000, "05-03")], once)).toBe("14");
  });

  it("in goods is cut where the stock ends", () => {
    const changes = { ...GOODS, in: { goods: "cola", unitValue: "300.00", stock: "crates" } };
    const facts = [sale("ann", 10000, "05-03"), sale("bob", 10000, "05-02")];
    expect(paid(settledOn(facts, changes))).toEqual({ "trial ann": "4", "trial bob": "6" });
  });

  it("looks at each order, at the first of all or at the first within the limits", () => {
    const facts = [sale("ann", 5000, "05-02"), sale("ann", 12000, "05-03"), sale("ann", 15000, "05-04")];
    expect(on(facts, { orders: "each" })).toBe("5400.00");
    expect(on(facts, { orders: "first" })).toBeUndefined();
    expect(on(facts, { orders: "firstWithin" })).toBe("2400.00");
    const slices: Partial<Rebate> = { orders: "firstWithin", per: "day", accumulate: "slice" };
    // In every slice the first order is the campaign's.
    expect(settledOn(facts, slices).lines).toMatchObject([{ slice: "2018-05-03", amount: "2400.00" }]);
  });

  it("has one first order for each customer, where an attribute tells them apart", () => {
    const of = (dealer: string) => ({ attributes: { dealer } });
    const facts = [
      sale("ann", 10000, "05-02", of("d1")),
      sale("ann", 10000, "05-03", of("d1")),
      sale("ann", 10000, "05-04", of("d2")),
      sale("ann", 10000, "05-05"),
    ];
    const settlement = settledOn(facts, { orders: "first", customer: "dealer" });
    expect(paid(settlement)).toEqual({ "trial ann": "4000.00" });
    const step = traceOf(settlement, "trial", "ann").find(({ step: name }) => name === "orders");
    expect(step).toMatchObject({
      orders: [{ outcome: "counts" }, { outcome: "not-first" }, { outcome: "counts" }, { outcome: "no-customer" }],
    });
  });

  it("granted before its evidence is 0 again once the time is over without it", () => {
    const changes: Partial<Rebate> = {
      evidence: { measure: "records", within: "P15D", of: "payee", grant: "before" },
    };
    const order = sale("ann", 10000, "05-02 12:00");
    expect(on([order], changes, "2018-05-17T03:59:59.999Z")).toBe("2000.00");
    const missing = settledOn([order], changes, "2018-05-17T04:00:00Z");
    expect(missing.lines).toEqual([]);
    expect(traceOf(missing, "trial", "ann").at(-1)).toMatchObject({ step: "nothing", reason: "evidence-missing" });
    expect(on([order, evidence("ann", "05-17 11:59")], changes)).toBe("2000.00");
    expect(on([order, evidence("ann", "05-17 12:00")], changes)).toBeUndefined();
    expect(on([order, evidence("ann", "05-02 11:59")], changes)).toBeUndefined();
  });

  it("granted after its evidence is 0 until then", () => {
    const changes: Partial<Rebate> = {
      evidence: { measure: "records", within: "P15D", of: "payee", grant: "after" },
    };
    const order = sale("ann", 10000, "05-02 12:00");
    const awaited = settledOn([order], changes, "2018-05-03T00:00:00Z");
    expect(traceOf(awaited, "trial", "ann").at(-1)).toMatchObject({ step: "nothing", reason: "evidence-awaited" });
    expect(on([order, evidence("ann", "05-04")], changes, "2018-05-05T00:00:00Z")).toBe("2000.00");
  });

  it("asks for the evidence of its own order, where an attribute names it", () => {
    const changes: Partial<Rebate> = {
      evidence: { measure: "records", within: "P15D", of: { attribute: "order" }, grant: "before" },
    };
    const of = (order: string) => ({ attributes: { order } });
    const facts = [sale("ann", 10000, "05-02", of("o1")), sale("ann", 12000, "05-03", of("o2"))];
    expect(on([...facts, evidence("ann", "05-04", of("o2"))], changes)).toBe("2400.00");
    expect(on([...facts, evidence("ann", "05-04")], changes)).toBeUndefined();
  });

  it("leaves returns alone; a cancelled order never was", () => {
    const order = sale("ann", 10000, "05-02");
    expect(on([order, sale("ann", -10000, "05-03")])).toBe("2000.00");
    expect(on([{ ...order, status: "cancelled" }])).toBeUndefined();
  });

  it("is bounded by a stock only", () => {
    const total = (changes: Partial<Rebate>) => maximumLiability(planOf(documentOf(changes))).totalMinor;
    expect(total({})).toBeUndefined();
    expect(total({ ...GOODS, in: { goods: "cola", unitValue: "300.00", stock: "crates" } })).toBe(300_000);
  });

  it.each([
    ["range-reversed", "/rewards/0/order/maximum", ["20", "10"], { order: { minimum: "20", maximum: "10" } }],
    [
      "unknown-measure",
      "/rewards/0/evidence/measure",
      ["none"],
      { evidence: { measure: "none", within: "P1D", of: "payee", grant: "before" } },
    ],
    [
      "bad-duration",
      "/rewards/0/evidence/within",
      ["soon"],
      { evidence: { measure: "records", within: "soon", of: "payee", grant: "before" } },
    ],
    ["unknown-attribute", "/rewards/0/customer", ["buyer"], { customer: "buyer" }],
    ["rate-of-amount", "/rewards/0/measure", ["rebate"], { measure: "records" }],
    ["bad-unit-value", "/rewards/0/in/unitValue", ["nothing"], { ...GOODS, in: { goods: "cola", unitValue: "0" } }],
    ["bad-rounding-unit", "/rewards/0/rounding/unit", ["whole"], { in: { goods: "cola", unitValue: "1" } }],
    [
      "unknown-stock",
      "/rewards/0/in/stock",
      ["shelf"],
      { ...GOODS, in: { goods: "cola", unitValue: "1", stock: "shelf" } },
    ],
  ] as const)("with %s at %s is refused", (code, path, says, changes) => {
    expectOneProblem({ ...documentOf(), rewards: [{ ...rebate(), ...changes }] }, [code, path, says]);
  });
});
