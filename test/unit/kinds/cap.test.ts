import { describe, expect, it } from "vitest";
import { byLine, reasons } from "#test/fixtures/by-line.ts";
import {
  commission,
  planOf,
  prizes,
  type RewardDocument,
  race,
  sale,
  settled,
  target,
} from "#test/fixtures/plan-builder.ts";

type Cap = NonNullable<RewardDocument["cap"]>;

const PERIOD = { start: "2018-05-01T00:00", end: "2018-08-01T00:00", zone: "Asia/Shanghai" };

/** 80, 50, −30 and then 60 of commission would be paid in May to August. */
function monthly(over: Cap["over"]) {
  const facts = [sale("ann", 800, "05-02"), sale("ann", 500, "06-02"), sale("ann", 600, "07-02")];
  const plan = planOf({
    period: PERIOD,
    rewards: [commission({ per: "month", accumulate: "slice", cap: { amount: "100.00", over } })],
  });
  return settled({ plan, facts }, "2018-12-01T00:00:00Z");
}

describe("a cap", () => {
  it("of each slice starts again with each", () => {
    expect(byLine(monthly("slice").lines)).toEqual({
      "commission ann 2018-05": "80.00",
      "commission ann 2018-06": "50.00",
      "commission ann 2018-07": "60.00",
    });
  });

  it("of the campaign is used up slice by slice, and says so", () => {
    const settlement = monthly("campaign");
    expect(byLine(settlement.lines)).toEqual({ "commission ann 2018-05": "80.00", "commission ann 2018-06": "20.00" });
    expect(reasons(settlement)).toEqual({ "commission ann 2018-07": "cap-used-up" });
    expect(settlement.lines[1]?.trace.at(-1)).toEqual({
      step: "capped",
      cap: "100.00",
      over: "campaign",
      before: "50.00",
      amount: "20.00",
    });
  });

  it("of the campaign is given back by a loss, which is not capped itself", () => {
    const facts = [sale("ann", 1200, "05-02"), sale("ann", -300, "06-02"), sale("ann", 600, "07-02")];
    const cap: Cap = { amount: "100.00", over: "campaign" };
    const plan = planOf({ period: PERIOD, rewards: [commission({ per: "month", accumulate: "slice", cap })] });
    expect(byLine(settled({ plan, facts }, "2018-12-01T00:00:00Z").lines)).toEqual({
      "commission ann 2018-05": "100.00",
      "commission ann 2018-06": "-30.00",
      "commission ann 2018-07": "30.00",
    });
  });

  it("at equality changes nothing", () => {
    const plan = planOf({ rewards: [commission({ cap: { amount: "80.00", over: "slice" } })] });
    const { lines } = settled({ plan, facts: [sale("ann", 800, "05-02")] });
    expect(lines[0]?.amount).toBe("80.00");
    expect(lines[0]?.trace.map(({ step }) => step)).not.toContain("capped");
  });

  it("is for who is paid: each member of a unit that shares its prize", () => {
    const split = { byRole: { agent: "1" }, membership: "periodEnd", nobody: "unit" } as const;
    const rewards = [race({ prizes: prizes(1000), pay: { split }, cap: { amount: "400.00", over: "slice" } })];
    const targets = ["east", "west", "coast"].map((unit) => target(unit, "start", "500.00"));
    const { lines } = settled({ plan: planOf({ rewards }), targets, facts: [sale("ann", 500, "05-02")] });
    expect(byLine(lines)).toEqual({ "race ann": "400.00", "race bob": "400.00" });
  });
});
