import { describe, expect, it } from "vitest";
import type { DayBoard, UnitDay } from "#domain/day.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import { countTrue, times } from "./tools.ts";

/** What every DerivedStore does with how days ended. */
export function describeDays(getStore: () => DerivedStore): void {
  describe("days that are over", () => {
    it("are kept once, and never an earlier one after a later", async () => {
      const store = getStore();
      expect(await store.keptDay("travel")).toBeUndefined();
      expect(await countTrue(times(10, () => () => store.setKeptDay("travel", "2018-05-02")))).toBe(1);
      expect(await store.setKeptDay("travel", "2018-05-01")).toBe(false);
      expect(await store.setKeptDay("travel", "2018-05-04")).toBe(true);
      expect(await store.keptDay("travel")).toBe("2018-05-04");
      expect(await store.keptDay("travel-2")).toBeUndefined();
    });

    it("leave of each board the newest", async () => {
      const store = getStore();
      expect(await store.dayBoards("travel")).toEqual([]);
      expect(await store.setDayBoard(board({ day: "2018-05-02" }))).toBe(true);
      // Who was cut off does it again.
      expect(await store.setDayBoard(board({ day: "2018-05-02", ranked: 3 }))).toBe(true);
      expect(await store.setDayBoard(board({ day: "2018-05-01" }))).toBe(false);
      expect(await store.setDayBoard(board({ day: "2018-05-03", reward: "race" }))).toBe(true);
      await store.setDayBoard(board({ campaign: "travel-2" }));
      expect(await store.dayBoards("travel")).toEqual([
        board({ day: "2018-05-03", reward: "race" }),
        board({ day: "2018-05-02", ranked: 3 }),
      ]);
    });

    it("can have as many places and buckets as a board has", async () => {
      const store = getStore();
      const large = board({
        places: times(100, (index): [string, number] => [`${"p".repeat(120)}-${index}`, index + 1]),
        buckets: times(2000, (index): [number, number] => [index - 1000, index]),
      });
      await store.setDayBoard(large);
      expect(await store.dayBoards("travel")).toEqual([large]);
    });

    it("keep the values of every unit, in order of days", async () => {
      const store = getStore();
      const days = ["2018-05-10", "2018-05-02", "2018-05-30"].map((day) => unitDay({ day }));
      await store.putUnitDays([...days, unitDay({ unit: "east-2" }), unitDay({ campaign: "travel-2" })]);
      await store.putUnitDays([unitDay({ day: "2018-05-10", measures: { premium: { value: 9, facts: 1 } } })]);
      expect(
        (await store.unitDays("travel", "east")).map(({ day, measures }) => `${day} ${measures.premium?.value}`),
      ).toEqual(["2018-05-02 500", "2018-05-10 9", "2018-05-30 500"]);
      expect(await store.unitDays("travel", "east-2")).toEqual([unitDay({ unit: "east-2" })]);
      expect(await store.unitDays("travel", "west")).toEqual([]);
    });
  });
}

function board(changes: Partial<DayBoard> = {}): DayBoard {
  return {
    campaign: "travel",
    reward: "ranking",
    day: "2018-05-02",
    seenAt: "2018-05-02T16:00:30.000Z",
    places: [
      ["a-1", 1],
      ["a-2", 2],
    ],
    ranked: 2,
    buckets: [[812, 2]],
    ...changes,
  };
}

function unitDay(changes: Partial<UnitDay> = {}): UnitDay {
  return {
    campaign: "travel",
    unit: "east",
    day: "2018-05-02",
    seenAt: "2018-05-02T16:00:30.000Z",
    measures: { premium: { value: 500, facts: 2 } },
    ...changes,
  };
}
