import { describe, expect, it } from "vitest";
import { parseInstant } from "#domain/instant.ts";
import type { Settlement } from "#domain/line.ts";
import { maximumLiability } from "#engine/liability.ts";
import { settle } from "#engine/settle.ts";
import {
  PEOPLE,
  person,
  type PlanDocument,
  planOf,
  type RewardDocument,
  sale,
  settled,
  traceOf,
  world,
} from "#test/fixtures/plan-builder.ts";
import { type Change, expectOneProblem, type Told } from "#test/fixtures/plan-problems.ts";

type PayPlan = Extract<RewardDocument, { kind: "payPlan" }>;
type Draw = NonNullable<PayPlan["draw"]>;

const YEAR = { start: "2018-01-01T00:00", end: "2019-01-01T00:00", zone: "Asia/Shanghai" } as const;

/** All that a participant sells in a month is earned. */
const EARNED: RewardDocument = {
  id: "earned",
  kind: "commission",
  measure: "sales",
  level: "participant",
  pay: "self",
  per: "month",
  accumulate: "slice",
  component: true,
  rate: "100%",
  rounding: { scope: "perTotal", mode: "halfUp", unit: "0.01" },
};

function payPlan(changes: Partial<PayPlan> = {}): PayPlan {
  return {
    id: "pay",
    kind: "payPlan",
    level: "participant",
    pay: "self",
    per: "month",
    accumulate: "slice",
    components: ["earned"],
    ...changes,
  };
}

function draw(changes: Partial<Draw> = {}): Draw {
  return {
    amount: { amount: "2000" },
    on: "total",
    timing: "guarantee",
    recovery: "aboveDraw",
    trueUp: "carried",
    ...changes,
  };
}

const MONTHS = Array.from({ length: 12 }, (_, index) => `2018-${String(index + 1).padStart(2, "0")}`);

/** Ann earns these amounts, one a month from January on. */
function earning(amounts: readonly number[]) {
  return amounts.flatMap((amount, index) =>
    amount === 0 ? [] : [sale("ann", amount, `${MONTHS[index]?.slice(5)}-10`)],
  );
}

function settledOn(amounts: readonly number[], changes: Partial<PayPlan>, plan: Partial<PlanDocument> = {}) {
  return settled(
    {
      plan: planOf({ period: YEAR, rewards: [EARNED, payPlan(changes)], ...plan }),
      facts: earning(amounts),
      memberships: [person("ann", "east", { role: "officer" })],
    },
    "2019-02-01T00:00:00Z",
  );
}

/** What Ann is paid in each of the first months, by all lines of the month together. */
function byMonth({ lines }: Pick<Settlement, "lines">, months: number): number[] {
  return MONTHS.slice(0, months).map((month) =>
    lines
      .filter(({ reward, slice, payee }) => reward === "pay" && slice === month && payee.id === "ann")
      .reduce((sum, { amount }) => sum + Number(amount), 0),
  );
}

function steps(settlement: Settlement, month: string) {
  const line = settlement.lines.find(({ reward, slice }) => reward === "pay" && slice === month);
  const not = settlement.notAwarded.find(({ reward, slice }) => reward === "pay" && slice === month);
  return (line ?? not)?.trace ?? [];
}

function balances(settlement: Settlement, months: number): (string | undefined)[] {
  return MONTHS.slice(0, months).map((month) => {
    const step = steps(settlement, month).find((one) => one.step === "draw");
    return step?.step === "draw" ? step.after : undefined;
  });
}

