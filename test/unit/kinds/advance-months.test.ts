import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { Settlement } from "#domain/line.ts";
import { type PlanDocument, person, planOf, type RewardDocument, sale, settled } from "#test/fixtures/plan-builder.ts";

/** Advances at the edges of a month, of one slice alone, and what a contract tells. */

type Advance = Extract<RewardDocument, { kind: "advance" }>;

const PLAN = {
  period: { start: "2018-01-01T00:00", end: "2019-01-01T00:00", zone: "Asia/Shanghai" },
  attributes: { policy: "string" },
  measures: [
    { id: "premium", aggregate: "sum", of: "amount", when: 'kind == "sale" && product == "issue"' },
    { id: "lapses", aggregate: "count", when: 'kind == "evidence" && topic == "lapse"' },
  ],
} satisfies Partial<PlanDocument>;

const ADVANCE: Advance = {
  id: "advance",
  kind: "advance",
  level: "participant",
  pay: "self",
  per: "month",
  accumulate: "slice",
  contract: "policy",
  value: { monthly: "premium" },
  rate: "100%",
  months: 12,
  advance: { months: 9 },
  earned: "monthStart",
  lapses: "lapses",
  cancelled: "lapse",
  unearned: "chargeBack",
  recovery: "contract",
  rounding: { mode: "halfUp", unit: "0.01" },
};

function issue(policy: string, local: string): Fact {
  return sale("ann", 68, local, { product: "issue", attributes: { policy }, externalId: `i ${policy}` });
}

function lapse(policy: string, local: string): Fact {
  const { kind: _k, amount: _a, currency: _c, product: _p, channel: _h, ...rest } = sale("ann", 1, local);
  return { ...rest, kind: "evidence", topic: "lapse", quantity: "1", attributes: { policy } };
}

function run(facts: readonly Fact[], plan: Partial<PlanDocument> = {}) {
  const memberships = [person("ann", "east")];
  return settled(
    { plan: planOf({ ...PLAN, rewards: [ADVANCE], ...plan }), facts, memberships },
    "2019-02-01T00:00:00Z",
  );
}

function traceIn({ lines, notAwarded }: Settlement, month: string) {
  const slice = `2018-${month}`;
  return (lines.find((one) => one.slice === slice) ?? notAwarded.find((one) => one.slice === slice))?.trace ?? [];
}

describe("an advance by month", () => {
  it("counts what is earned at midnight of the first in the month that begins", () => {
    const settlement = run([issue("a", "01-01 00:00")]);
    expect(traceIn(settlement, "01")).toMatchObject([
      { step: "contract", months: { before: 0, now: 1, of: 12 }, earned: "68.00", balance: "544.00", paid: "612.00" },
    ]);
    expect(traceIn(settlement, "02")).toMatchObject([
      { months: { before: 1, now: 2, of: 12 }, earned: "68.00", balance: "476.00", paid: "0.00" },
      { step: "nothing", reason: "repays-advance" },
    ]);
  });

  it("is paid in a plan of one month", () => {
    const period = { ...PLAN.period, end: "2018-02-01T00:00" };
    expect(run([issue("a", "01-05")], { period }).lines).toMatchObject([{ slice: "2018-01", amount: "612.00" }]);
  });

  it("counts the months of each contract alone, and says nothing of what is not paid where something is", () => {
    const february = traceIn(run([issue("a", "01-05"), issue("b", "02-10")]), "02");
    expect(february).toMatchObject([
      { step: "contract", contract: "a", months: { before: 1, now: 2 }, paid: "0.00" },
      { step: "contract", contract: "b", months: { before: 0, now: 1 }, paid: "612.00" },
    ]);
    expect(february).toHaveLength(2);
  });

  it("tells when a contract lapsed, of that contract and in that month alone", () => {
    const settlement = run([issue("a", "01-05"), issue("b", "01-06"), lapse("a", "03-20")]);
    const march = traceIn(settlement, "03");
    expect(march).toMatchObject([
      { contract: "a", lapsed: "2018-03-20T12:00:00+08:00", chargedBack: "408.00" },
      { contract: "b", chargedBack: "0.00" },
    ]);
    expect(march[1]).not.toHaveProperty("lapsed");
    expect(traceIn(settlement, "01")[0]).not.toHaveProperty("lapsed");
  });

  it("says of whom facts name no contract, how many, and of nobody else", () => {
    const nameless = sale("ann", 10, "03-01", { product: "issue", attributes: {} });
    expect(run([issue("a", "01-05"), nameless]).warnings.map(({ message }) => message)).toEqual([
      "1 of ann's facts have no policy, so advance pays nothing for them",
    ]);
    expect(run([issue("a", "01-05")]).warnings).toEqual([]);
  });
});
