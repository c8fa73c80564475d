import { describe, expect, it } from "vitest";
import type { PlaceBoard, PlaceBoards } from "#domain/progress.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import { PLACE } from "./samples.ts";
import { countTrue, times } from "./tools.ts";

/** What every DerivedStore does with the boards of places. */
export function describePlaceBoards(getStore: () => DerivedStore): void {
  describe("boards of places", () => {
    it("follow the same rule of seq", async () => {
      const store = getStore();
      expect(await store.placeBoards("travel", PLACE)).toBeUndefined();
      expect(await store.setPlaceBoards(boards({ seq: 2 }))).toBe(false);
      expect(await countTrue(times(10, () => () => store.setPlaceBoards(boards())))).toBe(1);
      expect(await store.setPlaceBoards(boards({ seq: 3 }))).toBe(false);
      expect(await store.setPlaceBoards(boards({ seq: 2, boards: {} }))).toBe(true);
      expect(await store.placeBoards("travel", PLACE)).toEqual(boards({ seq: 2, boards: {} }));
    });

    it("of a campaign are listed with every place and shard", async () => {
      const store = getStore();
      const all = times(20, (index) =>
        boards({ place: { leaf: `branch-${index % 5}`, shard: Math.floor(index / 5) } }),
      );
      for (const one of all) await store.setPlaceBoards(one);
      await store.setPlaceBoards(boards({ campaign: "travel-2" }));
      const found = await store.allPlaceBoards("travel");
      expect(found.toSorted(byPlace)).toEqual(all.toSorted(byPlace));
      expect(await store.allPlaceBoards("nothing")).toEqual([]);
    });

    it("can hold many rewards of many people", async () => {
      const store = getStore();
      const large = boards({ boards: Object.fromEntries(times(40, (index) => [`reward-${index}`, board(200)])) });
      expect(await store.setPlaceBoards(large)).toBe(true);
      expect(await store.placeBoards("travel", PLACE)).toEqual(large);
    });
  });
}

function boards(changes: Partial<PlaceBoards> = {}): PlaceBoards {
  return { campaign: "travel", place: PLACE, seq: 1, boards: { ranking: board(2) }, ...changes };
}

function board(people: number): PlaceBoard {
  return {
    people,
    ranked: people,
    kept: people,
    best: times(people, (index) => ({
      participantId: `a-${index}`,
      measures: { premium: { value: 18_000_000 - index, facts: 1, gained: 0 } },
    })),
    buckets: [
      [-3, 1],
      [812, people],
    ],
  };
}

function byPlace(a: PlaceBoards, b: PlaceBoards): number {
  return a.place.leaf === b.place.leaf ? a.place.shard - b.place.shard : a.place.leaf < b.place.leaf ? -1 : 1;
}
