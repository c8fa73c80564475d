import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { maximumLiability } from "#engine/liability.ts";
import { reasons } from "#test/fixtures/by-line.ts";
import {
  evidence,
  person,
  planOf,
  type RewardDocument,
  sale,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

/** An account of points: debts, redemptions of who earned nothing, expiry in order, and what each line tells of it. */

type Points = Extract<RewardDocument, { kind: "points" }>;

function points(changes: Partial<Points> = {}): Points {
  return {
    id: "stars",
    kind: "points",
    measure: "sales",
    level: "participant",
    pay: "self",
    programme: "stars",
    rate: "1",
    rounding: { scope: "perFact", mode: "down", unit: "1" },
    redemption: { measure: "spent" },
    ...changes,
  };
}

const STAFF = [person("ann", "east"), person("bob", "east")];

function run(facts: readonly Fact[], changes: Partial<Points> = {}, memberships = STAFF, asOf?: string) {
  const plan = planOf({
    measures: [
      { id: "sales", aggregate: "sum", of: "amount" },
      { id: "spent", aggregate: "sum", of: "quantity", when: 'kind == "evidence" && topic == "exchange"' },
    ],
    rewards: [points(changes)],
  });
  return settled({ plan, facts, memberships, targets: [target("bob", "start", "1.00")] }, asOf);
}

function exchange(subject: string, quantity: string, local: string) {
  return evidence(subject, local, { topic: "exchange", quantity });
}

function balanceOf(facts: readonly Fact[]) {
  return traceOf(run(facts), "stars", "ann").find(({ step }) => step === "balance");
}

describe("an account of points", () => {
  it("loses what a return takes back: it can be neither redeemed nor expire", () => {
    const facts = [sale("ann", 10, "05-02"), sale("ann", -4, "05-03"), exchange("ann", "9", "05-04")];
    const { lines, warnings } = run(facts);
    expect(lines.map(({ part = "earned", amount }) => [part, amount])).toEqual([
      ["earned", "6"],
      ["redeemed", "-6"],
    ]);
    expect(warnings[0]?.message).toContain("redeems 3 more than the balance of ann");
    const expired = run(facts.slice(0, 2), { expiry: { after: "P10D" } }).lines.find(({ part }) => part === "expired");
    expect(expired?.amount).toBe("-6");
  });

  it("goes below zero by what a return takes beyond it, and tells so", () => {
    const facts = [sale("ann", 10, "05-02"), sale("ann", -14, "05-03")];
    expect(balanceOf(facts)).toMatchObject({ before: "0", earned: "-4", after: "-4" });
    expect(balanceOf([...facts, sale("ann", 3, "05-04")])).toMatchObject({ earned: "-1", after: "-1" });
    expect(balanceOf([...facts, sale("ann", 9, "05-04")])).toMatchObject({ earned: "5", after: "5" });
  });

  it("does not expire a second time, nor what was used up", () => {
    const facts = [sale("ann", 10, "05-01"), exchange("ann", "10", "05-02"), sale("ann", 5, "05-03")];
    const { lines } = run(facts, { expiry: { after: "P10D" } });
    const expired = lines.find(({ part }) => part === "expired");
    expect(expired?.trace[0]).toEqual({
      step: "used",
      how: "expired",
      movements: [{ at: "2018-05-13T12:00:00+08:00", fact: "pos#ann 05-03", points: "5" }],
    });
  });

  it("expires in the order of time, whichever was recorded first", () => {
    const facts = [sale("ann", 7, "05-03"), sale("ann", 5, "05-02"), sale("ann", 2, "05-04")];
    const { lines } = run(facts, { expiry: { after: "P10D" } });
    const used = lines.find(({ part }) => part === "expired")?.trace[0];
    expect(used?.step === "used" ? used.movements.map(({ points: moved }) => moved) : []).toEqual(["5", "7", "2"]);
  });

  it("is not touched by a redemption of nothing", () => {
    const { lines, warnings } = run([sale("ann", 10, "05-02"), exchange("ann", "0.5", "05-03")]);
    expect(lines.map(({ part, amount }) => [part, amount])).toEqual([[undefined, "10"]]);
    expect(warnings).toEqual([]);
  });

  it("of who fails a gate is told as empty when something is redeemed of it", () => {
    const gates: Points["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "50.00" } }];
    const settlement = run([sale("ann", 10, "05-02"), exchange("ann", "3", "05-03"), sale("bob", 60, "05-02")], {
      gates,
    });
    expect(settlement.lines.map(({ payee, amount }) => [payee.id, amount])).toEqual([["bob", "60"]]);
    expect(settlement.warnings.map(({ code, subject }) => [code, subject])).toEqual([["points-overdrawn", "ann"]]);
    expect(reasons(settlement)).toEqual({ "stars ann": "gate" });
  });

  it("of who is out of scope is told as empty when something is redeemed of it", () => {
    const roles: Points["roles"] = { anyOf: ["agent"], membership: "periodEnd" };
    const memberships = [person("ann", "east"), person("tom", "east", { role: "trainee" })];
    const { warnings, lines } = run([exchange("tom", "3", "05-03"), sale("ann", 1, "05-02")], { roles }, memberships);
    expect(warnings.map(({ code, subject }) => [code, subject])).toEqual([["points-overdrawn", "tom"]]);
    expect(lines.map(({ payee }) => payee.id)).toEqual(["ann"]);
  });

  it("says why somebody who sold got none: nothing was earned, or less than a whole point", () => {
    const settlement = run([sale("ann", "0.40", "05-02"), sale("bob", 0, "05-02")]);
    expect(traceOf(settlement, "stars", "ann")).toContainEqual({
      step: "rounded",
      exact: "0.4",
      rounding: { scope: "perFact", mode: "down", unit: "1" },
      amount: "0",
    });
    const said = (id: string) => traceOf(settlement, "stars", id).filter(({ step }) => step === "nothing");
    expect(said("ann")).toMatchObject([{ reason: "rounds-to-zero" }]);
    expect(said("bob")).toMatchObject([{ reason: "pays-nothing" }]);
  });

  it("says of who earned points nothing but that", () => {
    const settlement = run([sale("ann", 10, "05-02"), sale("bob", 5, "05-02")]);
    expect(traceOf(settlement, "stars", "ann").map(({ step }) => step)).toEqual([
      "measure",
      "points",
      "rounded",
      "balance",
    ]);
    expect(settlement.notAwarded).toEqual([]);
  });

  it("has no bound, and says why", () => {
    const { byReward } = maximumLiability(planOf({ rewards: [points({ redemption: undefined })] }));
    expect(byReward[0]?.unboundedBecause).toBe(
      "stars gives 1 points for each unit of sales, and nothing limits how many",
    );
  });
});
