import { describe, expect, it } from "vitest";
import { explainStep } from "#app/statements/explain-step.ts";
import { namesOf } from "#app/statements/names.ts";
import type { Step } from "#domain/line.ts";
import { Directory } from "#domain/org.ts";
import { PEOPLE, planOf, type RewardDocument, UNITS } from "#test/fixtures/plan-builder.ts";

const KPI = { step: "kpi", kpi: "calls", weight: "40%", measure: "calls", result: "1200", score: "80" } as const;
const SHARE = { step: "potShare", share: "1/3", amount: "1000.00" } as const;
const LEADING = {
  step: "override",
  unit: "east",
  base: "12000.00",
  rate: "10%",
  exact: "1200.00",
  whole: "1200.00",
  leaders: 1,
  shared: false,
  amount: "1200.00",
} as const;

describe("scorecards, pools and overrides in words", () => {
  it.each<[Step, en: string, zh: string]>([
    [KPI, "calls: 1,200 scores 80, with a weight of 40%.", "calls：1,200，得 80 分，权重 40%。"],
    [
      { ...KPI, result: "90%", target: "quota" },
      "calls: 90% of the quota target scores 80, with a weight of 40%.",
      "calls：完成 quota 目标的 90%，得 80 分，权重 40%。",
    ],
    [
      { step: "kpi", kpi: "calls", weight: "40%", missing: "zero", score: "0" },
      "calls: there are no facts, so it scores 0, with a weight of 40%.",
      "calls：没有数据，计 0 分，权重 40%。",
    ],
    [
      { step: "kpi", kpi: "calls", weight: "40%", missing: "reweight" },
      "calls: there are no facts, so it is left out and the others weigh more.",
      "calls：没有数据，不计入，其他指标的权重相应提高。",
    ],
    [
      { step: "kpi", kpi: "calls", weight: "40%", missing: "excluded" },
      "calls: there are no facts, and without it there is no total.",
      "calls：没有数据，因此没有总分。",
    ],
    [
      { ...KPI, score: "0", unmet: { kpi: "income", atLeast: "50", score: "0" } },
      "calls: 1,200 scores 0, because income scored 0 and at least 50 was asked for.",
      "calls：1,200，计 0 分，因为 income 得 0 分，低于要求的 50 分。",
    ],
    [{ step: "total", weights: "100%", exact: "76", total: "76" }, "The total is 76.", "总分 76。"],
    [
      { step: "total", weights: "60%", exact: "200/3", total: "66.7" },
      "KPIs with 60% of the weight count. The total is 200/3 (≈ 66.6667), rounded 66.7.",
      "计入的权重合计 60%。总分 200/3 (≈ 66.6667)，取整为 66.7。",
    ],
    [
      {
        step: "grade",
        grade: "good",
        from: "60",
        result: "pass",
        pays: "5000.00",
        factor: "1.2",
        next: { grade: "best", missing: "14" },
      },
      "Grade good, from 60, passed, pays 5,000.00, factor 1.2, 14 more leads to best.",
      "等级 good（60 分起），合格，奖励 5,000.00，系数 1.2，距 best 还差 14 分。",
    ],
    [
      { step: "scorePay", points: "72.5", perPoint: "1.25", exact: "90.625", amount: "90.63" },
      "72.5 points at 1.25 each are 90.625, paid as 90.63.",
      "72.5 分，每分 1.25，共 90.625，实计 90.63。",
    ],
    [
      {
        step: "consequence",
        id: "two-fails",
        flag: "dismissal",
        grades: [
          { slice: "2018-Q1", grade: "poor" },
          { slice: "2018-Q2", grade: "poor" },
        ],
      },
      "Flagged for dismissal (two-fails): 2018-Q1 poor, 2018-Q2 poor. A person decides what comes of it.",
      "触发 dismissal（two-fails）：2018-Q1 poor、2018-Q2 poor。由负责人决定如何处理。",
    ],
    [
      { step: "pot", amount: "50000.00", sharers: 1 },
      "The pot is 50,000.00, for 1 who takes part.",
      "奖金池 50,000.00，1 人（单位）参与分配。",
    ],
    [
      { step: "pot", amount: "50000.00", rate: "5%", measure: "sales", value: "1000000.00", sharers: 3 },
      "The pot is 5% of 1,000,000.00 (sales), that is 50,000.00, for 3 who take part.",
      "奖金池为 1,000,000.00（sales）的 5%，即 50,000.00，3 人（单位）参与分配。",
    ],
    [
      { ...SHARE, by: "rank", places: { from: 1, to: 1 } },
      "Place 1 has 1/3 of the pot: 1,000.00.",
      "第 1 名占奖金池 1/3，即 1,000.00。",
    ],
    [
      { ...SHARE, by: "rank", places: { from: 1, to: 2 } },
      "Places 1 to 2 share equally: 1/3 of the pot each, 1,000.00.",
      "第 1 至 2 名平分，各占奖金池 1/3，即 1,000.00。",
    ],
    [
      { ...SHARE, by: "weight", own: "1", all: "3" },
      "The weight is 1 of 3 in all, which is 1/3 of the pot: 1,000.00.",
      "权重 1，合计 3，占奖金池 1/3，即 1,000.00。",
    ],
    [
      { step: "potAverage", contribution: "10", average: "30", before: "75.00", residual: "50.00", amount: "25.00" },
      "The contribution is 10 and the average 30; below it a prize is reduced in proportion, and what is left over, 50.00, goes to those above: 75.00 becomes 25.00.",
      "贡献 10，平均 30；低于平均者奖金按比例减少，余下的 50.00 分给高于平均者：75.00 调整为 25.00。",
    ],
    [
      { step: "potPaid", exact: "1000/3", amount: "333.33" },
      "1000/3 (≈ 333.3333) is paid as 333.33, so that all parts sum to the pot.",
      "1000/3 (≈ 333.3333) 实计 333.33，各份之和等于奖金池。",
    ],
    [LEADING, "Leading east pays 10% of 12,000.00, that is 1,200.00.", "east负责人奖：12,000.00 的 10%，即 1,200.00。"],
    [
      { ...LEADING, leaders: 2, shared: true, amount: "600.00" },
      "Leading east pays 10% of 12,000.00, that is 1,200.00, shared equally by 2: 600.00.",
      "east负责人奖：12,000.00 的 10%，即 1,200.00，由 2 人平分，各 600.00。",
    ],
    [
      { ...LEADING, leaders: 0 },
      "10% of 12,000.00 is 1,200.00; nobody on file leads east, so the unit itself receives it.",
      "12,000.00 的 10% 为 1,200.00；east没有登记负责人，奖金归单位。",
    ],
    [
      { step: "nothing", reason: "no-share", message: "" },
      "Nothing: no share of the pot falls to this result.",
      "未获奖：该结果不参与奖金池分配。",
    ],
  ])("%o", (step, english, chinese) => {
    const nameOf = (_: string, id: string) => id;
    expect(explainStep(step, { lang: "en", nameOf }).sentence).toBe(english);
    expect(explainStep(step, { lang: "zh", nameOf }).sentence).toBe(chinese);
  });

  it("says of a team who brought what", () => {
    const nameOf = (_: string, id: string) => id.toUpperCase();
    const step: Step = {
      step: "team",
      unit: "east",
      rewards: ["commission", "bonus"],
      sum: "1200.00",
      own: "200.00",
      parts: [
        { id: "ann", value: "1000.00" },
        { id: "mia", value: "200.00" },
      ],
    };
    expect(explainStep(step, { lang: "en", nameOf })).toEqual({
      sentence: "EAST: COMMISSION, BONUS came to 1,200.00, of which the leader's own 200.00 does not count.",
      details: ["ANN: 1,000.00", "MIA: 200.00"],
    });
    const { own: _, rewards: __, ...rest } = step;
    expect(explainStep({ ...rest, measure: "sales" }, { lang: "zh", nameOf }).sentence).toBe(
      "EAST：SALES 合计 1,200.00。",
    );
  });
});

