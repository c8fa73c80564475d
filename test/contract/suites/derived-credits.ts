import { describe, expect, it } from "vitest";
import { factKey } from "#domain/ids.ts";
import type { Credit } from "#domain/progress.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import { credit, ODD_IDS, PLACE, progress } from "./samples.ts";
import { countTrue, shuffled, times } from "./tools.ts";

/** The part of {@link describeDerivedStore} about credits. */
export function describeCredits(store: () => DerivedStore): void {
  describe("credits", () => {
    it("are written over a smaller (epoch, version) only", async () => {
      const steps: [epoch: number, version: number, written: boolean][] = [
        [1, 2, true],
        [1, 2, false],
        [1, 1, false],
        [1, 3, true],
        [2, 1, true],
        [1, 9, false],
        [2, 1, false],
        [2, 10, true],
      ];
      for (const [epoch, version, written] of steps) {
        expect(await store().setCredit(credit({ epoch, version }))).toBe(written);
      }
      expect(await store().participantCredits("travel", PLACE, "a-1")).toEqual([credit({ epoch: 2, version: 10 })]);
    });

    it("are read one by one, as they are stored", async () => {
      const one = credit({ values: { premium: 7 }, texts: { customers: "李雷" } });
      const { campaign, place, participantId, fact } = one;
      expect(await store().credit(campaign, place, participantId, fact)).toBeUndefined();
      await store().setCredit(one);
      expect(await store().credit(campaign, place, participantId, fact)).toEqual(one);
      expect(await store().credit(campaign, place, participantId, "pos#another")).toBeUndefined();
      expect(await store().credit(campaign, place, "a-2", fact)).toBeUndefined();
      expect(await store().credit(campaign, { leaf: "-", shard: 0 }, participantId, fact)).toBeUndefined();
    });

    it("keep what a measure tells apart, and have nothing of it where none does", async () => {
      const told = credit({ values: { premium: 1, customers: 1 }, texts: { customers: "李雷" } });
      const plain = credit({ fact: "pos#sale-2" });
      for (const one of [told, plain]) expect(await store().setCredit(one)).toBe(true);
      expect(await store().placeCredits("travel", PLACE)).toEqual([told, plain]);
    });

    it("never go back, in whatever order the writes come", async () => {
      const states = times(12, (index) => credit({ epoch: 1 + Math.floor(index / 4), version: 1 + (index % 4) }));
      for (const turn of [0, 1, 2, 3]) {
        const fact = factKey({ source: "pos", externalId: `sale-${turn}` });
        await Promise.all(shuffled(states, turn).map((state) => store().setCredit({ ...state, fact })));
      }
      for (const stored of await store().placeCredits("travel", PLACE)) {
        expect([stored.epoch, stored.version]).toEqual([3, 4]);
      }
    });

    it("of one (epoch, version) that come at once: exactly one is written", async () => {
      expect(
        await countTrue(times(20, (index) => () => store().setCredit(credit({ values: { premium: index } })))),
      ).toBe(1);
      expect(await countTrue(times(10, () => () => store().setCredit(credit({ version: 2 }))))).toBe(1);
    });

    it("are apart by campaign, place, participant and fact", async () => {
      const others = [
        {},
        { campaign: "travel-2" },
        { place: { leaf: "nanchang-1", shard: 1 } },
        { place: { leaf: "nanchang-10", shard: 0 } },
        { place: { leaf: "-", shard: 0 } },
        { participantId: "a-10" },
        { fact: "pos#sale-10" },
        { fact: "pos-2#sale-1" },
      ];
      for (const other of others) expect(await store().setCredit(credit(other))).toBe(true);
      for (const { campaign, place, participantId } of others.map(credit)) {
        const found = await store().participantCredits(campaign, place, participantId);
        const same = others.map(credit).filter((one) => sameSubject(one, campaign, place, participantId));
        expect(found.toSorted(byFact)).toEqual(same.toSorted(byFact));
      }
    });

    it("include withdrawn and uncounted ones, with their reason", async () => {
      const withdrawn = credit({ outcome: "withdrawn", values: {}, reason: "moved" });
      const notCounted = credit({ fact: "pos#sale-2", outcome: "notCounted", values: {}, reason: "channel" });
      await store().setCredit(withdrawn);
      await store().setCredit(notCounted);
      expect((await store().placeCredits("travel", PLACE)).toSorted(byFact)).toEqual([withdrawn, notCounted]);
    });

    it("of a place are all there, over more than one page of the database, without its progress", async () => {
      const reason = "x".repeat(2_000);
      const credits = times(700, (index) =>
        credit({ participantId: `a-${index % 7}`, fact: `pos#sale-${index}`, reason, outcome: "notCounted" }),
      );
      await Promise.all(credits.map((one) => store().setCredit(one)));
      await store().setProgress(progress());
      expect((await store().placeCredits("travel", PLACE)).toSorted(byFact)).toEqual(credits.toSorted(byFact));
      expect(await store().participantCredits("travel", PLACE, "a-3")).toHaveLength(100);
      expect(await store().placeCredits("travel", { leaf: "nowhere", shard: 0 })).toEqual([]);
    });

    it("take any participant and fact, the longest too", async () => {
      const credits = ODD_IDS.flatMap((participantId) =>
        ["𠀀".repeat(128), "a/b"].map((externalId) =>
          credit({ participantId, fact: factKey({ source: "s".repeat(64), externalId }) }),
        ),
      );
      for (const one of credits) expect(await store().setCredit(one)).toBe(true);
      for (const participantId of ODD_IDS) {
        const found = await store().participantCredits("travel", PLACE, participantId);
        expect(found.toSorted(byFact)).toEqual(
          credits.filter((one) => one.participantId === participantId).toSorted(byFact),
        );
      }
      expect(await store().placeCredits("travel", PLACE)).toHaveLength(credits.length);
    });
  });
}

function sameSubject(one: Credit, campaign: string, place: Credit["place"], participantId: string): boolean {
  return (
    one.campaign === campaign &&
    one.place.leaf === place.leaf &&
    one.place.shard === place.shard &&
    one.participantId === participantId
  );
}

function byFact(a: Credit, b: Credit): number {
  return a.fact < b.fact ? -1 : 1;
}
