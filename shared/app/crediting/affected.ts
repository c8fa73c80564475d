import type { Campaign } from "#domain/campaign.ts";
import type { Affected, AffectedPeople } from "#domain/rebuild.ts";

/** Who is credited: after settlement, changes still call for adjustments. A campaign in any other state credits nothing. */
const CREDITED_STATES: ReadonlySet<string> = new Set(["active", "settled"]);

export function isCredited({ state, activeVersion }: Pick<Campaign, "state" | "activeVersion">): boolean {
  return activeVersion !== undefined && CREDITED_STATES.has(state);
}

type Epochs = Pick<Campaign, "epoch" | "rebuiltEpoch" | "countsFrom">;

/** Credits of older epochs do not count, whoever has them: everything was credited anew at this one. */
export function countsFrom({ countsFrom: from, rebuiltEpoch }: Epochs): number {
  return Math.min(from ?? rebuiltEpoch, rebuiltEpoch);
}

/** Who was credited anew since, and at which epoch: older credits of theirs do not count. An epoch that is not complete says nothing yet. */
export function floorsOf(campaign: Epochs, affected: readonly AffectedPeople[]): Map<string, number> {
  const from = countsFrom(campaign);
  const floors = new Map<string, number>();
  for (const { epoch, who } of affected) {
    if (epoch <= from || epoch > campaign.rebuiltEpoch) continue;
    for (const { id } of who) floors.set(id, Math.max(epoch, floors.get(id) ?? 0));
  }
  return floors;
}

/**
 * Who was affected by epochs after `since`, in the order of their ids, with every leaf unit in which credits of theirs that count, or will, can lie.
 */
export function affectedSince(campaign: Epochs, affected: readonly AffectedPeople[], since: number): Affected[] {
  const from = countsFrom(campaign);
  const leaves = new Map<string, Set<string>>();
  const meant = new Set<string>();
  for (const { epoch, who } of affected) {
    // What was kept for an epoch that nobody reached names nobody wrongly: they are looked at once more.
    if (epoch <= from) continue;
    for (const one of who) {
      const known = leaves.get(one.id) ?? new Set<string>();
      for (const leaf of one.leaves) known.add(leaf);
      leaves.set(one.id, known);
      if (epoch > since) meant.add(one.id);
    }
  }
  return [...meant].sort().map((id) => ({ id, leaves: [...(leaves.get(id) ?? [])].sort() }));
}
