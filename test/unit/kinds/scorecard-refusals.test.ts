import { describe, expect, it } from "vitest";
import { parsePlan } from "#domain/plan/check.ts";
import { Refusal } from "#domain/problem.ts";
import { planDocument, planOf } from "#test/fixtures/plan-builder.ts";
import { kpi, MEASURES, type Scorecard, scorecard } from "./scorecard-kit.ts";

function problems(changes: Partial<Scorecard>): string[] {
  try {
    parsePlan(planDocument({ measures: MEASURES, rewards: [scorecard(changes)] }));
  } catch (error) {
    if (error instanceof Refusal) return error.problems.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return [];
}

describe("a scorecard is refused", () => {
  it.each<[string, Partial<Scorecard>, string]>([
    [
      "weights that are not whole",
      { kpis: [kpi("service", "60%"), kpi("attitude", "1/3")] },
      "weights-not-whole /rewards/0/kpis",
    ],
    ["a KPI twice", { kpis: [kpi("service", "60%"), kpi("service", "40%")] }, "duplicate-id /rewards/0/kpis/1/id"],
    ["an unknown measure", { kpis: [kpi("calls", "1")] }, "unknown-measure /rewards/0/kpis/0/measure"],
    [
      "an unknown fallback",
      { kpis: [kpi("service", "1", { fallback: "calls" })] },
      "unknown-measure /rewards/0/kpis/0/fallback",
    ],
    [
      "a KPI that requires a later one",
      { kpis: [kpi("service", "60%", { requires: { kpi: "attitude", atLeast: "1" } }), kpi("attitude", "40%")] },
      "unknown-kpi /rewards/0/kpis/0/requires/kpi",
    ],
    [
      "bands that fall",
      {
        kpis: [
          kpi("service", "1", {
            scoring: {
              bands: [
                { from: "20", score: "1" },
                { from: "20", score: "2" },
              ],
              edge: "upper",
            },
          }),
        ],
      },
      "bands-not-rising /rewards/0/kpis/0/scoring/bands/1/from",
    ],
    [
      "a line that goes back",
      {
        kpis: [
          kpi("service", "1", {
            scoring: { linear: { from: { at: "9", score: "0" }, to: { at: "9", score: "1" }, clamp: "both" } },
          }),
        ],
      },
      "line-reversed /rewards/0/kpis/0/scoring/linear/to/at",
    ],
    [
      "a percentage as the mark of a value",
      {
        kpis: [
          kpi("service", "1", {
            scoring: { linear: { from: { at: "0", score: "0" }, to: { at: "90%", score: "1" }, clamp: "both" } },
          }),
        ],
      },
      "bad-mark /rewards/0/kpis/0/scoring/linear/to/at",
    ],
    ["grades with a gap below", { grades: [{ id: "good", from: "1" }] }, "grade-gap /rewards/0/grades/0/from"],
    [
      "grades that do not rise",
      {
        grades: [
          { id: "good", from: "0" },
          { id: "best", from: "0" },
        ],
      },
      "grades-not-rising /rewards/0/grades/1/from",
    ],
    [
      "two ways to pay",
      {
        grades: [{ id: "good", from: "0", pays: "1.00" }],
        perPoint: { amount: "1", rounding: { mode: "down", unit: "1" } },
      },
      "two-pays /rewards/0/grades/0/pays",
    ],
    ["half a fen", { grades: [{ id: "good", from: "0", pays: "1.005" }] }, "too-fine /rewards/0/grades/0/pays"],
    [
      "fails that no grade is",
      {
        per: "month",
        accumulate: "slice",
        grades: [{ id: "good", from: "0" }],
        consequences: [{ id: "c", on: "fail", inARow: 2, gap: "breaks", flag: "f" }],
      },
      "no-failing-grade /rewards/0/consequences/0/on",
    ],
    [
      "an unknown grade",
      {
        per: "month",
        accumulate: "slice",
        consequences: [{ id: "c", on: { grade: "worst" }, inARow: 2, gap: "breaks", flag: "f" }],
      },
      "unknown-grade /rewards/0/consequences/0/on/grade",
    ],
    [
      "slices in a row of a campaign as a whole",
      { consequences: [{ id: "c", on: "fail", inARow: 2, gap: "breaks", flag: "f" }] },
      "consequence-needs-slices /rewards/0/consequences/0/inARow",
    ],
  ])("for %s", (_, changes, problem) => {
    expect(problems(changes)).toEqual([problem]);
  });

  it("says what the weights sum to", () => {
    const kpis = [kpi("service", "60%"), kpi("attitude", "30%")];
    expect(() => planOf({ measures: MEASURES, rewards: [scorecard({ kpis })] })).toThrow(Refusal);
    try {
      planOf({ measures: MEASURES, rewards: [scorecard({ kpis })] });
    } catch (error) {
      expect(error instanceof Refusal && error.problems[0]?.message).toContain("9/10");
    }
  });
});
