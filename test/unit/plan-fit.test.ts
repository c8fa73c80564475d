import { describe, expect, it } from "vitest";
import { Refusal } from "#domain/problem.ts";
import type { Target } from "#domain/target.ts";
import { type AskedSlices, fitProblems } from "#engine/fit.ts";
import { lintPlan } from "#engine/lint/index.ts";
import { compileRules } from "#engine/rules.ts";
import {
  PEOPLE,
  paid,
  person,
  planOf,
  prizes,
  type RewardDocument,
  race,
  ranking,
  sale,
  settled,
  target,
  UNITS,
} from "#test/fixtures/plan-builder.ts";
import { BRANCH_GATE } from "#test/fixtures/plan-problems.ts";

describe("whether a plan fits its organisation and targets", () => {
  const problemsOf = (rewards: readonly RewardDocument[], targets: readonly Target[], memberships = PEOPLE) =>
    fitProblems(
      compileRules({ plan: planOf({ rewards: [...rewards] }), units: UNITS, memberships, targets }),
      Date.parse("2018-06-01T00:00:00+08:00"),
    ).map(({ code, path }) => `${code} ${path}`);

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

  describe("of a reward by weeks", () => {
    // May 2018 has the weeks 18 to 22; week 19 begins on Monday the 7th.
    const WEEK_19 = Date.parse("2018-05-07T00:00:00+08:00");
    const weekly = race({ within: { unit: "north" }, per: "week", accumulate: "slice" });
    const plan = planOf({ rewards: [weekly] });
    const week = (subject: string, slice: string) => ({ ...target(subject, "start", "100.00"), slice });
    const FIRST = [week("east", "2018-W18"), week("west", "2018-W18")];
    const missing = (targets: readonly Target[], asOf: number, slices?: AskedSlices) =>
      fitProblems(compileRules({ plan, units: UNITS, memberships: PEOPLE, targets }), asOf, slices).map(
        ({ path }) => path,
      );

    it("asks for the targets of the slices that have begun, from their first instant", () => {
      expect(missing(FIRST, WEEK_19 - 1)).toEqual([]);
      expect(missing(FIRST, WEEK_19)).toEqual([
        "targets/east/sales/start/2018-W19",
        "targets/west/sales/start/2018-W19",
      ]);
      expect(missing([...FIRST, week("west", "2018-W19")], WEEK_19)).toEqual(["targets/east/sales/start/2018-W19"]);
    });

    it("asks for the first slice before it begins only where the campaign is to start", () => {
      const before = Date.parse("2018-04-30T00:00:00+08:00");
      expect(missing([], before)).toEqual([]);
      expect(missing([], before, "begunAndFirst")).toEqual([
        "targets/east/sales/start/2018-W18",
        "targets/west/sales/start/2018-W18",
      ]);
      expect(missing(FIRST, before, "begunAndFirst")).toEqual([]);
    });

    it("settles the weeks that have targets, and refuses from the next one on", () => {
      const facts = [sale("ann", 150, "05-02"), sale("cy", 90, "05-03")];
      const run = (asOf: string) => settled({ plan, targets: FIRST, facts }, asOf);
      expect(paid(run("2018-05-06T23:59:59+08:00"))).toEqual({ "race east": "1000.00" });
      expect(() => run("2018-05-07T00:00:00+08:00")).toThrow(Refusal);
    });

    it("warns of the later ones, and blocks the first", () => {
      const findings = (targets: readonly Target[]) =>
        lintPlan({ plan, units: UNITS, memberships: PEOPLE, targets })
          .filter(({ code }) => /target/.test(code))
          .map(({ code, severity, message }) => ({ code, severity, message }));
      expect(findings([...FIRST, week("east", "2018-W19")])).toEqual([
        {
          code: "targets-of-later-slices",
          severity: "warns",
          message: expect.stringContaining("7 targets start of sales that race asks for are missing"),
        },
      ]);
      expect(findings(FIRST.slice(1)).map(({ code, severity }) => `${code} ${severity}`)).toEqual([
        "missing-target blocks",
        "targets-of-later-slices warns",
      ]);
      const all = ["2018-W18", "2018-W19", "2018-W20", "2018-W21", "2018-W22"];
      expect(findings(all.flatMap((slice) => [week("east", slice), week("west", slice)]))).toEqual([]);
    });
  });
});
