import { describe, expect, it } from "vitest";
import { type WhatIfQuestion, whatIf } from "#app/asking/what-if.ts";
import {
  at,
  commission,
  type PlanDocument,
  planOf,
  race,
  ranking,
  type SmallWorld,
  sale,
  target,
  world,
} from "#test/fixtures/plan-builder.ts";

const TARGETS = [
  target("east", "start", "1000.00"),
  target("west", "start", "2000.00"),
  target("coast", "start", "5000.00"),
];

/** 10 % of each sale, prizes for people, and a race of the branches that is shared among their agents. */
const PLAN: Partial<PlanDocument> = {
  rewards: [
    commission(),
    ranking(),
    race({ pay: { split: { byRole: { agent: "1" }, membership: "periodEnd", nobody: "unit" } } }),
  ],
};

const FACTS = [sale("ann", 400, "05-02"), sale("bob", 300, "05-03"), sale("cy", 900, "05-04")];
const AS_OF = Date.parse(at("05-10"));
const QUESTION: WhatIfQuestion = { participantId: "ann", sales: 3, amount: "200.00", at: "2018-05-20T12:00" };

function asked(question: Partial<WhatIfQuestion> = {}, changes: Partial<SmallWorld> = {}) {
  const inputs = { ...world({ plan: planOf(PLAN), targets: TARGETS, facts: FACTS, ...changes }), asOf: AS_OF };
  return whatIf(inputs, { ...QUESTION, ...question });
}

const rewardOf = (answer: ReturnType<typeof asked>, id: string) =>
  answer.rewards.find(({ reward }) => reward === id) ?? expect.fail(`nothing of ${id}`);

describe("what if Ann sold three more of 200.00", () => {
  const answer = asked();

  it("says what was supposed, and what was taken from her latest sale", () => {
    expect(answer.supposed).toEqual({
      sales: 3,
      amount: "200.00",
      at: "2018-05-20T12:00:00+08:00",
      quantity: "1",
      product: "P",
      channel: "individual",
      attributes: {},
      like: "pos#ann 05-02",
      counted: 3,
      notCounted: {},
    });
    expect(answer).toMatchObject({ plan: "small", currency: "CNY", name: "ANN", asOf: "2018-05-10T12:00:00+08:00" });
  });

  it("pays 60.00 more of commission", () => {
    expect(rewardOf(answer, "commission")).toMatchObject({
      subject: { kind: "participant", id: "ann" },
      amount: { before: "40.00", after: "100.00", difference: "60.00" },
      before: { value: "400.00" },
      after: { value: "1000.00" },
    });
  });

  it("moves her from the second place to the first", () => {
    expect(rewardOf(answer, "ranking")).toMatchObject({
      amount: { before: "15.00", after: "25.00", difference: "10.00" },
      before: {
        rank: 2,
        of: 3,
        next: [{ toward: "place", place: 1, subject: "ann", measure: "sales", missing: "500.00" }],
      },
      after: { rank: 1, of: 3, next: [] },
    });
  });

  it("takes her branch to its target, and gives her half of the prize", () => {
    expect(rewardOf(answer, "race")).toMatchObject({
      subject: { kind: "unit", id: "east" },
      amount: { before: "0.00", after: "500.00", difference: "500.00" },
      before: {
        value: "700.00",
        obstacles: ["no target was reached"],
        next: [{ toward: "target", target: "start", subject: "east", measure: "sales", missing: "300.00" }],
      },
      after: { value: "1300.00", rank: 1, of: 1, next: [] },
    });
  });

  it("comes to 570.00 more in all", () => {
    expect(answer.total).toEqual({ before: "55.00", after: "625.00", difference: "570.00" });
  });
});

describe("supposed sales", () => {
  it("do not count outside the period, and it is said", () => {
    const { supposed, total } = asked({ at: "2018-06-02T12:00" });
    expect(supposed).toMatchObject({ counted: 0, notCounted: { "outside-period": 3 } });
    expect(total).toEqual({ before: "55.00", after: "55.00", difference: "0.00" });
  });

  it("are judged by the plan's conditions", () => {
    const plan = planOf({
      ...PLAN,
      attributes: { entry: "string" },
      counts: [{ id: "app", when: 'entry == "app"' }],
    });
    const facts = [
      sale("ann", 400, "05-02", { attributes: { entry: "app" }, product: "L" }),
      sale("ann", 90, "05-05", { attributes: { entry: "desk" } }),
    ];
    expect(asked({}, { plan, facts }).supposed).toMatchObject({
      product: "L",
      attributes: { entry: "app" },
      like: "pos#ann 05-02",
      counted: 3,
    });
    expect(asked({ attributes: { entry: "desk" } }, { plan, facts }).supposed).toMatchObject({
      counted: 0,
      notCounted: { app: 3 },
    });
  });

  it("are never taken for messages about real ones", () => {
    const real = sale("bob", 50, "05-06", { source: "what-if", externalId: "supposed-000001", version: 7 });
    const answer = asked({}, { facts: [...FACTS, real] });
    expect(answer.supposed.counted).toBe(3);
    expect(rewardOf(answer, "commission").amount.difference).toBe("60.00");
  });

  it("can be of somebody who has sold nothing, when it is said what", () => {
    const answer = asked({ participantId: "dan", product: "P", channel: "individual" });
    expect(answer.supposed.like).toBeUndefined();
    expect(answer.total).toEqual({ before: "0.00", after: "75.00", difference: "75.00" });
    expect(rewardOf(answer, "ranking").before).toEqual({ next: [] });
    expect(rewardOf(answer, "ranking").after).toMatchObject({ rank: 2, of: 4 });
    expect(rewardOf(answer, "race").before).toMatchObject({ value: "900.00", next: [{ missing: "1100.00" }] });
  });
});

