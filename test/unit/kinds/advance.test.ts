import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { Settlement } from "#domain/line.ts";
import { maximumLiability } from "#engine/liability.ts";
import {
  type PlanDocument,
  person,
  planOf,
  type RewardDocument,
  type SmallWorld,
  sale,
  settled,
} from "#test/fixtures/plan-builder.ts";
import { type Change, expectOneProblem, type Told } from "#test/fixtures/plan-problems.ts";

type Advance = Extract<RewardDocument, { kind: "advance" }>;

const PLAN = {
  period: { start: "2018-01-01T00:00", end: "2019-01-01T00:00", zone: "Asia/Shanghai" },
  attributes: { policy: "string", size: "number" },
  measures: [
    { id: "premium", aggregate: "sum", of: "amount", when: 'kind == "sale" && product == "issue"' },
    { id: "payments", aggregate: "count", when: 'kind == "sale" && product == "payment"' },
    { id: "lapses", aggregate: "count", when: 'kind == "evidence" && topic == "lapse"' },
    { id: "days", aggregate: "distinct", of: "amount" },
  ],
} satisfies Partial<PlanDocument>;

const OWN_GATE = { on: "self", measure: "premium", atLeast: { value: "70.00" } } as const;
const WITHIN = { unit: "east", membership: "periodEnd" } as const;
const ROLES = { anyOf: ["agent"], membership: "periodEnd" } as const;

/** A rate of 100 %, so that the value of a month is the commission of a month. */
function advance(changes: Partial<Advance> = {}): Advance {
  return {
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
    ...changes,
  };
}

function issue(policy: string, amount: number, local: string, changes: Parameters<typeof sale>[3] = {}): Fact {
  return sale("ann", amount, local, {
    product: "issue",
    attributes: { policy },
    externalId: `i ${policy}`,
    ...changes,
  });
}

function payment(policy: string, local: string, seller = "ann"): Fact {
  return sale(seller, 1, local, { product: "payment", attributes: { policy } });
}

function lapse(policy: string, local: string, participantId = "ann"): Fact {
  const { kind: _k, amount: _a, currency: _c, product: _p, channel: _h, ...rest } = sale(participantId, 1, local);
  return { ...rest, kind: "evidence", topic: "lapse", quantity: "1", attributes: { policy } };
}

function settledOn(facts: readonly Fact[], changes: Partial<Advance> = {}, small: Partial<SmallWorld> = {}) {
  return settled({ plan: planOf({ ...PLAN, rewards: [advance(changes)] }), facts, ...small }, "2019-02-01T00:00:00Z");
}

/** What Ann is paid, by month; months without a line are left out. */
function byMonth({ lines }: Settlement, payee = "ann"): Record<string, string> {
  return Object.fromEntries(
    lines.filter(({ payee: { id } }) => id === payee).map(({ slice = "", amount }) => [slice.slice(5), amount]),
  );
}

function contractSteps({ lines, notAwarded }: Settlement, month: string, payee = "ann") {
  const line = lines.find((one) => one.slice === `2018-${month}` && one.payee.id === payee);
  const not = notAwarded.find((one) => one.slice === `2018-${month}` && one.subject.id === payee);
  return ((line ?? not)?.trace ?? []).filter(({ step }) => step === "contract");
}

