import { beforeEach, describe, expect, it } from "vitest";
import type { Payee } from "#domain/line.ts";
import type { LedgerStore } from "#ports/ledger-store.ts";
import { describeMoney } from "./ledger-money.ts";
import { line, notAwarded, ODD_IDS, run, SELLER, seller, statement, trace } from "./samples.ts";
import { allPages, countTrue, inOrder, shuffled, times } from "./tools.ts";

/** What every LedgerStore does. `makeStore` gives an empty one. */
export function describeLedgerStore(name: string, makeStore: () => Promise<LedgerStore>): void {
  describe(`LedgerStore: ${name}`, () => {
    let store: LedgerStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    describe("runs", () => {
      it("are created once, then replaced revision by revision", async () => {
        expect(await store.run("travel", "run-1")).toBeUndefined();
        expect(await store.saveRun(run({ revision: 2 }))).toBe(false);
        expect(await store.saveRun(run())).toBe(true);
        expect(await store.saveRun(run())).toBe(false);
        const computed = run({
          revision: 2,
          state: "awaitingApproval",
          resultHash: "abc",
          lineCount: 1,
          warnings: [{ code: "budget", message: "over", blocks: true }],
          totals: {
            byReward: { commission: "91.00" },
            all: "91.00",
            budgets: [],
            facts: { known: 1, counted: 1, cancelled: 0, notCounted: {}, held: {} },
          },
        });
        expect(await store.saveRun(computed)).toBe(true);
        expect(await store.run("travel", "run-1")).toEqual(computed);
      });

      it("of one revision that are saved at once: exactly one is, even when they say the same", async () => {
        expect(await countTrue(times(20, () => () => store.saveRun(run())))).toBe(1);
        const rivals = times(20, (index) => run({ revision: 2, decidedBy: `approver-${index}` }));
        const results = await Promise.all(rivals.map((rival) => store.saveRun(rival)));
        expect(results.filter(Boolean)).toHaveLength(1);
        expect(await store.run("travel", "run-1")).toEqual(rivals[results.indexOf(true)]);
      });

      it("are listed by campaign, newest last", async () => {
        expect(await store.runs("travel")).toEqual([]);
        await store.saveRun(run({ runId: "c", startedAt: "2018-11-17T00:00:00+08:00" }));
        await store.saveRun(run({ runId: "a", startedAt: "2018-11-16T23:00:00Z" }));
        await store.saveRun(run({ runId: "b", startedAt: "2018-11-16T15:00:00Z" }));
        await store.saveRun(run({ runId: "d", campaign: "travel-2" }));
        expect((await store.runs("travel")).map(({ runId }) => runId)).toEqual(["b", "c", "a"]);
      });

      it("carry any number of warnings", async () => {
        const warnings = times(20_000, (index) => ({ code: "w", message: `${index} `.repeat(10), blocks: false }));
        await store.saveRun(run({ warnings }));
        expect((await store.run("travel", "run-1"))?.warnings).toEqual(warnings);
      });
    });

    describe("lines", () => {
      it("come back in order of line id, page by page", async () => {
        expect(await store.lines("run-1", {})).toEqual({ items: [] });
        const payees = [...ODD_IDS, ...times(60, (index) => `a-${index}`)].map(seller);
        await store.putLines(
          "run-1",
          shuffled(payees, 3).map((payee) => line(payee)),
        );
        await store.putLines("run-2", [line(seller("other"))]);
        const { items, pages } = await allPages((request) => store.lines("run-1", request), 25);
        expect(items).toEqual(
          inOrder(
            payees.map((payee) => line(payee)),
            ({ lineId }) => lineId,
          ),
        );
        expect(pages).toBe(Math.ceil(payees.length / 25));
        expect((await store.lines("run-1", { limit: payees.length })).cursor).toBeUndefined();
      });

      it("change nothing when they are stored again", async () => {
        const lines = times(30, (index) => line(seller(`a-${index}`), trace(1_000)));
        await store.putLines("run-1", lines);
        await store.putLines("run-1", lines);
        await store.putLines("run-1", []);
        expect((await store.lines("run-1", {})).items).toEqual(inOrder(lines, ({ lineId }) => lineId));
      });

      it("keep traces of 30 kB, 600 kB and 2 MB", async () => {
        const lines = [30_000, 600_000, 2_000_000].map((bytes) => line(seller(`with-${bytes}`), trace(bytes)));
        await store.putLines("run-1", lines);
        expect((await store.lines("run-1", {})).items).toEqual(inOrder(lines, ({ lineId }) => lineId));
      });

      it("are all there when there is more than one page of the database", async () => {
        const lines = times(60, (index) => line(seller(`a-${100 + index}`), trace(30_000)));
        await store.putLines("run-1", lines);
        expect((await store.lines("run-1", { limit: 1_000 })).items).toEqual(lines);
      });

      it("refuse a cursor that is not theirs", async () => {
        await store.putLines(
          "run-1",
          times(3, (index) => line(seller(`a-${index}`))),
        );
        await expect(store.lines("run-1", { cursor: "nonsense" })).rejects.toMatchObject({ kind: "invalid" });
      });
    });

    it("keeps those who were not awarded, apart from the lines", async () => {
      expect(await store.notAwarded("run-1", {})).toEqual({ items: [] });
      const all = ODD_IDS.flatMap((id) => [
        notAwarded(seller(id), trace(1_000)),
        { ...notAwarded(seller(id)), reward: "ranking", rank: 9 },
        notAwarded({ kind: "unit", id }),
      ]);
      await store.putLines("run-1", [line()]);
      await store.putNotAwarded("run-1", all);
      await store.putNotAwarded("run-1", all);
      const { items, pages } = await allPages((request) => store.notAwarded("run-1", request), 10);
      expect(inOrder(items, subjectOf)).toEqual(inOrder(all, subjectOf));
      expect(pages).toBe(Math.ceil(all.length / 10));
      expect((await store.lines("run-1", {})).items).toEqual([line()]);
    });

    it("keeps each slice and each part of those who were not awarded", async () => {
      const whole = notAwarded();
      const all = [
        whole,
        ...["2026-01", "2026-02", "2026-03"].map((slice) => ({ ...whole, slice })),
        ...["first", "second", "2026-01"].map((part) => ({ ...whole, part })),
        ...["first", "second"].flatMap((part) => ["2026-01", "first"].map((slice) => ({ ...whole, slice, part }))),
        { ...whole, slice: "2026-01", subject: seller("a-10") },
        { ...whole, slice: "2026-01", reward: "ranking" },
      ];
      await store.putNotAwarded("run-1", shuffled(all, 6));
      await store.putNotAwarded("run-1", all);
      const { items } = await allPages((request) => store.notAwarded("run-1", request), 4);
      const byContent = (item: unknown) => JSON.stringify(item, ["reward", "subject", "kind", "id", "slice", "part"]);
      expect(inOrder(items, byContent)).toEqual(inOrder(all, byContent));
    });

    describe("the head", () => {
      const head = (runId: string, asOf: string) => ({ campaign: "travel", runId, asOf });

      it("moves to a later cut-off only, and stays with the same run", async () => {
        expect(await store.head("travel")).toBeUndefined();
        expect(await store.advanceHead(head("run-1", "2018-11-16T00:00:00+08:00"))).toBe(true);
        expect(await store.advanceHead(head("run-1", "2018-11-16T00:00:00+08:00"))).toBe(true);
        expect(await store.advanceHead(head("run-0", "2018-11-15T00:00:00+08:00"))).toBe(false);
        expect(await store.advanceHead(head("run-x", "2018-11-15T16:00:00Z"))).toBe(false);
        expect(await store.head("travel")).toEqual(head("run-1", "2018-11-16T00:00:00+08:00"));
        expect(await store.advanceHead(head("run-2", "2018-11-15T16:00:01Z"))).toBe(true);
        expect(await store.advanceHead(head("run-1", "2018-11-16T00:00:00+08:00"))).toBe(false);
        expect(await store.head("travel")).toEqual(head("run-2", "2018-11-15T16:00:01Z"));
        expect(await store.head("travel-2")).toBeUndefined();
      });

      it("ends at the latest cut-off when runs race", async () => {
        const heads = times(15, (index) => head(`run-${index}`, `2018-11-${10 + index}T00:00:00Z`));
        await Promise.all(shuffled(heads, 4).map((one) => store.advanceHead(one)));
        expect(await store.head("travel")).toEqual(heads.at(-1));
      });

      it("is taken by one of several runs of one cut-off", async () => {
        const rivals = times(10, (index) => () => store.advanceHead(head(`run-${index}`, "2018-11-16T00:00:00Z")));
        expect(await countTrue(rivals)).toBe(1);
      });
    });

    describeMoney(() => store);

    describe("statements", () => {
      const first = statement({ runId: "run-1", asOf: "2018-11-16T00:00:00+08:00" });
      const second = statement({ runId: "run-0", asOf: "2018-11-15T17:00:00Z" });

      it("give the newest of a payee, or that of a run", async () => {
        expect(await store.statement("travel", SELLER)).toBeUndefined();
        await store.putStatement(second);
        await store.putStatement(first);
        await store.putStatement(statement({ runId: "run-9", payee: seller("a-10"), asOf: "2019-01-01T00:00:00Z" }));
        expect(await store.statement("travel", SELLER)).toEqual(second);
        expect(await store.statement("travel", SELLER, "run-1")).toEqual(first);
        expect(await store.statement("travel", SELLER, "run-9")).toBeUndefined();
        expect(await store.statement("travel", { kind: "unit", id: SELLER.id })).toBeUndefined();
        expect(await store.statement("travel-2", SELLER)).toBeUndefined();
      });

      it("replace the one of the same run, and take any payee and any size", async () => {
        const large = statement({ lines: [line(SELLER, trace(700_000))] });
        await store.putStatement(first);
        await store.putStatement(large);
        expect(await store.statement("travel", SELLER)).toEqual(large);
        for (const id of ODD_IDS) await store.putStatement(statement({ payee: seller(id), name: id }));
        for (const id of ODD_IDS) expect((await store.statement("travel", seller(id)))?.name).toBe(id);
      });
    });
  });
}

function subjectOf({ reward, subject }: { reward: string; subject: Payee }): string {
  return `${reward} ${subject.kind} ${subject.id}`;
}
