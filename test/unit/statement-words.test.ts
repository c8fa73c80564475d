import { describe, expect, it } from "vitest";
import { explainStep } from "#app/statements/explain-step.ts";
import { durationText, gapText, grouped, partText, scoreText } from "#app/statements/figures.ts";
import { type NameOf, namesOf } from "#app/statements/names.ts";
import { planWords } from "#app/statements/plan-words.ts";
import { statementText } from "#app/statements/statement-text.ts";
import type { Telling } from "#app/statements/teller.ts";
import { textsFor } from "#app/statements/texts/texts.ts";
import type { Step } from "#domain/line.ts";
import { Directory } from "#domain/org.ts";
import type { Statement } from "#domain/run.ts";
import { commission, PEOPLE, planOf, UNITS } from "#test/fixtures/plan-builder.ts";

const nameOf: NameOf = (_kind, id) => id;

describe("numbers for people", () => {
  it("end where their digits end, but for money", () => {
    expect(["7.000000", "7.500000", "0.800000", "-1200.000000", "7.50", "0.000", "1000"].map(grouped)).toEqual([
      "7",
      "7.5",
      "0.8",
      "-1,200",
      "7.50",
      "0.000",
      "1,000",
    ]);
    expect(["60.0", "76.50", "60", "600"].map(scoreText)).toEqual(["60", "76.5", "60", "600"]);
  });

  it("say about what a fraction is, unless everybody knows", () => {
    expect(["1/3", "5/12", "5/13", "4/3", "-26899/28000", "8000/1", "1/0"].map(grouped)).toEqual([
      "1/3",
      "5/12",
      "5/13 (≈ 0.3846)",
      "4/3 (≈ 1.3333)",
      "-26899/28000 (≈ -0.9607)",
      "8,000",
      "1/0",
    ]);
    expect(["90%", "2/5", "65/72", "4/3", "1/1", "1/100000"].map(partText)).toEqual([
      "90%",
      "2/5",
      "65/72 (≈ 90.28%)",
      "4/3 (≈ 133.33%)",
      "100%",
      "1/100000",
    ]);
  });

  it("say by how much one is ahead of another", () => {
    expect(gapText("26400.50", "24150.00")).toBe("2,250.50");
    expect(gapText("1", "0.6")).toBe("0.4");
    expect(gapText("12.000000", "9.500000")).toBe("2.5");
    expect(gapText("-1.00", "-3.00")).toBe("2.00");
    for (const [higher, lower] of [
      ["5", "5"],
      ["4", "5"],
      ["110%", "5"],
      ["5", "1/3"],
    ] as const)
      expect(gapText(higher, lower)).toBeUndefined();
  });

  it("tell durations in words", () => {
    expect(["P1Y6M", "P2W", "P1D", "PT48H"].map((text) => durationText(text, textsFor("en")))).toEqual([
      "1 year, 6 months",
      "2 weeks",
      "1 day",
      "PT48H",
    ]);
    expect(durationText("P1Y6M", textsFor("zh"))).toBe("1 年、6 个月");
  });
});

const PLAN = planOf({
  attributes: { customer: "string" },
  counts: [{ id: "topic", when: 'kind == "evidence" && topic == "visit" || kind == "score" || kind == "sale"' }],
  measures: [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "orders", aggregate: "count", when: 'kind == "sale"' },
    { id: "customers", aggregate: "distinct", of: "customer", when: 'product == "A"' },
    { id: "visits", aggregate: "sum", of: "quantity", when: 'topic == "visit"' },
    { id: "things", aggregate: "sum", of: "quantity" },
    { id: "audit", aggregate: "last", of: "value" },
    { id: "peak", aggregate: "max", of: "value" },
  ],
  rewards: [commission({ roles: { anyOf: ["agent", "chief"], membership: "periodEnd" } })],
  names: { agent: { en: "sales agent", zh: "营销员" }, commission: { en: "not shown" } },
});

