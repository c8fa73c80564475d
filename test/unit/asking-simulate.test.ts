import { describe, expect, it } from "vitest";
import { type SimulationInputs, simulate } from "#app/asking/simulate-plan.ts";
import { hashOf } from "#engine/hash.ts";
import {
  at,
  commission,
  type PlanDocument,
  planOf,
  prizes,
  ranking,
  type SmallWorld,
  sale,
  target,
  world,
} from "#test/fixtures/plan-builder.ts";

const FACTS = [
  sale("ann", 1000, "05-02"),
  sale("bob", 500, "05-03"),
  sale("cy", 200, "05-04"),
  sale("dan", "0.10", "05-05"),
  sale("eve", "0.05", "05-06"),
];

/** 8 % instead of 10 %, and prizes of 25 and 5 instead. */
const DRAFT: Partial<PlanDocument> = {
  rewards: [commission({ rate: "8%" }), ranking({ prizes: prizes(25, 5) })],
  budgets: [{ id: "pot", rewards: ["ranking"], amount: "20.00", policy: "stopAndFlag" }],
};

function simulated(
  changes: Partial<PlanDocument>,
  facts: SmallWorld["facts"] = FACTS,
  options: Partial<SimulationInputs> = {},
) {
  return simulate({ inForce: world({ facts }), draft: world({ facts, plan: planOf(changes) }), ...options });
}

const change = (before: string, after: string, difference: string) => ({ before, after, difference });

describe("a simulated draft", () => {
  const simulation = simulated(DRAFT);

  it("costs so much by reward and in all", () => {
    const { currency, cost } = simulation;
    expect(currency).toBe("CNY");
    // 100 + 50 + 20 + 0.01 + 0.005 rounded up; 80 + 40 + 16 + 0.008 rounded up + 0.004 rounded down.
    expect(cost.byReward).toEqual([
      { reward: "commission", ...change("170.02", "136.01", "-34.01") },
      { reward: "ranking", after: "30.00", difference: "30.00" },
    ]);
    expect(cost.all).toEqual(change("170.02", "166.01", "-4.01"));
  });

  it("is held against budgets and the most that it can cost", () => {
    const { cost, draft, inForce } = simulation;
    expect(cost.budgets).toEqual([
      { id: "pot", after: { amount: "20.00", used: "30.00", left: "-10.00", atMost: "30.00" } },
    ]);
    expect(cost.maximumLiability).toEqual({ before: { bounded: "0.00" }, after: { bounded: "30.00" } });
    expect(draft.warnings).toMatchObject([{ code: "budget-exceeded", blocks: true }]);
    expect(inForce.warnings).toEqual([]);
  });

  it("has winners, losers and those for whom nothing changes", () => {
    const { winners, losers, unchanged } = simulation.payees;
    const id = ({ payee, difference }: { payee: { id: string }; difference: string }) => `${payee.id} ${difference}`;
    expect(winners).toMatchObject({ count: 1, ...change("100.00", "105.00", "5.00") });
    expect(winners.top.map(id)).toEqual(["ann 5.00"]);
    expect(losers).toMatchObject({ count: 3, ...change("70.01", "61.00", "-9.01") });
    expect(losers.top.map(id)).toEqual(["bob -5.00", "cy -4.00", "eve -0.01"]);
    expect(unchanged).toMatchObject({ count: 1, ...change("0.01", "0.01", "0.00") });
    expect(unchanged.top.map(id)).toEqual(["dan 0.00"]);
  });

  it("has lines that appear and disappear", () => {
    const { appear, disappear, changed, unchanged } = simulation.lines;
    expect(appear.top.map(({ lineId, after }) => `${lineId} ${after}`)).toEqual([
      "ranking:participant:ann 25.00",
      "ranking:participant:bob 5.00",
    ]);
    expect(disappear).toMatchObject({ count: 1, top: [{ lineId: "commission:participant:eve", before: "0.01" }] });
    expect(changed).toMatchObject({ count: 3, ...change("170.00", "136.00", "-34.00") });
    expect(unchanged).toBe(1);
  });

  it("names ten of many and counts all", () => {
    const people = Array.from({ length: 12 }, (_, index) => `p${String(index + 10)}`);
    const memberships = people.map((participantId) => ({
      participantId,
      name: participantId,
      unit: "east",
      role: "agent",
      from: null,
      to: null,
    }));
    const facts = people.map((id, index) => sale(id, 100 * (index + 1), "05-02"));
    const { payees } = simulate({
      inForce: world({ facts, memberships }),
      draft: world({ facts, memberships, plan: planOf({ rewards: [commission({ rate: "20%" })] }) }),
    });
    expect(payees.winners).toMatchObject({ count: 12, ...change("780.00", "1560.00", "780.00") });
    expect(payees.winners.top).toHaveLength(10);
    expect(payees.winners.top[0]).toMatchObject({ payee: { id: "p21" }, difference: "120.00" });
  });

  it("is bound by a hash of all that is shown", () => {
    const { simulationHash, ...shown } = simulation;
    expect(simulationHash).toBe(hashOf(shown));
    expect(simulated(DRAFT).simulationHash).toBe(simulationHash);
    const other = simulated(DRAFT, [...FACTS.slice(1), sale("ann", "1000.01", "05-02")]);
    expect(other.simulationHash).not.toBe(simulationHash);
  });

  it("is known by its plans' hashes", () => {
    expect(simulation.draft).toMatchObject({ plan: "small", planHash: hashOf(planOf(DRAFT)) });
    expect(simulation.inForce.planHash).toBe(hashOf(planOf()));
  });
});

