import { describe, expect, it } from "vitest";
import { explainStep } from "#app/statements/explain-step.ts";
import type { Step } from "#domain/line.ts";

const DRAW = {
  step: "draw",
  timing: "guarantee",
  on: "total",
  draw: "2000.00",
  earned: "1500.00",
  toppedUp: "500.00",
  recovered: "0.00",
  before: "0.00",
  after: "500.00",
  amount: "2000.00",
} as const;

const CONTRACT = {
  step: "contract",
  contract: "P-1",
  issued: "2018-01-05T12:00:00+08:00",
  fact: "pos/1",
  value: "600.00",
  rate: "95%",
  commission: "570.00",
  months: { before: 0, now: 1, of: 12 },
  earned: "47.50",
  advanced: "427.50",
  repaid: "47.50",
  chargedBack: "0.00",
  balance: "380.00",
  paid: "427.50",
} as const;

describe("pay plans and advances in words", () => {
  it.each<[Step, en: string, zh: string]>([
    [{ step: "fixedPay", id: "base", amount: "3000.00" }, "Base pay: 3,000.00.", "基本工资：3,000.00。"],
    [
      { step: "fixedPay", id: "title", role: "officer", amount: "200.00" },
      "Allowance: title (as officer): 200.00.",
      "津贴 · title（角色 officer）：200.00。",
    ],
    [
      { step: "component", reward: "earned", slices: [{ slice: "2018-03", amount: "1000.00" }], amount: "1000.00" },
      "earned: 1,000.00 (2018-03: 1,000.00).",
      "earned：1,000.00（2018-03 期 1,000.00）。",
    ],
    [
      { step: "component", reward: "earned", slices: [{ slice: "", amount: "5.00" }], amount: "5.00" },
      "earned: 5.00.",
      "earned：5.00。",
    ],
    [
      { step: "adjusted", unit: "north", rate: "1.2", before: "1000.00", amount: "1200.00" },
      "Performance pay of 1,000.00 times 1.2 (north) is 1,200.00.",
      "绩效工资 1,000.00 × 系数 1.2（north） = 1,200.00。",
    ],
    [
      { step: "bounded", bound: "minimum", on: "total", limit: "3000", before: "2500.00", amount: "3000.00" },
      "Guaranteed minimum of 3,000 on total pay: 2,500.00 becomes 3,000.00.",
      "工资总额保底 3,000：2,500.00 按 3,000.00 计。",
    ],
    [
      { step: "bounded", bound: "maximum", on: "performance", limit: "900", before: "1000.00", amount: "900.00" },
      "Maximum of 900 on performance pay: 1,000.00 becomes 900.00.",
      "绩效工资封顶 900：1,000.00 按 900.00 计。",
    ],
    [
      { step: "earnings", fixed: "3200.00", performance: "1000.00", amount: "4200.00" },
      "Base and allowances 3,200.00, performance pay 1,000.00: 4,200.00 earned.",
      "基本工资与津贴 3,200.00，绩效工资 1,000.00，应得 4,200.00。",
    ],
    [
      DRAW,
      "Draw of 2,000.00 against total pay of 1,500.00; topped up by 500.00; open before 0.00, after 500.00; that pays 2,000.00.",
      "预支额 2,000.00，对应工资总额 1,500.00；补足 500.00；未收回余额由 0.00 变为 500.00；实计 2,000.00。",
    ],
    [
      {
        ...DRAW,
        timing: "onTop",
        earned: "3000.00",
        toppedUp: "0.00",
        recovered: "500.00",
        before: "500.00",
        after: "0.00",
      },
      "Draw of 2,000.00 on top of total pay of 3,000.00; 500.00 of earlier draws is recovered; open before 500.00, after 0.00; that pays 2,000.00.",
      "在工资总额 3,000.00 之外另预支 2,000.00；收回以前预支 500.00；未收回余额由 500.00 变为 0.00；实计 2,000.00。",
    ],
    [
      { step: "drawAhead", target: "draw", amount: "4000.00" },
      "Draw paid ahead (set as draw): 4,000.00.",
      "提前预支（按 draw 核定）：4,000.00。",
    ],
    [
      { step: "lessDraw", before: "6000.00", draw: "4000.00", amount: "2000.00" },
      "Of 6,000.00 the draw of 4,000.00 was paid ahead; 2,000.00 is left.",
      "应付 6,000.00，已提前预支 4,000.00，余 2,000.00。",
    ],
    [
      { step: "trueUp", policy: "settled", balance: "600.00", amount: "1400.00" },
      "600.00 of draws is open and is settled now, which leaves 1,400.00.",
      "预支未收回 600.00，本期一次结清，余 1,400.00。",
    ],
    [
      { step: "trueUp", policy: "forgiven", balance: "600.00", amount: "1.00" },
      "600.00 of draws is open and is struck out.",
      "预支未收回 600.00，予以免除。",
    ],
    [
      { step: "trueUp", policy: "carried", balance: "600.00", amount: "1.00" },
      "600.00 of draws is open and is carried on.",
      "预支未收回 600.00，转入下期。",
    ],
    [
      CONTRACT,
      "Contract P-1 of 2018-01-05 12:00:00 (+08:00), 95% of 600.00, 570.00 in all; 427.50 is advanced; month 1 of 12 earned: 47.50; 47.50 of it repays advances; 380.00 of the advance is open; that pays 427.50.",
      "合同 P-1（2018-01-05 12:00:00 (+08:00) 签发），600.00 的 95%，佣金共 570.00；预付 427.50；共 12 个月，第 1 个月已赚取 47.50；其中 47.50 抵还预付；预付未抵还 380.00；实计 427.50。",
    ],
    [
      {
        ...CONTRACT,
        months: { before: 2, now: 4, of: 12 },
        advanced: "0.00",
        lapsed: "2018-05-03T12:00:00+08:00",
        chargedBack: "340.00",
        balance: "0.00",
        paid: "-340.00",
      },
      "Contract P-1 of 2018-01-05 12:00:00 (+08:00), 95% of 600.00, 570.00 in all; months 3-4 of 12 earned: 47.50; 47.50 of it repays advances; lapsed on 2018-05-03 12:00:00 (+08:00), 340.00 is charged back; 0.00 of the advance is open; that pays -340.00.",
      "合同 P-1（2018-01-05 12:00:00 (+08:00) 签发），600.00 的 95%，佣金共 570.00；共 12 个月，第 3-4 个月已赚取 47.50；其中 47.50 抵还预付；2018-05-03 12:00:00 (+08:00) 失效，追回 340.00；预付未抵还 0.00；实计 -340.00。",
    ],
  ])("$0.step is told in both languages", (step, en, zh) => {
    const nameOf = (_kind: string, id: string) => id;
    expect(explainStep(step, { lang: "en", nameOf }).sentence).toBe(en);
    expect(explainStep(step, { lang: "zh", nameOf }).sentence).toBe(zh);
  });

  it.each([
    ["nothing-to-pay", "Nothing: nothing is left to be paid."],
    ["paid-ahead", "Nothing: the draw has paid it already."],
    ["repays-advance", "Nothing: all that was earned repays advances."],
  ])("%s is told by its own words", (reason, en) => {
    const nameOf = (_kind: string, id: string) => id;
    const step: Step = { step: "nothing", reason, message: "?" };
    expect(explainStep(step, { lang: "en", nameOf }).sentence).toBe(en);
    expect(explainStep(step, { lang: "zh", nameOf }).sentence).not.toContain("?");
  });
});
