import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { Settlement } from "#domain/line.ts";
import {
  at,
  paid,
  person,
  places,
  planOf,
  prizes,
  type RewardDocument,
  race,
  sale,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

type Race = Extract<RewardDocument, { kind: "race" }>;

const START = ["east", "west", "coast"].map((unit) => target(unit, "start", "100.00"));
const BUDGET = ["east", "west", "coast"].map((unit) => target(unit, "budget", "200.00"));

/** The branches race to 100.00 for prizes of 1000, 600 and 400; ann sells in east, cy in west, eve on the coast. */
function raced(facts: readonly Fact[], changes: Partial<Race> = {}, asOf?: string): Settlement {
  return settled({ plan: planOf({ rewards: [race(changes)] }), targets: [...START, ...BUDGET], facts }, asOf);
}

describe("a race", () => {
  it("is won in the order of the reach instants, at equality, and not by a cent less", () => {
    const settlement = raced([
      sale("ann", 100, "05-03 09:00"),
      sale("cy", 60, "05-01 09:00"),
      sale("cy", 40, "05-02 09:00"),
      sale("eve", 99.99, "05-01 09:00"),
    ]);
    expect(paid(settlement)).toEqual({ "race west": "1000.00", "race east": "600.00" });
    expect(traceOf(settlement, "race", "west")).toMatchObject([
      { step: "measure", value: "100.00", facts: 2, contributors: [{ participantId: "cy", value: "100.00" }] },
      { step: "reach", target: "start", threshold: "100.00", reached: { at: at("05-02 09:00"), value: "100.00" } },
      { step: "place", rank: 1, of: 2, by: { rule: "target", target: "start" }, behind: { subject: "east" } },
      { step: "prize", from: 1, to: 1, pooled: false, amount: "1000.00" },
    ]);
    expect(traceOf(settlement, "race", "coast").slice(1)).toEqual([
      { step: "reach", target: "start", threshold: "100.00", missing: "0.01" },
      { step: "nothing", reason: "target-not-reached", message: "no target was reached", missing: "0.01" },
    ]);
  });

  it("knows when the total reached the target, not when the largest sale was", () => {
    const settlement = raced([sale("ann", 99, "05-01"), sale("bob", 1, "05-05"), sale("cy", 150, "05-04")]);
    expect(places(settlement, "race")).toEqual(["1 west", "2 east"]);
  });

  it("puts what happened in one instant in the order of the fact keys", () => {
    const together = (keys: { readonly ann: string; readonly cy: string }, source = "pos") => [
      sale("ann", 100, "05-03 09:00", { externalId: keys.ann }),
      sale("cy", 100, "05-03 09:00", { externalId: keys.cy, source }),
    ];
    expect(places(raced(together({ ann: "b", cy: "a" })), "race")).toEqual(["1 west", "2 east"]);
    expect(places(raced(together({ ann: "a", cy: "b" })), "race")).toEqual(["1 east", "2 west"]);
    // The source is the first part of the key; and by code units, capitals come before small letters.
    expect(places(raced(together({ ann: "a", cy: "b" }, "app")), "race")).toEqual(["1 west", "2 east"]);
    expect(places(raced(together({ ann: "a", cy: "B" })), "race")).toEqual(["1 west", "2 east"]);
    expect(places(raced(together({ ann: "a", cy: "b" }).toReversed()), "race")).toEqual(["1 east", "2 west"]);
  });

  it("adds up within one instant in that order too", () => {
    // East has 60 by key a and reaches with key c; west reaches with key b, between them.
    const facts = [
      sale("ann", 60, "05-03 09:00", { externalId: "a" }),
      sale("bob", 40, "05-03 09:00", { externalId: "c" }),
      sale("cy", 100, "05-03 09:00", { externalId: "b" }),
    ];
    expect(places(raced(facts), "race")).toEqual(["1 west", "2 east"]);
  });

  it("compares instants, however their offsets are written", () => {
    const facts = [
      sale("ann", 100, "05-03", { occurredAt: "2018-05-03T09:00:00+08:00" }),
      sale("cy", 100, "05-03", { occurredAt: "2018-05-03T00:59:59Z" }),
    ];
    expect(places(raced(facts), "race")).toEqual(["1 west", "2 east"]);
  });

  it("leaves places open when fewer reach the target", () => {
    const { totals } = raced([sale("ann", 100, "05-03"), sale("cy", 99, "05-03")]);
    expect(totals.byReward).toEqual({ race: "1000.00" });
  });

  it("has no prize for those who come when the places are taken", () => {
    const settlement = raced([sale("ann", 100, "05-03"), sale("cy", 100, "05-04"), sale("eve", 100, "05-05")], {
      prizes: prizes(1000, 600),
    });
    expect(paid(settlement)).toEqual({ "race east": "1000.00", "race west": "600.00" });
    expect(traceOf(settlement, "race", "coast")).toMatchObject([
      { step: "measure" },
      { step: "reach" },
      { step: "place", rank: 3, of: 3, ahead: { subject: "west" } },
      { step: "nothing", reason: "places-taken", message: "the 2 places were taken by others" },
    ]);
  });

  it("tells a branch without sales that it has none", () => {
    expect(traceOf(raced([sale("ann", 100, "05-03")]), "race", "coast").at(-1)).toMatchObject({
      reason: "no-facts",
      message: "nothing was sold that counts",
    });
  });
});

describe("a race with a fallback", () => {
  const targets = ["budget", "start"];

  it("gives its first places to those who reached the first target, however late", () => {
    const settlement = raced(
      [
        // East reaches 100 on the 1st and 200 on the 30th, west 100 on the 3rd, coast 100 on the 2nd.
        sale("ann", 100, "05-01"),
        sale("bob", 100, "05-30"),
        sale("cy", 199.99, "05-03"),
        sale("eve", 100, "05-02"),
      ],
      { targets },
    );
    expect(places(settlement, "race")).toEqual(["1 east", "2 coast", "3 west"]);
    expect(
      traceOf(settlement, "race", "east").filter(({ step }) => step === "reach" || step === "place"),
    ).toMatchObject([
      { target: "budget", reached: { at: at("05-30") } },
      { target: "start", reached: { at: at("05-01") } },
      { by: { rule: "target", target: "budget" } },
    ]);
    expect(
      traceOf(settlement, "race", "west").filter(({ step }) => step === "reach" || step === "place"),
    ).toMatchObject([
      { target: "budget", missing: "0.01" },
      { target: "start", reached: { at: at("05-03") } },
      { by: { rule: "target", target: "start" } },
    ]);
  });

  it("orders those who reached the first target by that target alone", () => {
    // West was first at 100, but east was first at 200.
    const facts = [
      sale("cy", 100, "05-01"),
      sale("ann", 200, "05-05"),
      sale("dan", 100, "05-06"),
      sale("eve", 50, "05-01"),
    ];
    expect(places(raced(facts, { targets }), "race")).toEqual(["1 east", "2 west"]);
    expect(places(raced(facts, { targets: ["start"] }), "race")).toEqual(["1 west", "2 east"]);
  });
});

describe("a sale that is taken back", () => {
  const first = sale("ann", 60, "05-01");
  const second = sale("ann", 40, "05-02");
  const facts = [first, second, sale("ann", 50, "05-09"), sale("cy", 100, "05-05")];
  const cancelled = { ...second, version: 2, status: "cancelled", recordedAt: at("05-20") } as const;

  it("counts at no time: the reach moves to when the rest reached the target", () => {
    // East: 60, 100 on the 2nd. Without the second sale: 60, 110 on the 9th, after west on the 5th.
    expect(places(raced(facts), "race")).toEqual(["1 east", "2 west"]);
    const settlement = raced([...facts, cancelled]);
    expect(places(settlement, "race")).toEqual(["1 west", "2 east"]);
    expect(traceOf(settlement, "race", "east")[1]).toMatchObject({ reached: { at: at("05-09"), value: "110.00" } });
  });

  it("counts in a result as of before that was known", () => {
    expect(places(raced([...facts, cancelled], {}, at("05-19")), "race")).toEqual(["1 east", "2 west"]);
    expect(places(raced([...facts, cancelled], {}, at("05-20")), "race")).toEqual(["1 west", "2 east"]);
  });

  it("and put right again counts as it was", () => {
    const restored = { ...second, version: 3, recordedAt: at("05-25") } as const;
    expect(places(raced([...facts, cancelled, restored]), "race")).toEqual(["1 east", "2 west"]);
  });
});

describe("a negative amount", () => {
  it("after the target was reached does not undo the instant", () => {
    const settlement = raced([sale("ann", 100, "05-01"), sale("ann", -30, "05-02"), sale("cy", 100, "05-03")]);
    expect(places(settlement, "race")).toEqual(["1 east", "2 west"]);
    expect(traceOf(settlement, "race", "east")[0]).toMatchObject({ value: "70.00" });
  });

  it("before it moves the instant to when the running sum is there", () => {
    const settlement = raced([
      sale("ann", -30, "05-01"),
      sale("ann", 100, "05-02"),
      sale("ann", 30, "05-04"),
      sale("cy", 100, "05-03"),
    ]);
    expect(places(settlement, "race")).toEqual(["1 west", "2 east"]);
  });
});

describe("a race of people, or with gates", () => {
  it("needs a target for each person; who left before the end and has none takes no part and is told so", () => {
    const memberships = [person("ann", "east"), person("leo", "west", { to: "2018-05-20" })];
    const plan = planOf({ rewards: [race({ level: "participant", prizes: prizes(100, 50) })] });
    const facts = [sale("ann", 100, "05-05"), sale("leo", 500, "05-01")];
    const settlement = settled({ plan, memberships, facts, targets: [target("ann", "start", "100.00")] });
    expect(paid(settlement)).toEqual({ "race ann": "100.00" });
    expect(traceOf(settlement, "race", "leo").at(-1)).toEqual({
      step: "excluded",
      reason: "no-target",
      message: "has no target start",
    });
    const both = [target("ann", "start", "100.00"), target("leo", "start", "100.00")];
    expect(places(settled({ plan, memberships, facts, targets: both }), "race")).toEqual(["1 leo", "2 ann"]);
  });

  it("is only for those who pass the gates", () => {
    const gates = [{ on: "self", measure: "sales", atLeast: { value: "150.00" } }] as const;
    const settlement = raced([sale("ann", 149.99, "05-01"), sale("cy", 150, "05-05")], { gates: [...gates] });
    expect(paid(settlement)).toEqual({ "race west": "1000.00" });
    expect(traceOf(settlement, "race", "east").at(-1)).toEqual({
      step: "nothing",
      reason: "gate",
      message: "a gate was not passed",
    });
  });
});
