import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Fact, factContent } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import type { FactStore } from "#ports/fact-store.ts";
import { fact, KINDS, ODD_IDS } from "./samples.ts";
import { allPages, times } from "./tools.ts";

/** What every FactStore does. `makeStore` gives an empty one. */
export function describeFactStore(name: string, makeStore: () => Promise<FactStore>): void {
  describe(`FactStore: ${name}`, () => {
    let store: FactStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    describe("put", () => {
      it("stores a version whose place is free, exactly as it was said", async () => {
        const said = fact({
          attributes: { entry: "qr", weight: 0.1, big: 1e200, vast: 2 ** 60, tiny: 1e-200, gift: true, none: "" },
        });
        expect(await store.put(said)).toEqual({ outcome: "stored", fact: said });
        expect(await store.versions(said)).toEqual([said]);
      });

      it.each(Object.entries(KINDS))(
        "stores and scans %s exactly as it was said, and tells its contradiction",
        async (_what, said) => {
          expect(await store.put(said)).toEqual({ outcome: "stored", fact: said });
          expect(await store.versions(said)).toEqual([said]);
          expect((await store.scan(0, 1, {})).items).toEqual([said]);
          expect(await store.put({ ...said, recordedAt: "2018-05-03T00:00:00.000Z" })).toEqual({
            outcome: "duplicate",
            fact: said,
          });
          const other = { ...said, participantId: "a-7" };
          expect(await store.put(other)).toEqual({ outcome: "conflict", fact: said });
          expect((await store.conflicts(said.source, {})).items).toMatchObject([{ fact: other }]);
        },
      );

      it("tells a repetition, and keeps the first recording", async () => {
        const first = fact({ amount: "260.00" });
        const again = fact({
          amount: "260",
          occurredAt: "2018-05-01T00:00:00Z",
          recordedAt: "2018-05-03T00:00:00.000Z",
        });
        await store.put(first);
        expect(await store.put(again)).toEqual({ outcome: "duplicate", fact: first });
        expect(await store.versions(first)).toEqual([first]);
        expect((await store.conflicts("pos", {})).items).toEqual([]);
      });

      it("keeps a contradiction apart, once, with its first recording", async () => {
        const first = fact();
        const other = fact({ amount: "261.00", recordedAt: "2018-05-03T00:00:00.000Z" });
        await store.put(first);
        expect(await store.put(other)).toEqual({ outcome: "conflict", fact: first });
        expect(await store.put({ ...other, recordedAt: "2018-05-04T00:00:00.000Z" })).toEqual({
          outcome: "conflict",
          fact: first,
        });
        expect(await store.versions(first)).toEqual([first]);
        const { items } = await store.conflicts("pos", {});
        expect(items.map((conflict) => conflict.fact)).toEqual([other]);
        expect(items[0]?.contentHash).toMatch(/^[0-9a-f]{64}$/);
      });

      it("stores exactly one of twenty contradicting versions that come at once", async () => {
        const rivals = times(20, (index) => fact({ amount: `${index + 1}.00` }));
        const results = await Promise.all(rivals.map((rival) => store.put(rival)));
        const [stored] = await store.versions(fact());
        expect(results.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
        expect(results.filter(({ outcome }) => outcome === "conflict")).toHaveLength(19);
        for (const result of results) expect(result.fact).toEqual(stored);
        const conflicts = await allPages((request) => store.conflicts("pos", request), 7);
        expect(sorted([...conflicts.items.map((conflict) => conflict.fact), stored ?? fact()])).toEqual(sorted(rivals));
      });

      it("stores one of twenty equal versions that come at once; the others are duplicates", async () => {
        const results = await Promise.all(times(20, () => store.put(fact())));
        expect(results.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
        expect(results.filter(({ outcome }) => outcome === "duplicate")).toHaveLength(19);
      });

      it("is not changed through the objects it was given or gave", async () => {
        const given = fact({ attributes: { entry: "qr" } });
        await store.put(given);
        given.attributes.entry = "changed";
        const [got] = await store.versions(given);
        if (got) got.attributes.entry = "changed";
        expect((await store.versions(given))[0]?.attributes).toEqual({ entry: "qr" });
      });
    });

    describe("versions", () => {
      it("is empty for a fact that is not known", async () => {
        expect(await store.versions({ source: "pos", externalId: "nowhere" })).toEqual([]);
      });

      it("gives the lowest first, whatever came first", async () => {
        for (const version of [10, 2, 1_525_132_800_000, 1, 100]) await store.put(fact({ version }));
        const versions = await store.versions(fact());
        expect(versions.map(({ version }) => version)).toEqual([1, 2, 10, 100, 1_525_132_800_000]);
      });

      it("keeps facts apart whose ids differ only just, and sources that use the same id", async () => {
        for (const externalId of ODD_IDS) {
          await store.put(fact({ externalId }));
          await store.put(fact({ externalId, source: "pos-2" }));
        }
        for (const externalId of ODD_IDS) {
          expect(await store.versions({ source: "pos", externalId })).toEqual([fact({ externalId })]);
        }
      });
    });

    describe("scan", () => {
      it("is at its end at once when there is nothing", async () => {
        expect(await allPages((request) => store.scan(0, 1, request))).toEqual({ items: [], pages: 1 });
      });

      it.each([1, 3])("gives every version once over %i segments, all versions of a fact in one", async (segments) => {
        const facts = times(60, (index) =>
          fact({ externalId: `sale-${index % 20}`, version: 1 + Math.floor(index / 20) }),
        );
        for (const one of facts) await store.put(one);
        await store.put(fact({ externalId: "sale-1", amount: "1.00" }));
        await store.putUnreadable(delivery("d-1"));
        const parts = await Promise.all(
          times(segments, (segment) => allPages((request) => store.scan(segment, segments, request), 4)),
        );
        expect(sorted(parts.flatMap(({ items }) => items))).toEqual(sorted(facts));
        const keysBySegment = parts.map(({ items }) => new Set(items.map(factKey)));
        expect(keysBySegment.reduce((sum, keys) => sum + keys.size, 0)).toBe(20);
        expect(Math.max(...parts.map(({ pages }) => pages))).toBeGreaterThan(1);
      });

      it("keeps to the limit of a page", async () => {
        for (const index of times(10, (at) => at)) await store.put(fact({ externalId: `sale-${index}` }));
        expect((await store.scan(0, 1, { limit: 3 })).items.length).toBeLessThanOrEqual(3);
      });

      it("refuses a cursor that is not its own", async () => {
        for (const index of times(10, (at) => at)) await store.put(fact({ externalId: `sale-${index}` }));
        const { cursor } = await store.scan(0, 2, { limit: 1 });
        for (const wrong of ["nonsense", "e30", "", "!"]) {
          await expect(store.scan(0, 2, { cursor: wrong })).rejects.toMatchObject({ kind: "invalid" });
        }
        await expect(store.scan(1, 2, { cursor })).rejects.toMatchObject({ kind: "invalid" });
        await expect(store.scan(0, 3, { cursor })).rejects.toMatchObject({ kind: "invalid" });
      });
    });

    describe("conflicts", () => {
      it("lists those of one source, page by page", async () => {
        for (const source of ["pos", "web"]) {
          for (const amount of ["1.00", "2.00", "3.00", "4.00", "5.00", "6.00"])
            await store.put(fact({ source, amount }));
        }
        const { items, pages } = await allPages((request) => store.conflicts("pos", request), 2);
        expect(sorted(items.map((conflict) => conflict.fact))).toEqual(
          sorted(["2.00", "3.00", "4.00", "5.00", "6.00"].map((amount) => fact({ amount }))),
        );
        expect(pages).toBe(3);
        expect(await store.conflicts("nobody", {})).toEqual({ items: [] });
      });

      it("keeps contradictions of different versions and facts apart", async () => {
        for (const changes of [{}, { version: 2 }, { externalId: "sale-2" }]) {
          await store.put(fact(changes));
          await store.put(fact({ ...changes, amount: "9.00" }));
        }
        expect((await store.conflicts("pos", {})).items).toHaveLength(3);
      });
    });

    describe("refused messages", () => {
      const row = (rowId: string, changes = {}) => ({
        ...{
          source: "pos",
          rowId,
          message: '{"kind":"sale"}',
          reason: "no seller",
          receivedAt: "2018-05-01T00:00:00Z",
        },
        ...changes,
      });

      it("are kept once, whatever their size, and listed by source and row id, page by page", async () => {
        const large = row("a9", { message: JSON.stringify(randomBytes(700_000).toString("base64")) });
        const rows = [large, ...times(5, (index) => row(`b${index}`, { occurredAt: "2018-05-02T00:00:00Z" }))];
        for (const one of rows.toReversed()) await store.putRejected(one);
        await store.putRejected(row("a9", { reason: "another" }));
        await store.putRejected(row("a9", { source: "web" }));
        const { items, pages } = await allPages((request) => store.rejected("pos", request), 2);
        expect(items).toEqual(rows);
        expect(pages).toBe(3);
        expect(await store.rejectedRow("pos", "a9")).toEqual(large);
        expect(await store.rejectedRow("pos", "nobody")).toBeUndefined();
      });

      it("are mended once, and only where they are kept", async () => {
        await store.putRejected(row("a"));
        await store.markMended(row("a", { mendedAt: "2018-05-03T00:00:00Z" }));
        await store.markMended(row("a", { mendedAt: "2018-05-04T00:00:00Z" }));
        await store.markMended(row("b", { mendedAt: "2018-05-04T00:00:00Z" }));
        await store.putRejected(row("a"));
        expect((await store.rejected("pos", {})).items).toEqual([row("a", { mendedAt: "2018-05-03T00:00:00Z" })]);
      });
    });

    describe("unreadable deliveries", () => {
      it("are kept whole, whatever their size and characters", async () => {
        const bodies = ["", "{", "\u0000\u0001#\ud800", "{}".repeat(100_000), randomBytes(700_000).toString("base64")];
        const deliveries = bodies.map((body, index) => ({ ...delivery(`d-${index}`), body }));
        for (const one of deliveries) await store.putUnreadable(one);
        const { items } = await store.unreadable("pos", {});
        expect(items.toSorted((a, b) => a.deliveryId.localeCompare(b.deliveryId))).toEqual(deliveries);
      });

      it("change nothing when they come again", async () => {
        await store.putUnreadable(delivery("d-1"));
        await store.putUnreadable({ ...delivery("d-1"), body: "other", receivedAt: "2019-01-01T00:00:00Z" });
        expect((await store.unreadable("pos", {})).items).toEqual([delivery("d-1")]);
      });

      it("are mended once, and only where they are kept", async () => {
        await store.putUnreadable(delivery("d-1"));
        await store.markDeliveryMended({ ...delivery("d-1"), mendedAt: "2018-05-03T00:00:00Z" });
        await store.markDeliveryMended({ ...delivery("d-1"), mendedAt: "2018-05-04T00:00:00Z" });
        await store.markDeliveryMended({ ...delivery("d-2"), mendedAt: "2018-05-04T00:00:00Z" });
        await store.putUnreadable(delivery("d-1"));
        expect((await store.unreadable("pos", {})).items).toEqual([
          { ...delivery("d-1"), mendedAt: "2018-05-03T00:00:00Z" },
        ]);
      });

      it("are listed by source, page by page, and may have any delivery id", async () => {
        const ids = [...ODD_IDS, "with#hash", "", "x".repeat(5_000)];
        for (const deliveryId of ids) await store.putUnreadable(delivery(deliveryId));
        await store.putUnreadable({ ...delivery("d-1"), source: "web" });
        const { items, pages } = await allPages((request) => store.unreadable("pos", request), 6);
        expect(items.map(({ deliveryId }) => deliveryId).toSorted()).toEqual(ids.toSorted());
        expect(pages).toBe(Math.ceil(ids.length / 6));
        await expect(store.unreadable("pos", { cursor: "nonsense" })).rejects.toMatchObject({ kind: "invalid" });
      });
    });
  });
}

function delivery(deliveryId: string) {
  return { source: "pos", deliveryId, body: "<xml/>", reason: "not JSON", receivedAt: "2018-05-01T00:00:00Z" };
}

function sorted(facts: readonly Fact[]): Fact[] {
  return facts.toSorted((a, b) => (factContent(a) < factContent(b) ? -1 : 1));
}
