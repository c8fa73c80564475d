import type { Dispute } from "#domain/dispute.ts";
import type { DisputeStore } from "#ports/dispute-store.ts";
import { follows, MemoryTable } from "./memory-table.ts";

export class MemoryDisputeStore implements DisputeStore {
  readonly #disputes = new MemoryTable<Dispute>();

  async dispute(campaign: string, id: string): Promise<Dispute | undefined> {
    return this.#disputes.get(campaign, id);
  }

  async disputes(campaign: string): Promise<Dispute[]> {
    return this.#disputes.all(campaign);
  }

  async saveDispute(dispute: Dispute): Promise<boolean> {
    return this.#disputes.setIf(dispute.campaign, dispute.id, dispute, (stored) =>
      follows(dispute.revision, stored?.revision),
    );
  }
}