describe("what is known", () => {
  const late = sale("ann", 100, "05-30", { recordedAt: at("06-17 00:01") });

  it("ends with each plan's own cut-off", () => {
    const { cost } = simulated({ lateFacts: "P30D" }, [late]);
    expect(cost.all).toEqual(change("0.00", "10.00", "10.00"));
  });

  it("ends with the instant that is asked for, for both", () => {
    const { cost, inForce } = simulated({ lateFacts: "P30D" }, [late], { asOf: Date.parse(at("06-18")) });
    expect(cost.all).toEqual(change("10.00", "10.00", "0.00"));
    expect(inForce.asOf).toBe("2018-06-18T12:00:00+08:00");
  });

  it("ends now, before the cut-off has come", () => {
    const { inForce, draft } = simulated({}, [late], { now: Date.parse(at("05-10")) });
    expect([inForce.asOf, draft.asOf]).toEqual(["2018-05-10T12:00:00+08:00", "2018-05-10T12:00:00+08:00"]);
  });
});

describe("facts of another period", () => {
  const june = { period: { start: "2018-06-01T00:00", end: "2018-07-01T00:00", zone: "Asia/Shanghai" } };
  const facts = [sale("ann", 1000, "05-02 10:00"), sale("bob", 500, "05-31 10:00")];

  it("do not count unless they are moved", () => {
    const { cost, shift } = simulated(june, facts);
    expect(cost.all).toEqual(change("150.00", "0.00", "-150.00"));
    expect(shift).toBeUndefined();
  });

  it("are moved by whole days, and it is said how many", () => {
    const { cost, shift } = simulated(june, facts, { shiftToPeriod: true });
    // May has 31 days and June 30: what was sold on 31 May falls on 1 July.
    expect(cost.all).toEqual(change("150.00", "100.00", "-50.00"));
    expect(shift).toMatchObject({ days: 31, facts: 2, counted: 1 });
    expect(shift?.told).toContain("moved by 31 days");
    expect(shift?.told).toContain("1 lie outside");
  });

  it("are moved into the past as well, by days of the calendar across a clock change", () => {
    const zone = "Europe/Berlin";
    const october = { period: { start: "2018-10-01T00:00", end: "2018-11-01T00:00", zone } };
    const march = { period: { start: "2018-03-01T00:00", end: "2018-04-01T00:00", zone } };
    const sold = [sale("ann", 1000, "10-31", { occurredAt: "2018-10-31T23:30:00+01:00" })];
    const { shift, cost } = simulate({
      inForce: world({ plan: planOf(october), facts: sold }),
      draft: world({ plan: planOf(march), facts: sold }),
      shiftToPeriod: true,
    });
    // 214 days from 1 March to 1 October, an hour less on the clock; 31 October 23:30 becomes 31 March 23:30.
    expect(shift).toMatchObject({ days: -214, counted: 1 });
    expect(cost.all.difference).toBe("0.00");
  });

  it("that were told too late are as late after the move", () => {
    const late = sale("ann", 100, "05-30", { recordedAt: at("06-17 00:01") });
    const { cost } = simulated(june, [late], { shiftToPeriod: true });
    expect(cost.all).toEqual(change("0.00", "0.00", "0.00"));
  });
});