describe("a draw", () => {
  it("that is recovered from above the draw guarantees pay and carries what is short", () => {
    const settlement = settledOn([2750, 3000, 1500, 2375, 3000, 2750], { draw: draw() });
    expect(byMonth(settlement, 6)).toEqual([2750, 3000, 2000, 2000, 2875, 2750]);
    expect(balances(settlement, 6)).toEqual(["0.00", "0.00", "500.00", "125.00", "0.00", "0.00"]);
    expect(steps(settlement, "2018-04")).toMatchObject([
      { step: "component", reward: "earned", slices: [{ slice: "2018-04", amount: "2375.00" }], amount: "2375.00" },
      { step: "earnings", fixed: "0.00", performance: "2375.00", amount: "2375.00" },
      { step: "draw", earned: "2375.00", toppedUp: "0.00", recovered: "375.00", before: "500.00", after: "125.00" },
    ]);
  });

  it("that is not recovered tops up and forgets", () => {
    const { trueUp: _, ...rest } = draw({ amount: { amount: "1500" }, recovery: "none" });
    const settlement = settledOn([500, 3000], { draw: rest });
    expect(byMonth(settlement, 2)).toEqual([1500, 3000]);
    expect(balances(settlement, 2)).toEqual(["0.00", "0.00"]);
  });

  it("adds up month after month, and who earns nothing is paid the draw", () => {
    const settlement = settledOn([1500, 800], { draw: draw() });
    expect(byMonth(settlement, 3)).toEqual([2000, 2000, 2000]);
    expect(balances(settlement, 3)).toEqual(["500.00", "1700.00", "3700.00"]);
  });

  it("from all earnings recovers even what brings pay below the draw", () => {
    const settlement = settledOn([1500, 2300, 1900], { draw: draw({ recovery: "allEarnings" }) });
    // 500 is lent, then recovered; in March 100 is lent.
    expect(byMonth(settlement, 3)).toEqual([2000, 1800, 2000]);
    expect(balances(settlement, 3)).toEqual(["500.00", "0.00", "100.00"]);
  });

  it("on top is a loan in the months that the targets table names", () => {
    const settlement = settled(
      {
        plan: planOf({
          period: YEAR,
          rewards: [
            EARNED,
            payPlan({ draw: draw({ amount: { target: { measure: "sales", label: "loan" } }, timing: "onTop" }) }),
          ],
        }),
        facts: earning([1000, 3000]),
        memberships: [person("ann", "east")],
        targets: [{ subject: "ann", measure: "sales", label: "loan", slice: "2018-01", value: "1000" }],
      },
      "2019-02-01T00:00:00Z",
    );
    expect(byMonth(settlement, 3)).toEqual([2000, 2000, 0]);
    expect(balances(settlement, 3)).toEqual(["1000.00", "0.00", undefined]);
  });

  it("ahead is one line, and the settlement pays what is left", () => {
    const settlement = settledOn([6000, 1000, 4500], { draw: draw({ amount: { amount: "4000" }, timing: "ahead" }) });
    const lines = settlement.lines.filter(({ reward }) => reward === "pay").map(({ lineId, amount }) => [lineId, amount]);
    expect(lines.slice(0, 4)).toEqual([
      ["pay:participant:ann:2018-01", "2000.00"],
      ["pay:participant:ann:2018-01:draw", "4000.00"],
      ["pay:participant:ann:2018-02:draw", "4000.00"],
      ["pay:participant:ann:2018-03:draw", "4000.00"],
    ]);
    // February is 3000 short; March earns 500 above the draw, which repays.
    expect(balances(settlement, 1)).toEqual(["0.00"]);
    const march = settlement.notAwarded.find(({ reward, slice }) => reward === "pay" && slice === "2018-03");
    expect(march?.trace).toContainEqual(
      expect.objectContaining({ step: "draw", recovered: "500.00", before: "3000.00", after: "2500.00" }),
    );
    expect(march?.trace.at(-1)).toMatchObject({ step: "nothing", reason: "paid-ahead" });
  });

  it("ahead of a slice that is not closed is the only line of it", () => {
    const document = planOf({
      period: YEAR,
      runs: "month",
      rewards: [EARNED, payPlan({ draw: draw({ timing: "ahead" }) })],
    });
    const small = world({ plan: document, facts: earning([2500, 900]), memberships: [person("ann", "east")] });
    const asOf = parseInstant("2018-02-20T00:00:00Z") ?? Number.NaN;
    expect(settle({ ...small, asOf, closedOnly: true }).lines.map(({ lineId, amount }) => [lineId, amount])).toEqual([
      ["pay:participant:ann:2018-01", "500.00"],
      ["pay:participant:ann:2018-01:draw", "2000.00"],
      ["pay:participant:ann:2018-02:draw", "2000.00"],
    ]);
  });
});
