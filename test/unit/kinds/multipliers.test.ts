import { describe, expect, it } from "vitest";
import {
  at,
  commission,
  paid,
  planOf,
  type RewardDocument,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

type Commission = Extract<RewardDocument, { kind: "commission" }>;
type Multipliers = NonNullable<Commission["multipliers"]>;

const WEEK = { id: "week", factor: "1.5", during: { start: "2018-05-10T00:00", end: "2018-05-17T00:00" } };
const APP = { id: "app", factor: "2", when: 'channel == "app"' };
const BOTH = [WEEK, APP];

function run(multipliers: Multipliers, changes: Partial<Commission> = {}) {
  const facts = [
    sale("ann", 100, "05-09 23:59"),
    sale("ann", 100, "05-10 00:00"),
    sale("ann", 100, "05-16 23:59", { channel: "app" }),
    sale("ann", 100, "05-17 00:00", { channel: "app" }),
  ];
  return settled({ plan: planOf({ rewards: [commission({ multipliers, ...changes })] }), facts });
}

describe("factors on what each sale pays", () => {
  it.each<[Multipliers["stacking"], string]>([
    // 10 + 15 + (10 × 3, × 2 or × 2.5) + 20.
    ["multiply", "75.00"],
    ["highest", "65.00"],
    ["add", "70.00"],
  ])("%s", (stacking, expected) => {
    expect(paid(run({ stacking, factors: BOTH }))).toEqual({ "commission ann": expected });
  });

  it("are told, group by group", () => {
    expect(traceOf(run({ stacking: "multiply", factors: BOTH }), "commission", "ann")).toMatchObject([
      { step: "measure", contributions: [{ pays: "10.00" }, { pays: "15.00" }, { pays: "30.00" }, { pays: "20.00" }] },
      { step: "multiplied", factors: ["week"], factor: "1.5", sales: 1, before: "10.00", amount: "15.00" },
      { step: "multiplied", factors: ["week", "app"], factor: "3", sales: 1, before: "10.00", amount: "30.00" },
      { step: "multiplied", factors: ["app"], factor: "2", sales: 1, before: "10.00", amount: "20.00" },
      { step: "rate", value: "750.00", amount: "75.00" },
    ]);
  });

  it("come before rounding, and a factor of nothing pays nothing", () => {
    const cents = sale("ann", "0.33", "05-12");
    const pay = (factor: string, scope: "perFact" | "perTotal") => {
      const multipliers: Multipliers = { stacking: "multiply", factors: [{ ...WEEK, factor }] };
      const rounding = { scope, mode: "halfUp", unit: "0.01" } as const;
      const facts = [cents, { ...cents, externalId: "second" }];
      return paid(settled({ plan: planOf({ rewards: [commission({ multipliers, rounding })] }), facts }));
    };
    // 0.033 × 1.6 is 0.0528; twice 0.1056.
    expect(pay("1.6", "perFact")).toEqual({ "commission ann": "0.10" });
    expect(pay("1.6", "perTotal")).toEqual({ "commission ann": "0.11" });
    expect(pay("0", "perTotal")).toEqual({});
  });

  it("hold of a cancelled sale as of any other", () => {
    const first = sale("ann", 100, "05-12");
    const gone = {
      ...first,
      version: 2,
      status: "cancelled",
      cancelledAt: at("05-13"),
      recordedAt: at("05-13"),
    } as const;
    const multipliers: Multipliers = { stacking: "multiply", factors: [WEEK] };
    const clawback: Commission["clawback"] = { within: "P1M", take: { part: "50%" } };
    const plan = planOf({ rewards: [commission({ multipliers, clawback })] });
    expect(paid(settled({ plan, facts: [first, gone] }))).toEqual({ "commission ann": "7.50" });
  });
});
