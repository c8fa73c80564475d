import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import {
  evidence,
  type PlanDocument,
  person,
  planOf,
  type RewardDocument,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { expectOneProblem, reward } from "#test/fixtures/plan-problems.ts";

type Points = Extract<RewardDocument, { kind: "points" }>;

function points(changes: Partial<Points> = {}): Points {
  return {
    id: "stars",
    kind: "points",
    measure: "sales",
    level: "participant",
    pay: "self",
    programme: "stars",
    rate: "1",
    rounding: { scope: "perFact", mode: "down", unit: "1" },
    ...changes,
  };
}

const SPENT = {
  id: "spent",
  aggregate: "sum",
  of: "quantity",
  when: 'kind == "evidence" && topic == "exchange"',
} as const;

function planWith(changes: Partial<Points>, plan: Partial<PlanDocument> = {}) {
  return planOf({
    measures: [{ id: "sales", aggregate: "sum", of: "amount" }, SPENT],
    rewards: [points({ redemption: { measure: "spent" }, ...changes })],
    ...plan,
  });
}

function exchange(subject: string, quantity: string, local: string) {
  return evidence(subject, local, { topic: "exchange", quantity });
}

/** Lines of Ann by slice and part. */
function linesOf(facts: readonly Fact[], changes: Partial<Points> = {}, asOf?: string) {
  const { lines } = settled({ plan: planWith(changes), facts }, asOf);
  return Object.fromEntries(
    lines
      .filter(({ payee }) => payee.id === "ann")
      .map(({ slice = "", part = "", amount }) => [[slice, part].filter(Boolean).join(":"), amount]),
  );
}

describe("points", () => {
  it("are whole points of a programme, and no money", () => {
    const settlement = settled({ plan: planWith({ rate: "1/2" }), facts: [sale("ann", "3.99", "05-02")] });
    expect(settlement.lines).toMatchObject([
      { lineId: "stars:participant:ann", amount: "1", currency: "points:stars" },
    ]);
    expect(settlement.totals).toMatchObject({ all: "0.00", byReward: { stars: "1" } });
  });

  it("of each fact or of the total are rounded as the plan says", () => {
    const facts = [sale("ann", "1.50", "05-02"), sale("ann", "1.50", "05-03")];
    expect(linesOf(facts)).toEqual({ "": "2" });
    expect(linesOf(facts, { rounding: { scope: "perTotal", mode: "down", unit: "1" } })).toEqual({ "": "3" });
    expect(linesOf(facts, { rounding: { scope: "perTotal", mode: "down", unit: "2" } })).toEqual({ "": "2" });
  });

  it.each([
    ["multiply", "300"],
    ["highest", "200"],
    ["add", "250"],
  ] as const)("double on 17 May and half more for cards, stacked by %s, make %s of 100", (stacking, expected) => {
    const multipliers = {
      stacking,
      factors: [
        { id: "telecom-day", factor: "2", during: { start: "2018-05-17T00:00", end: "2018-05-18T00:00" } },
        { id: "cards", factor: "1.5", when: 'product == "card"' },
      ],
    };
    const card = { product: "card" };
    const facts = [sale("ann", 100, "05-17 00:00", card)];
    expect(linesOf(facts, { multipliers })).toEqual({ "": expected });
    expect(linesOf([sale("ann", 100, "05-18 00:00", card)], { multipliers })).toEqual({ "": "150" });
    expect(linesOf([sale("ann", 100, "05-17 23:59")], { multipliers })).toEqual({ "": "200" });
    expect(linesOf([sale("ann", 100, "05-16 23:59")], { multipliers })).toEqual({ "": "100" });
    expect(traceOf(settled({ plan: planWith({ multipliers }), facts }), "stars", "ann")[1]).toMatchObject({
      step: "points",
      facts: [{ value: "100.00", factors: ["telecom-day", "cards"], exact: expected }],
    });
  });

  it("are redeemed from the oldest and never below zero; who redeems more is told", () => {
    const facts = [sale("ann", 100, "05-02"), exchange("ann", "70", "05-03"), exchange("ann", "50", "05-04")];
    expect(linesOf(facts)).toEqual({ "": "100", redeemed: "-100" });
    const settlement = settled({ plan: planWith({}), facts });
    expect(settlement.warnings).toMatchObject([{ code: "points-overdrawn", subject: "ann", blocks: false }]);
    expect(settlement.warnings[0]?.message).toContain("redeems 20 more");
    const used = settlement.lines.find(({ part }) => part === "redeemed")?.trace;
    expect(used).toMatchObject([
      { step: "used", how: "redeemed", movements: [{ points: "70" }, { points: "30", missing: "20" }] },
      { step: "balance", before: "0", earned: "100", redeemed: "100", expired: "0", after: "0" },
    ]);
  });

  it("cannot be redeemed before they are earned", () => {
    expect(linesOf([exchange("ann", "10", "05-01"), sale("ann", 100, "05-02")])).toEqual({ "": "100" });
  });

  it("expire after their time, what was redeemed before excepted, and at the instant itself they are gone", () => {
    const changes: Partial<Points> = { per: "week", accumulate: "slice", expiry: { after: "P10D" } };
    const facts = [
      sale("ann", 100, "05-01 12:00"),
      sale("ann", 50, "05-09 12:00"),
      exchange("ann", "30", "05-10 12:00"),
    ];
    const all = { "2018-W18": "100", "2018-W19": "50", "2018-W19:redeemed": "-30" };
    expect(linesOf(facts, changes, "2018-05-11T03:59:59.999Z")).toEqual(all);
    expect(linesOf(facts, changes, "2018-05-11T04:00:00Z")).toEqual({ ...all, "2018-W19:expired": "-70" });
    // Those of 9 May go on the 19th, in the week after next.
    expect(linesOf(facts, changes)).toEqual({ ...all, "2018-W19:expired": "-70", "2018-W20:expired": "-50" });
    const late = [...facts, exchange("ann", "5", "05-11 12:00")];
    expect(linesOf(late, changes, "2018-05-12T00:00:00Z")).toMatchObject({
      "2018-W19:redeemed": "-35",
      "2018-W19:expired": "-70",
    });
  });

  it("that paid a debt, or were none, do not expire", () => {
    const changes: Partial<Points> = { rate: "1", expiry: { after: "P10D" } };
    const facts = [
      sale("ann", "-30", "05-01 12:00"),
      sale("ann", 30, "05-02 12:00"),
      sale("ann", "0.40", "05-03 12:00"),
      sale("ann", 20, "05-04 12:00"),
    ];
    const { lines } = settled({ plan: planWith(changes), facts });
    const movements = lines.find(({ part }) => part === "expired")?.trace[0];
    expect(movements).toMatchObject({ movements: [{ fact: "pos#ann 05-04 12:00", points: "20" }] });
  });

  it("have not expired by the cut-off because a later fact is known already", () => {
    const changes: Partial<Points> = { expiry: { after: "P10D" } };
    const later = { ...sale("ann", 5, "05-20 12:00"), recordedAt: "2018-05-01T00:00:00Z" };
    const facts = [sale("ann", 100, "05-02 12:00"), later];
    expect(linesOf(facts, changes, "2018-05-10T00:00:00Z")).toEqual({ "": "105" });
    expect(linesOf(facts, changes, "2018-05-20T00:00:00Z")).toEqual({ "": "105", expired: "-100" });
  });

  it("expire in the last slice when their time ends after the campaign", () => {
    const changes: Partial<Points> = { per: "week", accumulate: "slice", expiry: { after: "P1Y" } };
    const facts = [sale("ann", 100, "05-01 12:00")];
    expect(linesOf(facts, changes)).toEqual({ "2018-W18": "100" });
    expect(linesOf(facts, changes, "2019-05-01T04:00:00Z")).toEqual({ "2018-W18": "100", "2018-W22:expired": "-100" });
  });

  it("of a return are taken back from the oldest, and what is missing from the next", () => {
    const facts = [sale("ann", 10, "05-02"), sale("ann", -30, "05-03"), sale("ann", 50, "05-04")];
    expect(linesOf([...facts, exchange("ann", "40", "05-05")])).toEqual({ "": "30", redeemed: "-30" });
  });

  it("go down to nothing for those who are not on file or fail a gate", () => {
    const gates: Points["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "1000.00" } }];
    const settlement = settled({ plan: planWith({ gates }), facts: [sale("ann", 100, "05-02")] });
    expect(settlement.lines).toEqual([]);
    expect(traceOf(settlement, "stars", "ann").at(-1)).toMatchObject({ step: "nothing", reason: "gate" });
  });

  it.each([
    ["money-only", "/rewards/0/cap", ["cap", "stars"], { cap: { amount: "5", over: "slice" } }],
    [
      "bad-rounding-unit",
      "/rewards/0/rounding/unit",
      ["whole"],
      { rounding: { scope: "perFact", mode: "down", unit: "0.5" } },
    ],
    ["bad-duration", "/rewards/0/expiry/after", ["soon"], { expiry: { after: "soon" } }],
    ["unknown-measure", "/rewards/0/redemption/measure", ["gone"], { redemption: { measure: "gone" } }],
    [
      "bad-local-time",
      "/rewards/0/multipliers/factors/0/during/start",
      ["2018-05-32"],
      {
        multipliers: {
          stacking: "add",
          factors: [{ id: "a", factor: "2", during: { start: "2018-05-32", end: "2018-06-01T00:00" } }],
        },
      },
    ],
    [
      "empty-window",
      "/rewards/0/multipliers/factors/0/during/end",
      ["2018-05-17T00:00"],
      {
        multipliers: {
          stacking: "add",
          factors: [{ id: "a", factor: "2", during: { start: "2018-05-17T00:00", end: "2018-05-17T00:00" } }],
        },
      },
    ],
    [
      "bad-condition",
      "/rewards/0/multipliers/factors/0/when",
      ["colour"],
      { multipliers: { stacking: "add", factors: [{ id: "a", factor: "2", when: 'colour == "red"' }] } },
    ],
  ] as const)("with %s at %s are refused", (code, path, says, changes) => {
    expectOneProblem(reward({ ...points(), ...changes }), [code, path, says]);
  });

  it("are no money that a budget could hold", () => {
    const budgets = [{ id: "all", rewards: ["stars"], amount: "5.00", policy: "proRata" }];
    expectOneProblem({ rewards: [points()], budgets }, ["money-only", "/budgets/0/rewards/0", ["all", "stars"]]);
  });

  it("are exchanged for goods while the stock lasts, who came first first", () => {
    const isRice = 'kind == "evidence" && topic == "exchange"';
    const plan = planOf({
      attributes: { price: "number" },
      measures: [
        { id: "sales", aggregate: "sum", of: "amount" },
        { id: "spent", aggregate: "sum", of: "price", when: isRice },
        { id: "bags", aggregate: "sum", of: "quantity", when: isRice },
      ],
      stocks: [{ id: "store", quantity: 3 }],
      rewards: [
        points({ redemption: { measure: "spent" } }),
        {
          id: "rice",
          kind: "gift",
          measure: "bags",
          level: "participant",
          pay: "self",
          item: "rice",
          pieces: 1,
          for: { every: "1" },
          to: "payee",
          stock: "store",
        },
      ],
    });
    const bags = (subject: string, quantity: string, price: number, local: string) =>
      evidence(subject, local, { topic: "exchange", quantity, attributes: { price } });
    const settlement = settled({
      plan,
      facts: [
        sale("ann", 1000, "05-02"),
        sale("bob", 500, "05-02"),
        bags("bob", "2", 400, "05-17 09:00"),
        bags("ann", "2", 400, "05-17 10:00"),
      ],
    });
    expect(settlement.lines.map(({ lineId, amount }) => `${lineId} ${amount}`)).toEqual([
      "rice:participant:ann 1",
      "rice:participant:bob 2",
      "stars:participant:ann 1000",
      "stars:participant:ann:redeemed -400",
      "stars:participant:bob 500",
      "stars:participant:bob:redeemed -400",
    ]);
  });

  it("can be earned by customers on file", () => {
    const settlement = settled({
      plan: planWith({}),
      memberships: [person("zoe", "east", { role: "customer" })],
      facts: [sale("zoe", 10, "05-02")],
    });
    expect(settlement.lines).toMatchObject([{ payee: { id: "zoe" }, amount: "10" }]);
  });
});
