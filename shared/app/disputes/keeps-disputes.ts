import type { Dispute } from "#domain/dispute.ts";
import { Refusal } from "#domain/problem.ts";
import type { DisputeStore } from "#ports/dispute-store.ts";
import type { Deps } from "../deps.ts";

/** Beside {@link Deps}: only the API keeps disputes. */
export interface KeepsDisputes {
  readonly disputes: DisputeStore;
}

export type DisputeDeps = KeepsDisputes & Pick<Deps, "plans" | "ledger" | "approvals" | "audit" | "clock">;

/** @throws Refusal("notFound") */
export async function requireDispute({ disputes }: KeepsDisputes, campaign: string, id: string): Promise<Dispute> {
  const dispute = await disputes.dispute(campaign, id);
  if (dispute) return dispute;
  throw new Refusal("notFound", `${campaign} has no dispute ${id}`);
}

/** Changes a dispute against its newest revision; starts over when another was faster. Without a change it stays as it is. */
export async function updateDispute(
  deps: KeepsDisputes,
  campaign: string,
  id: string,
  change: (dispute: Dispute) => Promise<Omit<Dispute, "revision"> | undefined>,
): Promise<Dispute> {
  for (;;) {
    const current = await requireDispute(deps, campaign, id);
    const changed = await change(current);
    if (!changed) return current;
    const next: Dispute = { ...changed, revision: current.revision + 1 };
    if (await deps.disputes.saveDispute(next)) return next;
  }
}
