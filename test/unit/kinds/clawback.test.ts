import { describe, expect, it } from "vitest";
import type { Sale } from "#domain/fact.ts";
import { byLine } from "#test/fixtures/by-line.ts";
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
import { expectOneProblem, reward } from "#test/fixtures/plan-problems.ts";

type Commission = Extract<RewardDocument, { kind: "commission" }>;
type PerUnit = Extract<RewardDocument, { kind: "perUnit" }>;
type Take = NonNullable<Commission["clawback"]>["take"];

const HALF: Take = { part: "50%" };
const LATE = "2019-06-01T00:00:00Z";

function cancelled(first: Sale, cancelledAt: string, changes: Partial<Sale> = {}): Sale {
  return { ...first, version: 2, status: "cancelled", recordedAt: at("05-31"), cancelledAt, ...changes };
}

/** What is kept of 10 % of 1000.00 sold on the 2nd of May at noon. */
function kept(take: Take, cancelledAt: string, within = "P6M"): string {
  const first = sale("ann", 1000, "05-02");
  const plan = planOf({ rewards: [commission({ clawback: { within, take } })] });
  return paid(settled({ plan, facts: [first, cancelled(first, cancelledAt)] }, LATE))["commission ann"] ?? "0.00";
}

describe("of a cancelled sale", () => {
  it.each<[what: string, Take, cancelledAt: string, within: string, string]>([
    ["all is taken back", "full", at("05-03"), "P6M", "0.00"],
    ["a part is taken back", HALF, at("05-03"), "P6M", "50.00"],
    ["a third stays exactly as far as fen go", { part: "2/3" }, at("05-03"), "P6M", "33.33"],
    ["all is kept from the end of the time on", "full", at("06-01 12:00"), "P30D", "100.00"],
    ["nothing a millisecond before", "full", "2018-06-01T11:59:59.999+08:00", "P30D", "0.00"],
    // Months start on the 2nd at noon; in six months there are six.
    ["no month has begun when it is cancelled at once", { unearned: "months" }, at("05-02"), "P6M", "0.00"],
    ["one month has begun a minute later", { unearned: "months" }, at("05-02 12:01"), "P6M", "16.67"],
    ["a month that ends is one", { unearned: "months" }, at("06-02"), "P6M", "16.67"],
    ["a month that has begun is earned", { unearned: "months" }, at("06-02 12:01"), "P6M", "33.33"],
    ["the last month keeps all", { unearned: "months" }, at("10-02 12:01"), "P6M", "100.00"],
    // Days of thirty.
    ["days are counted alike", { unearned: "days" }, at("05-11 13:00"), "P30D", "33.33"],
    ["four months of nine leave five unearned", { unearned: "months" }, at("09-02"), "P9M", "44.44"],
  ])("%s", (_what, take, cancelledAt, within, expected) => {
    expect(kept(take, cancelledAt, within)).toBe(expected);
  });

  it("nothing is paid without the field, however late it was cancelled", () => {
    const first = sale("ann", 1000, "05-02");
    const facts = [first, cancelled(first, "2019-05-01T00:00:00Z")];
    expect(paid(settled({ facts }, LATE))).toEqual({});
  });

  it("the time is that of the source, or when it was known where the source does not say", () => {
    const first = sale("ann", 1000, "05-02");
    const plan = planOf({ rewards: [commission({ clawback: { within: "P10D", take: "full" } })] });
    const { cancelledAt: _, ...unsaid } = cancelled(first, "");
    expect(paid(settled({ plan, facts: [first, unsaid] }, LATE))).toEqual({ "commission ann": "100.00" });
    const facts = [first, cancelled(first, at("05-03"))];
    expect(paid(settled({ plan, facts }, LATE))).toEqual({});
  });

  it("it counts in no measure and no gate, and is told", () => {
    const first = sale("ann", 1000, "05-02");
    const facts = [first, cancelled(first, at("05-03")), sale("ann", 20, "05-04")];
    const gates: Commission["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "20.01" } }];
    const clawback = { within: "P6M", take: HALF };
    const gated = settled({ plan: planOf({ rewards: [commission({ clawback, gates })] }), facts }, LATE);
    expect(paid(gated)).toEqual({});
    const settlement = settled({ plan: planOf({ rewards: [commission({ clawback })] }), facts }, LATE);
    expect(paid(settlement)).toEqual({ "commission ann": "52.00" });
    expect(traceOf(settlement, "commission", "ann")).toMatchObject([
      { step: "measure", value: "20.00", facts: 1, contributions: [{ pays: "2.00" }] },
      {
        step: "cancelled",
        fact: "pos#ann 05-02",
        version: 2,
        cancelledAt: "2018-05-03T12:00:00+08:00",
        earned: "100.00",
        keeps: "50%",
        amount: "50.00",
      },
      { step: "rate", rate: "10%", value: "520.00", amount: "52.00" },
    ]);
  });

  it("that would not have counted nothing is kept", () => {
    const first = sale("ann", 1000, "06-02");
    const plan = planOf({ rewards: [commission({ clawback: { within: "P6M", take: HALF } })] });
    expect(paid(settled({ plan, facts: [first, cancelled(first, at("06-03"))] }, LATE))).toEqual({});
  });

  it("each is rounded with the others, or by itself", () => {
    // 10 % of 0.25 is 0.025, half of it 0.0125; twice.
    const facts = ["05-02", "05-03"].flatMap((day) => {
      const first = sale("ann", "0.25", day);
      return [first, cancelled(first, at("05-10"))];
    });
    const pay = (scope: "perFact" | "perTotal") => {
      const rounding = { scope, mode: "halfUp", unit: "0.01" } as const;
      const plan = planOf({ rewards: [commission({ rounding, clawback: { within: "P6M", take: HALF } })] });
      return paid(settled({ plan, facts }, LATE))["commission ann"];
    };
    expect(pay("perFact")).toBe("0.02");
    expect(pay("perTotal")).toBe("0.03");
  });

  it("a part of what its units paid is kept, in the slice of the sale, for who it was of", () => {
    const spiff: PerUnit = {
      id: "spiff",
      kind: "perUnit",
      measure: "units",
      level: "branch",
      pay: "self",
      amount: "30",
      scope: "perFact",
      rounding: { scope: "perFact", mode: "halfUp", unit: "0.01" },
      per: "month",
      accumulate: "slice",
      clawback: { within: "P6M", take: { part: "1/3" } },
    };
    const measures = [{ id: "units", aggregate: "sum", of: "quantity" } as const];
    const period = { start: "2018-05-01T00:00", end: "2018-07-01T00:00", zone: "Asia/Shanghai" };
    const first = sale("ann", 1, "05-02", { quantity: "3" });
    const facts = [first, cancelled(first, at("06-15"), { recordedAt: at("06-15") }), sale("bob", 1, "06-03")];
    const plan = planOf({ measures, period, rewards: [spiff] });
    expect(byLine(settled({ plan, facts }, LATE).lines)).toEqual({
      "spiff east 2018-05": "60.00",
      "spiff east 2018-06": "30.00",
    });
  });
});

describe("a clawback is refused", () => {
  const clawed = (clawback: unknown, changes: object = {}) => reward({ ...commission(), ...changes, clawback });

  it("of no time, or of a time that cannot be read", () => {
    expectOneProblem(clawed({ within: "six months", take: "full" }), [
      "bad-duration",
      "/rewards/0/clawback/within",
      ["six months is not"],
    ]);
    expectOneProblem(clawed({ within: "P0D", take: "full" }), [
      "bad-duration",
      "/rewards/0/clawback/within",
      ["no time"],
    ]);
  });

  it("of more than there is, or of a rule that it does not know", () => {
    expectOneProblem(clawed({ within: "P6M", take: { part: "101%" } }), [
      "part-above-whole",
      "/rewards/0/clawback/take/part",
      ["no more can be taken back"],
      { seen: "101%" },
    ]);
    expectOneProblem(clawed({ within: "P6M", take: "half" }), [
      "invalid-union",
      "/rewards/0/clawback/take",
      ["`full`"],
    ]);
  });

  it("where the total is priced, not the sales", () => {
    const spiff = {
      id: "spiff",
      kind: "perUnit",
      measure: "units",
      level: "participant",
      pay: "self",
      amount: "30",
      scope: "cumulative",
      rounding: { scope: "perTotal", mode: "halfUp", unit: "0.01" },
      clawback: { within: "P6M", take: "full" },
    };
    const measures = [{ id: "units", aggregate: "sum", of: "quantity" }];
    expectOneProblem({ measures, rewards: [spiff] }, [
      "policy-impossible",
      "/rewards/0/clawback",
      ["no pay of a single sale"],
      { mend: "use scope: perFact" },
    ]);
  });
});
