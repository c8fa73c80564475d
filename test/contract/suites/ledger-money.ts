import { describe, expect, it } from "vitest";
import type { Payee } from "#domain/line.ts";
import { isIn, partsOf } from "#domain/part.ts";
import type { LedgerStore } from "#ports/ledger-store.ts";
import { line, ODD_IDS, payout, posting, seller } from "./samples.ts";
import { allPages, countTrue, inOrder, shuffled, times } from "./tools.ts";

/** The part of {@link describeLedgerStore} about postings and payouts. */
export function describeMoney(store: () => LedgerStore): void {
  describe("postings", () => {
    it("are appended once for each number of a line", async () => {
      expect(await store().lastPosting("travel", posting())).toBeUndefined();
      expect(await store().addPosting(posting())).toBe(true);
      expect(await store().addPosting(posting({ amountMinor: 1 }))).toBe(false);
      expect(await store().addPosting(posting())).toBe(false);
      expect(await store().postings("travel")).toEqual([posting()]);
    });

    it("of one number that are added at once: exactly one is, even when they say the same", async () => {
      const rivals = times(20, (index) => posting({ amountMinor: index }));
      const results = await Promise.all(rivals.map((rival) => store().addPosting(rival)));
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await store().postings("travel")).toEqual([rivals[results.indexOf(true)]]);
      expect(await countTrue(times(20, () => () => store().addPosting(posting({ seq: 2 }))))).toBe(1);
    });

    it("give the last one of a line, also after the ninth", async () => {
      for (const seq of times(12, (index) => index + 1)) await store().addPosting(posting({ seq, balanceMinor: -seq }));
      await store().addPosting(posting({ lineId: `${posting().lineId}0`, seq: 99 }));
      expect(await store().lastPosting("travel", posting())).toEqual(posting({ seq: 12, balanceMinor: -12 }));
    });

    it("give each line's balance in order of line id, and all postings of the campaign", async () => {
      expect(await store().balances("travel")).toEqual([]);
      const all = ODD_IDS.map(seller).flatMap((payee) =>
        [1, 2, 3].map((seq) => posting({ lineId: line(payee).lineId, payee, seq, balanceMinor: seq * 100 })),
      );
      for (const one of shuffled(all, 5)) await store().addPosting(one);
      await store().addPosting(posting({ campaign: "travel-2" }));
      const last = all.filter(({ seq }) => seq === 3);
      expect(await store().balances("travel")).toEqual(inOrder(last, ({ lineId }) => lineId));
      const key = ({ lineId, seq }: { lineId: string; seq: number }) => `${lineId}\u0000${seq}`;
      expect(inOrder(await store().postings("travel"), key)).toEqual(inOrder(all, key));
    });
  });

  describe("entries of parts and pages", () => {
    const sellers = times(70, (index) => seller(`p-${index}`));

    it("are each in one part, and in a page of all in one order", async () => {
      const all = sellers.flatMap((payee) =>
        [1, 2].map((seq) => posting({ lineId: line(payee).lineId, payee, seq, runId: `run-${seq}` })),
      );
      for (const one of shuffled(all, 4)) await store().addPosting(one);
      for (const payee of sellers) await store().addPayout(payout({ payee }));
      for (const of of [1, 4, 64]) {
        const parts = await Promise.all(
          partsOf(of).map(async (part) => ({
            part,
            postings: await store().postings("travel", part),
            balances: await store().balances("travel", part),
            payouts: await store().payouts("travel", part),
          })),
        );
        for (const { part, ...entries } of parts) {
          expect(
            Object.values(entries)
              .flat()
              .every(({ payee }) => isIn(part, payee)),
          ).toBe(true);
        }
        expect(parts.flatMap(({ postings }) => postings)).toHaveLength(140);
        expect(parts.flatMap(({ balances }) => balances).every(({ seq }) => seq === 2)).toBe(true);
        expect(parts.flatMap(({ balances }) => balances)).toHaveLength(70);
        expect(parts.flatMap(({ payouts }) => payouts)).toHaveLength(70);
      }
      const byLine = inOrder(all, ({ lineId, seq }) => `${lineId}#${seq}`);
      expect((await allPages((request) => store().postingPage("travel", request), 13)).items).toEqual(byLine);
      const ofRun = await allPages((request) => store().postingPage("travel", { ...request, run: "run-2" }), 13);
      expect(ofRun.items).toEqual(byLine.filter(({ seq }) => seq === 2));
      const paid = await allPages((request) => store().payoutPage("travel", request), 9);
      expect(paid.items).toEqual(inOrder(sellers, ({ id }) => id).map((payee) => payout({ payee })));
      expect((await store().payoutPage("travel", { run: "run-9" })).items).toEqual([]);
    });
  });

  describe("payouts", () => {
    it("are numbered for each payee: a number is taken once, whichever run asks", async () => {
      expect(await store().payouts("travel")).toEqual([]);
      expect(await store().addPayout(payout())).toBe(true);
      expect(await store().addPayout(payout({ paidMinor: 1 }))).toBe(false);
      expect(await store().addPayout(payout({ runId: "run-2", paidMinor: 1 }))).toBe(false);
      expect(await store().addPayout(payout({ runId: "run-2", seq: 2 }))).toBe(true);
      expect(await store().payouts("travel")).toEqual([payout(), payout({ runId: "run-2", seq: 2 })]);
    });

    it("that are added at once: one of them takes the number", async () => {
      const told = await Promise.all(times(20, (index) => store().addPayout(payout({ paidMinor: index }))));
      expect(told.filter((taken) => taken)).toHaveLength(1);
      const [stored] = await store().payouts("travel");
      expect(stored?.paidMinor).toBe(told.indexOf(true));
    });

    it("are apart by campaign and payee, a unit from a participant", async () => {
      const payees = [...ODD_IDS.map(seller), { kind: "unit" as const, id: "plain" }];
      for (const payee of payees) await store().addPayout(payout({ payee }));
      await store().addPayout(payout({ campaign: "travel-2" }));
      const key = ({ payee }: { payee: Payee }) => `${payee.kind} ${payee.id}`;
      const expected = payees.map((payee) => payout({ payee }));
      expect(inOrder(await store().payouts("travel"), key)).toEqual(inOrder(expected, key));
    });
  });
}
