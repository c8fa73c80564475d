import type { Adjustment } from "#domain/adjustment.ts";
import type { Deps } from "../deps.ts";

/** Adjustments by hand that were approved, by id: what every run that is frozen now has beside what its rules give. */
export async function approvedAdjustments(deps: Pick<Deps, "approvals">, campaign: string): Promise<Adjustment[]> {
  const requests = await deps.approvals.approvals(campaign);
  return requests.flatMap(({ id, state, content, reason, requestedBy, decidedBy, decidedAt }) => {
    const isApproved = state === "approved" || state === "done";
    if (content.kind !== "manual-adjustment" || !isApproved) return [];
    if (decidedBy === undefined || decidedAt === undefined) return [];
    const { kind: _, campaign: __, ...told } = content;
    return [{ ...told, id, reason, requestedBy, approvedBy: decidedBy, approvedAt: decidedAt }];
  });
}
