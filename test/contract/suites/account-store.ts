import { beforeEach, describe, expect, it } from "vitest";
import type { Account } from "#domain/account.ts";
import type { AccountStore } from "#ports/account-store.ts";

const LUO: Account = {
  subject: "luo.jie",
  name: "罗杰",
  roles: ["branch-manager"],
  units: ["nanchang"],
  seenOn: "2026-06-20",
};
const FANG: Account = { subject: "fang.wei", roles: ["approver"], units: [], seenOn: "2026-06-19" };

/** What every AccountStore does. `makeStore` gives an empty one. */
export function describeAccountStore(name: string, makeStore: () => Promise<AccountStore>): void {
  describe(`AccountStore: ${name}`, () => {
    let store: AccountStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    it("keeps accounts by subject, the last one put, and lists them by subject", async () => {
      expect(await store.account("luo.jie")).toBeUndefined();
      expect(await store.accounts()).toEqual([]);
      for (const account of [LUO, FANG]) await store.putAccount(account);
      expect(await store.account("luo.jie")).toEqual(LUO);
      const moved: Account = { ...LUO, units: ["ganzhou"], seenOn: "2026-06-21" };
      await store.putAccount(moved);
      expect(await store.accounts()).toEqual([FANG, moved]);
    });
  });
}