describe("by the week", () => {
  const weekly = planOf({
    rewards: [commission({ per: "week", accumulate: "slice" }), ranking({ per: "week", accumulate: "slice" })],
  });

  it("looks at the week in which the sales lie, also one that has not begun", () => {
    const answer = asked({}, { plan: weekly });
    expect(rewardOf(answer, "ranking")).toMatchObject({
      slice: "2018-W20",
      amount: { before: "15.00", after: "40.00", difference: "25.00" },
      before: { next: [] },
      after: { value: "600.00", rank: 1, of: 1 },
    });
    expect(rewardOf(answer, "commission").amount).toEqual({ before: "40.00", after: "100.00", difference: "60.00" });
    expect(answer.total).toEqual({ before: "55.00", after: "140.00", difference: "85.00" });
  });

  it("counts what is held as the person's", () => {
    const instalments = [
      { id: "now", part: "60%" },
      { id: "later", part: "40%", after: "P1Y" },
    ];
    const answer = asked({}, { plan: planOf({ rewards: [commission({ instalments })] }) });
    expect(answer.total).toEqual({ before: "40.00", after: "100.00", difference: "60.00" });
  });
});

describe("the next step", () => {
  it("is the gate that is not passed", () => {
    const gates = [{ on: "self" as const, measure: "sales", atLeast: { value: "1000.00" } }];
    const answer = asked({ sales: 1 }, { plan: planOf({ rewards: [ranking({ gates })] }) });
    expect(rewardOf(answer, "ranking").before.next).toEqual([
      { toward: "gate", subject: "ann", measure: "sales", missing: "600.00" },
    ]);
    expect(rewardOf(answer, "ranking").after.next).toMatchObject([{ missing: "400.00" }]);
  });

  it("is the first milestone that is not reached, told once", () => {
    const plan = planOf({
      rewards: [
        {
          id: "steps",
          kind: "milestone",
          measure: "sales",
          level: "participant",
          pay: "self",
          by: "value",
          policy: "every",
          reach: "final",
          steps: [
            { at: "500", amount: "50" },
            { at: "1000", amount: "100" },
          ],
        },
      ],
    });
    expect(rewardOf(asked({ sales: 1 }, { plan }), "steps")).toMatchObject({
      amount: { before: "0.00", after: "50.00", difference: "50.00" },
      before: { next: [{ toward: "milestone", target: "500", subject: "ann", measure: "sales", missing: "100.00" }] },
      after: { next: [{ toward: "milestone", target: "1000", missing: "400.00" }] },
    });
    expect(rewardOf(asked({}, { plan }), "steps").after.next).toEqual([]);
  });

  it("is the place above and the last prize", () => {
    const prizes = [{ from: 1, to: 1, amount: "25.00" }];
    const answer = asked({ participantId: "bob", sales: 0 }, { plan: planOf({ rewards: [ranking({ prizes })] }) });
    expect(rewardOf(answer, "ranking").before).toMatchObject({
      rank: 3,
      next: [
        { toward: "place", place: 2, missing: "100.00" },
        { toward: "prize", missing: "600.00" },
      ],
    });
  });
});

describe("a question is refused", () => {
  it.each([
    [{ participantId: "zoe" }, "unknown-participant", "/participantId"],
    [{ at: "friday" }, "bad-value", "/at"],
    [{ sales: -1 }, "bad-value", "/sales"],
    [{ sales: 1.5 }, "bad-value", "/sales"],
    [{ sales: 1001 }, "bad-value", "/sales"],
    [{ amount: "12.345" }, "custom", "/amount"],
    [{ amount: "much" }, "custom", "/amount"],
    [{ quantity: "many" }, "custom", "/quantity"],
    [{ participantId: "dan", channel: "individual" }, "unsaid", "/product"],
  ])("for %j", (question, code, path) => {
    expect(() => asked(question)).toThrow(
      expect.objectContaining({ kind: "invalid", problems: [expect.objectContaining({ code, path })] }),
    );
  });
});
