import { describe, expect, it } from "vitest";
import { explainStep, grouped, instantText } from "#app/statements/explain-step.ts";
import type { NameOf } from "#app/statements/names.ts";
import { statementText } from "#app/statements/statement-text.ts";
import { LANGUAGES, type Language } from "#app/statements/texts/texts.ts";
import type { Step } from "#domain/line.ts";
import type { Statement } from "#domain/run.ts";

const NAMES: Readonly<Record<string, string>> = { nanchang: "Nanchang", "a-1": "Du Siyuan", "a-2": "Li Lei" };
const nameOf: NameOf = (_kind, id) => NAMES[id] ?? id;

function sentence(step: Step, lang: Language = "en"): string {
  return explainStep(step, { lang, nameOf, readerId: "a-1" }).sentence;
}

const MEASURE: Step = {
  step: "measure",
  measure: "premium",
  subject: "a-1",
  value: "12345.00",
  facts: 1,
  contributions: [
    { fact: "pos#7", version: 1, occurredAt: "2018-05-02T10:00:00+08:00", value: "12345.00", pays: "4320.75" },
  ],
};

const STEPS: readonly (readonly [Step, en: string, zh: string])[] = [
  [
    MEASURE,
    "Your 1 counted sale comes to 12,345.00 (premium).",
    "您共有 1 笔销售计入业绩，合计 12,345.00（premium）。",
  ],
  [
    { step: "measure", measure: "premium", subject: "nanchang", value: "231000.00", facts: 230, contributors: [] },
    "Nanchang: 230 counted sales come to 231,000.00 (premium).",
    "Nanchang共有 230 笔销售计入业绩，合计 231,000.00（premium）。",
  ],
  [
    {
      step: "gate",
      on: "branch",
      subject: "nanchang",
      measure: "premium",
      value: "231000.00",
      threshold: "180000.00",
      target: "start",
      passed: true,
    },
    "Gate: branch Nanchang, premium 231,000.00 ≥ start target 180,000.00 – passed.",
    "门槛：Nanchang（branch），premium 231,000.00 ≥ start 目标 180,000.00，已达到。",
  ],
  [
    {
      step: "gate",
      on: "self",
      subject: "a-1",
      measure: "premium",
      value: "9999.99",
      threshold: "10000.00",
      passed: false,
      missing: "0.01",
    },
    "Gate: you, premium 9,999.99 < 10,000.00 – not passed, 0.01 missing.",
    "门槛：您，premium 9,999.99 < 10,000.00，未达到，还差 0.01。",
  ],
  [
    { step: "excluded", reason: "no-ancestor", message: "belongs to no branch" },
    "Does not take part: belongs to no unit that could be judged.",
    "不参加评比：不属于可评定的上级单位。",
  ],
  [
    { step: "excluded", reason: "no-facts", message: "nothing was sold that counts" },
    "Does not take part: nothing that counts is on file.",
    "不参加评比：没有可计入的记录。",
  ],
  [
    {
      step: "reach",
      target: "start",
      threshold: "180000.00",
      reached: { at: "2018-10-07T08:55:46.120+08:00", fact: "pos#7", value: "180001.00" },
    },
    "Reached the start target 180,000.00 on 2018-10-07 08:55:46.120 (+08:00), with 180,001.00 (pos#7).",
    "2018-10-07 08:55:46.120 (+08:00) 达到 start 目标 180,000.00，当时为 180,001.00（pos#7）。",
  ],
  [
    { step: "reach", target: "budget", threshold: "230000.00", missing: "18111.40" },
    "Did not reach the budget target 230,000.00: 18,111.40 missing.",
    "未达到 budget 目标 230,000.00，还差 18,111.40。",
  ],
  [
    {
      step: "place",
      rank: 2,
      of: 5,
      by: { rule: "target", target: "budget" },
      ahead: { subject: "a-2", value: "230000.00", target: "budget", at: "2018-10-06T10:29:16+08:00" },
    },
    "Place 2 of 5, by reaching the budget target; ahead: Li Lei (budget target on 2018-10-06 10:29:16 (+08:00)).",
    "第 2 名，共 5 名，按达到 budget 目标的先后；前一名：Li Lei（2018-10-06 10:29:16 (+08:00) 达到 budget 目标）。",
  ],
  [
    {
      step: "place",
      rank: 1,
      of: 2,
      by: { rule: "tie", policy: "earliestReach", at: "2018-10-06T10:29:16+08:00", thenId: false },
      behind: { subject: "a-2", value: "500.00" },
      tiedWith: ["a-2"],
    },
    "Place 1 of 2, a tie, decided by who reached the value first (2018-10-06 10:29:16 (+08:00)); tied with Li Lei; behind: Li Lei (500.00).",
    "第 1 名，共 2 名，数值相同，先达到者在前（2018-10-06 10:29:16 (+08:00)）；并列：Li Lei；后一名：Li Lei（500.00）。",
  ],
  [
    { step: "place", rank: 1, of: 2, by: { rule: "tie", policy: "earlierLastFact", thenId: true } },
    "Place 1 of 2, a tie that whose last sale is earlier left open, ordered by id.",
    "第 1 名，共 2 名，数值相同，最后一笔销售较早者在前仍无法区分，按编号排列。",
  ],
  [{ step: "place", of: 2, by: { rule: "value" } }, "No place among 2, by value.", "共 2 名，无名次，按数值排名。"],
  [
    {
      step: "rate",
      rate: "35%",
      value: "12345.00",
      rounding: { scope: "perFact", mode: "halfUp", unit: "0.01" },
      amount: "4320.75",
    },
    "35% of 12,345.00 is 4,320.75 (each one rounded half up to 0.01).",
    "12,345.00 的 35% 为 4,320.75（每笔四舍五入到 0.01）。",
  ],
  [
    {
      step: "rate",
      rate: "1%",
      value: "5.00",
      rounding: { scope: "perTotal", mode: "down", unit: "1" },
      amount: "0.00",
    },
    "1% of 5.00 is 0.00 (the total rounded down to 1).",
    "5.00 的 1% 为 0.00（合计后舍去尾数到 1）。",
  ],
  [
    { step: "prize", from: 1, to: 1, pooled: false, amount: "5000.00" },
    "Prize for place 1: 5,000.00.",
    "第 1 名奖金：5,000.00。",
  ],
  [
    { step: "prize", from: 4, to: 15, pooled: false, amount: "2000.00" },
    "Prize for each of places 4-15: 2,000.00.",
    "第 4-15 名每名奖金：2,000.00。",
  ],
  [
    { step: "prize", from: 1, to: 3, pooled: true, amount: "16.00" },
    "Share of the pooled prizes for places 1-3: 16.00.",
    "第 1-3 名奖金合并平分，每份 16.00。",
  ],
  [
    {
      step: "split",
      unit: "nanchang",
      whole: "10000.00",
      role: "sales-staff",
      coefficient: "0.5",
      share: "1/8",
      members: 7,
      amount: "1250.00",
    },
    "Nanchang won 10,000.00, shared among 7 members: as sales-staff, coefficient 0.5, the share is 1/8, that is 1,250.00.",
    "Nanchang获奖 10,000.00，由 7 人分配：角色 sales-staff，系数 0.5，占 1/8，即 1,250.00。",
  ],
  [
    { step: "split", unit: "nanchang", whole: "6000.00", members: 0, amount: "6000.00" },
    "Nanchang won 6,000.00; nobody is on file to share it, so the unit itself receives it.",
    "Nanchang获奖 6,000.00；没有登记可参与分配的人员，奖金归单位。",
  ],
  [
    { step: "nothing", reason: "below-prizes", message: "rank 36 is below the last prize", missing: "120.00" },
    "Nothing: the rank is below the last prize, 120.00 missing.",
    "未获奖：名次在奖励名次之后，还差 120.00。",
  ],
  [
    { step: "nothing", reason: "not-in-the-catalogue", message: "for another reason" },
    "Nothing: for another reason.",
    "未获奖：for another reason。",
  ],
];

