import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { parseMoney } from "#domain/money.ts";
import { parsePlan } from "#domain/plan/check.ts";
import { Refusal } from "#domain/problem.ts";
import { maximumLiability } from "#engine/liability.ts";
import {
  type PlanDocument,
  paid,
  person,
  places,
  planDocument,
  planOf,
  type RewardDocument,
  sale,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

type Pool = Extract<RewardDocument, { kind: "pool" }>;
type ByRank = Extract<Pool["share"], { byRank: unknown }>["byRank"];

const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount" },
  { id: "units", aggregate: "sum", of: "quantity" },
  { id: "deals", aggregate: "count" },
  { id: "each", ratio: { numerator: "sales", denominator: "deals", empty: "exclude" } },
];

function byRank(changes: Partial<ByRank> = {}): Pool["share"] {
  return {
    byRank: {
      shares: ["50%", "30%", "20%"],
      ties: "poolPrizes",
      belowAverage: "full",
      unclaimed: "kept",
      ...changes,
    },
  };
}

function pool(changes: Partial<Pool> = {}): Pool {
  return {
    id: "pool",
    kind: "pool",
    measure: "sales",
    level: "participant",
    pay: "self",
    pot: { amount: "100.00" },
    share: byRank(),
    ...changes,
  };
}

/** Everybody sells once, in a minute of their own. */
function sales(amounts: Readonly<Record<string, number>>): Fact[] {
  return Object.entries(amounts).map(([id, amount], index) => sale(id, amount, `05-02 09:${10 + index}`));
}

function run(facts: readonly Fact[], changes: Partial<Pool> = {}, beside: Partial<Parameters<typeof settled>[0]> = {}) {
  return settled({ plan: planOf({ measures: MEASURES, rewards: [pool(changes)] }), facts, ...beside });
}

function amounts(
  facts: readonly Fact[],
  changes: Partial<Pool> = {},
  beside: Partial<Parameters<typeof settled>[0]> = {},
) {
  const all = paid(run(facts, changes, beside));
  return Object.fromEntries(Object.entries(all).map(([key, amount]) => [key.replace("pool ", ""), amount]));
}

