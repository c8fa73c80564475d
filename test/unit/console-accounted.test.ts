import { describe, expect, it } from "vitest";
import { percent } from "#functions/console/format/numbers.ts";
import { accountedOf, type Day } from "#functions/console/runs/accounted.ts";

/** How much of what came in is accounted for, in words that say 100 % only of all. */

function day(changes: Partial<Day>): Day {
  const none = { counted: 0, notCounted: 0, cancelled: 0, held: 0, inMotion: 0, conflicts: 0, rejected: 0 };
  const rest = { unreadable: 0, differing: 0, credits: { facts: 0, derived: 0 }, sums: {}, changing: false };
  const counts = { ...none, ...changes };
  const facts = counts.counted + counts.notCounted + counts.cancelled + counts.held + counts.inMotion;
  return { day: "2018-05-01", ...rest, facts, ...counts };
}

describe("what is accounted for", () => {
  it("is all of many days, whatever became of it", () => {
    const days = [day({ counted: 190, held: 2, conflicts: 1 }), day({ notCounted: 3, cancelled: 1, rejected: 1 })];
    expect(accountedOf(days)).toEqual({ all: 198, accounted: 198, inMotion: 0, open: 0, percent: 100 });
  });

  it("is neither what is in motion, nor what has other credits than it should, nor what has no outcome", () => {
    const days = [day({ counted: 90, inMotion: 4, differing: 2 }), day({ facts: 6, counted: 5 })];
    expect(accountedOf(days)).toEqual({ all: 100, accounted: 93, inMotion: 4, open: 3, percent: 93 });
  });

  it.each([
    [1, 1000, "99.9%"],
    [2, 1000, "99.8%"],
    [1, 2_000_000_000, "99.9%"],
    [1, 3, "66.6%"],
    [999_999, 1_000_000, "0%"],
    [0, 7, "100%"],
  ])("with %i open of %i is rounded down to %s", (differing, counted, said) => {
    const found = accountedOf([day({ counted, differing })]);
    expect(percent(found?.percent ?? Number.NaN, "en-GB")).toBe(said);
    expect(found?.accounted).toBe(counted - differing);
  });

  it("is not said where nothing came in", () => {
    expect(accountedOf([])).toBeUndefined();
    expect(accountedOf([day({})])).toBeUndefined();
  });
});
