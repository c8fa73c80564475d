import { expect, it } from "vitest";
import { explainStep } from "#app/statements/explain-step.ts";
import type { Step } from "#domain/line.ts";

it.each<[Step, en: string, zh: string]>([
  [
    { step: "multiplied", factors: ["week", "app"], factor: "3", sales: 1, before: "1000.00", amount: "3000.00" },
    "week, app: 1,000.00 for 1 sale times 3 is 3,000.00.",
    "week、app：1 笔共 1,000.00 × 3 = 3,000.00。",
  ],
  [
    {
      step: "cancelled",
      fact: "pos#1",
      version: 2,
      occurredAt: "2018-05-02T12:00:00+08:00",
      cancelledAt: "2018-06-02T12:00:00+08:00",
      earned: "1000.00",
      keeps: "1/3",
      amount: "1000/3",
    },
    "Sale pos#1 of 2018-05-02 12:00:00 (+08:00) was cancelled on 2018-06-02 12:00:00 (+08:00): 1/3 of its 1,000.00 is kept, that is 1000/3 (≈ 333.3333).",
    "2018-05-02 12:00:00 (+08:00) 的销售 pos#1 于 2018-06-02 12:00:00 (+08:00) 取消：应得 1,000.00，保留 1/3，即 1000/3 (≈ 333.3333)。",
  ],
])("pay for single sales in words: %o", (step, english, chinese) => {
  const nameOf = (_: string, id: string) => id;
  expect(explainStep(step, { lang: "en", nameOf }).sentence).toBe(english);
  expect(explainStep(step, { lang: "zh", nameOf }).sentence).toBe(chinese);
});
