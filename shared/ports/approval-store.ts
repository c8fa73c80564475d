import type { Approval } from "#domain/approval.ts";

/** Requests for approval. Reads are consistent. */
export interface ApprovalStore {
  approval(scope: string, id: string): Promise<Approval | undefined>;
  /** All of a campaign or of the directory, by id. */
  approvals(scope: string): Promise<Approval[]>;
  /** Creates with revision 1 if the id is free, or replaces exactly the revision before; false when another was faster. */
  saveApproval(approval: Approval): Promise<boolean>;
}
