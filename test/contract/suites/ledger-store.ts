import { beforeEach, describe, expect, it } from "vitest";
import type { LedgerStore } from "#ports/ledger-store.ts";
import { describeLines } from "./ledger-lines.ts";
import { describeMoney } from "./ledger-money.ts";
import { line, ODD_IDS, outcome, run, SELLER, seller, statement, trace } from "./samples.ts";
import { countTrue, shuffled, times } from "./tools.ts";

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

    describe("outcomes", () => {
      it("are those of the run that started last, in whatever order they come", async () => {
        expect(await store.outcomes("a", "z")).toEqual([]);
        const later = outcome({ runId: "run-2", startedAt: "2018-11-17T00:00:00+08:00", held: "5.00" });
        await store.keepOutcome(outcome());
        await store.keepOutcome(later);
        await store.keepOutcome(outcome());
        // The same instant as the one that is kept, written otherwise, and a run of its own: not later.
        await store.keepOutcome(outcome({ runId: "run-3", startedAt: "2018-11-16T16:00:00Z" }));
        expect(await store.outcomes("travel", "travel")).toEqual([later]);
        await store.keepOutcome({ ...later, all: "92.00" });
        expect(await store.outcomes("travel", "travel")).toEqual([{ ...later, all: "92.00" }]);
        const { campaign: _, startedAt: __, ...instead } = outcome();
        for (const dropped of [{}, { instead }]) {
          await store.keepOutcome({ ...later, dropped });
          expect(await store.outcomes("travel", "travel")).toEqual([{ ...later, dropped }]);
        }
      });

      it("of many campaigns are found between two ids, both included", async () => {
        const ids = times(300, (index) => `c-${String(index).padStart(3, "0")}`);
        const wide = times(30, (index) => ({ id: `b${index}${"x".repeat(100)}`, amount: "1", used: "1", left: "0" }));
        const all = ids.map((campaign) => outcome({ campaign, budgets: wide }));
        await Promise.all(shuffled(all, 3).map((one) => store.keepOutcome(one)));
        expect(await store.outcomes("c-000", "c-299")).toEqual(all);
        expect(await store.outcomes("c-1", "c-102")).toEqual(all.slice(100, 103));
      });

      it("of rivals end at the run that started last", async () => {
        const rivals = times(15, (index) =>
          outcome({ runId: `run-${index}`, startedAt: `2018-11-16T00:00:${10 + index}Z` }),
        );
        await Promise.all(shuffled(rivals, 5).map((one) => store.keepOutcome(one)));
        expect(await store.outcomes("travel", "travel")).toEqual([rivals.at(-1)]);
      });
    });

    describeLines(() => store, { runId: "run-1" });
    describeLines(() => store, { runId: "run-1", lineShards: 8 });

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

      it("give all of a payee, newest last", async () => {
        expect(await store.statements("travel", SELLER)).toEqual([]);
        for (const told of [second, first]) await store.putStatement(told);
        await store.putStatement(statement({ runId: "run-9", payee: seller("a-10"), asOf: "2019-01-01T00:00:00Z" }));
        expect(await store.statements("travel", SELLER)).toEqual([first, second]);
        expect(await store.statements("travel-2", SELLER)).toEqual([]);
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
