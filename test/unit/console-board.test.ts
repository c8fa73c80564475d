import { describe, expect, it } from "vitest";
import { type Boards, racesOf, reachedTargets } from "#functions/console/board/standings.ts";
import { elapsedPercent } from "#functions/console/home/elapsed.ts";

/** What the console works out of a board by itself. */

function progress(unit: string, percents: readonly number[]): Boards["progress"][number] {
  return {
    unit,
    name: unit.toUpperCase(),
    level: "branch",
    measure: "sales",
    value: "1.00",
    facts: 1,
    targets: percents.map((percent, index) => ({
      label: `t${index}`,
      value: "1.00",
      attainment: "1/1",
      percent,
      reached: percent >= 100,
    })),
  };
}

const BOARDS: Boards = {
  campaign: "small",
  provisional: true,
  at: "2018-05-02T00:00:00.000Z",
  rebuilding: false,
  progress: [progress("slow", [10]), progress("fast", [80, 40]), progress("first", [120, 90]), progress("none", [])],
  boards: [
    {
      reward: "race",
      kind: "race",
      level: "branch",
      measure: "sales",
      subjects: 3,
      rows: [{ subject: "first", name: "FIRST", value: "1.00", rank: 1, state: "winning" }],
    },
  ],
  notShown: [],
};

describe("a race on the board", () => {
  it("has those with a place first, then who is further on the way, and nobody without a target", () => {
    const [race, ...others] = racesOf(BOARDS);
    expect(others).toEqual([]);
    expect(race?.board?.reward).toBe("race");
    expect(race?.rows.map(({ unit }) => unit)).toEqual(["first", "fast", "slow"]);
  });

  it("tells every target that was reached, by a key of its own", () => {
    expect(reachedTargets(BOARDS)).toEqual([{ key: "first sales t0", name: "FIRST", label: "t0" }]);
  });
});

describe("how much of a period is over", () => {
  const period = { start: "2018-05-01T00:00", end: "2018-05-11T00:00", zone: "Asia/Shanghai" };

  it("goes by the clock of the plan's zone, and never beyond its ends", () => {
    // Midnight in Shanghai, not in London.
    expect(elapsedPercent(period, "2018-05-02T16:00:00.000Z")).toBe(20);
    expect(elapsedPercent(period, "2018-04-01T00:00:00.000Z")).toBe(0);
    expect(elapsedPercent(period, "2018-06-01T00:00:00.000Z")).toBe(100);
  });

  it("is nothing of a period that is none", () => {
    expect(elapsedPercent({ ...period, end: period.start }, "2018-05-02T16:00:00.000Z")).toBe(0);
  });
});
