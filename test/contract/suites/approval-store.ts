import { beforeEach, describe, expect, it } from "vitest";
import type { Approval } from "#domain/approval.ts";
import type { ApprovalStore } from "#ports/approval-store.ts";
import { countTrue, times } from "./tools.ts";

/** What every ApprovalStore does. `makeStore` gives an empty one. */
export function describeApprovalStore(name: string, makeStore: () => Promise<ApprovalStore>): void {
  describe(`ApprovalStore: ${name}`, () => {
    let store: ApprovalStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    it("keeps requests by scope and id, revision by revision", async () => {
      expect(await store.approval("travel", "travel.targets-1")).toBeUndefined();
      expect(await store.saveApproval(approval({ revision: 2 }))).toBe(false);
      expect(await store.saveApproval(approval())).toBe(true);
      expect(await store.saveApproval(approval())).toBe(false);
      expect(await store.saveApproval(approval({ revision: 2, state: "withdrawn" }))).toBe(true);
      expect(await store.approval("travel", "travel.targets-1")).toEqual(approval({ revision: 2, state: "withdrawn" }));
      expect(await store.approval("other", "travel.targets-1")).toBeUndefined();
    });

    it("lists those of a scope by id", async () => {
      for (const id of ["b", "a", "c"]) await store.saveApproval(approval({ id: `travel.${id}` }));
      await store.saveApproval(approval({ id: "_directory.a", scope: "_directory" }));
      expect((await store.approvals("travel")).map(({ id }) => id)).toEqual(["travel.a", "travel.b", "travel.c"]);
      expect(await store.approvals("none")).toEqual([]);
    });

    it("of several decisions at once takes exactly one, even when they say the same", async () => {
      await store.saveApproval(approval());
      const decided = approval({ revision: 2, state: "approved", decidedBy: "fang.wei" });
      expect(await countTrue(times(20, () => () => store.saveApproval(decided)))).toBe(1);
      const rivals = times(10, (index) => approval({ revision: 3, state: index % 2 ? "rejected" : "approved" }));
      const results = await Promise.all(rivals.map((rival) => store.saveApproval(rival)));
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await store.approval("travel", "travel.targets-1")).toEqual(rivals[results.indexOf(true)]);
    });
  });
}

function approval(changes: Partial<Approval> = {}): Approval {
  return {
    id: "travel.targets-1",
    scope: "travel",
    state: "waiting",
    revision: 1,
    hash: "h",
    content: {
      kind: "targets",
      campaign: "travel",
      counts: { added: 1, changed: 2, onFile: 3 },
      rowsHash: "r",
    },
    reason: "",
    requestedBy: "mei.lin",
    requestedAt: "2018-05-01T00:00:00.000Z",
    expiresAt: "2018-06-01T00:00:00.000Z",
    makers: ["mei.lin"],
    ...changes,
  };
}
