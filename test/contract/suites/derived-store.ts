import { beforeEach, describe, expect, it } from "vitest";
import type { HeldFact, Place } from "#domain/progress.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import { describePlaceBoards } from "./derived-boards.ts";
import { describeCredits } from "./derived-credits.ts";
import { describeDays } from "./derived-days.ts";
import { credit, ODD_IDS, PLACE, progress, total } from "./samples.ts";
import { allPages, countTrue, times } from "./tools.ts";

/** What every DerivedStore does. `makeStore` gives an empty one. */
export function describeDerivedStore(name: string, makeStore: () => Promise<DerivedStore>): void {
  describe(`DerivedStore: ${name}`, () => {
    let store: DerivedStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    describeCredits(() => store);
    describePlaceBoards(() => store);
    describeDays(() => store);

    describe("progress", () => {
      it("is undefined before it is first set", async () => {
        expect(await store.progress("travel", PLACE, "a-1")).toBeUndefined();
        expect(await store.placeProgress("travel", PLACE)).toEqual([]);
      });

      it("is written when seq is one more than what is stored", async () => {
        expect(await store.setProgress(progress({ seq: 2 }))).toBe(false);
        expect(await store.setProgress(progress({ seq: 1 }))).toBe(true);
        expect(await store.setProgress(progress({ seq: 1 }))).toBe(false);
        expect(await store.setProgress(progress({ seq: 3 }))).toBe(false);
        expect(await store.setProgress(progress({ seq: 2, measures: {} }))).toBe(true);
        expect(await store.progress("travel", PLACE, "a-1")).toEqual(progress({ seq: 2, measures: {} }));
      });

      it("of a place is listed by participant, without its credits", async () => {
        const all = ODD_IDS.map((participantId) => progress({ participantId }));
        for (const one of all) await store.setProgress(one);
        await store.setProgress(progress({ place: { leaf: "nanchang-2", shard: 0 } }));
        await store.setCredit(credit());
        const found = await store.placeProgress("travel", PLACE);
        expect(found.toSorted(byParticipant)).toEqual(all.toSorted(byParticipant));
        for (const one of all) expect(await store.progress("travel", PLACE, one.participantId)).toEqual(one);
      });

      it("of one seq that come at once: exactly one is written", async () => {
        expect(await countTrue(times(20, () => () => store.setProgress(progress())))).toBe(1);
        expect(await countTrue(times(20, () => () => store.setProgress(progress({ seq: 2 }))))).toBe(1);
      });
    });

    describe("totals", () => {
      it("follow the same rule of seq", async () => {
        expect(await store.total("travel", PLACE)).toBeUndefined();
        expect(await store.setTotal(total({ seq: 2 }))).toBe(false);
        expect(await store.setTotal(total())).toBe(true);
        expect(await store.setTotal(total())).toBe(false);
        expect(await store.setTotal(total({ seq: 2 }))).toBe(true);
        expect(await store.total("travel", PLACE)).toEqual(total({ seq: 2 }));
      });

      it("of one seq that come at once: exactly one wins, and it is what is stored", async () => {
        const rivals = times(20, (index) =>
          total({ measures: { premium: { value: index, facts: 1, gained: index } } }),
        );
        const results = await Promise.all(rivals.map((rival) => store.setTotal(rival)));
        expect(results.filter(Boolean)).toHaveLength(1);
        expect(await store.total("travel", PLACE)).toEqual(rivals[results.indexOf(true)]);
      });

      it("lose nothing when workers that read seq first take turns", async () => {
        let sold = 0;
        const worker = async () => {
          for (let done = 0; done < 5; done++) {
            sold++;
            while (!(await setToSold())) {}
          }
        };
        const setToSold = async () => {
          const before = await store.total("travel", PLACE);
          const measures = { premium: { value: sold, facts: sold, gained: sold } };
          return store.setTotal(total({ seq: (before?.seq ?? 0) + 1, measures }));
        };
        await Promise.all(times(4, worker));
        expect((await store.total("travel", PLACE))?.measures.premium?.value).toBe(20);
        expect((await store.total("travel", PLACE))?.seq).toBe(20);
      });

      it("of a campaign are listed with every place and shard", async () => {
        const all = times(30, (index) =>
          total({ place: { leaf: `branch-${index % 10}`, shard: Math.floor(index / 10) } }),
        );
        for (const one of all) await store.setTotal(one);
        await store.setTotal(total({ campaign: "travel-2" }));
        const found = await store.totals("travel");
        expect(found.toSorted(byPlace)).toEqual(all.toSorted(byPlace));
        expect(await store.totals("nothing")).toEqual([]);
      });
    });

    describe("reaches", () => {
      const reach = (unit: string, seq = 1) => ({
        campaign: "travel",
        unit,
        seq,
        reaches: { "premium@180000.00": { at: 1_525_132_800_000, fact: "pos#sale-1", value: 18_000_000 } },
      });

      it("follow the same rule of seq", async () => {
        expect(await store.reach("travel", "nanchang")).toBeUndefined();
        expect(await store.setReach(reach("nanchang", 2))).toBe(false);
        expect(await countTrue(times(10, () => () => store.setReach(reach("nanchang"))))).toBe(1);
        expect(await store.setReach(reach("nanchang", 2))).toBe(true);
        expect(await store.reach("travel", "nanchang")).toEqual(reach("nanchang", 2));
      });

      it("are listed by campaign", async () => {
        for (const unit of ["a", "b", "c"]) await store.setReach(reach(unit));
        expect((await store.reaches("travel")).map(({ unit }) => unit).toSorted()).toEqual(["a", "b", "c"]);
        expect(await store.reaches("other")).toEqual([]);
      });
    });

    describe("held facts", () => {
      const held = (externalId: string, version = 1): HeldFact => ({
        source: "pos",
        externalId,
        version,
        participantId: "a-1",
        reason: "unknown-participant",
        message: "a-1 is not on file",
        recordedAt: "2018-05-02T00:00:00.000Z",
      });

      it("stay at the highest version, in whatever order they come", async () => {
        for (const version of [2, 1, 3, 3, 2]) await store.hold(held("sale-1", version));
        expect((await store.held({})).items).toEqual([held("sale-1", 3)]);
      });

      it("are let go of by their version or a higher one, not by a lower", async () => {
        await store.hold(held("sale-1", 2));
        await store.release({ source: "pos", externalId: "sale-1" }, 1);
        expect((await store.held({})).items).toHaveLength(1);
        await store.release({ source: "pos", externalId: "sale-1" }, 2);
        expect(await store.held({})).toEqual({ items: [] });
        await store.release({ source: "pos", externalId: "sale-1" }, 9);
        await store.release({ source: "pos", externalId: "never" }, 1);
      });

      it("are listed page by page, each once", async () => {
        const ids = [...ODD_IDS, ...times(40, (index) => `sale-${index}`)];
        for (const id of ids) await store.hold(held(id));
        const { items, pages } = await allPages((request) => store.held(request), 10);
        expect(items.map(({ externalId }) => externalId).toSorted()).toEqual(ids.toSorted());
        expect(pages).toBe(Math.ceil(ids.length / 10));
        await expect(store.held({ cursor: "nonsense" })).rejects.toMatchObject({ kind: "invalid" });
      });
    });

    it("notes each late change once", async () => {
      const change = { campaign: "travel", fact: "pos#sale 1/2", version: 2, recordedAt: "2018-12-01T00:00:00.000Z" };
      expect(await store.lateChanges("travel")).toEqual([]);
      await store.noteLateChange(change);
      await store.noteLateChange(change);
      await store.noteLateChange({ ...change, version: 3 });
      await store.noteLateChange({ ...change, campaign: "travel-2" });
      expect(await store.lateChanges("travel")).toEqual([change, { ...change, version: 3 }]);
    });

    it("finds the first late change after an instant, whatever offset it was written with", async () => {
      const change = (externalId: string, recordedAt: string) => ({
        campaign: "travel",
        fact: `pos#${externalId}`,
        version: 1,
        recordedAt,
      });
      const [a, b, c] = [
        change("z", "2018-12-01T08:00:00+08:00"),
        change("y", "2018-12-01T00:00:00.001Z"),
        change("a", "2018-12-02T00:00:00Z"),
      ];
      expect(await store.firstLateChange("travel", "2018-01-01T00:00:00Z")).toBeUndefined();
      for (const one of [c, a, b, { ...a, campaign: "travel-2" }]) if (one) await store.noteLateChange(one);
      expect(await store.firstLateChange("travel", "2018-11-30T23:59:59.999Z")).toEqual(a);
      expect(await store.firstLateChange("travel", "2018-12-01T00:00:00Z")).toEqual(b);
      expect(await store.firstLateChange("travel", "2018-12-01T08:00:00.001+08:00")).toEqual(c);
      expect(await store.firstLateChange("travel", "2018-12-02T00:00:00Z")).toBeUndefined();
      expect(await store.lateChangesAfter("travel", "2018-11-30T23:59:59.999Z", 2)).toEqual([a, b]);
      expect(await store.lateChangesAfter("travel", "2018-12-01T08:00:00+08:00", 2)).toEqual([b, c]);
      expect(await store.lateChangesAfter("travel", "2018-12-02T00:00:00Z", 2)).toEqual([]);
      expect(await store.lateChanges("travel")).toEqual([a, b, c]);
    });
  });
}

function byParticipant(a: { participantId: string }, b: { participantId: string }): number {
  return a.participantId < b.participantId ? -1 : 1;
}

function byPlace(a: { place: Place }, b: { place: Place }): number {
  return a.place.leaf === b.place.leaf ? a.place.shard - b.place.shard : a.place.leaf < b.place.leaf ? -1 : 1;
}
