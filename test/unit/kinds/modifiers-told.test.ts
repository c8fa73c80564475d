import { describe, expect, it } from "vitest";
import type { Step } from "#domain/line.ts";
import { byLine, reasons } from "#test/fixtures/by-line.ts";
import {
  at,
  commission,
  type PlanDocument,
  person,
  planOf,
  type RewardDocument,
  sale,
  score,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { kpi, scorecard } from "./scorecard-kit.ts";

/** What instalments, coefficients, caps and limits say of what they did, and of whom they leave alone. */

type Instalments = NonNullable<RewardDocument["instalments"]>;

const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount", when: 'product == "P"' },
  { id: "collected", aggregate: "sum", of: "amount", when: 'product == "cash"' },
  { id: "collection", ratio: { numerator: "collected", denominator: "sales", empty: "zero" } },
];

function inParts(instalments: Instalments, cash: number, asOf = "07-01") {
  const plan = planOf({ measures: MEASURES, rewards: [commission({ instalments })] });
  const facts = [sale("ann", 300, "05-02"), sale("ann", cash, "05-03", { product: "cash" })];
  return settled({ plan, facts, memberships: [person("ann", "east")] }, at(asOf));
}

function lastOf(lines: readonly { readonly part?: string | undefined; readonly trace: readonly Step[] }[], id: string) {
  return lines.find(({ part }) => part === id)?.trace.at(-1);
}

describe("an instalment tells", () => {
  it("its part of the award and when it falls due, paid or held", () => {
    const { lines, held = [] } = inParts(
      [
        { id: "now", part: "1/3" },
        { id: "later", part: "2/3", after: "P2M" },
      ],
      0,
      "06-01",
    );
    const told = { step: "instalment", of: "30.00" };
    expect(lastOf(lines, "now")).toEqual({
      ...told,
      id: "now",
      part: "1/3",
      due: "2018-06-01T00:00:00+08:00",
      amount: "10.00",
    });
    expect(lastOf(held, "later")).toEqual({
      ...told,
      id: "later",
      part: "2/3",
      due: "2018-08-01T00:00:00+08:00",
      amount: "20.00",
    });
  });

  it("the proportion that has come, in what is due and in what is held", () => {
    const { lines, held = [] } = inParts([{ id: "cash", part: "1", inProportionTo: "collection" }], 120);
    const told = { step: "instalment", id: "cash", part: "1", of: "30.00", proportion: "40%" };
    expect(lastOf(lines, "cash")).toMatchObject({ ...told, amount: "12.00" });
    expect(lastOf(held, "cash")).toMatchObject({ ...told, amount: "18.00" });
  });

  it("by which ratio it was lost, and is kept at equality", () => {
    const instalments: Instalments = [
      { id: "all", part: "1", provided: { measure: "collection", atLeast: { value: "0.5" } } },
    ];
    expect(byLine(inParts(instalments, 150).lines)).toEqual({ "commission ann all": "30.00" });
    const lost = inParts(instalments, 120).notAwarded[0]?.trace.slice(-2);
    expect(lost).toMatchObject([
      { step: "gate", on: "self", subject: "ann", measure: "collection", value: "0.4", passed: false },
      { step: "nothing", reason: "condition-not-met", message: expect.stringContaining("fell due") },
    ]);
    expect(lost?.[0]).not.toHaveProperty("target");
  });

  it("which target was missed", () => {
    const provided = { measure: "collected", atLeast: { target: "stay" } };
    const plan = planOf({
      measures: MEASURES,
      rewards: [commission({ instalments: [{ id: "all", part: "1", provided }] })],
    });
    const small = { plan, facts: [sale("ann", 300, "05-02")], memberships: [person("ann", "east")] };
    const targets = [target("ann", "stay", "10.00", "collected")];
    expect(settled({ ...small, targets }).notAwarded[0]?.trace.at(-2)).toMatchObject({
      step: "gate",
      value: "0.00",
      threshold: "10.00",
      target: "stay",
      passed: false,
    });
  });

  it("once, who lacks a target on which two instalments hang, and each who does", () => {
    const provided = { measure: "collected", atLeast: { target: "stay" } };
    const instalments = ["a", "b"].map((id) => ({ id, part: "1/2", provided }));
    const plan = planOf({ measures: MEASURES, rewards: [commission({ instalments })] });
    const facts = [sale("ann", 300, "05-02"), sale("bob", 300, "05-02")];
    const { warnings, held = [] } = settled({ plan, facts });
    expect(warnings.map(({ subject, message }) => [subject, message])).toEqual(
      ["ann", "bob"].map((id) => [id, `${id} has no target stay of collected, on which an instalment hangs`]),
    );
    expect(held.map(({ trace }) => trace.at(-1)?.step)).toEqual(Array(4).fill("instalment"));
  });
});