describe("a pot by rank", () => {
  it("is shared by place, and each is told of the pot, the place and the share", () => {
    const settlement = run(sales({ ann: 10, bob: 40, cy: 20, dan: 5 }));
    expect(paid(settlement)).toEqual({ "pool bob": "50.00", "pool cy": "30.00", "pool ann": "20.00" });
    expect(places(settlement, "pool")).toEqual(["1 bob", "2 cy", "3 ann", "4 dan"]);
    expect(traceOf(settlement, "pool", "cy")).toMatchObject([
      { step: "measure" },
      { step: "pot", amount: "100.00", sharers: 4 },
      { step: "place", rank: 2, of: 4 },
      { step: "potShare", by: "rank", places: { from: 2, to: 2 }, share: "30%", amount: "30.00" },
      { step: "potPaid", exact: "30.00", amount: "30.00" },
    ]);
    expect(traceOf(settlement, "pool", "dan").at(-1)).toMatchObject({ step: "nothing", reason: "no-share" });
  });

  it("is a rate of what everybody in scope sold, those behind a gate too", () => {
    const gates: Pool["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "1.00" } }];
    const pot: Pool["pot"] = { rate: "5%", measure: "sales", rounding: { mode: "halfUp", unit: "0.01" } };
    const settlement = run(sales({ ann: 600_000, bob: 300_000, cy: 99_999.5, dan: 0.5 }), { pot, gates });
    // 5 % of 1,000,000.
    expect(paid(settlement)).toEqual({ "pool ann": "25000.00", "pool bob": "15000.00", "pool cy": "10000.00" });
    expect(traceOf(settlement, "pool", "dan").at(-1)).toMatchObject({ step: "nothing", reason: "gate" });
    expect(traceOf(settlement, "pool", "ann")[2]).toMatchObject({ step: "pot", rate: "5%", value: "1000000.00" });
  });

  it.each([
    ["poolPrizes", { ann: "40.00", bob: "40.00", cy: "20.00" }],
    ["earliestReach", { bob: "50.00", ann: "30.00", cy: "20.00" }],
    ["earlierLastFact", { bob: "50.00", ann: "30.00", cy: "20.00" }],
  ] as const)("between equals: %s", (ties, expected) => {
    expect(amounts(sales({ bob: 40, ann: 40, cy: 20 }), { share: byRank({ ties }) })).toEqual(expected);
  });

  it("is empty where more came back than was sold", () => {
    const pot: Pool["pot"] = { rate: "5%", measure: "sales", rounding: { mode: "halfUp", unit: "0.01" } };
    const settlement = run(sales({ ann: 10, bob: -1000 }), { pot });
    expect(settlement.lines).toEqual([]);
    expect(traceOf(settlement, "pool", "ann")).toContainEqual(
      expect.objectContaining({ step: "pot", amount: "0.00", value: "-990.00" }),
    );
  });

  it("tells finance of a tie that only the id decides, where the shares differ", () => {
    const together = ["bob", "ann"].map((id) => sale(id, 40, "05-02 10:00"));
    const tied = (shares: string[]) => run(together, { share: byRank({ shares, ties: "earliestReach" }) });
    expect(paid(tied(["60%", "40%"]))).toEqual({ "pool ann": "60.00", "pool bob": "40.00" });
    expect(tied(["60%", "40%"]).warnings.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      "tie-unresolved ann, bob",
    ]);
    expect(tied(["50%", "50%"]).warnings).toEqual([]);
  });

  it.each([
    ["kept", { ann: "50.00", bob: "30.00" }],
    ["redistributed", { ann: "62.50", bob: "37.50" }],
  ] as const)("with a place that nobody takes: %s", (unclaimed, expected) => {
    expect(amounts(sales({ ann: 40, bob: 20 }), { share: byRank({ unclaimed }) })).toEqual(expected);
  });

  it("gives a cent over to the largest remainder, the smaller id first, and what is kept comes last", () => {
    const thirds = byRank({ shares: ["1/3", "1/3", "1/3"] });
    expect(amounts(sales({ cy: 30, bob: 20, ann: 10 }), { share: thirds })).toEqual({
      ann: "33.34",
      bob: "33.33",
      cy: "33.33",
    });
    expect(amounts(sales({ cy: 30, bob: 20 }), { share: thirds })).toEqual({ bob: "33.34", cy: "33.33" });
  });

  it("takes from winners below the average, for all who are above it", () => {
    const quantities = { matt: 10, mary: 50, john: 40, mark: 10, luke: 40 };
    const ranks = { matt: 5, mary: 4, john: 3, mark: 2, luke: 1 };
    const facts = Object.entries(quantities).map(([id, quantity], index) =>
      sale(id, Object.values(ranks)[index] ?? 0, `05-02 09:1${index}`, { quantity: String(quantity) }),
    );
    const memberships = Object.keys(quantities).map((id) => person(id, "east"));
    const share = byRank({ belowAverage: "scaledAndShared", contribution: "units" });
    const pot = { amount: "150.00" };
    expect(amounts(facts, { pot, share }, { memberships })).toEqual({
      matt: "25.00",
      mary: "70.00",
      john: "42.50",
      luke: "12.50",
    });
    expect(traceOf(run(facts, { pot, share }, { memberships }), "pool", "matt")).toContainEqual({
      step: "potAverage",
      contribution: "10.000000",
      average: "30",
      before: "75.00",
      residual: "50.00",
      amount: "25.00",
    });
  });
});

describe("a pot by proportion", () => {
  it("follows what each sold; a loss has no share", () => {
    const share = { byContribution: true } as const;
    expect(amounts(sales({ ann: 10, bob: 20, cy: -5 }), { share })).toEqual({ ann: "33.33", bob: "66.67" });
    expect(amounts(sales({ ann: -10 }), { share })).toEqual({});
  });

  it("follows a ratio exactly", () => {
    const facts = [...sales({ ann: 10, bob: 30 }), sale("bob", 30, "05-03 10:00")];
    expect(amounts(facts, { measure: "each", share: { byContribution: true } })).toEqual({
      ann: "25.00",
      bob: "75.00",
    });
  });

  it("follows the role at the end", () => {
    const share = { byWeight: { roles: { manager: "2", agent: "1" }, membership: "periodEnd" } } as const;
    const memberships = [
      person("ann", "east", { role: "manager" }),
      person("bob", "east"),
      person("cy", "west", { role: "clerk" }),
    ];
    const settlement = run(sales({ ann: 1, bob: 1, cy: 1 }), { share }, { memberships });
    expect(paid(settlement)).toEqual({ "pool ann": "66.67", "pool bob": "33.33" });
    expect(traceOf(settlement, "pool", "cy").at(-1)).toMatchObject({ step: "excluded", reason: "role" });
  });

  it("follows the attainment, of which no more than said counts", () => {
    const targets = [target("ann", "quota", "100.00"), target("bob", "quota", "100.00")];
    const beside = { targets, memberships: [person("ann", "east"), person("bob", "east")] };
    const facts = sales({ ann: 300, bob: 100 });
    expect(amounts(facts, { share: { byAttainment: "quota" } }, beside)).toEqual({ ann: "75.00", bob: "25.00" });
    const share = { byAttainment: "quota", atMost: "150%" };
    expect(amounts(facts, { share }, beside)).toEqual({ ann: "60.00", bob: "40.00" });
    expect(() => run(facts, { share }, { ...beside, targets: targets.slice(1) })).toThrow(Refusal);
  });
});

