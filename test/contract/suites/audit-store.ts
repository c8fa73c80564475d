import { beforeEach, describe, expect, it } from "vitest";
import { sealed } from "#app/audit/note.ts";
import { verifyChains } from "#app/audit/verify-chains.ts";
import type { AuditEntry } from "#domain/audit.ts";
import type { AuditStore } from "#ports/audit-store.ts";
import { times } from "./tools.ts";

/** What every AuditStore does. `makeStore` gives an empty one. */
export function describeAuditStore(name: string, makeStore: () => Promise<AuditStore>): void {
  describe(`AuditStore: ${name}`, () => {
    let store: AuditStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    const append = (chain: string, subject: string): Promise<AuditEntry> =>
      store.append(chain, (last) =>
        sealed(last, {
          chain,
          at: "2026-03-01T00:00:00.000Z",
          phase: "noted",
          actor: "mei.lin",
          action: "test",
          subject,
          detail: { 名: "值" },
        }),
      );

    it("numbers entries from 1, each behind the last, chain by chain", async () => {
      expect(await store.last("company")).toBeUndefined();
      expect(await store.chains()).toEqual([]);
      const first = await append("company", "a");
      const second = await append("company", "b");
      await append("campaign:c", "a");
      expect([first.seq, second.seq, second.previous]).toEqual([1, 2, first.hash]);
      expect(await store.last("company")).toEqual(second);
      expect(await store.entries("company", 0, 10)).toEqual([first, second]);
      expect((await store.chains()).toSorted()).toEqual(["campaign:c", "company"]);
    });

    it("lists after a number, and no more than asked, in order of the numbers", async () => {
      for (const subject of times(12, String)) await append("company", subject);
      const numbers = async (after: number, limit: number) =>
        (await store.entries("company", after, limit)).map(({ seq }) => seq);
      expect(await numbers(0, 3)).toEqual([1, 2, 3]);
      expect(await numbers(8, 3)).toEqual([9, 10, 11]);
      expect(await numbers(12, 3)).toEqual([]);
      expect(await store.entries("none", 0, 3)).toEqual([]);
    });

    it("of many that write at once loses none and gives no number twice", async () => {
      const written = await Promise.all(times(25, (index) => append("company", String(index))));
      const entries = await store.entries("company", 0, 100);
      expect(entries.map(({ seq }) => seq)).toEqual(times(25, (index) => index + 1));
      expect(new Set(entries.map(({ subject }) => subject)).size).toBe(25);
      expect(written.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(entries.map(({ seq }) => seq));
      expect(verifyChains(entries)).toMatchObject({ chains: 1, entries: 25, breaks: [] });
    });
  });
}
