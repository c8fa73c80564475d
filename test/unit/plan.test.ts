import { describe, expect, it } from "vitest";
import { validatePlan } from "#app/campaigns/validate-plan.ts";
import { parsePlan } from "#domain/plan/check.ts";
import { jiangxi } from "#test/fixtures/campaign.ts";
import { commission, planDocument, race, ranking } from "#test/fixtures/plan-builder.ts";
import {
  BUDGET,
  type Change,
  expectOneProblem,
  OWN_GATE,
  problemsOf,
  reward,
  SPLIT,
  type Told,
  without,
} from "#test/fixtures/plan-problems.ts";

describe("a plan", () => {
  it("of the gallery is read as it stands", () => {
    const { plan } = jiangxi();
    expect(parsePlan(structuredClone(plan))).toEqual(plan);
    expect(plan.rewards.map(({ id, kind, level }) => `${id}: ${kind} of ${level}`)).toEqual([
      "commission: commission of participant",
      "branch-ranking: ranking of branch",
      "speed-award: race of branch",
      "personal-award: ranking of participant",
    ]);
  });

  it("may be as small as one measure and one reward", () => {
    expect(parsePlan(planDocument())).toMatchObject({ attributes: {}, audience: {}, budgets: [], counts: [] });
  });

  it("is told of all its problems at once, each by its place", () => {
    const problems = problemsOf({
      ...planDocument(),
      currency: "RMB",
      period: { start: "2018-05-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Peking" },
      rewards: [commission({ measure: "premium" }), ranking({ gates: [{ ...OWN_GATE, measure: "premium" }] })],
    });
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      "/currency unknown-currency",
      "/period/zone unknown-zone",
      "/rewards/0/measure unknown-measure",
      "/rewards/1/gates/0/measure unknown-measure",
    ]);
  });

  it.each(["", "text", 7, null, [], true])("is not %j", (document) => {
    expect(problemsOf(document)).toMatchObject([{ code: "invalid-type", path: "/" }]);
  });
});

describe("a policy that is left out is told with what each choice means", () => {
  it.each<[policy: string, Change, Told]>([
    [
      "ties",
      reward(without(ranking(), "ties")),
      [
        "invalid-value",
        "/rewards/0/ties",
        ["equal values", "`earliestReach`", "25", "`earlierLastFact`", "`poolPrizes`", "16 each", "`samePrize`"],
        { allowed: "earliestReach, earlierLastFact, poolPrizes, samePrize" },
      ],
    ],
    [
      "gateEffect",
      reward(without(ranking(), "gateEffect")),
      [
        "invalid-value",
        "/rewards/0/gateEffect",
        ["a failed gate", "`rerank`", "move up", "`forfeit`", "prize is lost"],
        { allowed: "rerank, forfeit" },
      ],
    ],
    [
      "rounding",
      reward(without(commission(), "rounding")),
      ["invalid-type", "/rewards/0/rounding", ["rounded", "`perFact`", "`perTotal`", "`halfUp`", "`up`", "unit"]],
    ],
    [
      "rounding scope",
      reward({ ...commission(), rounding: { mode: "halfUp", unit: "0.01" } }),
      ["invalid-value", "/rewards/0/rounding/scope", ["`perFact`", "pays 1.04", "`perTotal`", "pays 1.02"]],
    ],
    [
      "rounding mode",
      reward({ ...commission(), rounding: { scope: "perFact", unit: "0.01" } }),
      ["invalid-value", "/rewards/0/rounding/mode", ["`halfUp`", "0.13", "`halfEven`", "0.12", "`down`", "`up`"]],
    ],
    [
      "recovery",
      { recovery: undefined },
      ["invalid-value", "/recovery", ["no longer due", "`nextPayout`", "next payouts", "`receivable`", "finance"]],
    ],
    [
      "pay",
      reward(without(race(), "pay")),
      ["invalid-union", "/rewards/0/pay", ["who is paid", "`self`", "who won", "`split`", "members"]],
    ],
    [
      "membership of a split",
      reward({ ...race(), pay: { split: without(SPLIT, "membership") } }),
      ["invalid-value", "/rewards/0/pay/split/membership", ["which membership", "`occurrence`", "`periodEnd`"]],
    ],
    [
      "nobody of a split",
      reward({ ...race(), pay: { split: without(SPLIT, "nobody") } }),
      ["invalid-value", "/rewards/0/pay/split/nobody", ["nobody on file", "`unit`", "warning", "`forfeit`"]],
    ],
    [
      "membership of a gate on an ancestor",
      reward({ ...ranking(), gates: [{ ...OWN_GATE, on: { ancestor: "branch" } }] }),
      ["invalid-value", "/rewards/0/gates/0/on/membership", ["which membership", "`occurrence`", "`periodEnd`"]],
    ],
    [
      "membership of `within`",
      reward(ranking({ within: { unit: "north" } })),
      ["policy-missing", "/rewards/0/within/membership", ["which membership"], { allowed: "periodEnd" }],
    ],
    [
      "membership of the audience",
      { audience: { roles: ["agent"] } },
      [
        "policy-missing",
        "/audience/membership",
        ["which membership"],
        { allowed: expect.stringContaining("periodEnd") },
      ],
    ],
    [
      "policy of a budget",
      { budgets: [without(BUDGET, "policy")] },
      ["invalid-value", "/budgets/0/policy", ["exceed", "`stopAndFlag`", "cannot be approved"]],
    ],
  ])("%s", (_policy, change, told) => expectOneProblem(change, told));

  it("and so is one that does not exist", () => {
    expectOneProblem(reward({ ...ranking(), ties: "coin" }), [
      "invalid-value",
      "/rewards/0/ties",
      ["`earliestReach`", "`samePrize`"],
      { seen: "coin" },
    ]);
  });
});

