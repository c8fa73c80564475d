import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { Membership } from "#domain/org.ts";
import { parsePlan } from "#domain/plan/check.ts";
import { Refusal } from "#domain/problem.ts";
import { maximumLiability } from "#engine/liability.ts";
import {
  commission,
  type PlanDocument,
  paid,
  person,
  planDocument,
  planOf,
  type RewardDocument,
  ranking,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

type Override = Extract<RewardDocument, { kind: "override" }>;

const LEADERS: Override["leaders"] = {
  roles: ["manager"],
  membership: "periodEnd",
  several: "each",
  nobody: "unit",
};

function override(changes: Partial<Override> = {}): Override {
  return {
    id: "override",
    kind: "override",
    level: "branch",
    pay: "self",
    leaders: LEADERS,
    from: { lines: ["commission"], depth: "subtree" },
    own: "included",
    rate: "10%",
    rounding: { mode: "halfUp", unit: "0.01" },
    ...changes,
  };
}

const manager = (id: string, unit: string) => person(id, unit, { role: "manager" });
const TEAM: readonly Membership[] = [manager("mia", "east"), person("ann", "east"), person("cy", "west")];
/** Commissions of 100, 20 and 30. */
const SOLD: readonly Fact[] = [
  sale("ann", 1000, "05-02 10:00"),
  sale("mia", 200, "05-03 10:00"),
  sale("cy", 300, "05-04 10:00"),
];

function run(changes: Partial<Override> = {}, memberships = TEAM, facts = SOLD, plan: Partial<PlanDocument> = {}) {
  return settled({ plan: planOf({ rewards: [commission(), override(changes)], ...plan }), memberships, facts });
}

function overrides(...args: Parameters<typeof run>): Record<string, string> {
  const all = Object.entries(paid(run(...args))).filter(([key]) => key.startsWith("override "));
  return Object.fromEntries(all.map(([key, amount]) => [key.replace("override ", ""), amount]));
}

describe("an override", () => {
  it("pays a leader a rate of what the team was awarded, and tells by whom", () => {
    const memberships = [...TEAM, manager("will", "west")];
    const settlement = run({}, memberships);
    expect(paid(settlement)).toMatchObject({ "override mia": "12.00", "override will": "3.00" });
    expect(traceOf(settlement, "override", "mia")).toEqual([
      {
        step: "team",
        unit: "east",
        rewards: ["commission"],
        sum: "120.00",
        parts: [
          { id: "ann", value: "100.00" },
          { id: "mia", value: "20.00" },
        ],
      },
      {
        step: "override",
        unit: "east",
        base: "120.00",
        rate: "10%",
        exact: "12.00",
        whole: "12.00",
        leaders: 1,
        shared: false,
        amount: "12.00",
      },
    ]);
  });

  it.each([
    [{ lines: ["commission"], depth: "subtree" }, "included", "12.00"],
    [{ lines: ["commission"], depth: "subtree" }, "excluded", "10.00"],
    [{ measure: "sales" }, "included", "120.00"],
    [{ measure: "sales" }, "excluded", "100.00"],
  ] as const)("from %o, the leader's own part %s", (from, own, expected) => {
    expect(overrides({ from: "measure" in from ? from : { ...from, lines: [...from.lines] }, own })).toMatchObject({
      mia: expected,
    });
  });

  it.each([
    ["each", "excluded", { max: "12.00", mia: "10.00" }],
    ["each", "included", { max: "12.00", mia: "12.00" }],
    ["shared", "included", { max: "6.00", mia: "6.00" }],
    ["shared", "excluded", { max: "5.00", mia: "5.00" }],
  ] as const)("of several leaders: %s, their own part %s", (several, own, expected) => {
    const memberships = [manager("mia", "east"), manager("max", "east"), person("ann", "east")];
    expect(overrides({ leaders: { ...LEADERS, several }, own }, memberships)).toEqual(expected);
  });

  it("gives the cent over to the smaller id", () => {
    const memberships = [manager("mia", "east"), manager("max", "east"), person("ann", "east")];
    const facts = [sale("ann", 1000.5, "05-02 10:00")];
    // 10 % of 100.05, half up.
    expect(overrides({ leaders: { ...LEADERS, several: "shared" } }, memberships, facts)).toEqual({
      max: "5.01",
      mia: "5.00",
    });
  });

  it.each([
    ["subtree", "16.00"],
    ["direct", "1.00"],
  ] as const)("of a province, %s", (depth, expected) => {
    const memberships = [...TEAM, manager("pat", "north")];
    const facts = [...SOLD, sale("pat", 100, "05-05 10:00")];
    const from = { lines: ["commission"], depth };
    // The branch's manager does not lead the province.
    expect(overrides({ level: "province", from }, memberships, facts)).toEqual({ pat: expected });
  });

  it("counts what units won, and rewards together", () => {
    const prize = ranking({ id: "prize", level: "branch", prizes: [{ from: 1, to: 1, amount: "50.00" }] });
    const from = { lines: ["commission", "prize"], depth: "direct" } as const;
    const plan = { rewards: [commission(), prize, override({ from: { ...from, lines: [...from.lines] } })] };
    expect(overrides({}, TEAM, SOLD, plan)).toMatchObject({ mia: "17.00" });
  });

  it("counts what is not paid itself, and is multiplied by the leader's own grade", () => {
    const card: RewardDocument = {
      id: "card",
      kind: "scorecard",
      level: "participant",
      pay: "self",
      kpis: [{ id: "k", weight: "1", measure: "sales", by: "value", scoring: { asIs: true }, missing: "zero" }],
      grades: [
        { id: "low", from: "0", factor: "1" },
        { id: "high", from: "200", factor: "1.5" },
      ],
    };
    const coefficient = {
      scorecard: "card",
      without: "zero",
      rounding: { mode: "halfUp", unit: "0.01" },
    } as const;
    const plan = { rewards: [commission({ component: true }), card, override({ coefficient })] };
    // Mia sold 200: 1.5 × 12.00.
    expect(paid(run({}, [...TEAM, manager("will", "west")], SOLD, plan))).toEqual({
      "override mia": "18.00",
      "override will": "3.00",
    });
  });

  it("counts who is a member at the end", () => {
    const moved = [
      manager("mia", "east"),
      manager("will", "west"),
      person("ann", "east", { to: "2018-05-20" }),
      person("ann", "west", { from: "2018-05-20" }),
    ];
    expect(overrides({}, moved)).toEqual({ mia: "2.00", will: "10.00" });
    // A unit's measure stays where it was sold.
    expect(overrides({ from: { measure: "sales" } }, moved)).toMatchObject({ mia: "120.00" });
  });

  it.each([
    ["unit", { mia: "12.00", west: "3.00" }],
    ["forfeit", { mia: "12.00" }],
  ] as const)("with nobody who leads: %s", (nobody, expected) => {
    const settlement = run({ leaders: { ...LEADERS, nobody } });
    expect(overrides({ leaders: { ...LEADERS, nobody } })).toEqual(expected);
    // The coast sold nothing, so nobody is missed there.
    expect(settlement.warnings.map(({ code, subject, blocks }) => `${code} ${subject} ${blocks}`)).toEqual([
      "override-nobody west false",
    ]);
  });

  it("counts the slices that lie in its own", () => {
    const months = { period: { start: "2018-04-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Shanghai" } };
    const monthly = commission({ per: "month", accumulate: "slice" });
    const facts = [sale("ann", 1000, "04-10 10:00"), sale("ann", 500, "05-10 10:00")];
    const lines = (changes: Partial<Override>) => {
      const plan = planOf({ ...months, rewards: [monthly, override(changes)] });
      return settled({ plan, memberships: [manager("mia", "east"), person("ann", "east")], facts })
        .lines.filter(({ reward }) => reward === "override")
        .map(({ slice, amount }) => `${slice} ${amount}`);
    };
    expect(lines({})).toEqual(["undefined 15.00"]);
    expect(lines({ per: "month", accumulate: "slice" })).toEqual(["2018-04 10.00", "2018-05 5.00"]);
    expect(lines({ per: "quarter", accumulate: "slice" })).toEqual(["2018-Q2 15.00"]);
  });

  it("says who came to nothing, and who failed a gate", () => {
    const nothing = run({}, [manager("mia", "east")], []);
    expect(traceOf(nothing, "override", "mia").at(-1)).toMatchObject({ step: "nothing", reason: "no-team-result" });
    const gates: Override["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "5000.00" } }];
    const settlement = run({ gates });
    expect(overrides({ gates })).toEqual({});
    expect(traceOf(settlement, "override", "east").at(-1)).toMatchObject({ step: "nothing", reason: "gate" });
  });

  it("has no bound", () => {
    const plan = planOf({ rewards: [commission(), override()] });
    expect(maximumLiability(plan).byReward[1]?.unboundedBecause).toBe("override grows with commission");
  });

  it.each<[string, Partial<Override>, string, Partial<PlanDocument>?]>([
    ["a person's team", { level: "participant" }, "override-needs-unit /rewards/1/level"],
    [
      "leaders of several instants",
      { leaders: { ...LEADERS, membership: "occurrence" } },
      "policy-impossible /rewards/1/leaders/membership",
    ],
    ["a later reward", { from: { lines: ["override"], depth: "direct" } }, "unknown-reward /rewards/1/from/lines/0"],
    [
      "a reward twice",
      { from: { lines: ["commission", "commission"], depth: "direct" } },
      "duplicate-id /rewards/1/from/lines/1",
    ],
    ["an unknown measure", { from: { measure: "calls" } }, "unknown-measure /rewards/1/from/measure"],
    [
      "units",
      { from: { measure: "units" } },
      "rate-of-amount /rewards/1/from/measure",
      {
        measures: [
          { id: "sales", aggregate: "sum", of: "amount" },
          { id: "units", aggregate: "count" },
        ],
      },
    ],
    [
      "slices that lie in none of its own",
      { per: "month", accumulate: "slice" },
      "slices-do-not-nest /rewards/1/from/lines/0",
    ],
  ])("is refused for %s", (_, changes, expected, plan = {}) => {
    try {
      parsePlan(planDocument({ rewards: [commission(), override(changes)], ...plan }));
      expect.fail("the plan was taken");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(error.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([expected]);
    }
  });
});
