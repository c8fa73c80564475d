import type { Approval } from "#domain/approval.ts";
import type { ApprovalStore } from "#ports/approval-store.ts";
import { follows, MemoryTable } from "./memory-table.ts";

export class MemoryApprovalStore implements ApprovalStore {
  readonly #approvals = new MemoryTable<Approval>();

  async approval(scope: string, id: string): Promise<Approval | undefined> {
    return this.#approvals.get(scope, id);
  }

  async approvals(scope: string): Promise<Approval[]> {
    return this.#approvals.all(scope);
  }

  async saveApproval(approval: Approval): Promise<boolean> {
    return this.#approvals.setIf(approval.scope, approval.id, approval, (stored) =>
      follows(approval.revision, stored?.revision),
    );
  }
}
