import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { parsePlan } from "#domain/plan/check.ts";
import { Refusal } from "#domain/problem.ts";
import { maximumLiability } from "#engine/liability.ts";
import { lintPlan } from "#engine/lint/index.ts";
import {
  type PlanDocument,
  paid,
  person,
  places,
  planDocument,
  planOf,
  type RewardDocument,
  race,
  ranking,
  sale,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

type Ranking = Extract<RewardDocument, { kind: "ranking" }>;

const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount" },
  { id: "deals", aggregate: "count" },
  { id: "online", aggregate: "count", when: 'channel == "online"' },
  { id: "conversion", ratio: { numerator: "online", denominator: "deals", empty: "exclude" } },
];
const PEOPLE = [person("ann", "east"), person("bob", "east"), person("cy", "west")];

function run(changes: Partial<Ranking>, facts: readonly Fact[], quotas: Readonly<Record<string, string>> = {}) {
  return settled({
    plan: planOf({ measures: MEASURES, rewards: [ranking(changes)] }),
    memberships: PEOPLE,
    facts,
    targets: Object.entries(quotas).map(([id, value]) => target(id, "quota", value)),
  });
}

describe("a ranking by attainment", () => {
  const by = { attainment: "quota" };
  const sold = [sale("ann", 9, "05-03 10:00"), sale("bob", 18, "05-02 10:00"), sale("cy", 30, "05-04 10:00")];

  it("ranks the part of the target, not the value", () => {
    const settlement = run({ by }, sold, { ann: "10.00", bob: "30.00", cy: "60.00" });
    expect(places(settlement, "ranking")).toEqual(["1 ann", "2 bob", "3 cy"]);
    expect(traceOf(settlement, "ranking", "bob")).toMatchObject([
      { step: "measure", value: "18.00" },
      { step: "attainment", label: "quota", value: "18.00", target: "30.00", attainment: "60%" },
      { step: "place", rank: 2, ahead: { subject: "ann", value: "90%" }, behind: { subject: "cy", value: "50%" } },
      { step: "prize", amount: "15.00" },
    ]);
  });

  it.each([
    ["poolPrizes", { ann: "20.00", bob: "20.00", cy: "8.00" }],
    ["samePrize", { ann: "25.00", bob: "25.00", cy: "8.00" }],
    // Bob was at his final value a day before ann was at hers.
    ["earliestReach", { bob: "25.00", ann: "15.00", cy: "8.00" }],
    ["earlierLastFact", { bob: "25.00", ann: "15.00", cy: "8.00" }],
  ] as const)("9/10 ties with 18/20: %s", (ties, expected) => {
    const settlement = run({ by, ties }, sold, { ann: "10.00", bob: "20.00", cy: "60.00" });
    const prizes = Object.entries(paid(settlement)).map(([key, amount]) => [key.replace("ranking ", ""), amount]);
    expect(Object.fromEntries(prizes)).toEqual(expected);
  });

  it("compares thirds exactly", () => {
    const third = [sale("ann", 1, "05-03 10:00"), sale("bob", 33.33, "05-02 10:00"), sale("cy", 2, "05-04 10:00")];
    const settlement = run({ by, ties: "samePrize" }, third, { ann: "3.00", bob: "100.00", cy: "6.00" });
    expect(places(settlement, "ranking")).toEqual(["1 ann", "1 cy", "3 bob"]);
  });

  it("says what is missing to the last prize in parts of the target", () => {
    const prizes = [{ from: 1, to: 1, amount: "25.00" }];
    const settlement = run({ by, prizes }, sold, { ann: "10.00", bob: "30.00", cy: "60.00" });
    expect(traceOf(settlement, "ranking", "cy").at(-1)).toMatchObject({ reason: "below-prizes", missing: "40%" });
  });

  it("leaves out who has a target of zero, and does not run without one", () => {
    const settlement = run({ by }, sold, { ann: "0.00", bob: "30.00", cy: "60.00" });
    expect(places(settlement, "ranking")).toEqual(["1 bob", "2 cy"]);
    expect(traceOf(settlement, "ranking", "ann").at(-1)).toMatchObject({ step: "excluded", reason: "zero-target" });
    expect(() => run({ by }, sold, { ann: "1.00", bob: "30.00" })).toThrow(Refusal);
  });
});