const anyShare: fc.Arbitrary<Pool["share"]> = fc.oneof(
  fc
    .record({
      ties: fc.constantFrom("earliestReach" as const, "earlierLastFact" as const, "poolPrizes" as const),
      belowAverage: fc.constantFrom("full" as const, "scaledAndShared" as const),
    })
    .map(({ ties, belowAverage }) =>
      byRank({
        ties,
        belowAverage,
        unclaimed: "redistributed",
        ...(belowAverage === "full" ? {} : { contribution: "units" }),
      }),
    ),
  fc.constant({ byContribution: true } as const),
);

it("the parts sum to the pot, whoever sold what", () => {
  const people = ["ann", "bob", "cy", "dan", "eve"];
  const sold = fc.array(
    fc.tuple(fc.constantFrom(...people), fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 99 })),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(sold, anyShare, fc.integer({ min: 0, max: 99_999 }), (facts, share, potMinor) => {
      const amount = `${Math.floor(potMinor / 100)}.${String(potMinor % 100).padStart(2, "0")}`;
      const settlement = run(
        facts.map(([id, cents, quantity], index) =>
          sale(id, cents / 100, `05-${10 + index} 10:00`, { quantity: String(quantity) }),
        ),
        { pot: { amount }, share },
      );
      const parts = settlement.lines.map((line) => parseMoney(line.amount, "CNY") ?? Number.NaN);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(potMinor);
      expect(parts.every((part) => part > 0)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

describe("a pool", () => {
  it("costs the pot in each of its slices, or as much as its measure makes of it", () => {
    const most = (changes: Partial<Pool>) =>
      maximumLiability(planOf({ measures: MEASURES, rewards: [pool(changes)] })).byReward[0];
    expect(most({})).toEqual({ reward: "pool", amountMinor: 10_000 });
    expect(most({ per: "week", accumulate: "slice" })).toEqual({ reward: "pool", amountMinor: 50_000 });
    const pot: Pool["pot"] = { rate: "5%", measure: "sales", rounding: { mode: "down", unit: "1.00" } };
    expect(most({ pot })?.unboundedBecause).toContain("grows with sales");
  });

  const weights = (roles: Record<string, string>, membership: "periodEnd" | "occurrence" = "periodEnd") => ({
    byWeight: { roles, membership },
  });

  it.each<[string, Partial<Pool>, string[]]>([
    [
      "shares that are not whole",
      { share: byRank({ shares: ["50%", "30%"] }) },
      ["shares-not-whole /rewards/0/share/byRank/shares"],
    ],
    [
      "averages of nothing",
      { share: byRank({ belowAverage: "scaledAndShared" }) },
      ["policy-missing /rewards/0/share/byRank/contribution"],
    ],
    [
      "contributions that nothing looks at",
      { share: byRank({ contribution: "units" }) },
      ["policy-unused /rewards/0/share/byRank/contribution"],
    ],
    [
      "a contribution that is a ratio",
      { share: byRank({ belowAverage: "scaledAndShared", contribution: "each" }) },
      ["ratio-impossible /rewards/0/share/byRank/contribution"],
    ],
    [
      "an instant at which a ratio was reached",
      { measure: "each", share: byRank({ ties: "earliestReach" }) },
      ["policy-impossible /rewards/0/share/byRank/ties"],
    ],
    [
      "a pot of units",
      { pot: { rate: "5%", measure: "units", rounding: { mode: "down", unit: "1.00" } } },
      ["rate-of-amount /rewards/0/pot/measure"],
    ],
    [
      "a pot of an unknown measure",
      { pot: { rate: "5%", measure: "calls", rounding: { mode: "down", unit: "1.00" } } },
      ["unknown-measure /rewards/0/pot/measure"],
    ],
    ["half a fen", { pot: { amount: "0.005" } }, ["too-fine /rewards/0/pot/amount"]],
    [
      "roles of units",
      { level: "branch", share: weights({ agent: "1" }) },
      ["roles-need-participant /rewards/0/share/byWeight"],
    ],
    [
      "several roles at once",
      { share: weights({ agent: "1" }, "occurrence") },
      ["policy-impossible /rewards/0/share/byWeight/membership"],
    ],
    ["no weight", { share: weights({ agent: "0" }) }, ["split-of-nothing /rewards/0/share/byWeight/roles"]],
  ])("is refused for %s", (_, changes, expected) => {
    try {
      parsePlan(planDocument({ measures: MEASURES, rewards: [pool(changes)] }));
      expect.fail("the plan was taken");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(error.problems.map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
    }
  });
});
