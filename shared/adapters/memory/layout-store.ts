import type { PayoutLayout } from "#domain/payout-layout.ts";
import type { LayoutStore } from "#ports/payout-layouts.ts";
import { follows, MemoryTable } from "./memory-table.ts";

const SCOPE = "layouts";

export class MemoryLayoutStore implements LayoutStore {
  readonly #layouts = new MemoryTable<PayoutLayout>();

  async layout(id: string): Promise<PayoutLayout | undefined> {
    return this.#layouts.get(SCOPE, id);
  }

  async layouts(): Promise<PayoutLayout[]> {
    return this.#layouts.all(SCOPE);
  }

  async saveLayout(layout: PayoutLayout): Promise<boolean> {
    return this.#layouts.setIf(SCOPE, layout.id, layout, (stored) => follows(layout.revision, stored?.revision));
  }
}
