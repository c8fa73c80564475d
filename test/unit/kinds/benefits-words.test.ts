import { describe, expect, it } from "vitest";
import { explainStep } from "#app/statements/explain-step.ts";
import type { NameOf } from "#app/statements/names.ts";
import { benefitReasonsEn } from "#app/statements/texts/benefits-en.ts";
import { benefitReasonsZh } from "#app/statements/texts/benefits-zh.ts";
import type { Step } from "#domain/line.ts";

const NAMES: Readonly<Record<string, string>> = { ann: "Ann", bob: "Bob" };
const nameOf: NameOf = (_kind, id) => NAMES[id] ?? id;
const AT = "2018-05-02T10:00:00+08:00";
const SALE = { fact: "pos#7", occurredAt: AT } as const;

function told(step: Step, lang: "en" | "zh"): string[] {
  const { sentence, details } = explainStep(step, { lang, nameOf });
  return [sentence, ...details];
}

const STEPS: readonly (readonly [Step, en: readonly string[], zh: readonly string[]])[] = [
  [
    {
      step: "orders",
      rate: "20%",
      unitValue: "300.00",
      orders: [
        { ...SALE, value: "15000.00", outcome: "counts", due: AT, evidence: "documents#1", amount: "10" },
        { ...SALE, value: "12000.00", outcome: "evidence-missing", due: AT, amount: "0" },
        { ...SALE, value: "9000.00", outcome: "below", amount: "0" },
      ],
    },
    [
      "20% of each order that counts, in pieces worth 300.00 (3 orders in all).",
      "2018-05-02 10:00:00 (+08:00)  pos#7  15,000.00 → 10, evidence documents#1",
      "2018-05-02 10:00:00 (+08:00)  pos#7  12,000.00 → 0, the evidence did not arrive in time, evidence due before 2018-05-02 10:00:00 (+08:00)",
      "2018-05-02 10:00:00 (+08:00)  pos#7  9,000.00 → 0, below the smallest order",
    ],
    [
      "共 3 笔订单，符合条件的每笔返 20%，以每件 300.00 的实物返还。",
      "2018-05-02 10:00:00 (+08:00)  pos#7  15,000.00 → 10，凭证 documents#1",
      "2018-05-02 10:00:00 (+08:00)  pos#7  12,000.00 → 0，凭证未按时提交，凭证须在 2018-05-02 10:00:00 (+08:00) 之前提交",
      "2018-05-02 10:00:00 (+08:00)  pos#7  9,000.00 → 0，低于最低订单金额",
    ],
  ],
  [
    { step: "orders", rate: "20%", orders: [] },
    ["20% of each order that counts (0 orders in all)."],
    ["共 0 笔订单，符合条件的每笔返 20%。"],
  ],
  [
    {
      step: "gifts",
      item: "rice",
      pieces: "2",
      for: "eachRecipient",
      earned: "4",
      limit: "3",
      amount: "3",
      given: [{ ...SALE, recipient: "c-1", pieces: "2" }],
    },
    ["rice, 2 for each recipient: 3 in all; 4 earned, limited to 3.", "2018-05-02 10:00:00 (+08:00)  pos#7  2 for c-1"],
    [
      "rice：每位受赠人一次，各 2 件，共 3 件；应得 4 件，上限 3 件。",
      "2018-05-02 10:00:00 (+08:00)  pos#7  2 件，赠予 c-1",
    ],
  ],
  [
    {
      step: "gifts",
      item: "rice",
      pieces: "1",
      for: "every",
      every: "1000.00",
      earned: "1",
      amount: "1",
      given: [{ ...SALE, pieces: "1" }],
    },
    ["rice, 1 for each 1,000.00: 1 in all.", "2018-05-02 10:00:00 (+08:00)  pos#7  1"],
    ["rice：每满 1,000.00，各 1 件，共 1 件。", "2018-05-02 10:00:00 (+08:00)  pos#7  1 件"],
  ],
  [
    {
      step: "points",
      programme: "stars",
      rate: "1",
      facts: [
        { ...SALE, value: "2000.00", factor: "4.5", factors: ["fare", "season"], exact: "9000" },
        { ...SALE, value: "10.00", factor: "1", factors: [], exact: "10" },
      ],
    },
    [
      "Points (stars): 1 for each unit.",
      "2018-05-02 10:00:00 (+08:00)  pos#7  2,000.00 × 4.5 (fare, season) → 9,000",
      "2018-05-02 10:00:00 (+08:00)  pos#7  10.00 → 10",
    ],
    [
      "积分（stars）：每单位 1 分。",
      "2018-05-02 10:00:00 (+08:00)  pos#7  2,000.00 × 4.5（fare、season） → 9,000",
      "2018-05-02 10:00:00 (+08:00)  pos#7  10.00 → 10",
    ],
  ],
  [
    { step: "used", how: "redeemed", movements: [{ at: AT, fact: "docs#2", points: "1000", missing: "5" }] },
    ["Redeemed, from the oldest points:", "2018-05-02 10:00:00 (+08:00)  docs#2  1,000 (5 more than the balance)"],
    ["兑换，先用最早的积分：", "2018-05-02 10:00:00 (+08:00)  docs#2  1,000（超出余额 5）"],
  ],
  [
    { step: "used", how: "expired", movements: [{ at: AT, fact: "pos#7", points: "70" }] },
    ["Expired:", "2018-05-02 10:00:00 (+08:00)  pos#7  70"],
    ["过期：", "2018-05-02 10:00:00 (+08:00)  pos#7  70"],
  ],
  [
    { step: "balance", programme: "stars", before: "10", earned: "1000", redeemed: "5", expired: "2", after: "1003" },
    ["Balance of stars: 10, plus 1,000 earned, less 5 redeemed, less 2 expired, is 1,003."],
    ["stars 余额：期初 10，获得 1,000，兑换 5，过期 2，期末 1,003。"],
  ],
  [
    { step: "honour", badge: "red-flag", value: "95.00", of: 4, how: "new", before: ["ann", "bob"], thenId: true },
    [
      "red-flag: the best of 4, with 95.00; it comes from Ann, Bob; others reached the same at the same instant, the id decided.",
    ],
    ["red-flag：95.00，4 名中最高；由Ann、Bob转来；同一时刻有人达到同一数值，按编号决定。"],
  ],
  [
    { step: "honour", badge: "red-flag", value: "95.00", threshold: "90.00", of: 4, how: "again", before: ["ann"] },
    ["red-flag: 95.00 is at or above 90.00; held before as well."],
    ["red-flag：95.00 达到 90.00；上期也持有。"],
  ],
  [
    { step: "honour", badge: "red-flag", value: "95.00", ranking: "cup", of: 4, how: "new", before: [] },
    ["red-flag: first place in cup."],
    ["red-flag：cup第一名。"],
  ],
  [
    { step: "honour", badge: "red-flag", of: 0, how: "kept", before: ["ann"] },
    ["red-flag: nobody earned it, so it stays."],
    ["red-flag：本期无人获得，由原持有者保留。"],
  ],
  [
    {
      step: "penalty",
      card: "red",
      because: "below",
      value: "50.00",
      threshold: "60.00",
      missing: "10.00",
      cards: 2,
      insteadOf: "yellow",
      fine: "200.00",
    },
    ["red: 50.00 is below 60.00, 10.00 missing; instead of yellow, with 2 cards; fine of 200.00."],
    ["red：50.00 低于 60.00，差 10.00；累计 2 张，由 yellow 升级；罚款 200.00。"],
  ],
  [
    { step: "penalty", card: "yellow", because: "last", value: "5.00", rank: 9, of: 9, cards: 1 },
    ["yellow: place 9 of 9, with 5.00."],
    ["yellow：9 名中第 9 名，数值 5.00。"],
  ],
];

describe("benefits in words", () => {
  it.each(STEPS.map((row) => [row[0].step, row] as const))("tell %s", (_name, [step, en, zh]) => {
    expect(told(step, "en")).toEqual(en);
    expect(told(step, "zh")).toEqual(zh);
  });

  it.each(Object.keys(benefitReasonsEn))("tell why there is nothing: %s", (reason) => {
    const step: Step = { step: "nothing", reason, message: "as the engine says it" };
    expect(told(step, "en")[0]).toContain(Object.entries(benefitReasonsEn).find(([key]) => key === reason)?.[1]);
    expect(told(step, "zh")[0]).toContain(Object.entries(benefitReasonsZh).find(([key]) => key === reason)?.[1]);
  });
});
