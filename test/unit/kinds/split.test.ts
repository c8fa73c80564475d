import { describe, expect, it } from "vitest";
import type { Settlement } from "#domain/line.ts";
import type { Membership } from "#domain/org.ts";
import type { Split } from "#domain/plan/parts.ts";
import {
  paid,
  person,
  planOf,
  prizes,
  race,
  ranking,
  sale,
  settled,
  target,
  traceOf,
  UNITS,
} from "#test/fixtures/plan-builder.ts";

const ROLES = { manager: "1", staff: "0.5" };

/** East wins the prize by ann's sale; who shares it is what the test says. */
function shared(prize: number, memberships: readonly Membership[], changes: Partial<Split> = {}): Settlement {
  const split: Split = { byRole: ROLES, membership: "periodEnd", nobody: "unit", ...changes };
  return settled({
    plan: planOf({ rewards: [race({ prizes: prizes(prize), pay: { split } })] }),
    targets: ["east", "west", "coast"].map((unit) => target(unit, "start", "100.00")),
    memberships: [person("ann", "east"), ...memberships],
    facts: [sale("ann", 100, "05-02")],
  });
}

function staff(id: string, changes: Parameters<typeof person>[2] = {}): Membership {
  return person(id, "east", { role: "staff", ...changes });
}

function manager(id: string): Membership {
  return person(id, "east", { role: "manager" });
}

describe("a split", () => {
  it("goes by coefficient of the role, and not to other roles", () => {
    // 2 : 1 : 1 : 1 of 10,000.00; ann is an agent.
    const settlement = shared(10_000, [manager("mia"), staff("sam"), staff("sue"), staff("sid")]);
    expect(paid(settlement)).toEqual({
      "race mia": "4000.00",
      "race sam": "2000.00",
      "race sid": "2000.00",
      "race sue": "2000.00",
    });
    expect(traceOf(settlement, "race", "sam").at(-1)).toEqual({
      step: "split",
      unit: "east",
      whole: "10000.00",
      role: "staff",
      coefficient: "0.5",
      share: "1/5",
      members: 4,
      amount: "2000.00",
    });
    expect(settlement.totals.all).toBe("10000.00");
  });

  it("gives what is left over by largest remainder", () => {
    // 100 fen by 1 : 2 : 4: 14 2/7, 28 4/7, 57 1/7.
    const byRole = { one: "1", two: "2", four: "4" };
    const people = Object.keys(byRole).map((role) => person(`with ${role}`, "east", { role }));
    expect(paid(shared(1, people, { byRole }))).toEqual({
      "race with four": "0.57",
      "race with one": "0.14",
      "race with two": "0.29",
    });
  });

  it("gives equal remainders to the smaller id, in whatever order people are on file", () => {
    const people = [staff("zoe"), staff("sam"), staff("Sue")];
    const expected = { "race Sue": "33.34", "race sam": "33.33", "race zoe": "33.33" };
    expect(paid(shared(100, people))).toEqual(expected);
    expect(paid(shared(100, people.toReversed()))).toEqual(expected);
  });

  it("takes coefficients as decimals, percentages and fractions alike", () => {
    // 1/3 : 1/2 : 1/6 is 2 : 3 : 1 of 100.00.
    const byRole = { third: "1/3", half: "50%", sixth: "1/6" };
    const people = Object.keys(byRole).map((role) => person(role, "east", { role }));
    const settlement = shared(100, people, { byRole });
    expect(paid(settlement)).toEqual({ "race half": "50.00", "race sixth": "16.67", "race third": "33.33" });
    expect(traceOf(settlement, "race", "sixth").at(-1)).toMatchObject({ share: "1/6" });
  });

  it("of less than there are members tells the rest that their part is nothing", () => {
    const settlement = shared(0.01, [staff("sam"), staff("sue")]);
    expect(paid(settlement)).toEqual({ "race sam": "0.01" });
    expect(traceOf(settlement, "race", "sue").at(-1)).toMatchObject({ step: "split", amount: "0.00", share: "1/2" });
  });

  it("leaves out a role whose coefficient is nothing", () => {
    const settlement = shared(100, [manager("mia"), staff("sam")], { byRole: { manager: "1", staff: "0" } });
    expect(paid(settlement)).toEqual({ "race mia": "100.00" });
    expect(traceOf(settlement, "race", "mia").at(-1)).toMatchObject({ members: 1, share: "1/1" });
  });
});

