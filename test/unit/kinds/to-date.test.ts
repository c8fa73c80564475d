import { describe, expect, it } from "vitest";
import { byLine } from "#test/fixtures/by-line.ts";
import {
  commission,
  type PlanDocument,
  person,
  planOf,
  type RewardDocument,
  sale,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

const QUARTER: PlanDocument["period"] = { start: "2018-05-01T00:00", end: "2018-08-01T00:00", zone: "Asia/Shanghai" };
const LATE = "2018-12-01T00:00:00Z";

type Milestone = Extract<RewardDocument, { kind: "milestone" }>;

/** 100 for having the quota, decided every month on everything to date. */
function quota(changes: Partial<Milestone> = {}): Milestone {
  return {
    id: "quota",
    kind: "milestone",
    measure: "sales",
    level: "participant",
    pay: "self",
    by: { attainment: "quota" },
    policy: "highestOnly",
    reach: "final",
    steps: [{ at: "100%", amount: "100.00" }],
    per: "month",
    accumulate: "toDate",
    ...changes,
  };
}

const TARGETS = ["2018-05", "2018-06", "2018-07"].map((slice) => ({ ...target("ann", "quota", "10.00"), slice }));
const ANN = [person("ann", "east")];

describe("pay to date", () => {
  const run = (
    rewards: RewardDocument[],
    facts = [sale("ann", 20, "05-02"), sale("ann", 5, "06-30"), sale("ann", 0, "07-02")],
  ) => settled({ plan: planOf({ period: QUARTER, rewards }), facts, targets: TARGETS, memberships: ANN }, LATE);

  it("compares everything so far with all targets so far, and pays what is new", () => {
    // 20 of 10, then 25 of 20, then 25 of 30: won in May, kept in June, given back in July.
    expect(byLine(run([quota()]).lines)).toEqual({ "quota ann 2018-05": "100.00", "quota ann 2018-07": "-100.00" });
    expect(byLine(run([quota({ accumulate: "slice" })]).lines)).toEqual({ "quota ann 2018-05": "100.00" });
  });

  it("tells since when, what was earned and what was paid", () => {
    const facts = [sale("ann", 100, "05-02"), sale("ann", 50, "06-02")];
    const settlement = run([commission({ per: "month", accumulate: "toDate" })], facts);
    expect(byLine(settlement.lines)).toEqual({ "commission ann 2018-05": "10.00", "commission ann 2018-06": "5.00" });
    const june = settlement.lines.find(({ slice }) => slice === "2018-06");
    expect(june?.trace.at(-1)).toEqual({
      step: "toDate",
      since: "2018-05",
      earned: "15.00",
      before: "10.00",
      amount: "5.00",
    });
  });

  it("sums to what the whole campaign pays, also where rounding would drift", () => {
    // A third of 1.00 each month: 0.33, then 0.67 and 1.00 to date.
    const rewards = [
      commission({
        rate: "1/3",
        per: "month",
        accumulate: "toDate",
        rounding: { scope: "perTotal", mode: "halfUp", unit: "0.01" },
      }),
    ];
    const facts = [sale("ann", 1, "05-02"), sale("ann", 1, "06-02"), sale("ann", 1, "07-02")];
    expect(byLine(run(rewards, facts).lines)).toEqual({
      "commission ann 2018-05": "0.33",
      "commission ann 2018-06": "0.34",
      "commission ann 2018-07": "0.33",
    });
  });

  it("takes nothing back from who has left", () => {
    const memberships = [person("ann", "east", { to: "2018-06-15" })];
    const roles: Milestone["roles"] = { anyOf: ["agent"], membership: "periodEnd" };
    const plan = planOf({ period: QUARTER, rewards: [commission({ per: "month", accumulate: "toDate", roles })] });
    const settlement = settled({ plan, memberships, facts: [sale("ann", 100, "05-02")] }, LATE);
    expect(byLine(settlement.lines)).toEqual({ "commission ann 2018-05": "10.00" });
    expect(traceOf({ ...settlement, lines: [] }, "commission", "ann").at(-1)).toMatchObject({
      step: "excluded",
      reason: "no-membership",
    });
  });
});