it("KPIs and grades are told by their names, and by their ids where two scorecards name them otherwise", () => {
  const card = (id: string, name: string): RewardDocument => ({
    id,
    kind: "scorecard",
    level: "participant",
    pay: "self",
    kpis: [
      {
        id: "calls",
        name: { en: "Calls made", zh: "拜访" },
        weight: "1",
        measure: "sales",
        by: "value",
        scoring: { asIs: true },
        missing: "zero",
      },
    ],
    grades: [{ id: "poor", from: "0", name: { en: name } }],
  });
  const directory = new Directory(UNITS, PEOPLE, "Asia/Shanghai");
  const told = (...rewards: RewardDocument[]) => namesOf(planOf({ rewards }), directory, "zh");
  const step: Step = { step: "grade", grade: "poor", from: "0" };
  const one = told(card("a", "Needs work"));
  expect(explainStep(KPI, { lang: "zh", nameOf: one }).sentence).toBe("拜访：1,200，得 80 分，权重 40%。");
  expect(explainStep(step, { lang: "en", nameOf: one }).sentence).toBe("Grade Needs work, from 0.");
  const two = told(card("a", "Needs work"), card("b", "Failed"));
  expect(explainStep(step, { lang: "en", nameOf: two }).sentence).toBe("Grade poor, from 0.");
  expect(two("scored", "calls")).toBe("拜访");
});