describe("a ranking by a ratio", () => {
  const deal = (who: string, channel: string, local: string) => sale(who, 1, local, { channel });
  const facts = [
    deal("ann", "online", "05-02 10:00"),
    deal("ann", "shop", "05-02 11:00"),
    deal("bob", "online", "05-02 10:30"),
    deal("bob", "online", "05-03 10:30"),
    deal("bob", "shop", "05-04 10:30"),
    deal("bob", "shop", "05-05 10:30"),
    deal("cy", "shop", "05-02 10:00"),
  ];

  it.each([
    ["samePrize", ["1 ann", "1 bob", "3 cy"]],
    ["earlierLastFact", ["1 ann", "2 bob", "3 cy"]],
  ] as const)("1/2 ties with 2/4: %s", (ties, expected) => {
    const settlement = run({ measure: "conversion", ties }, facts);
    expect(places(settlement, "ranking")).toEqual(expected);
    expect(traceOf(settlement, "ranking", "cy")).toContainEqual(
      expect.objectContaining({ step: "place", ahead: { subject: "bob", value: "0.5" } }),
    );
  });

  it("is refused an instant at which it was reached", () => {
    try {
      parsePlan(planDocument({ measures: MEASURES, rewards: [ranking({ measure: "conversion" })] }));
      expect.fail("the plan was taken");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(error.problems.map(({ code, path }) => `${code} ${path}`)).toEqual(["policy-impossible /rewards/0/ties"]);
    }
  });
});

it("a tie of growth goes by the last sale of the slice at hand, not of the one before", () => {
  const period = { start: "2018-05-01T00:00", end: "2018-07-01T00:00", zone: "Asia/Shanghai" };
  const measures: PlanDocument["measures"] = [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "growth", ratio: { numerator: "sales", denominator: "sales", of: "previous", empty: "exclude" } },
  ];
  const reward = ranking({ measure: "growth", ties: "earlierLastFact", per: "month", accumulate: "slice" });
  const facts = [
    sale("ann", 100, "05-02 10:00"),
    sale("bob", 50, "05-20 10:00"),
    sale("ann", 200, "06-10 10:00"),
    sale("bob", 100, "06-05 10:00"),
  ];
  const { lines } = settled(
    { plan: planOf({ period, measures, rewards: [reward] }), memberships: PEOPLE, facts },
    "2018-08-01T00:00:00Z",
  );
  expect(lines.map(({ payee, slice, rank }) => `${slice} ${rank} ${payee.id}`).sort()).toEqual([
    "2018-06 1 bob",
    "2018-06 2 ann",
  ]);
});

it("rankings and races by months can cost their prizes in each of them, and a budget must hold them", () => {
  const period = { start: "2018-05-01T00:00", end: "2018-08-01T00:00", zone: "Asia/Shanghai" };
  const monthly = ranking({ per: "month", accumulate: "slice" });
  // 3 × (25 + 15 + 8).
  expect(maximumLiability(planOf({ period, rewards: [monthly] })).totalMinor).toBe(14_400);
  // 3 × (1000 + 600 + 400).
  const races = race({ per: "month", accumulate: "slice" });
  expect(maximumLiability(planOf({ period, rewards: [races] })).totalMinor).toBe(600_000);
  const found = (amount: string) => {
    const budgets: PlanDocument["budgets"] = [{ id: "b", rewards: ["ranking"], amount, policy: "stopAndFlag" }];
    return lintPlan({ plan: planOf({ period, rewards: [monthly], budgets }) }).map(({ code }) => code);
  };
  expect(found("143.99")).toContain("budget-below-liability");
  expect(found("144.00")).not.toContain("budget-below-liability");
});