describe("an advance", () => {
  it("of 75 % is earned out in nine months; then each month is paid as it is earned", () => {
    const settlement = settledOn([issue("a", 600, "01-05")], {
      value: { yearly: "premium" },
      rate: "95%",
      advance: { part: "75%" },
    });
    expect(byMonth(settlement)).toEqual({ "01": "427.50", "10": "47.50", "11": "47.50", "12": "47.50" });
    expect(contractSteps(settlement, "01")).toMatchObject([
      {
        value: "600.00",
        commission: "570.00",
        months: { before: 0, now: 1, of: 12 },
        advanced: "427.50",
        balance: "380.00",
      },
    ]);
    expect(contractSteps(settlement, "09")).toMatchObject([
      { months: { before: 8, now: 9 }, earned: "47.50", repaid: "47.50", balance: "0.00", paid: "0.00" },
    ]);
  });

  it("that is not earned is charged back at a lapse, or kept", () => {
    const facts = [issue("a", 68, "01-05"), lapse("a", "05-03")];
    expect(byMonth(settledOn(facts))).toEqual({ "01": "612.00", "05": "-340.00" });
    expect(contractSteps(settledOn(facts), "05")).toMatchObject([
      { months: { before: 4, now: 4 }, chargedBack: "340.00", balance: "0.00", paid: "-340.00" },
    ]);
    expect(byMonth(settledOn(facts, { unearned: "keep" }))).toEqual({ "01": "612.00" });
  });

  it("is charged back for one more month where months are earned when they are over", () => {
    // On 3 May months 1 to 3 are over; the fourth is until 5 May.
    const facts = [issue("a", 68, "01-05"), lapse("a", "05-03")];
    expect(byMonth(settledOn(facts, { earned: "monthEnd" }))["05"]).toBe("-408.00");
    // At the very instant at which a month begins it is not earned any more.
    const sharp = [issue("a", 68, "01-05 10:00"), lapse("a", "05-05 10:00")];
    expect(byMonth(settledOn(sharp))["05"]).toBe("-340.00");
  });

  it("is repaid by payments on the same contract only, or by all that the agent earns", () => {
    const facts = [
      issue("a", 100, "01-05"),
      issue("b", 100, "01-06"),
      payment("a", "02-01"),
      payment("a", "03-01"),
      payment("a", "04-01"),
      payment("b", "05-01"),
      payment("b", "06-01"),
    ];
    const changes = { earned: "payment", payments: "payments", advance: { months: 1 } } as const;
    // Contract a is earned out in February, b in May.
    expect(byMonth(settledOn(facts, changes))).toEqual({
      "01": "200.00",
      "03": "100.00",
      "04": "100.00",
      "06": "100.00",
    });
    // In March what a earns repays b as well.
    const agent = settledOn(facts, { ...changes, recovery: "agent" });
    expect(byMonth(agent)).toEqual({ "01": "200.00", "04": "100.00", "05": "100.00", "06": "100.00" });
  });

  it("is open after a slice as all that was earned in it left it, on whatever contract", () => {
    const facts = [
      issue("a", 100, "01-05"),
      issue("b", 100, "02-06"),
      payment("a", "01-20"),
      payment("a", "01-21"),
      payment("a", "02-20"),
    ];
    const changes = { earned: "payment", payments: "payments", advance: { months: 2 }, recovery: "agent" } as const;
    // In January a has repaid its own 200; in February it repays half of what was advanced on b before.
    expect(contractSteps(settledOn(facts, changes), "02")).toMatchObject([
      { contract: "b", advanced: "200.00", repaid: "0.00", balance: "100.00" },
      { contract: "a", earned: "100.00", repaid: "100.00", balance: "0.00" },
    ]);
  });

  it("is earned by a payment that is above zero for anybody whom it is credited to", () => {
    const splits = [
      { participantId: "ann", part: "99.9%" },
      { participantId: "bob", part: "0.1%" },
    ];
    const shared = { ...payment("a", "02-01"), amount: "0.01", splits };
    const measures = [
      ...PLAN.measures.filter(({ id }) => id !== "payments"),
      { id: "payments", aggregate: "sum", of: "amount", when: 'kind == "sale" && product == "payment"' } as const,
    ];
    const plan = planOf({
      ...PLAN,
      measures,
      crediting: { to: "splits", shared: "each", rollUp: "occurrence" },
      rewards: [advance({ earned: "payment", payments: "payments", advance: { months: 1 } })],
    });
    const settlement = settledOn([issue("a", 68, "01-05"), shared], {}, { plan });
    expect(contractSteps(settlement, "02")).toMatchObject([{ months: { before: 0, now: 1 }, repaid: "68.00" }]);
  });

  it("is charged back at once where the issue was known to be cancelled before it occurred", () => {
    const issued = { ...issue("a", 68, "01-05"), recordedAt: "2018-01-01T00:00:00Z" };
    const cancelled = { ...issued, version: 2, status: "cancelled" as const, recordedAt: "2018-01-02T00:00:00Z" };
    expect(byMonth(settledOn([issued, cancelled]))).toEqual({});
  });

  it("of 600 is worked off by payments of 100 each", () => {
    const facts = [issue("a", 100, "01-05"), payment("a", "02-01"), payment("a", "03-01"), payment("a", "04-01")];
    const settlement = settledOn(facts, { earned: "payment", payments: "payments", advance: { months: 6 } });
    expect(byMonth(settlement)).toEqual({ "01": "600.00" });
    const balances = ["01", "02", "03", "04"].map((month) => contractSteps(settlement, month));
    expect(balances).toMatchObject([
      [{ balance: "600.00" }],
      [{ balance: "500.00" }],
      [{ balance: "400.00" }],
      [{ balance: "300.00" }],
    ]);
    const february = settlement.notAwarded.find(({ slice }) => slice === "2018-02");
    expect(february?.trace.at(-1)).toMatchObject({ step: "nothing", reason: "repays-advance" });
  });

  it("ends for a cancelled issue when it was cancelled, or never was", () => {
    const issued = issue("a", 68, "01-05");
    const cancelled = {
      ...issued,
      version: 2,
      status: "cancelled" as const,
      cancelledAt: "2018-05-03T12:00:00+08:00",
      recordedAt: "2018-05-04T12:00:00+08:00",
    };
    expect(byMonth(settledOn([issued, cancelled]))).toEqual({ "01": "612.00", "05": "-340.00" });
    expect(byMonth(settledOn([issued, cancelled], { cancelled: "void" }))).toEqual({});
  });

  it("counts lapses and payments of a contract whoever they name, and only from its issue on", () => {
    const facts = [lapse("a", "01-04"), issue("a", 68, "01-05"), lapse("b", "02-03"), lapse("a", "05-03", "bob")];
    expect(byMonth(settledOn(facts))).toEqual({ "01": "612.00", "05": "-340.00" });
    const paid = [payment("a", "01-04"), issue("a", 68, "01-05"), payment("a", "02-05", "bob")];
    const settlement = settledOn(paid, { earned: "payment", payments: "payments", advance: { months: 1 } });
    expect(contractSteps(settlement, "02")).toMatchObject([{ months: { before: 0, now: 1 }, balance: "0.00" }]);
  });

  it("is of the first value of a contract alone, and warns of a value without a contract", () => {
    const nameless = sale("ann", 10, "03-01", { product: "issue", attributes: {} });
    const settlement = settledOn([
      issue("a", -5, "01-03", { externalId: "refused" }),
      issue("a", 68, "01-05"),
      issue("a", 99, "02-05", { externalId: "again" }),
      nameless,
    ]);
    expect(byMonth(settlement)).toEqual({ "01": "612.00", "10": "68.00", "11": "68.00", "12": "68.00" });
    expect(settlement.warnings).toMatchObject([{ code: "no-contract", subject: "ann", blocks: false }]);
  });

  it("sums to the commission exactly, whatever the months round to", () => {
    const settlement = settledOn([issue("a", 10, "01-05")], { value: { yearly: "premium" }, advance: { months: 1 } });
    // A month is 0.8333…: 0.83, 0.84, 0.83, and ten in all.
    const { "01": first, "02": second, "03": third } = byMonth(settlement);
    expect([first, second, third]).toEqual(["0.83", "0.84", "0.83"]);
    const all = Object.values(byMonth(settlement)).reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
    expect(all).toBe(1000);
  });

  it("is charged back of who has left", () => {
    const facts = [issue("a", 68, "01-05"), lapse("a", "05-03", "bob")];
    const memberships = [person("ann", "east", { to: "2018-04-01" }), person("bob", "east")];
    expect(byMonth(settledOn(facts, {}, { memberships }))["05"]).toBe("-340.00");
  });

  it("is followed up after the period: what happens then belongs to its last slice", () => {
    const facts = [issue("a", 68, "11-05"), lapse("a", "11-20", "bob"), issue("b", 68, "12-05")];
    const late = { ...lapse("b", "01-20"), externalId: "late", occurredAt: "2019-01-20T12:00:00+08:00" };
    const small = {
      facts: [...facts, { ...late, recordedAt: late.occurredAt }],
      memberships: [person("ann", "east"), person("bob", "east")],
    };
    const pays = (plan: Partial<PlanDocument>, asOf = "2019-06-01T00:00:00Z") =>
      byMonth(settled({ plan: planOf({ ...PLAN, ...plan, rewards: [advance()] }), ...small }, asOf));
    expect(pays({})).toEqual({ "11": "68.00", "12": "612.00" });
    // Two months of b are earned before it lapses.
    expect(pays({ followUp: "P6M" })).toEqual({ "11": "68.00", "12": "136.00" });
    expect(pays({ followUp: "P6M" }, "2019-01-10T00:00:00Z")).toEqual({ "11": "68.00", "12": "612.00" });
  });

  it("has no bound", () => {
    const { byReward } = maximumLiability(planOf({ ...PLAN, rewards: [advance()] }));
    expect(byReward[0]?.unboundedBecause).toContain("nothing limits how many are issued");
  });

  it.each<[string, Change, Told]>([
    ["of units", { level: "branch" }, ["level-participant", "/rewards/0/level", ["branch"]]],
    ["with a gate", { gates: [OWN_GATE] }, ["policy-impossible", "/rewards/0/gates", ["leave its holder out"]]],
    ["within a unit", { within: WITHIN }, ["policy-impossible", "/rewards/0/within", ["leave its holder out"]]],
    ["of roles", { roles: ROLES }, ["policy-impossible", "/rewards/0/roles", ["leave its holder out"]]],
    ["to date", { accumulate: "toDate" }, ["policy-impossible", "/rewards/0/accumulate", ["carries"]]],
    [
      "without the attribute",
      { contract: "deal" },
      ["unknown-attribute", "/rewards/0/contract", ["deal"], { allowed: "policy" }],
    ],
    ["by a number", { contract: "size" }, ["unknown-attribute", "/rewards/0/contract", ["size", "number"]]],
    ["of no measure", { value: { yearly: "worth" } }, ["unknown-measure", "/rewards/0/value/yearly", ["worth"]]],
    ["of no money", { value: { monthly: "payments" } }, ["not-money", "/rewards/0/value/monthly", ["payments"]]],
    ["with unknown lapses", { lapses: "ends" }, ["unknown-measure", "/rewards/0/lapses", ["ends"]]],
    ["without payments", { earned: "payment" }, ["policy-missing", "/rewards/0/payments", ["payment"]]],
    ["with idle payments", { payments: "payments" }, ["policy-impossible", "/rewards/0/payments", ["by time"]]],
    [
      "of too many months",
      { advance: { months: 13 } },
      ["advance-above-whole", "/rewards/0/advance/months", ["13", "12"]],
    ],
    [
      "of too much",
      { advance: { part: "101%" } },
      ["advance-above-whole", "/rewards/0/advance/part", ["more than all"]],
    ],
    [
      "rounded to 0",
      { rounding: { mode: "down", unit: "0" } },
      ["bad-rounding-unit", "/rewards/0/rounding/unit", ["above zero"]],
    ],
  ])("%s is refused", (_what, change, told) => {
    expectOneProblem({ ...PLAN, rewards: [{ ...advance(), ...change }] }, told);
  });
});
