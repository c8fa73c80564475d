import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { Settlement } from "#domain/line.ts";
import {
  paid,
  person,
  places,
  planOf,
  prizes,
  type RewardDocument,
  ranking,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

type Ranking = Extract<RewardDocument, { kind: "ranking" }>;
type Ties = Ranking["ties"];

function ranked(facts: readonly Fact[], changes: Partial<Ranking> = {}): Settlement {
  return settled({ plan: planOf({ rewards: [ranking(changes)] }), facts });
}

/** Everybody sells in a minute of their own, in the order in which they are named. */
function sales(amounts: Readonly<Record<string, number>>): Fact[] {
  return Object.entries(amounts).map(([id, amount], index) => sale(id, amount, `05-02 09:${10 + index}`));
}

function flags({ warnings }: Settlement): string[] {
  return warnings.map(({ code, subject }) => `${code}: ${subject}`);
}

describe("a ranking", () => {
  it("pays by place, and tells everybody where they stand", () => {
    const settlement = ranked(sales({ ann: 100, bob: 400, cy: 200, dan: 300 }));
    expect(places(settlement, "ranking")).toEqual(["1 bob", "2 dan", "3 cy", "4 ann"]);
    expect(paid(settlement)).toEqual({ "ranking bob": "25.00", "ranking dan": "15.00", "ranking cy": "8.00" });
    expect(traceOf(settlement, "ranking", "dan")).toMatchObject([
      { step: "measure", value: "300.00", contributions: [{ value: "300.00" }] },
      {
        step: "place",
        rank: 2,
        of: 4,
        by: { rule: "value" },
        ahead: { subject: "bob", value: "400.00" },
        behind: { subject: "cy", value: "200.00" },
      },
      { step: "prize", from: 2, to: 2, amount: "15.00" },
    ]);
  });

  it("tells those beyond the bands what was missing to the last prize", () => {
    const settlement = ranked(sales({ ann: 99.99, bob: 400, cy: 200, dan: 300 }));
    expect(traceOf(settlement, "ranking", "ann").at(-1)).toEqual({
      step: "nothing",
      reason: "below-prizes",
      message: "rank 4 is below the last prize, for place 3",
      missing: "100.01",
    });
  });

  it("pays every place of a band its amount, and those that nobody takes to nobody", () => {
    const bands = [
      { from: 1, to: 1, amount: "50.00" },
      { from: 2, to: 4, amount: "10.00" },
      { from: 5, to: 50, amount: "5.00" },
    ];
    const settlement = ranked(sales({ ann: 50, bob: 40, cy: 30, dan: 20, eve: 10 }), { prizes: bands });
    // 50 + 3 × 10 + 5.
    expect(settlement.totals.all).toBe("85.00");
    expect(traceOf(settlement, "ranking", "dan").at(-1)).toMatchObject({ step: "prize", from: 2, to: 4 });
  });

  it("of a published list gives the sixth of eleven the sixth prize", () => {
    const units = { A: 96, G: 72, I: 59, B: 44, F: 32, User: 30, H: 29, D: 26, C: 25, J: 20, E: 18 };
    const settlement = settled({
      memberships: Object.keys(units).map((id) => person(id, "east")),
      plan: planOf({
        measures: [{ id: "sales", aggregate: "sum", of: "quantity" }],
        rewards: [ranking({ prizes: prizes(6861.33, 5000, 4000, 3000, 2000, 1332.73, 1300, 1200, 1100, 937.26) })],
      }),
      facts: Object.entries(units).map(([id, quantity]) => sale(id, 1, "05-02", { quantity: String(quantity) })),
    });
    expect(paid(settlement)).toMatchObject({
      "ranking A": "6861.33",
      "ranking User": "1332.73",
      "ranking J": "937.26",
    });
    expect(paid(settlement)).not.toHaveProperty("ranking E");
    expect(traceOf(settlement, "ranking", "E").at(-1)).toMatchObject({ missing: "2.000000" });
  });

  it("ranks branches by what their people sold", () => {
    const settlement = ranked(sales({ ann: 60, bob: 50, cy: 100, eve: 10 }), { level: "branch" });
    expect(paid(settlement)).toEqual({ "ranking east": "25.00", "ranking west": "15.00", "ranking coast": "8.00" });
  });

  it("ranks what was returned below nothing", () => {
    const settlement = ranked(sales({ ann: -5, bob: 5 }));
    expect(places(settlement, "ranking")).toEqual(["1 bob", "2 ann"]);
  });
});

describe("a tie, where three have 100 and one has 50, for prizes of 25, 15, 8 and 2", () => {
  const facts = [...sales({ cy: 100, bob: 100, ann: 100, dan: 50 })];
  const tied = (ties: Ties) => ranked(facts, { ties, prizes: prizes(25, 15, 8, 2) });

  it.each<[Ties, readonly string[], readonly [cy: string, bob: string, ann: string, dan: string]]>([
    // Cy sold first, ann last.
    ["earliestReach", ["1 cy", "2 bob", "3 ann", "4 dan"], ["25.00", "15.00", "8.00", "2.00"]],
    ["earlierLastFact", ["1 cy", "2 bob", "3 ann", "4 dan"], ["25.00", "15.00", "8.00", "2.00"]],
    // (25 + 15 + 8) / 3.
    ["poolPrizes", ["1 ann", "1 bob", "1 cy", "4 dan"], ["16.00", "16.00", "16.00", "2.00"]],
    ["samePrize", ["1 ann", "1 bob", "1 cy", "4 dan"], ["25.00", "25.00", "25.00", "2.00"]],
  ])("%s", (ties, order, [cy, bob, ann, dan]) => {
    const settlement = tied(ties);
    expect(places(settlement, "ranking")).toEqual(order);
    expect(paid(settlement)).toEqual({
      "ranking ann": ann,
      "ranking bob": bob,
      "ranking cy": cy,
      "ranking dan": dan,
    });
    expect(flags(settlement)).toEqual([]);
  });

  it("is told: with whom, by what it was decided, and what the pool was", () => {
    const place = (ties: Ties) => traceOf(tied(ties), "ranking", "bob").slice(1);
    expect(place("earliestReach")).toMatchObject([
      {
        by: { rule: "tie", policy: "earliestReach", at: "2018-05-02T09:11:00+08:00", thenId: false },
        tiedWith: ["cy", "ann"],
      },
      { step: "prize", from: 2, to: 2 },
    ]);
    expect(place("poolPrizes")).toMatchObject([
      { by: { rule: "tie", policy: "poolPrizes", thenId: false }, tiedWith: ["ann", "cy"] },
      { step: "prize", from: 1, to: 3, pooled: true, amount: "16.00" },
    ]);
    expect(place("samePrize")).toMatchObject([
      { by: { rule: "tie", policy: "samePrize", thenId: false } },
      { step: "prize", from: 1, to: 1 },
    ]);
  });

  it.each<Ties>(["earliestReach", "earlierLastFact", "poolPrizes", "samePrize"])(
    "%s says nothing of a tie to who is tied with nobody",
    (ties) => {
      const [, place, prize] = traceOf(tied(ties), "ranking", "dan");
      expect(place).toMatchObject({ step: "place", rank: 4, of: 4, by: { rule: "value" } });
      expect(place).not.toHaveProperty("tiedWith");
      expect(prize).toMatchObject({ step: "prize", from: 4, to: 4, pooled: false, amount: "2.00" });
    },
  );

  it("at the last prize tells who comes after it that no value was missing", () => {
    const settlement = ranked(facts, { prizes: prizes(25, 15) });
    const [nothing, below] = ["ann", "dan"].map((id) => traceOf(settlement, "ranking", id).at(-1));
    expect(nothing).toMatchObject({ step: "nothing", reason: "below-prizes" });
    expect(nothing).not.toHaveProperty("missing");
    expect(below).toMatchObject({ reason: "below-prizes", missing: "50.00" });
  });
});

describe("poolPrizes", () => {
  it("shares to the fen, what is left over to the smallest id", () => {
    // 25 + 15 + 8.01 = 48.01.
    const settlement = ranked(sales({ cy: 100, bob: 100, ann: 100 }), {
      ties: "poolPrizes",
      prizes: prizes(25, 15, 8.01),
    });
    expect(paid(settlement)).toEqual({ "ranking ann": "16.01", "ranking bob": "16.00", "ranking cy": "16.00" });
  });

  it("counts places beyond the bands as nothing", () => {
    // Second to fourth share 15 + 8 + 0 = 23.
    const settlement = ranked(sales({ ann: 200, bob: 100, cy: 100, dan: 100, eve: 50 }), { ties: "poolPrizes" });
    expect(paid(settlement)).toEqual({
      "ranking ann": "25.00",
      "ranking bob": "7.67",
      "ranking cy": "7.67",
      "ranking dan": "7.66",
    });
    expect(places(settlement, "ranking").at(-1)).toBe("5 eve");
  });
});

describe("earliestReach and earlierLastFact", () => {
  const DEALS = { measures: [{ id: "sales", aggregate: "count" }] } as const;
  const deals = (id: string, last: string) => [
    ...Array.from({ length: 19 }, (_, index) => sale(id, 1, `05-03 10:${10 + index}`)),
    sale(id, 1, last),
  ];
  const decided = (ties: Ties, facts: readonly Fact[]) =>
    places(
      settled({ plan: planOf({ ...DEALS, measures: [...DEALS.measures], rewards: [ranking({ ties })] }), facts }),
      "ranking",
    );

  it("of twenty deals each: who had the twentieth half an hour earlier is first", () => {
    // Ann by 16:30, bob by 16:00 of the same Friday.
    const facts = [...deals("ann", "05-04 16:30"), ...deals("bob", "05-04 16:00")];
    expect(decided("earliestReach", facts)).toEqual(["1 bob", "2 ann"]);
    expect(decided("earlierLastFact", facts)).toEqual(["1 bob", "2 ann"]);
  });

  it("differ when somebody had the value already, lost it and came back", () => {
    // Ann is at 100 on the 3rd, at 90 on the 4th, at 100 again on the 9th; bob is at 100 on the 5th.
    const facts = [
      sale("ann", 100, "05-03"),
      sale("ann", -10, "05-04"),
      sale("ann", 10, "05-09"),
      sale("bob", 100, "05-05"),
    ];
    expect(places(ranked(facts, { ties: "earliestReach" }), "ranking")).toEqual(["1 ann", "2 bob"]);
    expect(places(ranked(facts, { ties: "earlierLastFact" }), "ranking")).toEqual(["1 bob", "2 ann"]);
  });

  it("differ when a sale of nothing follows", () => {
    const facts = [sale("ann", 100, "05-03"), sale("ann", 0, "05-09"), sale("bob", 100, "05-05")];
    expect(places(ranked(facts, { ties: "earliestReach" }), "ranking")).toEqual(["1 ann", "2 bob"]);
    expect(places(ranked(facts, { ties: "earlierLastFact" }), "ranking")).toEqual(["1 bob", "2 ann"]);
  });
});

describe("a tie that the policy leaves open is ordered by id", () => {
  const together = (...ids: readonly string[]) => ids.map((id) => sale(id, 100, "05-02 09:00"));

  it("and flagged where that moves money", () => {
    const settlement = ranked(together("cy", "ann", "bob"));
    expect(paid(settlement)).toEqual({ "ranking ann": "25.00", "ranking bob": "15.00", "ranking cy": "8.00" });
    expect(settlement.warnings).toMatchObject([
      { code: "tie-unresolved", reward: "ranking", subject: "ann, bob, cy", blocks: false },
    ]);
    expect(settlement.warnings[0]?.message).toBe(
      "ann and bob and cy are still tied after earliestReach; they were ordered by id, and their places pay differently",
    );
    expect(traceOf(settlement, "ranking", "bob")[1]).toMatchObject({
      by: { rule: "tie", policy: "earliestReach", thenId: true },
    });
  });

  it.each<[where: string, facts: readonly Fact[], changes: Partial<Ranking>, flagged: readonly string[]]>([
    [
      "at the last prize",
      [...sales({ dan: 300, eve: 200 }), ...together("bob", "ann")],
      {},
      ["tie-unresolved: ann, bob"],
    ],
    ["within one band", together("bob", "ann"), { prizes: [{ from: 1, to: 2, amount: "5.00" }] }, []],
    ["below the prizes", [...sales({ cy: 300, dan: 200 }), ...together("bob", "ann")], { prizes: prizes(25, 15) }, []],
    // Cy had 100 earlier and wins the first place; ann and bob take two places that pay the same.
    [
      "between places that pay the same",
      [sale("cy", 100, "05-01"), ...together("bob", "ann")],
      { prizes: prizes(25, 8, 8) },
      [],
    ],
    [
      "between places that pay otherwise",
      [sale("cy", 100, "05-01"), ...together("bob", "ann")],
      {},
      ["tie-unresolved: ann, bob"],
    ],
    ["where nothing is left open by sharing", together("bob", "ann"), { ties: "poolPrizes" }, []],
    ["where nothing is left open by one prize", together("bob", "ann"), { ties: "samePrize" }, []],
  ])("%s", (_where, facts, changes, flagged) => {
    expect(flags(ranked(facts, changes))).toEqual(flagged);
  });

  it("and two such ties are told one by one", () => {
    const facts = [...together("bob", "ann"), sale("dan", 50, "05-03"), sale("cy", 50, "05-03")];
    expect(flags(ranked(facts, { prizes: prizes(25, 15, 8, 2) }))).toEqual([
      "tie-unresolved: ann, bob",
      "tie-unresolved: cy, dan",
    ]);
  });
});

describe("a failed gate", () => {
  /** Ten deals are needed; ann leads by far with three. */
  const MEASURES = [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "deals", aggregate: "count" },
  ] as const;
  const gates = [{ on: "self", measure: "deals", atLeast: { value: "10" } }] as const;
  const deals = (id: string, count: number, amount: number) =>
    Array.from({ length: count }, (_, index) => sale(id, amount, `05-03 10:${10 + index}`));
  const facts = [...deals("ann", 3, 1000), ...deals("bob", 10, 50), ...deals("cy", 12, 20)];
  const gated = (changes: Partial<Ranking>, of = facts) =>
    settled({
      plan: planOf({ measures: [...MEASURES], rewards: [ranking({ gates: [...gates], ...changes })] }),
      facts: of,
    });

  it("with `forfeit` keeps the place and loses the prize: nobody moves up", () => {
    const settlement = gated({ gateEffect: "forfeit" });
    expect(places(settlement, "ranking")).toEqual(["1 ann", "2 bob", "3 cy"]);
    expect(paid(settlement)).toEqual({ "ranking bob": "15.00", "ranking cy": "8.00" });
    expect(traceOf(settlement, "ranking", "ann")).toMatchObject([
      { step: "measure" },
      { step: "gate", value: "3", threshold: "10", passed: false, missing: "7" },
      { step: "place", rank: 1 },
      { step: "nothing", reason: "gate", message: expect.stringContaining("the place is kept, the prize is lost") },
    ]);
  });

  it("with `rerank` takes the entrant out: all others move up", () => {
    const settlement = gated({ gateEffect: "rerank" });
    expect(places(settlement, "ranking")).toEqual(["1 bob", "2 cy"]);
    expect(paid(settlement)).toEqual({ "ranking bob": "25.00", "ranking cy": "15.00" });
    expect(traceOf(settlement, "ranking", "ann").at(-1)).toMatchObject({
      step: "nothing",
      reason: "gate",
      message: expect.stringContaining("those below moved up"),
    });
  });

  it("with `forfeit` loses also the share of a pool, which nobody else gets", () => {
    // Ann and bob both have 500.00: 25 + 15 = 40, 20 each.
    const tied = [...deals("ann", 1, 500), ...deals("bob", 10, 50), ...deals("cy", 12, 20)];
    expect(paid(gated({ gateEffect: "forfeit", ties: "poolPrizes" }, tied))).toEqual({
      "ranking bob": "20.00",
      "ranking cy": "8.00",
    });
    expect(paid(gated({ gateEffect: "rerank", ties: "poolPrizes" }, tied))).toEqual({
      "ranking bob": "25.00",
      "ranking cy": "15.00",
    });
  });

  it("of all that are tied leaves nothing to flag, of one of them it does", () => {
    const at = (id: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        sale(id, 600 / count, "05-03 10:10", { externalId: `${id} ${index}` }),
      );
    const none = gated({ gateEffect: "forfeit" }, [...at("ann", 2), ...at("bob", 3)]);
    expect(flags(none)).toEqual([]);
    const one = gated({ gateEffect: "forfeit" }, [...at("ann", 2), ...at("bob", 10)]);
    expect(paid(one)).toEqual({ "ranking bob": "15.00" });
    expect(flags(one)).toEqual(["tie-unresolved: ann, bob"]);
  });
});
