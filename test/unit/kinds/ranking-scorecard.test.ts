import { describe, expect, it } from "vitest";
import { readBundle } from "#domain/bundle.ts";
import type { Fact } from "#domain/fact.ts";
import { lintPlan } from "#engine/lint/index.ts";
import {
  type PlanDocument,
  paid,
  person,
  places,
  planOf,
  type RewardDocument,
  ranking,
  sale,
  score,
  settled,
  traceOf,
  UNITS,
} from "#test/fixtures/plan-builder.ts";
import { expectOneProblem } from "#test/fixtures/plan-problems.ts";
import { verify } from "#verify/verify.ts";
import { kpi, MEASURES, type Scorecard, scorecard } from "./scorecard-kit.ts";

type Ranking = Extract<RewardDocument, { kind: "ranking" }>;
type Honour = Extract<RewardDocument, { kind: "honour" }>;

const PEOPLE = [
  person("ann", "east"),
  person("bob", "east"),
  person("cy", "west"),
  person("dan", "west"),
  person("eve", "coast"),
];
const CARD = scorecard({ grades: [{ id: "all", from: "0" }] });

function cup(changes: Partial<Ranking> = {}): Ranking {
  return ranking({ id: "cup", by: { scorecard: "card" }, ties: "samePrize", prizes: TWO, ...changes });
}
const TWO = [
  { from: 1, to: 1, amount: "25.00" },
  { from: 2, to: 2, amount: "15.00" },
];

function flag(changes: Partial<Honour> = {}): Honour {
  return {
    id: "flag",
    kind: "honour",
    measure: "sales",
    level: "participant",
    pay: "self",
    badge: "red-flag",
    to: { winnerOf: "cup" },
    nobody: "vacant",
    ...changes,
  };
}

function judged(id: string, service: string, attitude: string): Fact[] {
  const of = (topic: string, value: string) => score(id, value, "05-20", { topic, externalId: `${id}-${topic}` });
  return [of("service", service), of("attitude", attitude)];
}

function run(rewards: RewardDocument[], facts: readonly Fact[], plan: Partial<PlanDocument> = {}) {
  const world = { plan: planOf({ measures: MEASURES, ...plan, rewards }), memberships: PEOPLE, facts };
  const settlement = settled(world);
  const bundle = { ...world, units: UNITS, targets: [], asOf: settlement.asOf, settlement };
  // Worked out a second time, by code that shares nothing with the engine.
  expect(verify(readBundle(JSON.parse(JSON.stringify(bundle)))).agrees).toBe(true);
  return settlement;
}

/** 60 % service and 40 % attitude: ann 0.6 × 70 + 0.4 × 95 = 80, bob 0.6 × 90 + 0.4 × 50 = 74, cy 0.6 × 80 + 0.4 × 80 = 80. */
const FACTS = [
  sale("ann", 10, "05-02"),
  sale("bob", 500, "05-03"),
  sale("cy", 20, "05-04"),
  ...judged("ann", "70", "95"),
  ...judged("bob", "90", "50"),
  ...judged("cy", "80", "80"),
];

