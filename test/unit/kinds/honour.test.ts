import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { Target } from "#domain/target.ts";
import {
  PEOPLE,
  type PlanDocument,
  planDocument,
  planOf,
  type RewardDocument,
  sale,
  score,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { expectOneProblem, OWN_GATE, reward } from "#test/fixtures/plan-problems.ts";

type Honour = Extract<RewardDocument, { kind: "honour" }>;

/** A red flag that travels from week to week. */
function flag(changes: Partial<Honour> = {}): Honour {
  return {
    id: "flag",
    kind: "honour",
    measure: "sales",
    level: "participant",
    pay: "self",
    per: "week",
    accumulate: "slice",
    badge: "red-flag",
    to: { best: "all" },
    nobody: "keeps",
    ...changes,
  };
}

function settledOn(
  facts: readonly Fact[],
  changes: Partial<Honour> = {},
  plan: Partial<PlanDocument> = {},
  targets: readonly Target[] = [],
) {
  return settled({ plan: planOf({ ...plan, rewards: [flag(changes)] }), facts, targets });
}

function holders(...args: Parameters<typeof settledOn>): string[] {
  return settledOn(...args).lines.map(({ slice, payee }) => `${slice} ${payee.id}`);
}

const WEEKS = [sale("ann", 20, "05-02"), sale("bob", 10, "05-02"), sale("bob", 5, "05-09"), sale("bob", 5, "05-16")];

describe("an honour", () => {
  it("is held by the best of each slice, and tells whom it comes from", () => {
    const settlement = settledOn(WEEKS, { nobody: "vacant" });
    expect(settlement.lines).toMatchObject([
      { slice: "2018-W18", payee: { id: "ann" }, amount: "1", currency: "honour:red-flag" },
      { slice: "2018-W19", payee: { id: "bob" } },
      { slice: "2018-W20", payee: { id: "bob" } },
    ]);
    expect(settlement.totals.all).toBe("0.00");
    const told = settlement.lines.map(({ trace }) => trace.at(-1));
    expect(told).toMatchObject([
      { how: "new", before: [], value: "20.00", of: 2 },
      { how: "new", before: ["ann"] },
      { how: "again", before: ["bob"] },
    ]);
  });

  it("nobody earns stays with who held it, or is vacant", () => {
    expect(holders(WEEKS, { nobody: "keeps" }).slice(-2)).toEqual(["2018-W21 bob", "2018-W22 bob"]);
    expect(holders(WEEKS, { nobody: "vacant" }).at(-1)).toBe("2018-W20 bob");
    const kept = settledOn(WEEKS, { nobody: "keeps" }).lines.at(-1);
    expect(kept?.trace.at(-1)).toMatchObject({ step: "honour", how: "kept", before: ["bob"] });
  });

  it("of equal values is held by all, or by who reached the value first", () => {
    const facts = [sale("bob", 10, "05-02"), sale("ann", 10, "05-03")];
    const week = { nobody: "vacant" } as const;
    expect(holders(facts, week)).toEqual(["2018-W18 ann", "2018-W18 bob"]);
    expect(holders(facts, { ...week, to: { best: "earliestReach" } })).toEqual(["2018-W18 bob"]);
  });

  it("reached at the same instant goes to the smaller id, and the run says so", () => {
    const facts = [sale("bob", 10, "05-02"), sale("ann", 10, "05-02")];
    const settlement = settledOn(facts, { to: { best: "earliestReach" }, nobody: "vacant" });
    expect(settlement.lines.map(({ payee }) => payee.id)).toEqual(["ann"]);
    expect(settlement.warnings).toMatchObject([{ code: "tie-unresolved", subject: "ann, bob", blocks: false }]);
  });

  it("for a mark is held by everybody at or above it", () => {
    const facts = [sale("ann", 10, "05-02"), sale("bob", 9.99, "05-02"), sale("cy", 11, "05-03")];
    const whole: Partial<Honour> = { nobody: "vacant", to: { atLeast: { value: "10" } } };
    expect(holders(facts, whole)).toEqual(["2018-W18 ann", "2018-W18 cy"]);
    expect(traceOf(settledOn(facts, whole), "flag", "bob").at(-1)).toMatchObject({ reason: "not-honoured" });
    const { per: _, accumulate: __, ...once } = flag({ nobody: "vacant", to: { atLeast: { target: "start" } } });
    const plan = planOf({ rewards: [once] });
    const targets = ["ann", "bob", "cy"].map((subject) => target(subject, "start", "10.50"));
    expect(
      settled({ plan, facts, targets, memberships: PEOPLE.slice(0, 3) }).lines.map(({ payee }) => payee.id),
    ).toEqual(["cy"]);
  });

  it("passes by who fails a gate", () => {
    const facts = [sale("ann", 50, "05-02"), sale("bob", 120, "05-02"), sale("cy", 130, "05-09")];
    expect(holders(facts, { gates: [OWN_GATE], nobody: "vacant" })).toEqual(["2018-W18 bob", "2018-W19 cy"]);
    expect(holders([facts[0] ?? sale("ann", 1, "05-02")], { gates: [OWN_GATE], nobody: "keeps" })).toEqual([]);
  });

  it("is compared by exact ratios", () => {
    const measures: PlanDocument["measures"] = [
      { id: "sales", aggregate: "sum", of: "amount" },
      { id: "won", aggregate: "sum", of: "value", when: 'topic == "won"' },
      { id: "asked", aggregate: "sum", of: "value", when: 'topic == "asked"' },
      { id: "rate", ratio: { numerator: "won", denominator: "asked", empty: "exclude" } },
    ];
    const of = (id: string, topic: string, value: string) =>
      score(id, value, "05-02", { topic, externalId: `${id} ${topic}` });
    const facts = [of("ann", "won", "1"), of("ann", "asked", "3"), of("bob", "won", "33"), of("bob", "asked", "100")];
    const settlement = settledOn(facts, { measure: "rate", nobody: "vacant" }, { measures });
    expect(settlement.lines.map(({ payee }) => payee.id)).toEqual(["ann"]);
    expect(settlement.lines[0]?.trace.at(-1)).toMatchObject({ value: "1/3" });
    expectOneProblem(
      { ...planDocument({ measures }), ...reward(flag({ measure: "rate", to: { best: "earliestReach" } })) },
      ["policy-impossible", "/rewards/0/to/best", ["rate"]],
    );
  });

  it("has no sums to date and no budget", () => {
    expectOneProblem(reward(flag({ accumulate: "toDate" })), ["money-only", "/rewards/0/accumulate", ["accumulate"]]);
    const budgets = [{ id: "all", rewards: ["flag"], amount: "5.00", policy: "proRata" }];
    expectOneProblem({ rewards: [flag()], budgets }, ["money-only", "/budgets/0/rewards/0", ["honour"]]);
  });
});
