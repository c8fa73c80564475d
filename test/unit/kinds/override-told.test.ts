import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { Membership } from "#domain/org.ts";
import {
  commission,
  paid,
  person,
  planOf,
  type RewardDocument,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

/** What an override tells of the team, its leaders and of nobody who leads. */

type Override = Extract<RewardDocument, { kind: "override" }>;

const LEADERS: Override["leaders"] = {
  roles: ["manager", "head"],
  membership: "periodEnd",
  several: "each",
  nobody: "unit",
};

function override(changes: Partial<Override> = {}): Override {
  return {
    id: "override",
    kind: "override",
    level: "branch",
    pay: "self",
    leaders: LEADERS,
    from: { lines: ["commission"], depth: "subtree" },
    own: "excluded",
    rate: "10%",
    rounding: { mode: "halfUp", unit: "0.01" },
    ...changes,
  };
}

const manager = (id: string, unit: string) => person(id, unit, { role: "manager" });
const TEAM = [manager("mia", "east"), person("zoe", "east"), person("ann", "east"), person("cy", "west")];
/** Commissions of 10, 100, 20 and 30; the last to sell is the first by name. */
const SOLD: readonly Fact[] = [
  sale("zoe", 100, "05-01 10:00"),
  sale("mia", 200, "05-03 10:00"),
  sale("cy", 300, "05-04 10:00"),
  sale("ann", 1000, "05-05 10:00"),
];

function run(changes: Partial<Override> = {}, memberships: readonly Membership[] = TEAM, facts = SOLD) {
  return settled({ plan: planOf({ rewards: [commission(), override(changes)] }), memberships, facts });
}

describe("an override tells", () => {
  it("the team by name, without who came to nothing, and what is the leader's own", () => {
    const memberships = [...TEAM, person("non", "east")];
    const facts = [...SOLD, sale("non", 50, "05-06 10:00"), sale("non", -50, "05-07 10:00")];
    expect(traceOf(run({}, memberships, facts), "override", "mia")).toMatchObject([
      {
        step: "team",
        rewards: ["commission"],
        sum: "130.00",
        own: "20.00",
        parts: [
          { id: "ann", value: "100.00" },
          { id: "mia", value: "20.00" },
          { id: "zoe", value: "10.00" },
        ],
      },
      { step: "override", base: "110.00", amount: "11.00", leaders: 1, shared: false },
    ]);
    expect(traceOf(run({ own: "included" }), "override", "mia")[0]).not.toHaveProperty("own");
    expect(traceOf(run({ from: { measure: "sales" } }), "override", "mia")[0]).toMatchObject({ measure: "sales" });
  });

  it("whether several leaders share one override", () => {
    const memberships = [...TEAM, manager("max", "east")];
    const shared = run({ leaders: { ...LEADERS, several: "shared" } }, memberships);
    expect(traceOf(shared, "override", "max").at(-1)).toMatchObject({ leaders: 2, shared: true });
    expect(traceOf(run({}, memberships), "override", "max").at(-1)).toMatchObject({ leaders: 2, shared: false });
    const alone = run({ leaders: { ...LEADERS, several: "shared" } });
    expect(traceOf(alone, "override", "mia").at(-1)).toMatchObject({ leaders: 1, shared: false });
  });

  it("which unit is paid because nobody leads it, or that nothing is paid", () => {
    const missed = (nobody: "unit" | "forfeit") => run({ leaders: { ...LEADERS, nobody } });
    const says = "west earned an override of 3.00 CNY, and no manager or head is on file in it at the last instant";
    expect(missed("unit").warnings[0]?.message).toBe(`${says}; the unit itself is paid`);
    expect(missed("forfeit").warnings[0]?.message).toBe(`${says}; nothing is paid`);
    expect(traceOf(missed("unit"), "override", "west")).toMatchObject([
      { step: "team", unit: "west", sum: "30.00" },
      { step: "override", unit: "west", leaders: 0, shared: false, amount: "3.00" },
    ]);
    expect(traceOf(missed("forfeit"), "override", "west")).toMatchObject([
      { step: "team", unit: "west" },
      { step: "nothing", reason: "nobody-on-file", message: "no manager or head is on file" },
    ]);
    expect(traceOf(missed("unit"), "override", "coast")).toMatchObject([
      { step: "team", unit: "coast", sum: "0.00", parts: [] },
      { step: "nothing", reason: "no-team-result" },
    ]);
  });

  it("that a result of the team rounds to nothing", () => {
    const settlement = run({}, TEAM, [sale("ann", "0.30", "05-02 10:00")]);
    expect(traceOf(settlement, "override", "mia").at(-1)).toMatchObject({ reason: "rounds-to-zero" });
  });

  it("nothing of those who have left, whose awards are of no team", () => {
    const memberships = [manager("mia", "east"), person("ann", "east", { to: "2018-05-20" })];
    expect(paid(run({}, memberships))).toEqual({ "commission ann": "100.00", "commission mia": "20.00" });
  });
});
