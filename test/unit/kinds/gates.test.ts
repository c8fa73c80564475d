import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { Settlement } from "#domain/line.ts";
import type { Membership } from "#domain/org.ts";
import {
  paid,
  person,
  planOf,
  type RewardDocument,
  ranking,
  sale,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

type Gate = NonNullable<RewardDocument["gates"]>[number];

const OWN: Gate = { on: "self", measure: "sales", atLeast: { value: "100.00" } };
const BRANCH: Gate = {
  on: { ancestor: "branch", membership: "periodEnd" },
  measure: "sales",
  atLeast: { target: "start" },
};
const TARGETS = ["east", "west", "coast"].map((unit) => target(unit, "start", "500.00"));

function gated(
  gates: readonly Gate[],
  facts: readonly Fact[],
  memberships: readonly Membership[],
  changes: Partial<Extract<RewardDocument, { kind: "ranking" }>> = {},
): Settlement {
  const plan = planOf({ rewards: [ranking({ gates: [...gates], ...changes })] });
  return settled({ plan, facts, memberships, targets: TARGETS });
}

describe("a gate on the subject itself", () => {
  it("is passed at equality and missed by a fen", () => {
    const people = [person("ann", "east"), person("bob", "east")];
    const settlement = gated([OWN], [sale("ann", 100, "05-02"), sale("bob", 99.99, "05-02")], people);
    expect(paid(settlement)).toEqual({ "ranking ann": "25.00" });
    expect(traceOf(settlement, "ranking", "ann")[1]).toEqual({
      step: "gate",
      on: "self",
      subject: "ann",
      measure: "sales",
      value: "100.00",
      threshold: "100.00",
      passed: true,
    });
    expect(traceOf(settlement, "ranking", "bob")[1]).toMatchObject({ passed: false, missing: "0.01" });
  });
});

describe("a gate on an ancestor", () => {
  it("is passed by all below when the unit reaches its target exactly", () => {
    const people = [person("ann", "east"), person("bob", "east"), person("cy", "west")];
    const facts = [sale("ann", 499.99, "05-02"), sale("bob", 0.01, "05-03"), sale("cy", 499.99, "05-02")];
    const settlement = gated([BRANCH], facts, people);
    expect(paid(settlement)).toEqual({ "ranking ann": "25.00", "ranking bob": "15.00" });
    expect(traceOf(settlement, "ranking", "cy")[1]).toEqual({
      step: "gate",
      on: "branch",
      subject: "west",
      measure: "sales",
      value: "499.99",
      threshold: "500.00",
      target: "start",
      passed: false,
      missing: "0.01",
    });
  });

  it("looks at the unit where somebody is at the period's last instant, not where they sold", () => {
    // Ann sold 600.00 for east and moved to west, which has only cy's 400.00; dan moved the other way.
    const people = [
      person("ann", "east", { to: "2018-05-20" }),
      person("ann", "west", { from: "2018-05-20" }),
      person("cy", "west"),
      person("dan", "west", { to: "2018-05-20" }),
      person("dan", "east", { from: "2018-05-20" }),
    ];
    const facts = [sale("ann", 600, "05-02"), sale("cy", 300, "05-02"), sale("dan", 100, "05-03")];
    const settlement = gated([BRANCH], facts, people);
    expect(paid(settlement)).toEqual({ "ranking dan": "25.00" });
    expect(traceOf(settlement, "ranking", "ann")[1]).toMatchObject({ subject: "west", value: "400.00" });
    expect(traceOf(settlement, "ranking", "dan")[1]).toMatchObject({ subject: "east", value: "600.00" });
  });

  it("is not passed by who has no such unit above", () => {
    const settlement = gated([BRANCH], [sale("ann", 600, "05-02")], [person("ann", "north")]);
    expect(traceOf(settlement, "ranking", "ann")[1]).toMatchObject({
      step: "excluded",
      reason: "no-ancestor",
      message: "belongs to no branch",
    });
  });

  it("can stand before a reward of units", () => {
    const province: Gate = {
      on: { ancestor: "province", membership: "periodEnd" },
      measure: "sales",
      atLeast: { value: "500.00" },
    };
    const people = [person("ann", "east"), person("cy", "west"), person("eve", "coast")];
    // North has 300.00 + 200.00, south 499.00.
    const facts = [sale("ann", 300, "05-02"), sale("cy", 200, "05-02"), sale("eve", 499, "05-02")];
    expect(paid(gated([province], facts, people, { level: "branch" }))).toEqual({
      "ranking east": "25.00",
      "ranking west": "15.00",
    });
  });

  it("and on oneself must both be passed, and both are told", () => {
    const people = [person("ann", "east"), person("bob", "east")];
    const facts = [sale("ann", 450, "05-02"), sale("bob", 50, "05-02")];
    const settlement = gated([BRANCH, OWN], facts, people);
    expect(paid(settlement)).toEqual({ "ranking ann": "25.00" });
    expect(traceOf(settlement, "ranking", "bob").filter(({ step }) => step === "gate")).toMatchObject([
      { on: "branch", passed: true },
      { on: "self", passed: false, missing: "50.00" },
    ]);
  });
});

describe("who belongs to no unit at the period's last instant", () => {
  it.each([
    // The end is the first day no longer in force; the period's last instant lies in the 31st of May.
    ["2018-05-20", false],
    ["2018-05-31", false],
    ["2018-06-01", true],
    ["2018-07-01", true],
    [null, true],
  ])("left on %s: takes part: %s", (to, takesPart) => {
    const people = [person("ann", "east", { to }), person("bob", "east")];
    const facts = [sale("ann", 600, "05-02"), sale("bob", 100, "05-03")];
    const settlement = gated([BRANCH], facts, people);
    expect(paid(settlement)).toEqual(
      takesPart ? { "ranking ann": "25.00", "ranking bob": "15.00" } : { "ranking bob": "25.00" },
    );
    if (!takesPart) {
      expect(traceOf(settlement, "ranking", "ann").at(-1)).toEqual({
        step: "excluded",
        reason: "no-membership",
        message: "belongs to no unit at the period's last instant",
      });
    }
    // What was sold for the branch stays the branch's.
    expect(traceOf(settlement, "ranking", "bob")[1]).toMatchObject({ subject: "east", value: "700.00" });
  });

  it("takes part where the reward looks at no unit", () => {
    const settlement = gated([OWN], [sale("ann", 600, "05-02")], [person("ann", "east", { to: "2018-05-20" })]);
    expect(paid(settlement)).toEqual({ "ranking ann": "25.00" });
  });
});

describe("a reward within a unit", () => {
  const within = { unit: "north", membership: "periodEnd" } as const;
  const people = [
    person("ann", "east"),
    person("eve", "coast"),
    person("in", "coast", { to: "2018-05-20" }),
    person("in", "west", { from: "2018-05-20" }),
    person("out", "west", { to: "2018-05-20" }),
    person("out", "coast", { from: "2018-05-20" }),
    person("left", "coast", { to: "2018-05-20" }),
  ];
  const facts = ["ann", "eve", "in", "out", "left"].map((id, index) => sale(id, 100 + index, "05-02"));

  it("is for those who are there at the end, wherever they sold; others are not looked at", () => {
    const settlement = gated([], facts, people, { within });
    // In sold 102.00, ann 100.00.
    expect(paid(settlement)).toEqual({ "ranking in": "25.00", "ranking ann": "15.00" });
    expect(settlement.notAwarded.map(({ subject }) => subject.id)).toEqual(["left"]);
    expect(traceOf(settlement, "ranking", "left").at(-1)).toMatchObject({ reason: "no-membership" });
  });

  it("of branches is for the branches inside", () => {
    const settlement = gated([], facts, people, { within, level: "branch" });
    // West: what out sold before leaving, 103.00; east: ann's 100.00; in sold for the coast.
    expect(paid(settlement)).toEqual({ "ranking west": "25.00", "ranking east": "15.00" });
    expect(settlement.notAwarded).toEqual([]);
  });
});

describe("a reward for roles", () => {
  it("is for who has one of them at the end, and tells the others theirs", () => {
    const people = [
      person("ann", "east", { role: "manager", to: "2018-05-20" }),
      person("ann", "east", { role: "agent", from: "2018-05-20" }),
      person("bob", "east", { role: "agent", to: "2018-05-20" }),
      person("bob", "east", { role: "manager", from: "2018-05-20" }),
    ];
    const facts = [sale("ann", 100, "05-02"), sale("bob", 200, "05-02")];
    const settlement = gated([], facts, people, { roles: { anyOf: ["agent", "trainee"], membership: "periodEnd" } });
    expect(paid(settlement)).toEqual({ "ranking ann": "25.00" });
    expect(traceOf(settlement, "ranking", "bob").at(-1)).toEqual({
      step: "excluded",
      reason: "role",
      message: "is manager at the period's last instant; agent or trainee takes part",
    });
  });
});