describe("a ranking by the total of a scorecard", () => {
  it("places by the total, whatever was sold, and says so", () => {
    const settlement = run([CARD, cup()], FACTS);
    expect(places(settlement, "cup")).toEqual(["1 ann", "1 cy", "3 bob"]);
    expect(paid(settlement)).toEqual({ "cup ann": "25.00", "cup cy": "25.00" });
    expect(traceOf(settlement, "cup", "bob").slice(1)).toMatchObject([
      { step: "scored", scorecard: "card", total: "74" },
      { step: "place", rank: 3, of: 3, ahead: { subject: "cy", value: "80" } },
      { step: "nothing", reason: "below-prizes" },
    ]);
  });

  it("says how many points are missing to the last prize", () => {
    const settlement = run([CARD, cup({ prizes: TWO.slice(0, 1) })], FACTS);
    expect(traceOf(settlement, "cup", "bob").at(-1)).toMatchObject({ reason: "below-prizes", missing: "6" });
  });

  it("breaks ties by the last sale, or shares the prizes", () => {
    expect(paid(run([CARD, cup({ ties: "poolPrizes" })], FACTS))).toEqual({ "cup ann": "20.00", "cup cy": "20.00" });
    const late = [...FACTS, sale("ann", 1, "05-05")];
    expect(places(run([CARD, cup({ ties: "earlierLastFact" })], late), "cup")).toEqual(["1 cy", "2 ann", "3 bob"]);
  });

  it("compares totals exactly, and rounded ones as they were rounded", () => {
    // A third of 200 is 66.66…; 66.67 is more.
    const thirds = ["1/3", "2/3"].map((weight, index) => kpi(index === 0 ? "service" : "attitude", weight));
    const facts = [sale("ann", 1, "05-02"), sale("bob", 1, "05-03"), ...judged("ann", "100", "50")];
    const close = [...facts, ...judged("bob", "66.67", "66.67")];
    expect(places(run([scorecard({ kpis: thirds }), cup()], close), "cup")).toEqual(["1 bob", "2 ann"]);
    const rounding = { mode: "halfUp" as const, digits: 0 };
    expect(places(run([scorecard({ kpis: thirds, rounding }), cup()], close), "cup")).toEqual(["1 ann", "1 bob"]);
  });

  it("leaves out who has no total, with a reason, and who has sold nothing", () => {
    const kpis = [kpi("service", "60%", { missing: "excluded" }), kpi("attitude", "40%")];
    const facts = [sale("dan", 900, "05-02"), ...FACTS, ...judged("eve", "100", "100")];
    const settlement = run([{ ...CARD, kpis }, cup()], facts);
    expect(places(settlement, "cup")).toEqual(["1 ann", "1 cy", "3 bob"]);
    expect(traceOf(settlement, "cup", "dan").at(-1)).toMatchObject({ step: "excluded", reason: "no-total" });
  });

  it("is of each slice by itself", () => {
    const per = { per: "week", accumulate: "slice" } as const;
    const facts = [
      ...FACTS,
      sale("ann", 1, "05-21"),
      sale("bob", 1, "05-22"),
      score("bob", "100", "05-21", { topic: "service", externalId: "again" }),
    ];
    const settlement = run([{ ...CARD, ...per }, cup(per)], facts);
    // W18 has sales alone, all totals are 0; in W21 bob alone was judged, with 0.6 × 100.
    const won = settlement.lines.map(({ slice, payee, amount }) => `${slice} ${payee.id} ${amount}`);
    expect(won).toContain("2018-W21 bob 25.00");
    expect(won).toContain("2018-W21 ann 15.00");
    expect(won.filter((line) => line.startsWith("2018-W18"))).toEqual([
      "2018-W18 ann 25.00",
      "2018-W18 bob 25.00",
      "2018-W18 cy 25.00",
    ]);
  });

  it("knows a unit's total although its people are paid for it", () => {
    const split = { byRole: { agent: "1" }, membership: "periodEnd", nobody: "unit" } as const;
    const card = scorecard({
      level: "branch",
      pay: { split },
      kpis: [kpi("sales", "100%", { scoring: { asIs: true } })],
      grades: [{ id: "all", from: "0", pays: "10.00", factor: "2" }],
    });
    const coefficient = {
      scorecard: "card",
      without: "zero",
      rounding: { mode: "halfUp", unit: "0.01" },
    } as const;
    const settlement = run([card, cup({ level: "branch", coefficient })], FACTS);
    // East sold 510, west 20.
    expect(paid(settlement)).toMatchObject({ "cup east": "50.00", "cup west": "30.00", "card ann": "5.00" });
  });

  it("claims a budget when the slice ends, as its total is known then", () => {
    const budgets: PlanDocument["budgets"] = [
      { id: "b", rewards: ["commission", "cup"], amount: "60.00", policy: "firstCome" },
    ];
    const other: RewardDocument = {
      id: "commission",
      kind: "commission",
      measure: "sales",
      level: "participant",
      pay: "self",
      rate: "10%",
      rounding: { scope: "perFact", mode: "halfUp", unit: "0.01" },
    };
    // Commission of 1 + 50 + 2 comes first, 7 is left for the prizes of ann and cy; cy's sale of 05-04 is before the end.
    const settlement = run([CARD, cup(), other], FACTS, { budgets });
    expect(paid(settlement)).toMatchObject({
      "commission ann": "1.00",
      "commission bob": "50.00",
      "commission cy": "2.00",
      "cup ann": "7.00",
    });
  });
});