describe("past facts from a day on", () => {
  const facts = [
    sale("ann", 1000, "05-02 10:00", {
      occurredAt: "2017-05-02T10:00:00+08:00",
      recordedAt: "2017-05-02T10:00:00+08:00",
    }),
  ];

  it("fall on the first day of the period of each plan", () => {
    const factsFrom = Date.parse("2017-05-01T00:00:00+08:00");
    const june = { period: { start: "2018-06-01T00:00", end: "2018-07-01T00:00", zone: "Asia/Shanghai" } };
    expect(simulated(june, facts).cost.all).toEqual(change("0.00", "0.00", "0.00"));
    const { cost, shift } = simulated(june, facts, { factsFrom });
    // Both plans settle them: on 2 May of the one, on 2 June of the other.
    expect(cost.all).toEqual(change("100.00", "100.00", "0.00"));
    expect(shift).toMatchObject({ days: 396, facts: 1, counted: 1 });
    expect(shift?.told).toContain("the period that starts 2017-05-01T00:00");
  });
});

describe("a plan by itself", () => {
  it("is compared with nothing: all that it costs is new", () => {
    const { cost, payees, lines, inForce, draft } = simulated(DRAFT, FACTS, { alone: true });
    expect(cost.all).toEqual(change("0.00", cost.all.after, cost.all.after));
    expect(payees.losers.count).toBe(0);
    expect(lines.disappear.count).toBe(0);
    expect(cost.budgets).toMatchObject([{ id: "pot", before: { used: "0.00", left: "20.00" } }]);
    expect(inForce.planHash).toBe(draft.planHash);
  });
});

describe("everybody", () => {
  it("is named when it is asked for, the largest differences first, and the hash stays", () => {
    const some = simulated(DRAFT);
    const { everyone, simulationHash } = simulated(DRAFT, FACTS, { everyone: true });
    expect(some.everyone).toBeUndefined();
    expect(simulationHash).toBe(some.simulationHash);
    expect(everyone?.more).toBe(0);
    const { winners, losers, unchanged } = some.payees;
    expect(everyone?.rows).toHaveLength(winners.count + losers.count + unchanged.count);
    const sizes = everyone?.rows.map(({ difference }) => Math.abs(Number(difference))) ?? [];
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(everyone?.rows.every(({ name }) => name !== "")).toBe(true);
  });
});

describe("a simulation is refused", () => {
  it("across currencies", () => {
    expect(() => simulated({ currency: "USD" })).toThrow(
      expect.objectContaining({ kind: "invalid", problems: [expect.objectContaining({ code: "other-currency" })] }),
    );
  });

  it("when a plan does not fit, saying which and where", () => {
    const plan = planOf({
      rewards: [ranking({ gates: [{ on: "self", measure: "sales", atLeast: { target: "start" } }] })],
    });
    const targets = ["ann", "bob", "cy", "dan"].map((id) => target(id, "start", "100.00"));
    expect(() =>
      simulate({ inForce: world(), draft: { ...world({ plan, targets }), placeOf: (path) => `draft.yaml ${path}` } }),
    ).toThrow(
      expect.objectContaining({
        message: "the draft: the plan does not fit its organisation and targets",
        problems: [expect.objectContaining({ code: "missing-target", path: "draft.yaml targets/eve/sales/start" })],
      }),
    );
  });
});