describe("who is on file", () => {
  it.each([
    // Period: May. `from` is the first day in force, `to` the first that is not.
    ["left a day before the end", { to: "2018-05-31" }, false],
    ["left with the end of the period", { to: "2018-06-01" }, true],
    ["came on the last day", { from: "2018-05-31" }, true],
    ["came after the end", { from: "2018-06-01" }, false],
  ])("%s", (_what, stay, takesPart) => {
    const settlement = shared(100, [staff("sam"), staff("sue", stay)]);
    expect(paid(settlement)).toEqual(
      takesPart ? { "race sam": "50.00", "race sue": "50.00" } : { "race sam": "100.00" },
    );
  });

  it("are also those of the units below, and nobody beside", () => {
    const units = [...UNITS, { unit: "east-shop", parent: "east", level: "shop", name: "Shop" }];
    const settlement = settled({
      units,
      plan: planOf({
        rewards: [
          race({ prizes: prizes(90), pay: { split: { byRole: ROLES, membership: "periodEnd", nobody: "unit" } } }),
        ],
      }),
      targets: ["east", "west", "coast"].map((unit) => target(unit, "start", "100.00")),
      memberships: [
        person("ann", "east"),
        manager("mia"),
        person("sam", "east-shop", { role: "staff" }),
        person("wes", "west", { role: "staff" }),
        person("nor", "north", { role: "manager" }),
      ],
      facts: [sale("ann", 100, "05-02")],
    });
    expect(paid(settlement)).toEqual({ "race mia": "60.00", "race sam": "30.00" });
  });

  it("with the role that they have at the end", () => {
    const people = [
      person("mia", "east", { role: "staff", to: "2018-05-20" }),
      person("mia", "east", { role: "manager", from: "2018-05-20" }),
      staff("sam"),
    ];
    expect(paid(shared(90, people))).toEqual({ "race mia": "60.00", "race sam": "30.00" });
  });
});

describe("with nobody on file", () => {
  const gone = [staff("sam", { to: "2018-05-31" })];

  it("the unit itself is paid, with a warning, where the plan says so", () => {
    const settlement = shared(100, gone, { nobody: "unit" });
    expect(settlement.lines).toMatchObject([
      { lineId: "race:unit:east", payee: { kind: "unit", id: "east" }, amount: "100.00" },
    ]);
    expect(traceOf(settlement, "race", "east").at(-1)).toMatchObject({ step: "split", members: 0, amount: "100.00" });
    expect(settlement.warnings).toMatchObject([
      {
        code: "split-nobody",
        reward: "race",
        subject: "east",
        blocks: false,
        message:
          "east won 100.00 CNY, and no manager or staff is on file there at the period's last instant; the unit itself is paid",
      },
    ]);
  });

  it("nobody is paid, with a warning, where the plan says so", () => {
    const settlement = shared(100, gone, { nobody: "forfeit" });
    expect(settlement.lines).toEqual([]);
    expect(settlement.totals).toMatchObject({ all: "0.00", byReward: { race: "0.00" } });
    expect(traceOf(settlement, "race", "east").at(-1)).toEqual({
      step: "nothing",
      reason: "nobody-on-file",
      message: "no manager or staff is on file",
    });
    expect(settlement.warnings).toMatchObject([
      { code: "split-nobody", message: expect.stringContaining("; the award is forfeited") },
    ]);
  });
});

describe("a split of pooled prizes", () => {
  it("divides what was announced, to the fen", () => {
    // East and west tie: 100.01 + 50 = 150.01, the odd fen to the smaller id, east: 75.01 and 75.00; each among two.
    const split: Split = { byRole: ROLES, membership: "periodEnd", nobody: "unit" };
    const settlement = settled({
      plan: planOf({
        rewards: [ranking({ level: "branch", ties: "poolPrizes", prizes: prizes(100.01, 50), pay: { split } })],
      }),
      memberships: [
        person("ann", "east"),
        person("cy", "west"),
        staff("sam"),
        staff("sue"),
        person("wes", "west", { role: "manager" }),
        person("win", "west", { role: "staff" }),
      ],
      facts: [sale("ann", 100, "05-02"), sale("cy", 100, "05-03")],
    });
    expect(paid(settlement)).toEqual({
      "ranking sam": "37.51",
      "ranking sue": "37.50",
      "ranking wes": "50.00",
      "ranking win": "25.00",
    });
    expect(settlement.totals.all).toBe("150.01");
  });
});