describe("what a ranking by a scorecard refuses", () => {
  const weekly = { per: "week", accumulate: "slice" } as const;
  const refused = (rewards: RewardDocument[], expected: Parameters<typeof expectOneProblem>[1]) =>
    expectOneProblem({ measures: MEASURES, rewards }, expected);

  it.each([
    ["an unknown one", [cup()], ["unknown-reward", "/rewards/0/by/scorecard", ["card"]]],
    ["a later one", [cup(), CARD], ["unknown-reward", "/rewards/0/by/scorecard", ["card"]]],
    [
      "another kind",
      [ranking({ id: "card" }), cup()],
      ["not-a-scorecard", "/rewards/1/by/scorecard", ["card", "total"]],
    ],
    ["other slices", [CARD, cup(weekly)], ["slices-differ", "/rewards/1/by/scorecard", ["card"]]],
    ["another level", [CARD, cup({ level: "branch" })], ["slices-differ", "/rewards/1/by/scorecard", ["card"]]],
    [
      "the earliest reach",
      [CARD, cup({ ties: "earliestReach" })],
      ["policy-impossible", "/rewards/1/ties", ["card", "instant"]],
    ],
  ] as const)("%s", (_, rewards, [code, path, words]) => {
    refused([...rewards], [code, path, [...words]]);
  });

  it("and an honour for the winner of nothing", () => {
    refused([flag()], ["unknown-reward", "/rewards/0/to/winnerOf", ["cup"]]);
    refused([CARD, flag({ to: { winnerOf: "card" } })], ["not-a-ranking", "/rewards/1/to/winnerOf", ["card"]]);
    refused([CARD, cup(), flag(weekly)], ["slices-differ", "/rewards/2/to/winnerOf", ["cup"]]);
  });

  it("but no linter: the scorecard has an effect, and may be a component", () => {
    const card: Scorecard = { ...CARD, component: true };
    const plan = planOf({ measures: MEASURES, rewards: [card, cup()] });
    const codes = lintPlan({ plan, units: UNITS, memberships: PEOPLE, targets: [] }).map(({ code }) => code);
    expect(codes).not.toContain("scorecard-without-effect");
  });
});

describe("an honour for the winner of a ranking", () => {
  it("goes to all on place 1, and tells of which ranking", () => {
    const settlement = run([CARD, cup(), flag()], FACTS);
    const held = settlement.lines.filter(({ reward }) => reward === "flag");
    expect(held.map(({ payee }) => payee.id)).toEqual(["ann", "cy"]);
    expect(held[0]?.trace.at(-1)).toMatchObject({ step: "honour", value: "10.00", ranking: "cup", of: 3, how: "new" });
    expect(traceOf(settlement, "flag", "bob").at(-1)).toMatchObject({ reason: "not-honoured" });
  });

  it("goes to nobody where the place is kept although a gate was failed", () => {
    const gate = { on: "self", measure: "sales", atLeast: { value: "100.00" } } as const;
    const holders = (changes: Partial<Ranking>) =>
      run([CARD, cup(changes), flag()], [...FACTS, ...judged("dan", "99", "99")])
        .lines.filter(({ reward }) => reward === "flag")
        .map(({ payee }) => payee.id);
    expect(holders({ gates: [gate], gateEffect: "forfeit" })).toEqual([]);
    expect(holders({ gates: [gate], gateEffect: "rerank" })).toEqual(["bob"]);
  });

  it("goes to a unit whose people share the prize", () => {
    const split = { byRole: { agent: "1" }, membership: "periodEnd", nobody: "unit" } as const;
    const won = ranking({ id: "cup", level: "branch", pay: { split }, prizes: TWO });
    const settlement = run([won, flag({ level: "branch" })], FACTS);
    expect(settlement.lines.filter(({ reward }) => reward === "flag").map(({ payee }) => payee)).toEqual([
      { kind: "unit", id: "east" },
    ]);
  });
});
