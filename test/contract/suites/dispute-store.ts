import { beforeEach, describe, expect, it } from "vitest";
import { type Dispute, EVENTS_MAX } from "#domain/dispute.ts";
import type { DisputeStore } from "#ports/dispute-store.ts";
import { countTrue, times } from "./tools.ts";

/** What every DisputeStore does. `makeStore` gives an empty one. */
export function describeDisputeStore(name: string, makeStore: () => Promise<DisputeStore>): void {
  describe(`DisputeStore: ${name}`, () => {
    let store: DisputeStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    it("keeps disputes by campaign and id, revision by revision", async () => {
      expect(await store.dispute("travel", "d-1-1")).toBeUndefined();
      expect(await store.saveDispute(dispute({ revision: 2 }))).toBe(false);
      expect(await store.saveDispute(dispute())).toBe(true);
      expect(await store.saveDispute(dispute())).toBe(false);
      expect(await store.saveDispute(dispute({ revision: 3 }))).toBe(false);
      const answered = dispute({ revision: 2, state: "answered", assignedTo: "luo.jie" });
      expect(await store.saveDispute(answered)).toBe(true);
      expect(await store.dispute("travel", "d-1-1")).toEqual(answered);
      expect(await store.dispute("other", "d-1-1")).toBeUndefined();
    });

    it("lists those of a campaign by id", async () => {
      for (const id of ["d-b-1", "d-a-2", "d-a-1"]) await store.saveDispute(dispute({ id }));
      await store.saveDispute(dispute({ id: "d-0-1", campaign: "other" }));
      expect((await store.disputes("travel")).map(({ id }) => id)).toEqual(["d-a-1", "d-a-2", "d-b-1"]);
      expect(await store.disputes("none")).toEqual([]);
    });

    it("keeps one that says as much as one can say", async () => {
      const event = { at: "2018-05-01T00:00:00.000Z", by: "a-1", command: "answer", text: "说".repeat(1000) } as const;
      const long = dispute({ claim: "说".repeat(4000), events: times(EVENTS_MAX, () => event) });
      expect(await store.saveDispute(long)).toBe(true);
      expect(await store.dispute("travel", "d-1-1")).toEqual(long);
    });

    it("of several decisions at once takes exactly one, even when they say the same", async () => {
      expect(await countTrue(times(20, () => () => store.saveDispute(dispute())))).toBe(1);
      const rivals = times(10, (index) => dispute({ revision: 2, state: index % 2 ? "refused" : "accepted" }));
      const results = await Promise.all(rivals.map((rival) => store.saveDispute(rival)));
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await store.dispute("travel", "d-1-1")).toEqual(rivals[results.indexOf(true)]);
    });
  });
}

function dispute(changes: Partial<Dispute> = {}): Dispute {
  return {
    id: "d-1-1",
    campaign: "travel",
    lineId: "commission:participant:a-1",
    payee: { kind: "participant", id: "a-1" },
    reward: "commission",
    state: "open",
    revision: 1,
    claim: "a sale is missing",
    openedBy: "a-1",
    openedAt: "2018-05-01T00:00:00.000Z",
    deadline: "2018-05-11T00:00:00.000Z",
    decideBy: "2018-05-16T00:00:00.000Z",
    amount: "12.00",
    currency: "CNY",
    lineHash: "l",
    run: { runId: "travel.final", planVersion: 1, planHash: "p", asOf: "2018-04-30T00:00:00.000Z", resultHash: "r" },
    attachments: [],
    events: [{ at: "2018-05-01T00:00:00.000Z", by: "a-1", command: "open" }],
    ...changes,
  };
}
