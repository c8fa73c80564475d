import { describe, expect, it } from "vitest";
import { parseInstant } from "#domain/instant.ts";
import { fold } from "#engine/fold.ts";
import { compileRules } from "#engine/rules.ts";
import { standingsOf } from "#engine/standings.ts";
import { at, commission, planOf, ranking, sale, settled, world } from "#test/fixtures/plan-builder.ts";

/** Whatever the order of rewards in the plan and of facts: what a settlement lists stands by id. */

const FACTS = [sale("cy", 100, "05-02"), sale("ann", 100, "05-03"), sale("bob", 100, "05-04")];
const TWO = [commission({ id: "zeta" }), commission({ id: "alpha" })];

describe("a settlement lists by id", () => {
  const ids = ["alpha ann", "alpha bob", "alpha cy", "zeta ann", "zeta bob", "zeta cy"];
  const told = (lines: readonly { readonly reward: string; readonly payee: { readonly id: string } }[] = []) =>
    lines.map(({ reward, payee }) => `${reward} ${payee.id}`);

  it("lines, and lines that are held", () => {
    expect(told(settled({ plan: planOf({ rewards: TWO }), facts: FACTS }).lines)).toEqual(ids);
    const held = TWO.map((reward) => ({ ...reward, instalments: [{ id: "all", part: "1", after: "P1M" }] }));
    const settlement = settled({ plan: planOf({ rewards: held }), facts: FACTS }, at("06-15"));
    expect(told(settlement.held)).toEqual(ids);
    expect(settlement.totals).toMatchObject({ all: "0.00", held: "60.00" });
  });

  it("components", () => {
    const pay = {
      id: "pay",
      kind: "payPlan",
      level: "participant",
      pay: "self",
      components: ["zeta", "alpha"],
    } as const;
    const rewards = [
      ...TWO.map((reward) => ({ ...reward, component: true as const })),
      { ...pay, components: [...pay.components] },
    ];
    expect(told(settled({ plan: planOf({ rewards }), facts: FACTS }).components)).toEqual(ids);
  });

  it("who got nothing, with the place where there is one", () => {
    const gates = [{ on: "self", measure: "sales", atLeast: { value: "500.00" } } as const];
    const rewards = [
      ...TWO.map((reward) => ({ ...reward, gates })),
      ranking({ prizes: [{ from: 1, to: 1, amount: "1.00" }] }),
    ];
    const { notAwarded } = settled({ plan: planOf({ rewards }), facts: FACTS });
    expect(notAwarded.map(({ reward, subject }) => `${reward} ${subject.id}`)).toEqual([
      ...ids.slice(0, 3),
      "ranking ann",
      "ranking bob",
      ...ids.slice(3),
    ]);
    expect(notAwarded.filter((entry) => "rank" in entry).map(({ reward, rank }) => `${reward} ${rank}`)).toEqual([
      "ranking 2",
      "ranking 3",
    ]);
    expect(notAwarded.some((entry) => "part" in entry || "slice" in entry)).toBe(false);
  });

  it("the subjects of a level", () => {
    const rules = compileRules(world());
    const standings = standingsOf(rules, fold(rules, parseInstant(at("06-01")) ?? Number.NaN, FACTS));
    expect(standings.subjects("participant")).toEqual(["ann", "bob", "cy"]);
    expect(standings.subjects("branch")).toEqual(["east", "west"]);
  });
});
