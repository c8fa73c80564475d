import type { OrderLines } from "#ports/order-lines.ts";
import { joined } from "./memory-table.ts";

export class MemoryOrderLines implements OrderLines {
  readonly #orders = new Map<string, Set<string>>();

  async lines(source: string, order: string): Promise<string[]> {
    return [...(this.#orders.get(joined(source, order)) ?? [])];
  }

  async addLines(source: string, order: string, externalIds: readonly string[]): Promise<void> {
    const key = joined(source, order);
    this.#orders.set(key, new Set([...(this.#orders.get(key) ?? []), ...externalIds]));
  }
}
