import { describe, expect, it } from "vitest";
import type { Target } from "#domain/target.ts";
import { fitProblems } from "#engine/fit.ts";
import { compileRules } from "#engine/rules.ts";
import {
  PEOPLE,
  person,
  planOf,
  prizes,
  type RewardDocument,
  race,
  ranking,
  target,
  UNITS,
} from "#test/fixtures/plan-builder.ts";
import { BRANCH_GATE } from "#test/fixtures/plan-problems.ts";

describe("whether a plan fits its organisation and targets", () => {
  const problemsOf = (rewards: readonly RewardDocument[], targets: readonly Target[], memberships = PEOPLE) =>
    fitProblems(compileRules({ plan: planOf({ rewards: [...rewards] }), units: UNITS, memberships, targets })).map(
      ({ code, path }) => `${code} ${path}`,
    );

  it("is told of unknown units and levels", () => {
    const rewards = [
      race({ level: "shop", within: { unit: "centre" } }),
      ranking({ gates: [{ ...BRANCH_GATE, on: { ancestor: "county", membership: "periodEnd" } }] }),
    ];
    expect(problemsOf(rewards, [])).toEqual([
      "unknown-level /rewards/0/level",
      "unknown-unit /rewards/0/within/unit",
      "unknown-level /rewards/1/gates/0/on/ancestor",
    ]);
  });

  it("asks for the targets of exactly those who are judged", () => {
    // Coast lies outside of north.
    expect(problemsOf([race({ within: { unit: "north" } })], [target("east", "start", "100.00")])).toEqual([
      "missing-target targets/west/sales/start",
    ]);
    expect(
      problemsOf(
        [race({ within: { unit: "north" } })],
        [target("east", "start", "1.005"), target("west", "start", "1")],
      ),
    ).toEqual(["too-fine targets/east/sales/start"]);
  });

  it("asks for the target of a unit above the reward's own", () => {
    const gate = {
      on: { ancestor: "province", membership: "periodEnd" },
      measure: "sales",
      atLeast: { target: "start" },
    } as const;
    const own = ranking({ within: { unit: "east", membership: "periodEnd" }, gates: [gate] });
    expect(problemsOf([own], [])).toEqual(["missing-target targets/north/sales/start"]);
    expect(problemsOf([own], [target("north", "start", "100.00")])).toEqual([]);
  });

  it("asks only for the targets of people whose role takes part and who are still there", () => {
    const people = [
      person("ann", "east"),
      person("mia", "east", { role: "manager" }),
      person("leo", "west", { to: "2018-05-20" }),
    ];
    const agents = race({
      level: "participant",
      roles: { anyOf: ["agent"], membership: "periodEnd" },
      prizes: prizes(100),
    });
    expect(problemsOf([agents], [], people)).toEqual(["missing-target targets/ann/sales/start"]);
  });
});
