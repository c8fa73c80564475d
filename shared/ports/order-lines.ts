/**
 * Which facts a vendor's order has been told in, where each line is one: an order that no longer has a line says so by
 * leaving it out.
 */
export interface OrderLines {
  /** Ids of facts of the order, read consistently; in no order. */
  lines(source: string, order: string): Promise<string[]>;
  /** Adds ids; those that are there stay. */
  addLines(source: string, order: string, externalIds: readonly string[]): Promise<void>;
}