describe("what was measured", () => {
  const told = (measure: string, facts: number, value: string, lang: "en" | "zh") =>
    explainStep(
      { step: "measure", measure, subject: "ann", value, facts },
      {
        lang,
        nameOf,
        readerId: "ann",
        plan: planWords(PLAN),
      },
    ).sentence;

  it.each<[measure: string, facts: number, value: string, en: string, zh: string]>([
    [
      "sales",
      2,
      "50.00",
      "Your 2 counted sales come to 50.00 (sales).",
      "您共有 2 笔销售计入业绩，合计 50.00（sales）。",
    ],
    ["sales", 0, "0.00", "No sale of yours counts (sales).", "您没有计入的销售（sales）。"],
    ["sales", 0, "5.00", "Your 0 counted sales come to 5.00 (sales).", "您共有 0 笔销售计入业绩，合计 5.00（sales）。"],
    ["orders", 1, "1", "1 sale of yours counts (orders).", "您共有 1 笔销售计入（orders）。"],
    ["customers", 3, "2", "Your customers: 2, from 3 sales.", "您的customers：2，来自 3 笔销售。"],
    [
      "visits",
      1,
      "36.000000",
      "Your 1 counted record comes to 36 (visits).",
      "您共有 1 条记录计入，合计 36（visits）。",
    ],
    [
      "things",
      2,
      "3.500000",
      "Your 2 counted records come to 3.5 (things).",
      "您共有 2 条记录计入，合计 3.5（things）。",
    ],
    ["audit", 1, "85.000000", "Your audit: 85.", "您的audit：85。"],
    ["audit", 3, "85.000000", "Your audit: 85, the newest of 3 scores.", "您的audit：85，取 3 项评分中最新的一项。"],
    ["peak", 3, "95.000000", "Your peak: 95, the highest of 3 scores.", "您的peak：95，取 3 项评分中最高的一项。"],
  ])("%s of %i facts: %s", (measure, facts, value, en, zh) => {
    expect(told(measure, facts, value, "en")).toBe(en);
    expect(told(measure, facts, value, "zh")).toBe(zh);
  });
});

describe("who takes no part", () => {
  const directory = new Directory(UNITS, PEOPLE, "Asia/Shanghai");
  const tell = (step: Step, lang: "en" | "zh", slice?: string) => {
    const about: Telling["about"] = { reward: "commission", ...(slice === undefined ? {} : { slice }) };
    return explainStep(step, { lang, nameOf: namesOf(PLAN, directory, lang), plan: planWords(PLAN), about }).sentence;
  };
  const role: Step = {
    step: "excluded",
    reason: "role",
    message: "is clerk at the period's last instant; agent takes part",
  };
  const none: Step = { step: "excluded", reason: "no-membership", message: "belongs to no unit" };

  it("is told with the roles that do, and with the period that decides", () => {
    expect(tell(role, "en")).toBe(
      "Does not take part: the role at the end of the campaign is clerk, and only sales agent or chief takes part.",
    );
    expect(tell(role, "zh")).toBe("不参加评比：活动结束时的角色为 clerk，参加者须为营销员或chief。");
    expect(tell(role, "zh", "2018-05")).toContain("本期期末的角色为 clerk");
    expect(tell(none, "en", "2018-05")).toBe("Does not take part: belongs to no unit at the end of this period.");
    expect(tell(none, "zh")).toBe("不参加评比：活动结束时不属于任何单位。");
  });

  it("is told without roles where the plan or the trace names none", () => {
    const nobody: Step = { step: "excluded", reason: "role", message: "has no role" };
    expect(explainStep(nobody, { lang: "en", nameOf }).sentence).toBe(
      "Does not take part: the role at the end of the campaign is another, which has no share.",
    );
    expect(explainStep(nobody, { lang: "zh", nameOf }).sentence).toBe(
      "不参加评比：活动结束时的角色不在范围内，该角色不参与分配。",
    );
  });
});

