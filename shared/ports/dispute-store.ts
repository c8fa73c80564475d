import type { Dispute } from "#domain/dispute.ts";

/** Disputes about lines. Never lost. Reads are consistent. */
export interface DisputeStore {
  dispute(campaign: string, id: string): Promise<Dispute | undefined>;
  /** All of a campaign, by id. */
  disputes(campaign: string): Promise<Dispute[]>;
  /** Creates with revision 1 if the id is free, or replaces exactly the revision before; false when another was faster. */
  saveDispute(dispute: Dispute): Promise<boolean>;
}
