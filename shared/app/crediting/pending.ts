import type { Campaign } from "#domain/campaign.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Affected, CreditScope, Recredit, TotalsScope } from "#domain/rebuild.ts";

/** What changed for a campaign, and what has to be computed anew because of it. */
export interface Change {
  readonly credits: CreditScope;
  readonly totals: TotalsScope;
  /** Of credits of people: whose. */
  readonly who?: readonly Affected[];
  /** What is paid changes only if one of these people has facts in the campaign. */
  readonly onlyWithFacts?: boolean;
  readonly reason: string;
  readonly by: string;
  /** Asked last of all: whether nobody else has changed anything meanwhile, so that it is only these people. */
  readonly stillHolds?: () => Promise<boolean>;
}

export const EVERYTHING: Change = {
  credits: "all",
  totals: "all",
  reason: "everything is credited anew",
  by: "system",
};

/** The next epoch of a campaign, and what it has to compute anew: what is still to be done from before, and what changed now. */
export function risen(
  campaign: Campaign,
  change: Change,
  now: number,
): Pick<Campaign, "epoch" | "changedEpoch"> & { readonly recredit: Recredit } {
  const epoch = campaign.epoch + 1;
  const pending = pendingIn(campaign);
  const { reason, by } = change;
  const credits = pending ? wider(CREDITS, pending.credits, change.credits) : change.credits;
  const totals = pending ? wider(TOTALS, pending.totals, change.totals) : change.totals;
  const since = pending?.since ?? campaign.rebuiltEpoch;
  const recredit = { epoch, credits, totals, since, reason, by, at: formatInstant(now) };
  return { epoch, changedEpoch: change.onlyWithFacts ? changedEpoch(campaign) : epoch, recredit };
}

/** The newest epoch that may change what is paid. */
export function changedEpoch({ changedEpoch: changed, epoch }: Pick<Campaign, "changedEpoch" | "epoch">): number {
  return changed ?? epoch;
}

/** What is still to be done in a campaign; undefined when all is. Whoever raised the epoch without saying why meant everything. */
export function pendingIn(campaign: Campaign): Recredit | undefined {
  const { epoch, rebuiltEpoch, recredit, activatedBy = "system", createdAt, activatedAt = createdAt } = campaign;
  if (recredit?.epoch === epoch) return rebuiltEpoch < epoch ? recredit : { ...recredit, credits: "none" };
  if (rebuiltEpoch === epoch) return undefined;
  return { ...EVERYTHING, epoch, since: rebuiltEpoch, by: activatedBy, at: activatedAt };
}

const CREDITS: readonly CreditScope[] = ["none", "people", "all"];
const TOTALS: readonly TotalsScope[] = ["reaches", "people", "all"];

function wider<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