describe("a plan takes", () => {
  it("a budget and a threshold of hundreds of millions", () => {
    const gate = { ...OWN_GATE, atLeast: { value: "250000000.00" } };
    expect(problemsOf(planDocument({ budgets: [{ ...BUDGET, amount: "100000000.00" }] }))).toEqual([]);
    expect(problemsOf(planDocument({ rewards: [ranking({ gates: [gate] })] }))).toEqual([]);
  });

  it("the membership of each sale where several may decide: the audience", () => {
    expect(problemsOf(planDocument({ audience: { roles: ["agent"], membership: "occurrence" } }))).toEqual([]);
  });

  it("a period that holds a change of clocks", () => {
    const period = { start: "2018-03-01T00:00", end: "2018-11-01T00:00", zone: "Europe/Berlin" };
    expect(problemsOf(planDocument({ period }))).toEqual([]);
  });
});

describe("validation of a plan", () => {
  const PRIZES = { id: "prizes", rewards: ["ranking"], amount: "48.00", policy: "stopAndFlag" as const };

  it("tells of a bad one as an answer, and of a good one what it can cost", () => {
    expect(validatePlan({ schema: "laurel.plan/1" })).toMatchObject({ valid: false, findings: [] });
    // 25 + 15 + 8.
    expect(validatePlan(planDocument({ rewards: [ranking()], budgets: [PRIZES] }))).toMatchObject({
      valid: true,
      problems: [],
      findings: [],
      maximumLiability: { currency: "CNY", bounded: "48.00", total: "48.00" },
    });
  });

  it("finds what nothing bounds, and budgets below what their rewards can cost: what blocks comes first", () => {
    const document = planDocument({
      rewards: [commission(), ranking()],
      budgets: [
        { id: "all", rewards: ["commission", "ranking"], amount: "1000.00", policy: "stopAndFlag" },
        { id: "prizes", rewards: ["ranking"], amount: "40.00", policy: "stopAndFlag" },
      ],
    });
    expect(validatePlan(document).findings).toMatchObject([
      // 48.00 − 40.00.
      {
        code: "budget-below-liability",
        severity: "blocks",
        path: "/budgets/1/amount",
        message: expect.stringContaining("8.00 below"),
      },
      {
        code: "unbounded-liability",
        severity: "warns",
        path: "/rewards/0",
        message: expect.stringContaining("10% of sales"),
      },
      { code: "budget-below-liability", severity: "warns", path: "/budgets/0/amount", seen: "1000.00" },
    ]);
  });
});