describe("explaining a step", () => {
  it.each(STEPS)("$step: one sentence in each language", (step, en, zh) => {
    expect(sentence(step, "en")).toBe(en);
    expect(sentence(step, "zh")).toBe(zh);
  });

  it("lists the sales behind a value, with what each pays", () => {
    expect(explainStep(MEASURE, { lang: "en", nameOf }).details).toEqual([
      "2018-05-02 10:00:00 (+08:00)  pos#7  12,345.00 → 4,320.75",
    ]);
  });

  it("names everybody where nobody is spoken to", () => {
    expect(explainStep(MEASURE, { lang: "en", nameOf }).sentence).toMatch(/^Du Siyuan: 1 counted sale /);
  });

  it("groups digits and writes instants for people", () => {
    expect(["0.00", "999", "1000", "-1234567.50", "n/a"].map(grouped)).toEqual([
      "0.00",
      "999",
      "1,000",
      "-1,234,567.50",
      "n/a",
    ]);
    expect(instantText("2018-11-15T16:00:00.000Z")).toBe("2018-11-15 16:00:00 (UTC)");
  });
});

describe("statement", () => {
  const statement: Statement = {
    campaign: "small",
    campaignName: "Small",
    runId: "run-2",
    resultHash: "ab",
    asOf: "2018-11-16T00:00:00+08:00",
    provisional: false,
    payee: { kind: "participant", id: "a-1" },
    name: "Du Siyuan",
    currency: "CNY",
    total: "4320.75",
    lines: [
      {
        lineId: "commission:participant:a-1",
        reward: "commission",
        payee: { kind: "participant", id: "a-1" },
        amount: "4320.75",
        currency: "CNY",
        trace: [MEASURE],
      },
    ],
    notAwarded: [
      {
        reward: "personal-award",
        subject: { kind: "participant", id: "a-1" },
        trace: [MEASURE, { step: "nothing", reason: "gate", message: "a gate was not passed" }],
      },
    ],
    postings: [
      {
        campaign: "small",
        lineId: "commission:participant:a-1",
        seq: 2,
        runId: "run-2",
        reward: "commission",
        payee: { kind: "participant", id: "a-1" },
        amountMinor: -7_000,
        balanceMinor: 432_075,
        currency: "CNY",
        postedAt: "2018-11-20T00:00:00+08:00",
      },
    ],
    payout: {
      campaign: "small",
      runId: "run-2",
      payee: { kind: "participant", id: "a-1" },
      seq: 1,
      name: "Du Siyuan",
      unit: "nanchang",
      currency: "CNY",
      postedMinor: -7_000,
      broughtForwardMinor: 0,
      paidMinor: 0,
      carriedForwardMinor: -7_000,
    },
  };

  it("tells who, what, why, why not, what changed and what is paid", () => {
    expect(statementText(statement, { lang: "en", nameOf })).toBe(`Statement for Du Siyuan (a-1)
Campaign: Small (small)
As of 2018-11-16 00:00:00 (+08:00) · run run-2
Total: 4,320.75 CNY

Awards
  commission: 4,320.75 CNY
    - Your 1 counted sale comes to 12,345.00 (premium).
        2018-05-02 10:00:00 (+08:00)  pos#7  12,345.00 → 4,320.75

Not awarded
  personal-award
    - Your 1 counted sale comes to 12,345.00 (premium).
    - Nothing: a gate was not passed.

Changes to earlier amounts
  commission: -70.00 CNY, now 4,320.75 CNY

Payment
  Posted by this run: -70.00 CNY
  Brought forward: 0.00 CNY
  Paid: 0.00 CNY
  Carried forward: -70.00 CNY
`);
  });

  it("names slices and instalments, what is held, what is counted elsewhere, and what is handed out", () => {
    const [line] = statement.lines;
    if (!line || !statement.payout) throw new Error("the sample is bare");
    const told: Statement = {
      ...statement,
      lines: [
        { ...line, slice: "2018-05", part: "now", trace: [] },
        { ...line, reward: "kit", currency: "item:rice", amount: "2", trace: [] },
        { ...line, reward: "stars", currency: "points:club", amount: "1500", trace: [] },
        { ...line, reward: "flag", currency: "honour:red-flag", amount: "1", trace: [] },
      ],
      held: [{ ...line, slice: "2018-05", part: "later", trace: [], due: "2018-09-01T00:00:00+08:00" }],
      components: [{ ...line, reward: "piece-rate", slice: "2018-05", trace: [] }],
      notAwarded: [],
      postings: [],
      payout: { ...statement.payout, benefits: [{ unit: "item:rice", quantity: 2 }] },
    };
    const english = statementText(told, { lang: "en", nameOf });
    expect(english).toContain(`Awards
  commission · 2018-05 · now: 4,320.75 CNY
  kit: 2 × rice
  stars: 1,500 points (club)
  flag: red-flag

Earned, and due later
  commission · 2018-05 · later: 4,320.75 CNY, due on 2018-09-01 00:00:00 (+08:00)

Counted in other awards
  piece-rate · 2018-05: 4,320.75 CNY
`);
    expect(english).toContain("\n  Handed out: 2 × rice\n");
    const chinese = statementText(told, { lang: "zh", nameOf });
    for (const part of [
      "rice × 2",
      "1,500 积分（club）",
      "已得，尚未到期",
      "到期",
      "计入其他奖励的项目",
      "发放：rice × 2",
    ])
      expect(chinese).toContain(part);
  });

  it("names the parts of awards in the language of the reader, and leaves those that the plan names", () => {
    const [line] = statement.lines;
    if (!line) throw new RangeError("the statement has no line");
    const parts = ["redeemed", "expired", "draw", "later"];
    const told = { ...statement, lines: parts.map((part) => ({ ...line, part, trace: [] })) };
    const titles = (lang: Language) => statementText(told, { lang, nameOf }).match(/(?<=· )[^ ·]+(?=: 4,|：4,)/g);
    expect(titles("en")).toEqual(parts);
    expect(titles("zh")).toEqual(["已兑换", "已过期", "预支", "later"]);
  });

  it.each(LANGUAGES)("says so when there is no award (%s)", (lang) => {
    const { payout: _, ...rest } = statement;
    const text = statementText(
      { ...rest, provisional: true, lines: [], notAwarded: [], postings: [] },
      { lang, nameOf },
    );
    expect(text.trimEnd().split("\n")).toHaveLength(7);
  });
});
