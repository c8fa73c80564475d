import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { maximumLiability } from "#engine/liability.ts";
import {
  commission,
  type PlanDocument,
  paid,
  person,
  planOf,
  sale,
  score,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { kpi, MEASURES, type Scorecard, scorecard } from "./scorecard-kit.ts";

const STAFF = [person("ann", "east"), person("bob", "east")];

function run(
  facts: readonly Fact[],
  changes: Partial<Scorecard> = {},
  plan: Partial<PlanDocument> = {},
  beside: Partial<Parameters<typeof settled>[0]> = {},
) {
  const document = { measures: MEASURES, rewards: [scorecard(changes)], ...plan };
  return settled({ plan: planOf(document), memberships: STAFF, facts, ...beside });
}

/** `{service: 80}` of ann, judged in this order on one day. */
function judged(scores: Readonly<Record<string, number>>, who = "ann", day = "05-10"): Fact[] {
  return Object.entries(scores).map(([topic, value], index) =>
    score(who, String(value), `${day} 1${index}:00`, { topic }),
  );
}

function totalOf(settlement: ReturnType<typeof run>, who = "ann"): string | undefined {
  return traceOf(settlement, "card", who).flatMap((step) => (step.step === "total" ? [step.total] : []))[0];
}

describe("a scorecard", () => {
  it("weighs what judges reported, and pays by the grade of the total", () => {
    // 0.6 × 80 + 0.4 × 70.
    const settlement = run(judged({ service: 80, attitude: 70 }));
    expect(paid(settlement)).toEqual({ "card ann": "500.00" });
    expect(traceOf(settlement, "card", "ann")).toMatchObject([
      { step: "measure", measure: "service", value: "80.000000" },
      { step: "kpi", kpi: "service", weight: "60%", measure: "service", result: "80.000000", score: "80" },
      { step: "measure", measure: "attitude" },
      { step: "kpi", kpi: "attitude", score: "70" },
      { step: "total", weights: "100%", exact: "76", total: "76" },
      {
        step: "grade",
        grade: "good",
        from: "60",
        result: "pass",
        pays: "500.00",
        next: { grade: "best", missing: "14" },
      },
    ]);
  });

  it("gives a total exactly at a grade's start that grade, and nobody on file is forgotten", () => {
    const settlement = run([...judged({ service: 60, attitude: 60 }), ...judged({ service: 59, attitude: 60 }, "bob")]);
    expect(paid(settlement)).toEqual({ "card ann": "500.00" });
    expect(traceOf(settlement, "card", "bob")).toMatchObject([
      {},
      {},
      {},
      {},
      { step: "total", total: "59.4" },
      { step: "grade", grade: "poor", factor: "0.5" },
      { step: "nothing", reason: "grade-pays-nothing" },
    ]);
  });

  it("takes the newest judgement: self, then superior, then manager, by measures in order of preference", () => {
    const measures: PlanDocument["measures"] = [
      { id: "reviewed", aggregate: "last", of: "value", when: 'stage == "manager"' },
      { id: "assessed", aggregate: "last", of: "value", when: 'stage == "superior"' },
    ];
    const changes = { kpis: [kpi("quality", "1", { measure: "reviewed", fallback: "assessed" })] };
    const plan = { measures, attributes: { stage: "string" } } as const;
    const stages = (...values: readonly (readonly [string, string])[]) =>
      values.map(([stage, value], index) => score("ann", value, `05-1${index} 10:00`, { attributes: { stage } }));
    expect(totalOf(run(stages(["self", "95"], ["superior", "70"]), changes, plan))).toBe("70");
    expect(totalOf(run(stages(["self", "95"], ["superior", "70"], ["manager", "82"]), changes, plan))).toBe("82");
    expect(totalOf(run(stages(["self", "95"]), changes, plan))).toBe("0");
  });

  it.each([
    ["zero", "48", "100%"],
    ["reweight", "80", "60%"],
  ] as const)("without facts for a KPI: %s", (missing, total, weights) => {
    const kpis = [kpi("service", "60%"), kpi("attitude", "40%", { missing })];
    const settlement = run(judged({ service: 80 }), { kpis });
    expect(traceOf(settlement, "card", "ann")).toContainEqual(
      expect.objectContaining({ step: "total", total, weights }),
    );
  });

  it("without facts for a KPI that must have them there is no total, no grade and no factor", () => {
    const kpis = [kpi("service", "60%"), kpi("attitude", "40%", { missing: "excluded" })];
    const settlement = run(judged({ service: 80 }), { kpis });
    expect(settlement.lines).toEqual([]);
    expect(traceOf(settlement, "card", "ann").at(-1)).toMatchObject({ step: "excluded", reason: "kpi-missing" });
    const none = kpi("service", "1", { missing: "reweight" });
    expect(traceOf(run([], { kpis: [none] }), "card", "ann").at(-1)).toMatchObject({ reason: "kpi-missing" });
  });

  it.each([
    ["both", "60", "0"],
    ["both", "110", "100"],
    ["low", "110", "150"],
    ["low", "60", "0"],
    ["high", "60", "-100"],
    ["high", "110", "100"],
    ["none", "60", "-100"],
    ["none", "110", "150"],
    ["both", "90", "50"],
  ] as const)("scores on a line, clamped %s: %s is %s", (clamp, value, expected) => {
    const scoring = { linear: { from: { at: "80", score: "0" }, to: { at: "100", score: "100" }, clamp } };
    expect(totalOf(run(judged({ service: Number(value) }), { kpis: [kpi("service", "1", { scoring })] }))).toBe(
      expected,
    );
  });

  it.each([
    ["upper", 9, "0"],
    ["upper", 10, "5"],
    ["upper", 20, "8"],
    ["lower", 10, "5"],
    ["lower", 20, "5"],
    ["lower", 21, "8"],
  ] as const)("scores by bands, a boundary in the %s one: %s is %s", (edge, value, expected) => {
    const scoring = {
      bands: [
        { from: "10", score: "5" },
        { from: "20", score: "8" },
      ],
      edge,
    };
    expect(totalOf(run(judged({ service: value }), { kpis: [kpi("service", "1", { scoring })] }))).toBe(expected);
  });

  it("scores the part of a target exactly, and rounds the total only where the plan says so", () => {
    const scoring = {
      linear: { from: { at: "0", score: "0" }, to: { at: "1", score: "100" }, clamp: "none" },
    } as const;
    const kpis = [kpi("sales", "1", { by: { attainment: "quota" }, scoring })];
    const facts = [sale("ann", 200, "05-02 10:00")];
    const beside = { memberships: [person("ann", "east")], targets: [target("ann", "quota", "300.00")] };
    expect(totalOf(run(facts, { kpis }, {}, beside))).toBe("200/3");
    const rounded = run(facts, { kpis, rounding: { mode: "halfUp", digits: 1 } }, {}, beside);
    expect(totalOf(rounded)).toBe("66.7");
    expect(traceOf(rounded, "card", "ann")).toContainEqual(
      expect.objectContaining({ step: "kpi", result: "2/3", target: "quota", score: "200/3" }),
    );
  });

  it("looks up the grade of the total as it is rounded", () => {
    const facts = judged({ service: 59.96, attitude: 59.96 });
    expect(paid(run(facts))).toEqual({});
    expect(paid(run(facts, { rounding: { mode: "halfUp", digits: 1 } }))).toEqual({ "card ann": "500.00" });
  });

  it("scores a KPI only where an earlier one scored enough", () => {
    const requires = { kpi: "service", atLeast: "50" };
    const kpis = [kpi("service", "60%"), kpi("attitude", "40%", { requires })];
    expect(totalOf(run(judged({ service: 50, attitude: 100 }), { kpis }))).toBe("70");
    const missed = run(judged({ service: 49, attitude: 100 }), { kpis });
    expect(totalOf(missed)).toBe("29.4");
    expect(traceOf(missed, "card", "ann")).toContainEqual(
      expect.objectContaining({ kpi: "attitude", score: "0", unmet: { kpi: "service", atLeast: "50", score: "49" } }),
    );
  });

  it("takes a KPI that was left out to have scored nothing", () => {
    const requires = { kpi: "service", atLeast: "1" };
    const kpis = [kpi("service", "60%", { missing: "reweight" }), kpi("attitude", "40%", { requires })];
    expect(totalOf(run(judged({ attitude: 100 }), { kpis }))).toBe("0");
  });

  it("has a total below zero in the first grade", () => {
    const settlement = run(judged({ service: -10, attitude: 0 }));
    expect(traceOf(settlement, "card", "ann")).toContainEqual(
      expect.objectContaining({ step: "grade", grade: "poor", next: { grade: "good", missing: "66" } }),
    );
  });

  it("pays each point, and nothing for points below zero", () => {
    const perPoint = { amount: "1.25", rounding: { mode: "halfUp", unit: "0.01" } } as const;
    const changes = { grades: [], perPoint, kpis: [kpi("service", "1")] };
    expect(paid(run(judged({ service: 72.5 }), changes))).toEqual({ "card ann": "90.63" });
    const below = run(judged({ service: -3 }), changes);
    expect(below.lines).toEqual([]);
    expect(traceOf(below, "card", "ann").at(-1)).toMatchObject({ step: "nothing", reason: "grade-pays-nothing" });
  });

  it("multiplies another reward by the factor of the grade", () => {
    const coefficient = {
      scorecard: "card",
      without: "one",
      rounding: { mode: "halfUp", unit: "0.01" },
    } as const;
    const rewards = [scorecard(), commission({ coefficient })];
    const facts = [
      ...judged({ service: 10, attitude: 10 }),
      ...judged({ service: 95, attitude: 95 }, "bob"),
      sale("ann", 1000, "05-02 10:00"),
      sale("bob", 1000, "05-02 11:00"),
    ];
    expect(paid(run(facts, {}, { rewards }))).toEqual({
      "card bob": "1000.00",
      "commission ann": "50.00",
      "commission bob": "120.00",
    });
  });

  it("costs no more than nothing where no grade pays", () => {
    const grades = [{ id: "poor", from: "0" }];
    const most = (changes: Partial<Scorecard>) =>
      maximumLiability(planOf({ measures: MEASURES, rewards: [scorecard(changes)] })).byReward[0];
    expect(most({ grades })).toEqual({ reward: "card", amountMinor: 0 });
    expect(most({})?.unboundedBecause).toContain("at most 1000.00");
  });
});

describe("consequences of a scorecard", () => {
  const quarters: Partial<PlanDocument> = {
    period: { start: "2018-01-01T00:00", end: "2019-01-01T00:00", zone: "Asia/Shanghai" },
  };
  const DAYS = ["02-10", "05-10", "08-10", "11-10"];

  function flags(values: readonly (number | undefined)[], gap: "breaks" | "ignored", inARow = 2): string[] {
    const facts = values.flatMap((value, quarter) =>
      value === undefined ? [] : judged({ service: value }, "ann", DAYS[quarter]),
    );
    const changes: Partial<Scorecard> = {
      per: "quarter",
      accumulate: "slice",
      kpis: [kpi("service", "1", { missing: "excluded" })],
      consequences: [{ id: "two-fails", on: "fail", inARow, gap, flag: "dismissal" }],
    };
    const plan = planOf({ measures: MEASURES, rewards: [scorecard(changes)], ...quarters });
    const memberships = [person("ann", "east")];
    const { warnings } = settled({ plan, memberships, facts }, "2019-03-01T00:00:00Z");
    expect(warnings.every(({ blocks }) => !blocks)).toBe(true);
    return warnings
      .filter(({ code }) => code === "consequence")
      .map(({ subject, message }) => `${subject}: ${message}`);
  }

  const raised = (...slices: readonly string[]) =>
    `ann: ann is flagged for dismissal by two-fails of card: ${slices.map((slice) => `${slice} poor`).join(", ")}`;

  it("raises a flag for two fails in a row, and again for the third", () => {
    expect(flags([80, 30, 40, 80], "breaks")).toEqual([raised("2018-Q2", "2018-Q3")]);
    expect(flags([30, 80, 40, 80], "breaks")).toEqual([]);
    expect(flags([80, 30, 40, 50], "breaks")).toEqual([
      raised("2018-Q2", "2018-Q3"),
      raised("2018-Q2", "2018-Q3", "2018-Q4"),
    ]);
    expect(flags([30, 80, 80, 80], "breaks", 1)).toEqual([raised("2018-Q1")]);
  });

  it("a slice without a grade breaks the row, or is passed over", () => {
    expect(flags([30, undefined, 40, 80], "breaks")).toEqual([]);
    expect(flags([30, undefined, 40, 80], "ignored")).toEqual([raised("2018-Q1", "2018-Q3")]);
  });

  it("a judgement that comes late takes the flag away", () => {
    expect(flags([80, 30, 40, 80], "breaks")).toHaveLength(1);
    expect(flags([80, 60, 40, 80], "breaks")).toHaveLength(0);
  });
});
