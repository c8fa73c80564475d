import { describe, expect, it } from "vitest";
import { explainStep } from "#app/statements/explain-step.ts";
import type { Step } from "#domain/line.ts";

const ROUNDING = { scope: "perTotal", mode: "halfUp", unit: "0.01" } as const;
const BAND = { step: "band", from: "1000", to: "3000", mode: "marginal", value: "500.25", amount: "10.005" } as const;
const UNITS = { step: "units", units: "1210", free: "0", paid: "1210", price: "100", amount: "121000.00" } as const;
const STEP = { step: "milestone", at: "10000", threshold: "10000.00", pays: true, amount: "100.00" } as const;
const REACHED = { at: "2018-05-02T10:00:00+08:00", fact: "pos/1", value: "10000.00" };

describe("pay by bands, units and milestones in words", () => {
  it.each<[Step, en: string, zh: string]>([
    [
      { step: "attainment", label: "start", value: "15000.00", target: "33000.00", attainment: "5/11" },
      "15,000.00 of the start target 33,000.00 is 5/11.",
      "start 目标 33,000.00，完成 15,000.00，完成率 5/11。",
    ],
    [
      { ...BAND, rate: "2%", toNext: "1499.75" },
      "Band 1,000 to 3,000, for the part that lies in it; 2% of 500.25; that is 10.005; 1,499.75 more leads to the next band.",
      "档位 1,000 至 3,000，只计落在本档的部分；500.25 的 2%；即 10.005；距下一档还差 1,499.75。",
    ],
    [
      {
        step: "band",
        from: "80%",
        mode: "whole",
        value: "12",
        perUnit: "5",
        flat: "1000",
        sales: 3,
        amount: "1060.00",
      },
      "Band from 80%, for everything from the first unit; 3 sales; 5 for each of 12 + 1,000 for the band; that is 1,060.00.",
      "档位 80% 以上，全部按本档计算；3 笔；12 件，每件 5 + 达档奖 1,000；即 1,060.00。",
    ],
    [
      { ...BAND, mode: "interpolated", flat: "40", part: "1/4" },
      "Band 1,000 to 3,000, for everything, pro rata over the band; 1/4 of the band is covered; 40 for the band; that is 10.005.",
      "档位 1,000 至 3,000，全部计算，在本档内按比例递增；本档已完成 1/4；达档奖 40；即 10.005。",
    ],
    [
      UNITS,
      "Units: 1,210; 1,210 are paid; 100 each, that is 121,000.00.",
      "数量 1,210；计奖 1,210 件；每份 100，即 121,000.00。",
    ],
    [
      { ...UNITS, free: "10", packages: { size: "10", partial: "started", count: "120" } },
      "Units: 1,210; the first 10 are not paid; 120 started packages of 10 are paid; 100 each, that is 121,000.00.",
      "数量 1,210；前 10 件不计奖；每 10 件一组，不足一组按一组计，共 120 组；每份 100，即 121,000.00。",
    ],
    [
      { step: "rounded", exact: "1025.005", rounding: ROUNDING, amount: "1025.01" },
      "1,025.005 is paid as 1,025.01 (the total rounded half up to 0.01).",
      "1,025.005 实计 1,025.01（合计后四舍五入到 0.01）。",
    ],
    [
      { ...STEP, reached: REACHED },
      "Step 10,000.00 reached on 2018-05-02 10:00:00 (+08:00): 100.00.",
      "2018-05-02 10:00:00 (+08:00) 达到 10,000.00：奖励 100.00。",
    ],
    [{ ...STEP, at: "50%" }, "Step 50% (10,000.00) reached: 100.00.", "达到 50% (10,000.00)：奖励 100.00。"],
    [
      { ...STEP, pays: false },
      "Step 10,000.00 reached; only the highest step pays.",
      "达到 10,000.00；只奖励最高的一级。",
    ],
    [
      { ...STEP, pays: false, missing: "1000.00" },
      "Step 10,000.00 not reached: 1,000.00 missing.",
      "未达到 10,000.00，还差 1,000.00。",
    ],
    [
      { step: "nothing", reason: "below-bands", message: "", missing: "5.00" },
      "Nothing: the first band was not reached, 5.00 missing.",
      "未获奖：未达到第一档，还差 5.00。",
    ],
  ])("%o", (step, english, chinese) => {
    const nameOf = (_: string, id: string) => id;
    expect(explainStep(step, { lang: "en", nameOf }).sentence).toBe(english);
    expect(explainStep(step, { lang: "zh", nameOf }).sentence).toBe(chinese);
  });
});
