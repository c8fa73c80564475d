import { describe, expect, it } from "vitest";
import type { RebuildJob, RebuildPart } from "#domain/rebuild.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import type { PlanStore } from "#ports/plan-store.ts";
import { countTrue, times } from "./tools.ts";

function job(changes: Partial<RebuildJob> = {}): RebuildJob {
  return {
    campaign: "travel",
    epoch: 2,
    seq: 1,
    attempt: 1,
    credits: "all",
    totals: "all",
    since: 1,
    reason: "directory.import-people",
    by: "maria",
    segments: 50,
    about: 25_000_000,
    startedAt: "2018-05-01T00:00:00.000Z",
    handedOver: false,
    ...changes,
  };
}

function part(changes: Partial<RebuildPart> = {}): RebuildPart {
  const updatedAt = "2018-05-01T00:01:00.000Z";
  return {
    campaign: "travel",
    epoch: 2,
    part: "credit-0",
    seq: 1,
    cursor: "c1",
    seen: 7,
    credited: 5,
    updatedAt,
    ...changes,
  };
}

/** How far a rebuild is: of one epoch in order, and a newer epoch's over an older one's. */
export function describeRebuildState(store: () => DerivedStore): void {
  describe("rebuilds", () => {
    it("are one a campaign: the next of the same epoch, or the first of a newer one", async () => {
      expect(await store().rebuild("travel")).toBeUndefined();
      const steps: [changes: Partial<RebuildJob>, written: boolean][] = [
        [{ seq: 2 }, false],
        [{}, true],
        [{}, false],
        [{ seq: 3 }, false],
        [{ seq: 2, handedOver: true }, true],
        [{ epoch: 1 }, false],
        [{ epoch: 3, seq: 2 }, false],
        [{ epoch: 3, finishedAt: "2018-05-02T00:00:00.000Z" }, true],
        [{ seq: 3 }, false],
      ];
      for (const [changes, written] of steps) expect(await store().setRebuild(job(changes))).toBe(written);
      expect(await store().rebuild("travel")).toEqual(job({ epoch: 3, finishedAt: "2018-05-02T00:00:00.000Z" }));
      expect(await store().rebuild("other")).toBeUndefined();
    });

    it("keep how far each part is; of two that are at the same place one goes on", async () => {
      expect(await countTrue(times(10, () => () => store().setRebuildPart(part())))).toBe(1);
      expect(await store().setRebuildPart(part({ part: "held" }))).toBe(true);
      const { cursor: _, ...last } = part({ seq: 2, seen: 9 });
      expect(await store().setRebuildPart(last)).toBe(true);
      expect(await store().rebuildPart("travel", "credit-0")).toEqual(last);
      expect(await store().rebuildPart("travel", "credit-1")).toBeUndefined();
      expect(await store().rebuildParts("travel")).toEqual([last, part({ part: "held" })]);
      expect(await store().setRebuildPart(part({ epoch: 3 }))).toBe(true);
      expect(await store().setRebuildPart(part({ seq: 3 }))).toBe(false);
      expect(await store().rebuildParts("travel")).toEqual([part({ epoch: 3 }), part({ part: "held" })]);
      expect(await store().rebuildParts("other")).toEqual([]);
    });
  });
}

/** Whom an epoch is about. */
export function describeAffected(store: () => PlanStore): void {
  describe("affected people", () => {
    it("are kept by epoch, of any number, and never replaced", async () => {
      expect(await store().affected("travel")).toEqual([]);
      const many = times(1203, (index) => ({
        id: `p-${String(index).padStart(4, "0")}`,
        leaves: ["nanchang", "ganzhou"],
      }));
      await store().addAffected({ campaign: "travel", epoch: 10, who: many });
      await store().addAffected({ campaign: "travel", epoch: 9, who: [{ id: "杜", leaves: [] }] });
      await store().addAffected({ campaign: "travel", epoch: 9, who: [{ id: "ann", leaves: ["nanchang"] }] });
      await store().addAffected({ campaign: "travel", epoch: 9, who: [{ id: "ann", leaves: ["nanchang"] }] });
      await store().addAffected({ campaign: "other", epoch: 1, who: [{ id: "bob", leaves: [] }] });
      const kept = await store().affected("travel");
      expect(kept.map(({ epoch }) => epoch)).toEqual(kept.map(({ epoch }) => epoch).toSorted((a, b) => a - b));
      const of = (epoch: number) => kept.filter((one) => one.epoch === epoch).flatMap(({ who }) => who);
      expect(
        of(9)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(["ann", "杜"]);
      expect(of(10).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(many);
    });
  });
}
