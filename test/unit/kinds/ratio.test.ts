import { describe, expect, it } from "vitest";
import { byLine, reasons } from "#test/fixtures/by-line.ts";
import { commission, type PlanDocument, planOf, sale, settled, traceOf } from "#test/fixtures/plan-builder.ts";

function measures(changes: object): PlanDocument["measures"] {
  return [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "issued", aggregate: "count", when: 'channel == "issued"' },
    { id: "submitted", aggregate: "count" },
    { id: "placement", ratio: { numerator: "issued", denominator: "submitted", empty: "exclude", ...changes } },
  ];
}

const gate = (measure: string, value: string) => ({ on: "self", measure, atLeast: { value } }) as const;

describe("a ratio", () => {
  it("is compared exactly: 2 of 3 is not 0.666667", () => {
    const facts = ["05-02", "05-03", "05-04"].map((day, index) =>
      sale("ann", 100, day, { channel: index === 0 ? "web" : "issued" }),
    );
    const run = (value: string) => {
      const plan = planOf({ measures: measures({}), rewards: [commission({ gates: [gate("placement", value)] })] });
      return settled({ plan, facts });
    };
    expect(byLine(run("0.666666").lines)).toEqual({ "commission ann": "30.00" });
    const missed = run("0.666667");
    expect(byLine(missed.lines)).toEqual({});
    expect(traceOf(missed, "commission", "ann")).toContainEqual(
      expect.objectContaining({
        step: "gate",
        value: "2/3",
        threshold: "0.666667",
        passed: false,
        missing: "1/3000000",
      }),
    );
  });

  it("over the slice before is growth, and over nothing what the plan says", () => {
    const period = { start: "2018-05-01T00:00", end: "2018-08-01T00:00", zone: "Asia/Shanghai" };
    const facts = [sale("ann", 100, "05-02"), sale("ann", 150, "06-02"), sale("ann", 149, "07-02")];
    const run = (empty: "zero" | "exclude") => {
      const growth = {
        id: "growth",
        ratio: { numerator: "sales", denominator: "sales", of: "previous", empty },
      } as const;
      const rewards = [commission({ per: "month", accumulate: "slice", gates: [gate("growth", "1")] })];
      const plan = planOf({ period, measures: [{ id: "sales", aggregate: "sum", of: "amount" }, growth], rewards });
      return settled({ plan, facts }, "2018-12-01T00:00:00Z");
    };
    // Nothing before May; 3/2 in June; 149/150 in July.
    for (const empty of ["zero", "exclude"] as const) {
      expect(byLine(run(empty).lines)).toEqual({ "commission ann 2018-06": "15.00" });
      expect(reasons(run(empty))).toEqual({ "commission ann 2018-05": "gate", "commission ann 2018-07": "gate" });
    }
  });
});
