import { describe, expect, it } from "vitest";
import { type Line, lineId, type NotAwarded, type Payee } from "#domain/line.ts";
import { isIn, type Part, partsOf } from "#domain/part.ts";
import type { LedgerStore, LinesOf } from "#ports/ledger-store.ts";
import { line, notAwarded, ODD_IDS, seller, trace } from "./samples.ts";
import { allPages, inOrder, shuffled, times } from "./tools.ts";

/** The part of {@link describeLedgerStore} about what a run computed, however many shards it lies in. */
export function describeLines(store: () => LedgerStore, RUN: LinesOf): void {
  describe(`what a run computed, in ${RUN.lineShards ?? "no"} shards`, () => {
    describe("lines", () => {
      it("come back in order of line id, page by page", async () => {
        expect(await store().lines(RUN, {})).toEqual({ items: [] });
        const payees = [...ODD_IDS, ...times(60, (index) => `a-${index}`)].map(seller);
        await store().putLines(
          RUN,
          shuffled(payees, 3).map((payee) => line(payee)),
        );
        await store().putLines({ runId: "run-2" }, [line(seller("other"))]);
        const { items, pages } = await allPages((request) => store().lines(RUN, request), 25);
        expect(items).toEqual(
          inOrder(
            payees.map((payee) => line(payee)),
            ({ lineId }) => lineId,
          ),
        );
        expect(pages).toBe(Math.ceil(payees.length / 25));
        expect((await store().lines(RUN, { limit: payees.length })).cursor).toBeUndefined();
      });

      it("change nothing when they are stored again", async () => {
        const lines = times(30, (index) => line(seller(`a-${index}`), trace(1_000)));
        await store().putLines(RUN, lines);
        await store().putLines(RUN, lines);
        await store().putLines(RUN, []);
        expect((await store().lines(RUN, {})).items).toEqual(inOrder(lines, ({ lineId }) => lineId));
      });

      it("keep traces of 30 kB, 600 kB and 2 MB", async () => {
        const lines = [30_000, 600_000, 2_000_000].map((bytes) => line(seller(`with-${bytes}`), trace(bytes)));
        await store().putLines(RUN, lines);
        expect((await store().lines(RUN, {})).items).toEqual(inOrder(lines, ({ lineId }) => lineId));
      });

      it("are all there when there is more than one page of the database", async () => {
        const lines = times(60, (index) => line(seller(`a-${100 + index}`), trace(30_000)));
        await store().putLines(RUN, lines);
        expect((await store().lines(RUN, { limit: 1_000 })).items).toEqual(lines);
      });

      it("come without their traces to whom only amounts matter, in the same order and the same parts", async () => {
        const payees = times(40, (index) => seller(`a-${100 + index}`));
        const lines = payees.map((payee, index) => ({
          ...line(payee, trace(2_000)),
          ...(index % 2 === 0 ? { slice: "2026-01", part: "first", rank: index } : {}),
        }));
        await store().putLines(RUN, lines);
        const { items } = await allPages((request) => store().lineAmounts(RUN, request), 7);
        expect(items).toEqual(lines.map(({ trace: _, ...amount }) => amount));
        for (const of of [2, 16]) {
          const parts: unknown[] = [];
          for (const part of partsOf(of)) {
            parts.push(
              ...(await pagesOf(
                part,
                (request) => store().lineAmounts(RUN, request),
                ({ payee }) => payee,
              )),
            );
          }
          expect(parts).toHaveLength(40);
        }
      });

      it("of one payee are found by their rewards, without those of whose id begins alike", async () => {
        const of = (payee: Payee, reward: string, slice?: string): Line => ({
          ...line(payee, trace(500)),
          lineId: lineId(reward, payee, slice),
          reward,
          ...(slice === undefined ? {} : { slice }),
        });
        const ann = seller("a-1");
        const theirs = [of(ann, "bonus"), of(ann, "commission", "2026-01"), of(ann, "commission", "2026-02")];
        const others = [seller("a-10"), seller("a-1:x"), { kind: "unit" as const, id: "a-1" }].flatMap((payee) => [
          of(payee, "commission", "2026-01"),
          of(payee, "bonus"),
        ]);
        await store().putLines(RUN, shuffled([...theirs, ...others, of(ann, "race")], 4));
        expect(await store().payeeLines(RUN, ann, ["commission", "bonus"])).toEqual(theirs);
        expect(await store().payeeLines(RUN, ann, [])).toEqual([]);
        expect(await store().payeeLines({ ...RUN, runId: "run-2" }, ann, ["commission"])).toEqual([]);
      });

      it("refuse a cursor that is not theirs", async () => {
        await store().putLines(
          RUN,
          times(3, (index) => line(seller(`a-${index}`))),
        );
        await expect(store().lines(RUN, { cursor: "nonsense" })).rejects.toMatchObject({ kind: "invalid" });
      });
    });

    it("keeps those who were not awarded, apart from the lines", async () => {
      expect(await store().notAwarded(RUN, {})).toEqual({ items: [] });
      const all = ODD_IDS.flatMap((id) => [
        notAwarded(seller(id), trace(1_000)),
        { ...notAwarded(seller(id)), reward: "ranking", rank: 9 },
        notAwarded({ kind: "unit", id }),
      ]);
      await store().putLines(RUN, [line()]);
      await store().putNotAwarded(RUN, all);
      await store().putNotAwarded(RUN, all);
      const { items, pages } = await allPages((request) => store().notAwarded(RUN, request), 10);
      expect(inOrder(items, subjectOf)).toEqual(inOrder(all, subjectOf));
      expect(pages).toBe(Math.ceil(all.length / 10));
      expect((await store().lines(RUN, {})).items).toEqual([line()]);
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
      await store().putNotAwarded(RUN, shuffled(all, 6));
      await store().putNotAwarded(RUN, all);
      const { items } = await allPages((request) => store().notAwarded(RUN, request), 4);
      const byContent = (item: unknown) => JSON.stringify(item, ["reward", "subject", "kind", "id", "slice", "part"]);
      expect(inOrder(items, byContent)).toEqual(inOrder(all, byContent));
    });

    it("gives the lines of each part of the payees, whatever the number of parts and of shards", async () => {
      const payees = times(90, (index) =>
        index % 3 === 0 ? { kind: "unit" as const, id: `u-${index}` } : seller(`p-${index}`),
      );
      await store().putLines(
        RUN,
        payees.map((payee) => line(payee)),
      );
      await store().putNotAwarded(
        RUN,
        payees.map((payee) => notAwarded(payee)),
      );
      for (const of of [1, 4, 16]) {
        const lines: Line[] = [];
        const nothing: NotAwarded[] = [];
        for (const part of partsOf(of)) {
          lines.push(
            ...(await pagesOf(
              part,
              (request) => store().lines(RUN, request),
              ({ payee }) => payee,
            )),
          );
          nothing.push(
            ...(await pagesOf(
              part,
              (request) => store().notAwarded(RUN, request),
              ({ subject }) => subject,
            )),
          );
        }
        expect(lines).toHaveLength(payees.length);
        expect(nothing).toHaveLength(payees.length);
        expect(new Set(lines.map(({ lineId }) => lineId)).size).toBe(payees.length);
      }
    });

    it("keeps what is held and the components apart from the lines and from each other", async () => {
      const held = ODD_IDS.map((id) => ({ ...line(seller(id), trace(500)), due: "2018-08-01T00:00:00+08:00" }));
      await store().putLines(RUN, [line()]);
      await store().putBeside(RUN, "held", shuffled(held, 2));
      await store().putBeside(RUN, "held", held);
      await store().putBeside(RUN, "component", [line(seller("c"))]);
      const { items } = await allPages((request) => store().beside(RUN, "held", request), 4);
      expect(items).toEqual(inOrder(held, ({ lineId }) => lineId));
      expect((await store().beside(RUN, "component", {})).items).toEqual([line(seller("c"))]);
      const { cursor } = await store().beside(RUN, "held", { limit: 1 });
      await expect(store().beside(RUN, "component", { cursor })).rejects.toMatchObject({ kind: "invalid" });
      expect((await store().lines(RUN, {})).items).toEqual([line()]);
      expect(await store().beside({ runId: "run-2" }, "held", {})).toEqual({ items: [] });
    });
  });
}

async function pagesOf<T>(
  part: Part,
  list: (request: {
    limit?: number;
    cursor?: string | undefined;
    part: Part;
  }) => Promise<{ items: readonly T[]; cursor?: string }>,
  payeeOf: (item: T) => Parameters<typeof isIn>[1],
): Promise<T[]> {
  const { items } = await allPages((request) => list({ ...request, part }), 7);
  expect(items.every((item) => isIn(part, payeeOf(item)))).toBe(true);
  return items;
}

function subjectOf({ reward, subject }: NotAwarded): string {
  return `${reward} ${subject.kind} ${subject.id}`;
}
