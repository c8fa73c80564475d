import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { maximumLiability } from "#engine/liability.ts";
import {
  type PlanDocument,
  paid,
  planOf,
  type RewardDocument,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { expectOneProblem } from "#test/fixtures/plan-problems.ts";

type Gift = Extract<RewardDocument, { kind: "gift" }>;

function gift(changes: Partial<Gift> = {}): Gift {
  return {
    id: "rice",
    kind: "gift",
    measure: "renewals",
    level: "participant",
    pay: "self",
    item: "rice",
    pieces: 1,
    for: "eachFact",
    to: "payee",
    ...changes,
  };
}

function planWith(changes: Partial<Gift>, plan: Partial<PlanDocument> = {}): PlanDocument {
  return {
    ...base(),
    rewards: [gift(changes)],
    ...plan,
  };
}

function base(): PlanDocument {
  return {
    schema: "laurel.plan/1",
    id: "small",
    name: { en: "Small" },
    currency: "CNY",
    period: { start: "2018-05-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Shanghai" },
    lateFacts: "P15D",
    attributes: { customer: "string" },
    counts: [],
    crediting: { to: "seller", rollUp: "occurrence" },
    measures: [
      { id: "renewals", aggregate: "count" },
      { id: "sales", aggregate: "sum", of: "amount" },
    ],
    rewards: [],
    recovery: "nextPayout",
  };
}

function given(facts: readonly Fact[], changes: Partial<Gift> = {}, plan: Partial<PlanDocument> = {}) {
  return settled({ plan: planOf(planWith(changes, plan)), facts });
}

const to = (customer: string) => ({ attributes: { customer } });

describe("a gift", () => {
  it("is pieces of an item for each fact, and no money", () => {
    const settlement = given([sale("ann", 720, "05-02"), sale("ann", 720, "05-03")], { pieces: 2 });
    expect(settlement.lines).toMatchObject([{ amount: "4", currency: "item:rice" }]);
    expect(settlement.totals).toMatchObject({ all: "0.00", byReward: { rice: "4" } });
  });

  it("of which a stock holds three goes to who earned first, by the facts", () => {
    const facts = [sale("bob", 1, "05-04"), sale("ann", 1, "05-05"), sale("ann", 1, "05-02"), sale("cy", 1, "05-06")];
    const settlement = given(facts, { stock: "bags" }, { stocks: [{ id: "bags", quantity: 3 }] });
    expect(paid(settlement)).toEqual({ "rice ann": "2", "rice bob": "1" });
    expect(traceOf(settlement, "rice", "cy").at(-1)).toMatchObject({ step: "nothing", reason: "budget-used-up" });
  });

  it("to customers is handed out by who sold: each renewal or each customer once", () => {
    const facts = [
      sale("ann", 720, "05-02", to("c1")),
      sale("ann", 720, "05-03", to("c1")),
      sale("ann", 720, "05-04", to("c2")),
    ];
    const recipients: Partial<Gift> = { to: { attribute: "customer" } };
    expect(paid(given(facts, recipients))).toEqual({ "rice ann": "3" });
    const once = given(facts, { ...recipients, for: "eachRecipient" });
    expect(paid(once)).toEqual({ "rice ann": "2" });
    expect(traceOf(once, "rice", "ann")[1]).toMatchObject({
      step: "gifts",
      given: [
        { recipient: "c1", pieces: "1" },
        { recipient: "c2", pieces: "1" },
      ],
    });
    expect(paid(given(facts, { for: "eachRecipient" }))).toEqual({ "rice ann": "1" });
  });

  it("for a fact that names nobody is given to nobody, and finance is told", () => {
    const settlement = given([sale("ann", 720, "05-02")], { to: { attribute: "customer" } });
    expect(settlement.lines).toEqual([]);
    expect(settlement.warnings).toMatchObject([{ code: "recipient-unnamed", subject: "ann" }]);
    expect(traceOf(settlement, "rice", "ann").at(-1)).toMatchObject({ step: "nothing", reason: "no-gift" });
  });

  it("at most so many for a payee or for each recipient", () => {
    const facts = ["05-02", "05-03", "05-04"].flatMap((day) => [
      sale("ann", 1, `${day} 09:00`, to("c1")),
      sale("ann", 1, `${day} 10:00`, to("c2")),
    ]);
    const recipients: Partial<Gift> = { to: { attribute: "customer" } };
    expect(paid(given(facts, { ...recipients, atMost: { pieces: 2, each: "payee" } }))).toEqual({ "rice ann": "2" });
    expect(paid(given(facts, { ...recipients, atMost: { pieces: 2, each: "recipient" } }))).toEqual({
      "rice ann": "4",
    });
    expect(paid(given(facts, { pieces: 3, atMost: { pieces: 4, each: "payee" } }))).toEqual({ "rice ann": "4" });
  });

  it.each([
    [[99.99], undefined],
    [[100], "1"],
    [[250], "2"],
    [[250, -60], "1"],
    [[-50, 150], "1"],
  ])("for every 100 of %s is %s", (amounts, expected) => {
    const facts = amounts.map((amount, index) => sale("ann", amount, `05-0${index + 1}`));
    expect(paid(given(facts, { measure: "sales", for: { every: "100" } }))["rice ann"]).toBe(expected);
  });

  it("for every 100 is earned when the sum is reached, so that a stock goes to who was first", () => {
    const facts = [sale("ann", 60, "05-02"), sale("bob", 100, "05-03"), sale("ann", 60, "05-04")];
    const changes: Partial<Gift> = { measure: "sales", for: { every: "100" }, stock: "bags" };
    expect(paid(given(facts, changes, { stocks: [{ id: "bags", quantity: 1 }] }))).toEqual({ "rice bob": "1" });
  });

  it("is bounded by its stock, and costs what its pieces are worth", () => {
    const stocks = [{ id: "bags", quantity: 612 }];
    const total = (changes: Partial<Gift>) => maximumLiability(planOf(planWith(changes, { stocks }))).totalMinor;
    expect(total({ stock: "bags", value: "30.00" })).toBe(1_836_000);
    expect(total({ stock: "bags" })).toBe(0);
    expect(total({ value: "30.00" })).toBeUndefined();
  });

  it.each([
    ["unknown-stock", "/rewards/0/stock", ["bags"], { stock: "bags" }],
    ["unknown-attribute", "/rewards/0/to/attribute", ["buyer"], { to: { attribute: "buyer" } }],
    ["bad-package", "/rewards/0/for/every", ["nothing"], { for: { every: "0" } }],
    ["policy-impossible", "/rewards/0/to", ["recipient"], { for: { every: "2" }, to: { attribute: "customer" } }],
    ["too-fine", "/rewards/0/for/every", ["0.5"], { for: { every: "0.5" } }],
    ["too-fine", "/rewards/0/value", ["0.001"], { value: "0.001" }],
    [
      "money-only",
      "/rewards/0/pay",
      ["pay"],
      { level: "branch", pay: { split: { byRole: { agent: "1" }, membership: "periodEnd", nobody: "unit" } } },
    ],
  ] as const)("with %s at %s is refused", (code, path, says, changes) => {
    expectOneProblem({ ...base(), rewards: [{ ...gift(), ...changes }] }, [code, path, says]);
  });

  it("shares a stock only with gifts of the same item", () => {
    const rewards = [gift({ stock: "bags" }), gift({ id: "oil", item: "oil", stock: "bags" })];
    expectOneProblem({ ...base(), stocks: [{ id: "bags", quantity: 1 }], rewards }, [
      "stock-of-two",
      "/rewards/1/stock",
      ["item:rice", "item:oil"],
    ]);
  });
});
