import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { maximumLiability } from "#engine/liability.ts";
import {
  PEOPLE,
  type PlanDocument,
  person,
  planOf,
  type RewardDocument,
  sale,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { expectOneProblem, OWN_GATE, reward } from "#test/fixtures/plan-problems.ts";

type Penalty = Extract<RewardDocument, { kind: "penalty" }>;

/** A yellow card for each week below 100. */
function cards(changes: Partial<Penalty> = {}): Penalty {
  return {
    id: "cards",
    kind: "penalty",
    measure: "sales",
    level: "participant",
    pay: "self",
    per: "week",
    accumulate: "slice",
    when: { below: { value: "100" } },
    card: "yellow",
    ...changes,
  };
}

const ANN_AND_BOB = PEOPLE.slice(0, 2);

function settledOn(facts: readonly Fact[], changes: Partial<Penalty> = {}, asOf?: string) {
  return settled({ plan: planOf({ rewards: [cards(changes)] }), facts, memberships: ANN_AND_BOB }, asOf);
}

/** Lines of Ann: slice, part and amount. */
function lines(...args: Parameters<typeof settledOn>): string[] {
  return settledOn(...args)
    .lines.filter(({ payee }) => payee.id === "ann")
    .map(({ slice, part = "fine", amount, currency }) => `${slice} ${part} ${amount} ${currency}`);
}

const weeks = (...amounts: readonly number[]) =>
  amounts.map((amount, index) => sale("ann", amount, `05-${String(2 + 7 * index).padStart(2, "0")}`));

describe("a penalty", () => {
  it("is a card for who is below a mark, also without any sale, and a fine below zero", () => {
    const settlement = settledOn(weeks(100, 99.99), { fine: "50.00" }, "2018-05-13T00:00:00Z");
    expect(settlement.lines.map(({ lineId, amount, currency }) => [lineId, amount, currency])).toEqual([
      ["cards:participant:ann:2018-W19", "-50.00", "CNY"],
      ["cards:participant:ann:2018-W19:yellow", "1", "honour:yellow"],
      ["cards:participant:bob:2018-W18", "-50.00", "CNY"],
      ["cards:participant:bob:2018-W18:yellow", "1", "honour:yellow"],
      ["cards:participant:bob:2018-W19", "-50.00", "CNY"],
      ["cards:participant:bob:2018-W19:yellow", "1", "honour:yellow"],
    ]);
    // Cards are no money.
    expect(settlement.totals).toMatchObject({ all: "-150.00", byReward: { cards: "-150.00" } });
    expect(settlement.warnings).toMatchObject([
      { code: "penalty", reward: "cards", message: "cards penalises in 2018-W18: bob (yellow)", blocks: false },
      { message: "cards penalises in 2018-W19: ann (yellow), bob (yellow)" },
    ]);
    expect(settlement.lines[0]?.trace.at(-1)).toMatchObject({ value: "99.99", threshold: "100.00", missing: "0.01" });
  });

  it("spares who is at the mark, and who does not pass a gate", () => {
    expect(lines(weeks(100), {}, "2018-05-05T00:00:00Z")).toEqual([]);
    expect(traceOf(settledOn(weeks(100), {}, "2018-05-05T00:00:00Z"), "cards", "ann").at(-1)).toMatchObject({
      step: "nothing",
      reason: "no-penalty",
    });
    expect(lines(weeks(50), { gates: [OWN_GATE] }, "2018-05-05T00:00:00Z")).toEqual([]);
  });

  const YELLOW_THEN_RED = { card: "red", fine: "200.00" } as const;

  it.each([
    ["restart", ["yellow", "red", "yellow", "red"]],
    ["stays", ["yellow", "red", "red", "red"]],
  ] as const)("with two in a row becomes another, and then %s", (next, expected) => {
    const escalate = { after: 2, over: "inARow", next, ...YELLOW_THEN_RED } as const;
    const found = lines(weeks(1, 1, 1, 1), { escalate }, "2018-05-25T00:00:00Z");
    expect(found.filter((line) => line.includes("honour:")).map((line) => line.split(" ")[1])).toEqual(expected);
    const fines = found.filter((line) => line.includes(" fine "));
    expect(fines).toHaveLength(expected.filter((card) => card === "red").length);
    expect(fines[0]).toBe("2018-W19 fine -200.00 CNY");
  });

  it("in a row is broken by a slice without; over several slices it is not", () => {
    const facts = weeks(1, 100, 1, 1);
    const asOf = "2018-05-25T00:00:00Z";
    const inARow = { after: 2, over: "inARow", next: "restart", ...YELLOW_THEN_RED } as const;
    const cardsOf = (escalate: Penalty["escalate"]) =>
      lines(facts, { escalate }, asOf)
        .filter((line) => line.includes("honour:"))
        .map((line) => line.split(" ").slice(0, 2).join(" "));
    expect(cardsOf(inARow)).toEqual(["2018-W18 yellow", "2018-W20 yellow", "2018-W21 red"]);
    expect(cardsOf({ ...inARow, over: { slices: 3 } })).toEqual(["2018-W18 yellow", "2018-W20 red", "2018-W21 yellow"]);
    expect(cardsOf({ ...inARow, over: { slices: 2 } })).toEqual(["2018-W18 yellow", "2018-W20 yellow", "2018-W21 red"]);
  });

  it("of the last is for the lowest values; a tie reaching above them is all or none", () => {
    const facts = [sale("ann", 5, "05-02"), sale("bob", 7, "05-02"), sale("cy", 5, "05-02"), sale("dan", 9, "05-02")];
    const carded = (last: number, ties: "all" | "none") =>
      settled(
        {
          plan: planOf({ rewards: [cards({ when: { last, ties }, fine: "10.00" })] }),
          facts,
          memberships: PEOPLE.slice(0, 4),
        },
        "2018-05-05T00:00:00Z",
      )
        .lines.filter(({ part }) => part === undefined)
        .map(({ payee }) => payee.id);
    expect(carded(1, "all")).toEqual(["ann", "cy"]);
    expect(carded(1, "none")).toEqual([]);
    expect(carded(2, "none")).toEqual(["ann", "cy"]);
    expect(carded(3, "none")).toEqual(["ann", "bob", "cy"]);
  });

  it("can be for missing one's own target, and judges nobody who has none", () => {
    const { per: _, accumulate: __, ...once } = cards({ when: { below: { target: "start" } } });
    const settlement = settled({
      plan: planOf({ rewards: [once] }),
      facts: [sale("ann", 50, "05-02"), sale("bob", 50, "05-02")],
      memberships: ANN_AND_BOB,
      targets: [target("ann", "start", "60"), target("bob", "start", "50")],
    });
    expect(settlement.lines.map(({ lineId }) => lineId)).toEqual(["cards:participant:ann:yellow"]);
  });

  it("is for the audience only: who cannot sell is not among the last", () => {
    const memberships = [person("ann", "east"), person("boss", "east", { role: "manager" }), person("eve", "coast")];
    const carded = (audience: PlanDocument["audience"]) =>
      settled(
        { plan: planOf({ ...(audience ? { audience } : {}), rewards: [cards()] }), facts: weeks(100), memberships },
        "2018-05-05T00:00:00Z",
      ).lines.map(({ payee }) => payee.id);
    expect(carded(undefined)).toEqual(["boss", "eve"]);
    expect(carded({ roles: ["agent"], membership: "periodEnd" })).toEqual(["eve"]);
    expect(carded({ units: ["north"], membership: "periodEnd" })).toEqual(["boss"]);
  });

  it("costs nothing at most", () => {
    expect(maximumLiability(planOf({ rewards: [cards({ fine: "50.00" })] })).totalMinor).toBe(0);
  });

  it.each([
    [
      "same-card",
      "/rewards/0/escalate/card",
      ["yellow"],
      { escalate: { after: 2, over: "inARow", next: "stays", card: "yellow" } },
    ],
    [
      "policy-impossible",
      "/rewards/0/escalate/over/slices",
      ["2", "3"],
      { escalate: { after: 3, over: { slices: 2 }, next: "stays", card: "red" } },
    ],
    ["money-only", "/rewards/0/cap", ["cap"], { cap: { amount: "5", over: "slice" } }],
    ["too-fine", "/rewards/0/fine", ["0.001"], { fine: "0.001" }],
    ["too-fine", "/rewards/0/when/below/value", ["0.001"], { when: { below: { value: "0.001" } } }],
  ] as const)("with %s at %s is refused", (code, path, says, changes) => {
    expectOneProblem(reward({ ...cards(), ...changes }), [code, path, says]);
  });

  it("escalates over slices only", () => {
    const {
      per: _,
      accumulate: __,
      ...once
    } = cards({ escalate: { after: 2, over: "inARow", next: "stays", card: "red" } });
    expectOneProblem(reward(once), ["policy-impossible", "/rewards/0/escalate", ["only one"]]);
  });
});
