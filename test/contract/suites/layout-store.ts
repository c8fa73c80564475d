import { beforeEach, describe, expect, it } from "vitest";
import { bankLayout, payrollLayout } from "#contracts/examples/layouts.ts";
import type { PayoutLayout } from "#domain/payout-layout.ts";
import type { LayoutStore } from "#ports/payout-layouts.ts";
import { countTrue, times } from "./tools.ts";

/** What every LayoutStore does. `makeStore` gives an empty one. */
export function describeLayoutStore(name: string, makeStore: () => Promise<LayoutStore>): void {
  describe(`LayoutStore: ${name}`, () => {
    let store: LayoutStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    it("keeps layouts by id, revision by revision, and lists them by id", async () => {
      expect(await store.layout("payroll")).toBeUndefined();
      expect(await store.layouts()).toEqual([]);
      expect(await store.saveLayout(layout({ revision: 2 }))).toBe(false);
      expect(await store.saveLayout(layout())).toBe(true);
      expect(await store.saveLayout(layout())).toBe(false);
      expect(await store.saveLayout(layout({ revision: 2, layout: bankLayout }))).toBe(true);
      expect(await store.layout("payroll")).toEqual(layout({ revision: 2, layout: bankLayout }));
      await store.saveLayout(layout({ id: "bank" }));
      expect((await store.layouts()).map(({ id }) => id)).toEqual(["bank", "payroll"]);
    });

    it("of several changes at once takes exactly one", async () => {
      await store.saveLayout(layout());
      const rivals = times(10, (index) => () => store.saveLayout(layout({ revision: 2, changedBy: `admin-${index}` })));
      expect(await countTrue(rivals)).toBe(1);
    });
  });
}

function layout(changes: Partial<PayoutLayout> = {}): PayoutLayout {
  const changedAt = "2026-06-20T00:00:00.000Z";
  return { id: "payroll", revision: 1, changedBy: "sun.hao", changedAt, layout: payrollLayout, ...changes };
}
