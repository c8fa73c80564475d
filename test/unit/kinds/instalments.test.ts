import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { byLine, reasons } from "#test/fixtures/by-line.ts";
import {
  at,
  commission,
  type PlanDocument,
  planOf,
  prizes,
  type RewardDocument,
  race,
  sale,
  settled,
  target,
} from "#test/fixtures/plan-builder.ts";

type Instalments = NonNullable<RewardDocument["instalments"]>;

const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount", when: 'product == "P"' },
  { id: "collected", aggregate: "sum", of: "amount", when: 'product == "cash"' },
  { id: "collection", ratio: { numerator: "collected", denominator: "sales", empty: "zero" } },
];

function run(instalments: Instalments, facts: readonly Fact[], asOf: string, changes: Partial<PlanDocument> = {}) {
  const plan = planOf({ measures: MEASURES, rewards: [commission({ instalments })], ...changes });
  return settled({ plan, facts }, at(asOf));
}

const THIRDS: Instalments = [
  { id: "c", part: "1/3" },
  { id: "a", part: "1/3", after: "P1M" },
  { id: "b", part: "1/3", after: "P2M" },
];

describe("instalments", () => {
  it("sum exactly to the award: what is left over goes to the smaller id", () => {
    // 10.00 and −10.00 in three, 0.01 in three.
    const due = (amount: number) => {
      const { lines, held } = run(THIRDS, [sale("ann", amount, "05-02")], "06-01");
      return [byLine(lines), byLine(held)];
    };
    expect(due(100)).toEqual([
      { "commission ann c": "3.33" },
      { "commission ann a": "3.34", "commission ann b": "3.33" },
    ]);
    expect(due(-100)).toEqual([
      { "commission ann c": "-3.33" },
      { "commission ann a": "-3.34", "commission ann b": "-3.33" },
    ]);
    expect(due(0.1)).toEqual([{}, { "commission ann a": "0.01" }]);
  });

  it("fall due after the end, on the calendar, to the instant", () => {
    const facts = [sale("ann", 300, "05-02")];
    expect(byLine(run(THIRDS, facts, "06-30 23:59").lines)).toEqual({ "commission ann c": "10.00" });
    const { lines, held, totals } = run(THIRDS, facts, "07-01 00:00");
    expect(byLine(lines)).toEqual({ "commission ann c": "10.00", "commission ann a": "10.00" });
    expect(held).toMatchObject([{ part: "b", amount: "10.00", due: "2018-08-01T00:00:00+08:00" }]);
    expect(totals).toMatchObject({ all: "20.00", held: "10.00" });
    expect(byLine(run(THIRDS, facts, "08-01").lines)).toMatchObject({ "commission ann b": "10.00" });
  });

  it("of a slice count from its own end", () => {
    const period = { start: "2018-05-01T00:00", end: "2018-07-01T00:00", zone: "Asia/Shanghai" };
    const rewards = [
      commission({ per: "month", accumulate: "slice", instalments: [{ id: "all", part: "1", after: "P1M" }] }),
    ];
    const facts = [sale("ann", 100, "05-02"), sale("ann", 200, "06-02")];
    const { lines, held } = run([], facts, "07-01", { period, rewards });
    expect(byLine(lines)).toEqual({ "commission ann 2018-05 all": "10.00" });
    expect(byLine(held)).toEqual({ "commission ann 2018-06 all": "20.00" });
  });

  it("with a condition are lost where it does not hold when they fall due, whatever comes later", () => {
    const later: Instalments = [
      { id: "now", part: "70%" },
      { id: "back", part: "30%", after: "P1M", provided: { measure: "collected", atLeast: { value: "50.00" } } },
    ];
    const cash = (amount: number, day: string) =>
      sale("ann", amount, day, { product: "cash", recordedAt: at("06-20") });
    const sold = sale("ann", 1000, "05-02");
    expect(byLine(run(later, [sold], "06-15").held)).toEqual({ "commission ann back": "30.00" });
    expect(byLine(run(later, [sold, cash(50, "05-30")], "07-01").lines)).toEqual({
      "commission ann now": "70.00",
      "commission ann back": "30.00",
    });
    const lost = run(later, [sold, cash(49.99, "05-30")], "07-01");
    expect(byLine(lost.lines)).toEqual({ "commission ann now": "70.00" });
    expect(reasons(lost)).toEqual({ "commission ann back": "condition-not-met" });
    expect(lost.notAwarded[0]?.trace.at(-2)).toMatchObject({ step: "gate", value: "49.99", threshold: "50.00" });
  });

  it("in proportion come due as far as the ratio has come, cut to the fen, never above all", () => {
    const half: Instalments = [
      { id: "order", part: "50%" },
      { id: "cash", part: "50%", inProportionTo: "collection" },
    ];
    const collected = (amount: number) => {
      const cash = sale("ann", amount, "05-20", { product: "cash" });
      const { lines, held } = run(half, [sale("ann", 10_000, "05-02"), cash], "06-01");
      return [byLine(lines)["commission ann cash"], byLine(held)["commission ann cash"]];
    };
    expect(collected(5000)).toEqual(["250.00", "250.00"]);
    // A third: 166.666… is due.
    expect(collected(3333.33)).toEqual(["166.66", "333.34"]);
    expect(collected(10_000)).toEqual(["500.00", undefined]);
    expect(collected(12_000)).toEqual(["500.00", undefined]);
    expect(collected(-10)).toEqual([undefined, "500.00"]);
  });

  it("of a shared prize hang on the unit that won", () => {
    const split = { byRole: { agent: "1" }, membership: "periodEnd", nobody: "unit" } as const;
    const provided = { measure: "sales", atLeast: { target: "start" } };
    const rewards = [race({ prizes: prizes(1000), pay: { split }, instalments: [{ id: "all", part: "1", provided }] })];
    const targets = ["east", "west", "coast"].map((unit) => target(unit, "start", "500.00"));
    const { lines } = settled({ plan: planOf({ rewards }), targets, facts: [sale("ann", 500, "05-02")] });
    expect(byLine(lines)).toEqual({ "race ann all": "500.00", "race bob all": "500.00" });
  });

  it("block the run where the target that they hang on is not on file", () => {
    const provided = { measure: "sales", atLeast: { target: "stay" } };
    const { lines, held, warnings } = run([{ id: "all", part: "1", provided }], [sale("ann", 100, "05-02")], "06-01");
    expect(lines).toEqual([]);
    expect(byLine(held)).toEqual({ "commission ann all": "10.00" });
    expect(warnings).toMatchObject([{ code: "missing-target", subject: "ann", blocks: true }]);
  });
});
