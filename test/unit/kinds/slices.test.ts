import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { Target } from "#domain/target.ts";
import { byLine, reasons } from "#test/fixtures/by-line.ts";
import {
  commission,
  type PlanDocument,
  person,
  planOf,
  type RewardDocument,
  ranking,
  type SmallWorld,
  sale,
  settled,
  target,
} from "#test/fixtures/plan-builder.ts";

const LATE = "2030-01-01T00:00:00Z";

function period(start: string, end: string, zone = "Asia/Shanghai"): PlanDocument["period"] {
  return { start: `${start}T00:00`, end: `${end}T00:00`, zone };
}

function lines(changes: Partial<PlanDocument>, facts: readonly Fact[], world: Partial<SmallWorld> = {}, asOf = LATE) {
  return byLine(settled({ plan: planOf(changes), facts, ...world }, asOf).lines);
}

/** A sale of 100 of ann's at an instant. */
function at(occurredAt: string, participantId = "ann"): Fact {
  return sale(participantId, 100, "05-01", { occurredAt, externalId: occurredAt });
}

type Commission = Extract<RewardDocument, { kind: "commission" }>;

const sliced = (per: NonNullable<Commission["per"]>, changes: Partial<Commission> = {}): Commission[] => [
  commission({ per, accumulate: "slice", ...changes }),
];

describe("a reward by slices", () => {
  const SPRING = period("2018-04-15", "2018-06-10");

  it("is decided in each by what occurred in it, to the millisecond", () => {
    const facts = [
      at("2018-04-30T23:59:59.999+08:00"),
      at("2018-05-01T00:00:00+08:00"),
      at("2018-05-31T23:59:59+08:00"),
      at("2018-06-01T00:00:00+08:00"),
    ];
    expect(lines({ period: SPRING, rewards: sliced("month") }, facts)).toEqual({
      "commission ann 2018-04": "10.00",
      "commission ann 2018-05": "20.00",
      "commission ann 2018-06": "10.00",
    });
    expect(lines({ period: SPRING, rewards: sliced("quarter") }, facts)).toEqual({ "commission ann 2018-Q2": "40.00" });
    expect(lines({ period: SPRING, rewards: sliced("campaign", { accumulate: undefined }) }, facts)).toEqual({
      "commission ann": "40.00",
    });
  });

  it.each<[what: string, per: "day" | "week" | "year", PlanDocument["period"], facts: string[], expected: string[]]>([
    [
      "weeks are ISO weeks: 2020 has a 53rd, and the first of 2021 begins on the 4th",
      "week",
      period("2020-12-25", "2021-01-10"),
      ["2020-12-27T12:00:00+08:00", "2021-01-03T23:59:59+08:00", "2021-01-04T00:00:00+08:00"],
      ["2020-W52", "2020-W53", "2021-W01"],
    ],
    [
      "a leap year has its 29th of February",
      "day",
      period("2020-02-28", "2020-03-02"),
      ["2020-02-29T00:00:00+08:00", "2020-02-29T23:59:59+08:00", "2020-03-01T00:00:00+08:00"],
      ["2020-02-29", "2020-02-29", "2020-03-01"],
    ],
    [
      "a day is a day where the clock changes: 23 hours in March, 25 in October",
      "day",
      period("2018-03-24", "2018-10-30", "Europe/Berlin"),
      ["2018-03-25T21:59:59Z", "2018-03-25T22:00:00Z", "2018-10-27T22:00:00Z", "2018-10-28T22:59:59Z"],
      ["2018-03-25", "2018-03-26", "2018-10-28", "2018-10-28"],
    ],
    [
      "years turn in the plan's zone",
      "year",
      period("2019-06-01", "2021-06-01"),
      ["2019-12-31T15:59:59Z", "2019-12-31T16:00:00Z"],
      ["2019", "2020"],
    ],
  ])("%s", (_what, per, when, facts, expected) => {
    const sums = new Map<string, number>();
    for (const id of expected) sums.set(`commission ann ${id}`, (sums.get(`commission ann ${id}`) ?? 0) + 10);
    expect(
      lines(
        { period: when, rewards: sliced(per) },
        facts.map((instant) => at(instant)),
      ),
    ).toEqual(Object.fromEntries([...sums].map(([key, sum]) => [key, `${sum}.00`])));
  });

  it("of listed windows leaves out what lies in a gap", () => {
    const windows = [
      {
        id: "holidays",
        windows: [
          { id: "labour", start: "2018-05-01T00:00", end: "2018-05-04T00:00" },
          { id: "eve", start: "2018-05-20T12:00", end: "2018-05-21T00:00" },
        ],
      },
    ];
    const facts = [sale("ann", 100, "05-03 23:59"), sale("ann", 200, "05-04 00:00"), sale("ann", 300, "05-20 12:00")];
    expect(lines({ windows, rewards: sliced({ windows: "holidays" }) }, facts)).toEqual({
      "commission ann labour": "10.00",
      "commission ann eve": "30.00",
    });
  });

  it("takes the targets of its slice, and each slice its own", () => {
    const gate = { on: "self", measure: "sales", atLeast: { target: "quota" } } as const;
    const rewards = sliced("month", { gates: [gate] });
    const targets = [
      { ...target("ann", "quota", "100.00"), slice: "2018-05" },
      { ...target("ann", "quota", "150.00"), slice: "2018-06" },
    ];
    const facts = [sale("ann", 100, "05-02"), sale("ann", 149, "06-02")];
    const plan = planOf({ period: period("2018-05-01", "2018-07-01"), rewards });
    const memberships = [person("ann", "east")];
    const settlement = settled({ plan, facts, targets, memberships }, LATE);
    expect(byLine(settlement.lines)).toEqual({ "commission ann 2018-05": "10.00" });
    expect(reasons(settlement)).toEqual({ "commission ann 2018-06": "gate" });
    const ofCampaign: Target[] = [target("ann", "quota", "100.00")];
    expect(() => settled({ plan, facts, memberships, targets: ofCampaign }, LATE)).toThrow("does not fit");
  });

  it("sees who belongs where at its own last instant", () => {
    const memberships = [
      person("ann", "east", { to: "2018-06-01" }),
      person("ann", "coast", { from: "2018-06-01" }),
      person("bob", "east"),
    ];
    const facts = [
      sale("ann", 100, "05-02"),
      sale("ann", 100, "06-02"),
      sale("bob", 50, "05-03"),
      sale("bob", 50, "06-03"),
    ];
    const rewards = [ranking({ per: "month", accumulate: "slice", within: { unit: "east", membership: "periodEnd" } })];
    expect(lines({ period: period("2018-05-01", "2018-07-01"), rewards }, facts, { memberships })).toEqual({
      "ranking ann 2018-05": "25.00",
      "ranking bob 2018-05": "15.00",
      "ranking bob 2018-06": "25.00",
    });
  });

  it("is decided once it has begun", () => {
    const rewards = sliced("month");
    const facts = [sale("ann", 100, "05-02"), sale("ann", 100, "06-02", { recordedAt: "2018-05-20T00:00:00Z" })];
    const plan = planOf({ period: period("2018-05-01", "2018-07-01"), rewards });
    const until = (asOf: string) => byLine(settled({ plan, facts }, asOf).lines);
    expect(until("2018-05-31T15:59:59.999Z")).toEqual({ "commission ann 2018-05": "10.00" });
    expect(until("2018-05-31T16:00:00Z")).toEqual({
      "commission ann 2018-05": "10.00",
      "commission ann 2018-06": "10.00",
    });
  });
});
