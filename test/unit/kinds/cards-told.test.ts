import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { maximumLiability } from "#engine/liability.ts";
import { reasons } from "#test/fixtures/by-line.ts";
import {
  type PlanDocument,
  paid,
  person,
  planOf,
  type RewardDocument,
  sale,
  score,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { kpi, MEASURES, type Scorecard, scorecard } from "./scorecard-kit.ts";

/** What scorecards, pools and ratios tell, and whom they leave out. */

function judged(scores: Readonly<Record<string, number>>, who = "ann", day = "05-10"): Fact[] {
  return Object.entries(scores).map(([topic, value], index) =>
    score(who, String(value), `${day} 1${index}:00`, { topic }),
  );
}

function graded(facts: readonly Fact[], changes: Partial<Scorecard> = {}, plan: Partial<PlanDocument> = {}) {
  const document = { measures: MEASURES, rewards: [scorecard(changes)], ...plan };
  return settled({
    plan: planOf(document),
    memberships: [person("ann", "east")],
    facts,
    targets: [target("ann", "goal", "50", "service")],
  });
}

const ONE_KPI = [kpi("service", "1")];

describe("a scorecard", () => {
  it("has no total of who fails a gate", () => {
    const gates: Scorecard["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "1.00" } }];
    const settlement = graded(judged({ service: 95, attitude: 95 }), { gates });
    expect(settlement.lines).toEqual([]);
    const trace = traceOf(settlement, "card", "ann");
    expect(trace.at(-1)).toMatchObject({ step: "nothing", reason: "gate" });
    expect(trace.map(({ step }) => step)).not.toContain("total");
  });

  it("tells a rounded total with its digits, and of a grade what it has", () => {
    const rounding = { mode: "halfUp", digits: 2 } as const;
    const trace = traceOf(graded(judged({ service: 75, attitude: 80 }), { rounding }), "card", "ann");
    expect(trace.slice(-2)).toEqual([
      { step: "total", weights: "100%", exact: "77", total: "77.00" },
      {
        step: "grade",
        grade: "good",
        from: "60",
        result: "pass",
        pays: "500.00",
        next: { grade: "best", missing: "13" },
      },
    ]);
  });

  it("tells what its points pay, and whether nothing was earned or too little", () => {
    const rounding = { mode: "halfUp", unit: "0.01" } as const;
    const points = (value: number, amount: string) =>
      traceOf(
        graded(judged({ service: value }), { grades: [], kpis: ONE_KPI, perPoint: { amount, rounding } }),
        "card",
        "ann",
      ).slice(2);
    expect(points(72.5, "1.25")).toEqual([
      { step: "total", weights: "100%", exact: "72.5", total: "72.5" },
      { step: "scorePay", points: "72.5", perPoint: "1.25", exact: "90.625", amount: "90.63" },
    ]);
    expect(points(0.001, "1.25").at(-1)).toMatchObject({ step: "nothing", reason: "rounds-to-zero" });
    const plan = planOf({
      measures: MEASURES,
      rewards: [scorecard({ perPoint: { amount: "1", rounding }, grades: [{ id: "all", from: "0" }] })],
    });
    expect(maximumLiability(plan).byReward[0]?.unboundedBecause).toContain("pays each point");
  });

  it("tells of a KPI without facts that it is missing, and of one with a target which", () => {
    const settlement = graded(judged({ service: 40 }), {
      kpis: [kpi("service", "50%", { by: { attainment: "goal" }, scoring: { asIs: true } }), kpi("attitude", "50%")],
    });
    const kpis = traceOf(settlement, "card", "ann").filter(({ step }) => step === "kpi");
    expect(kpis).toMatchObject([
      { kpi: "service", target: "goal", score: "0.8" },
      { step: "kpi", kpi: "attitude", weight: "50%", missing: "zero", score: "0" },
    ]);
    const byValue = traceOf(graded(judged({ service: 40 })), "card", "ann").find(({ step }) => step === "kpi");
    expect(byValue).not.toHaveProperty("target");
  });

  it("asks the KPI that is named, not the first", () => {
    const kpis = [
      kpi("attitude", "20%"),
      kpi("service", "20%"),
      kpi("again", "60%", { measure: "service", requires: { kpi: "service", atLeast: "60" } }),
    ];
    const last = (scores: Readonly<Record<string, number>>) =>
      traceOf(graded(judged(scores), { kpis }), "card", "ann").findLast(({ step }) => step === "kpi");
    expect(last({ attitude: 90, service: 50 })).toMatchObject({
      score: "0",
      unmet: { kpi: "service", atLeast: "60", score: "50" },
    });
    expect(last({ attitude: 10, service: 60 })).toMatchObject({ score: "60" });
  });
});

describe("a consequence", () => {
  function flagged(on: "fail" | { grade: string }, value: number) {
    const consequences: Scorecard["consequences"] = [{ id: "watch", on, inARow: 1, gap: "breaks", flag: "talk" }];
    return graded(judged({ service: value }), { kpis: ONE_KPI, consequences });
  }

  it("of a whole campaign names the grade alone, and is told in the award", () => {
    const settlement = flagged("fail", 30);
    expect(settlement.warnings.map(({ message }) => message)).toEqual([
      "ann is flagged for talk by watch of card: poor",
    ]);
    const trace = traceOf(settlement, "card", "ann");
    expect(trace.map(({ step }) => step)).toContain("grade");
    expect(trace.at(-1)).toEqual({
      step: "consequence",
      id: "watch",
      flag: "talk",
      grades: [{ slice: "", grade: "poor" }],
    });
  });

  it("is of the grade that it names, or of one that fails", () => {
    const isRaised = (on: "fail" | { grade: string }, value: number) => flagged(on, value).warnings.length === 1;
    expect([isRaised({ grade: "good" }, 70), isRaised({ grade: "good" }, 30)]).toEqual([true, false]);
    expect([isRaised("fail", 30), isRaised("fail", 70)]).toEqual([true, false]);
  });
});

describe("a pool", () => {
  type Pool = Extract<RewardDocument, { kind: "pool" }>;
  const measures: PlanDocument["measures"] = [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "units", aggregate: "sum", of: "quantity" },
  ];

  function shared(share: Pool["share"], changes: Partial<Pool> = {}, facts: readonly Fact[] = SOLD) {
    const reward: Pool = {
      id: "pool",
      kind: "pool",
      measure: "sales",
      level: "participant",
      pay: "self",
      pot: { amount: "100.00" },
      share,
      ...changes,
    };
    return settled({
      plan: planOf({ measures, rewards: [reward] }),
      facts,
      memberships: [
        person("ann", "east"),
        person("bob", "east"),
        person("tom", "east", { role: "trainee" }),
        person("zoe", "east", { to: "2018-05-20" }),
      ],
      targets: ["ann", "bob", "tom"].map((id) => target(id, "goal", "100.00")),
    });
  }
  const SOLD = [sale("ann", 150, "05-02 09:00"), sale("bob", 50, "05-02 10:00")];
  const byRank = (changes: object = {}): Pool["share"] => ({
    byRank: { shares: ["60%", "40%"], ties: "poolPrizes", belowAverage: "full", unclaimed: "kept", ...changes },
  });
  const partOf = (settlement: ReturnType<typeof shared>, id: string) =>
    traceOf(settlement, "pool", id).find(({ step }) => step === "potShare");

  it("tells the part of what each brought, attained or weighs", () => {
    expect(partOf(shared({ byContribution: true }), "ann")).toEqual({
      step: "potShare",
      by: "contribution",
      own: "150.00",
      all: "200.00",
      share: "75%",
      amount: "75.00",
    });
    expect(partOf(shared({ byAttainment: "goal" }), "bob")).toMatchObject({
      by: "attainment",
      own: "50%",
      all: "200%",
      share: "25%",
      amount: "25.00",
    });
    const weights = { byWeight: { roles: { agent: "2" }, membership: "periodEnd" } } as const;
    const weighed = shared(weights, {}, [...SOLD, sale("tom", 10, "05-03")]);
    expect(partOf(weighed, "ann")).toMatchObject({ by: "weight", own: "2", all: "4", share: "50%" });
    expect(traceOf(weighed, "pool", "tom").at(-1)).toEqual({
      step: "excluded",
      reason: "role",
      message: "is trainee at the period's last instant, which has no weight",
    });
    const gone = shared(weights, {}, [...SOLD, sale("zoe", 10, "05-03")]);
    expect(traceOf(gone, "pool", "zoe").at(-1)).toEqual({
      step: "excluded",
      reason: "no-membership",
      message: "belongs to no unit at the period's last instant",
    });
  });

  it("by rank gives no place to who fails a gate, however much it is", () => {
    const gates: Pool["gates"] = [{ on: "self", measure: "units", atLeast: { value: "5" } }];
    const facts = [sale("ann", 150, "05-02"), sale("bob", 50, "05-02", { quantity: "5" })];
    const settlement = shared(byRank(), { gates }, facts);
    expect(paid(settlement)).toEqual({ "pool bob": "60.00" });
    expect(reasons(settlement)).toEqual({ "pool ann": "gate" });
    expect(settlement.notAwarded).toHaveLength(1);
  });

  it("by rank scales nobody down where the average is nothing", () => {
    const facts = SOLD.map((one) => ({ ...one, quantity: "0" }));
    const averaged = byRank({ belowAverage: "scaledAndShared", contribution: "units" });
    expect(paid(shared(averaged, {}, facts))).toEqual({ "pool ann": "60.00", "pool bob": "40.00" });
    expect(paid(shared(averaged, {}, []))).toEqual({});
  });
});

describe("a ratio", () => {
  function carded(empty: "zero" | "exclude", below: string, facts: readonly Fact[]) {
    const reward: RewardDocument = {
      id: "cards",
      kind: "penalty",
      measure: "rate",
      level: "participant",
      pay: "self",
      when: { below: { value: below } },
      card: "yellow",
    };
    const measures: PlanDocument["measures"] = [
      { id: "won", aggregate: "sum", of: "amount", when: 'product == "won"' },
      { id: "asked", aggregate: "sum", of: "amount", when: 'product == "asked"' },
      { id: "rate", ratio: { numerator: "won", denominator: "asked", empty } },
    ];
    return settled({ plan: planOf({ measures, rewards: [reward] }), facts, memberships: [person("ann", "east")] });
  }
  const won = sale("ann", 10, "05-02", { product: "won" });
  const asked = (amount: number) => sale("ann", amount, "05-03", { product: "asked" });

  it("over nothing is zero, or nothing that could be judged", () => {
    const zero = carded("zero", "0.5", [won]);
    expect(zero.lines).toHaveLength(1);
    expect(zero.lines[0]?.trace).toMatchObject([
      { step: "ratio", measure: "rate", subject: "ann", numerator: "10.00", denominator: "0.00", value: "0" },
      { step: "penalty", value: "0", threshold: "0.500000", missing: "0.5" },
    ]);
    const excluded = carded("exclude", "0.5", [won]);
    expect(excluded.lines).toEqual([]);
    expect(traceOf(excluded, "cards", "ann")).toEqual([
      { step: "ratio", measure: "rate", subject: "ann", numerator: "10.00", denominator: "0.00" },
      expect.objectContaining({ step: "excluded", reason: "empty-ratio" }),
    ]);
  });

  it("over less than nothing is below zero", () => {
    expect(carded("zero", "0", [won, asked(-5)]).lines[0]?.trace.at(-1)).toMatchObject({ value: "-2", missing: "2" });
    expect(carded("zero", "0", [won, asked(5)]).lines).toEqual([]);
  });
});