describe("a coefficient", () => {
  const ROUNDING = { mode: "halfUp", unit: "0.01" } as const;
  const QUARTER = { start: "2018-05-01T00:00", end: "2018-07-01T00:00", zone: "Asia/Shanghai" };
  const measures: PlanDocument["measures"] = [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "service", aggregate: "last", of: "value" },
  ];
  const monthly = { per: "month", accumulate: "slice" } as const;

  function times(without: "one" | "zero", facts: Parameters<typeof settled>[0]["facts"]) {
    const card = scorecard({
      ...monthly,
      kpis: [kpi("service", "100%")],
      roles: { anyOf: ["agent"], membership: "periodEnd" },
    });
    const coefficient = { scorecard: "card", without, rounding: ROUNDING };
    const plan = planOf({ period: QUARTER, measures, rewards: [card, commission({ ...monthly, coefficient })] });
    const memberships = [person("ann", "east"), person("tom", "east", { role: "trainee" })];
    return settled({ plan, memberships, facts: facts ?? [] }, "2018-12-01T00:00:00Z");
  }

  it("is the one of the same slice, and tells the grade", () => {
    const settlement = times("one", [
      sale("ann", 1000, "05-02"),
      sale("ann", 1000, "06-02"),
      score("ann", "95", "05-10"),
      score("ann", "20", "06-10"),
    ]);
    expect(byLine(settlement.lines)).toMatchObject({
      "commission ann 2018-05": "120.00",
      "commission ann 2018-06": "50.00",
    });
    const june = settlement.lines.find(({ reward, slice }) => reward === "commission" && slice === "2018-06");
    expect(june?.trace.map(({ step }) => step)).toContain("rate");
    expect(june?.trace.at(-1)).toEqual({
      step: "coefficient",
      scorecard: "card",
      grade: "poor",
      factor: "0.5",
      before: "100.00",
      amount: "50.00",
    });
  });

  it("of who has no scorecard is one or zero, as the plan says", () => {
    const facts = [sale("tom", 1000, "05-02"), score("ann", "20", "05-10")];
    const one = times("one", facts);
    expect(byLine(one.lines)).toEqual({ "commission tom 2018-05": "100.00" });
    expect(traceOf(one, "commission", "tom").at(-1)).toEqual({
      step: "coefficient",
      scorecard: "card",
      factor: "1",
      before: "100.00",
      amount: "100.00",
    });
    expect(byLine(times("zero", facts).lines)).toEqual({});
  });

  it("is not told of who earned nothing to multiply", () => {
    const trace = times("one", [score("ann", "95", "05-10")]).notAwarded.flatMap(({ reward, subject, trace: steps }) =>
      reward === "commission" && subject.id === "ann" ? steps : [],
    );
    expect(trace.map(({ step }) => step)).not.toContain("coefficient");
  });
});

describe("a limit", () => {
  const pot = (policy: "firstCome" | "proRata", amount: string): PlanDocument["budgets"] => [
    { id: "pot", policy, amount, rewards: ["commission", "other"] },
  ];
  const LIMITED = [commission(), commission({ id: "other", cap: { amount: "10.00", over: "slice" } })];

  it("says nothing of whom it takes nothing from", () => {
    const facts = [sale("ann", 100, "05-02"), sale("bob", 100, "05-03")];
    const budgets: PlanDocument["budgets"] = [
      { id: "pot", policy: "firstCome", amount: "15", rewards: ["commission"] },
    ];
    const settlement = settled({ plan: planOf({ budgets }), facts });
    const stepsOf = (id: string) => traceOf(settlement, "commission", id).map(({ step }) => step);
    expect(stepsOf("bob")).toContain("budget");
    expect(stepsOf("ann")).not.toContain("budget");
  });

  it("that goes first come counts what a cap cut as earned at the end of its slice", () => {
    // Ann's 300 is capped to 10.00 and comes last, though she sold first.
    const facts = [sale("ann", 300, "05-02"), sale("bob", 80, "05-30")];
    const settlement = settled({ plan: planOf({ rewards: LIMITED, budgets: pot("firstCome", "50.00") }), facts });
    // In order: 30 of ann, 8 and 8 of bob, then 4 of the 10 that the cap left to ann.
    expect(byLine(settlement.lines)).toEqual({
      "commission ann": "30.00",
      "commission bob": "8.00",
      "other ann": "4.00",
      "other bob": "8.00",
    });
  });

  it("of pieces tells that it is a stock", () => {
    const gift: RewardDocument = {
      id: "rice",
      kind: "gift",
      level: "participant",
      pay: "self",
      measure: "sales",
      item: "rice",
      for: { every: "100" },
      pieces: 1,
      to: "payee",
      stock: "bags",
    };
    const plan = planOf({ rewards: [gift], stocks: [{ id: "bags", quantity: 2 }] });
    const settlement = settled({ plan, facts: [sale("ann", 300, "05-02")] });
    expect(traceOf(settlement, "rice", "ann").at(-1)).toMatchObject({
      step: "budget",
      budget: "bags",
      policy: "stock",
      limit: "2",
      earned: "3",
      amount: "2",
    });
  });

  it("tells of a cap that is used up", () => {
    const monthly = commission({ per: "month", accumulate: "slice", cap: { amount: "10.00", over: "campaign" } });
    const period = { start: "2018-05-01T00:00", end: "2018-07-01T00:00", zone: "Asia/Shanghai" };
    const facts = [sale("ann", 100, "05-02"), sale("ann", 100, "06-02")];
    const settlement = settled({ plan: planOf({ period, rewards: [monthly] }), facts }, "2018-12-01T00:00:00Z");
    expect(reasons(settlement)).toEqual({ "commission ann 2018-06": "cap-used-up" });
    expect(settlement.notAwarded[0]?.trace.at(-1)).toEqual({
      step: "nothing",
      reason: "cap-used-up",
      message: "the cap was used up before",
    });
  });
});