describe("names that the plan gives", () => {
  const directory = new Directory(UNITS, PEOPLE, "Asia/Shanghai");

  it("stand for ids that have none of their own", () => {
    const zh = namesOf(PLAN, directory, "zh");
    expect(zh("role", "agent")).toBe("营销员");
    expect(zh("named", "agent")).toBe("营销员");
    expect(zh("role", "constructor")).toBe("constructor");
    expect(namesOf(PLAN, directory, "en")("role", "agent")).toBe("sales agent");
    expect(zh("named", "commission")).toBe("not shown");
  });

  it("give way to a name of its own", () => {
    const named = planOf({
      rewards: [commission({ name: { en: "Commission", zh: "手续费" } })],
      names: { commission: { en: "not shown" } },
    });
    expect(namesOf(named, directory, "zh")("reward", "commission")).toBe("手续费");
  });
});

it("a place says how far ahead the one before is, where values decide", () => {
  const place: Step = {
    step: "place",
    rank: 2,
    of: 2,
    by: { rule: "value" },
    ahead: { subject: "bob", value: "500.00" },
  };
  const told = (lang: "en" | "zh", own: string) =>
    explainStep(place, { lang, nameOf, about: { reward: "best", own } }).sentence;
  expect(told("en", "460.50")).toBe("Place 2 of 2, by value; ahead: bob (500.00, which is 39.50 more).");
  expect(told("zh", "460.50")).toBe("第 2 名，共 2 名，按数值排名；前一名：bob（500.00，高出 39.50）。");
  expect(told("en", "500.00")).toBe("Place 2 of 2, by value; ahead: bob (500.00).");
});

describe("a gift that the stock cut short", () => {
  const AT = "2018-05-02T10:00:00+08:00";
  const gifts = (pieces: readonly string[]): Step => ({
    step: "gifts",
    item: "card",
    pieces: "2",
    for: "eachRecipient",
    earned: "6",
    amount: "6",
    given: pieces.map((count, index) => ({
      fact: `pos#${index}`,
      occurredAt: AT,
      recipient: `c-${index}`,
      pieces: count,
    })),
  });
  const budget: Step = {
    step: "budget",
    budget: "cards",
    policy: "stock",
    limit: "7",
    earned: "9",
    before: "6",
    amount: "3",
  };
  const statement = (trace: readonly Step[]): Statement => ({
    campaign: "small",
    campaignName: "Small",
    runId: "run-1",
    resultHash: "ab",
    asOf: AT,
    provisional: false,
    payee: { kind: "participant", id: "ann" },
    name: "Ann",
    currency: "CNY",
    total: "0.00",
    lines: [],
    notAwarded: [{ reward: "gift", subject: { kind: "participant", id: "ann" }, trace: [...trace] }],
    postings: [],
  });
  const linesFor = (trace: readonly Step[], lang: "en" | "zh") =>
    statementText(statement(trace), { lang, nameOf }).match(/pos#\d.*/g);

  it("says for whom none was left", () => {
    const trace = [gifts(["2", "2", "2"]), budget];
    expect(linesFor(trace, "en")).toEqual([
      "pos#0  2 for c-0",
      "pos#1  2 for c-1, only 1 left",
      "pos#2  2 for c-2, none was left",
    ]);
    expect(linesFor(trace, "zh")?.slice(1)).toEqual([
      "pos#1  2 件，赠予 c-1，仅余 1 件",
      "pos#2  2 件，赠予 c-2，已无库存",
    ]);
  });

  it("says nothing of it where the stock was enough", () => {
    expect(linesFor([gifts(["2", "2"])], "en")).toEqual(["pos#0  2 for c-0", "pos#1  2 for c-1"]);
  });
});

it("a balance says how long its points last, where they expire", () => {
  const step: Step = {
    step: "balance",
    programme: "stars",
    before: "0",
    earned: "50",
    redeemed: "0",
    expired: "0",
    after: "50",
  };
  const plan = { ...planWords(PLAN), pointsLast: (reward: string) => (reward === "stars" ? "P12M" : undefined) };
  const told = (lang: "en" | "zh", after: string) =>
    explainStep({ ...step, after }, { lang, nameOf, plan, about: { reward: "stars" } }).sentence;
  expect(told("en", "50")).toContain("is 50. Points expire 12 months after they were earned.");
  expect(told("zh", "50")).toContain("期末 50。积分自获得之日起 12 个月后过期。");
  expect(told("en", "0")).not.toContain("expire ");
});
