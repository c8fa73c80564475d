import type { Rational } from "#domain/decimal.ts";
import { type Fact, rationalPart, type Share } from "#domain/fact.ts";
import { instantOf } from "#domain/instant.ts";
import { compareText } from "#domain/text.ts";
import type { Rules } from "./rules.ts";

/** The leaf of a seller who belonged to no unit when the sale occurred: it counts for the seller and rolls up nowhere. */
export const NO_LEAF = "-";

/** One of those to whom a fact is credited under a plan, before it is asked whether they are in the audience. */
export interface FactShare {
  readonly participantId: string;
  readonly leaf: string;
  readonly rollsUp: boolean;
  /** The fact is about a unit, not about a participant. */
  readonly isUnit: boolean;
  /** Of its amounts and quantities; nothing for a seller who only has the count of a sale that others share. */
  readonly part: Rational;
  /** Whether the fact is counted for this one. */
  readonly counts: boolean;
}

const WHOLE: Rational = { num: 1n, den: 1n };
const NOTHING: Rational = { num: 0n, den: 1n };

/**
 * Who is credited with a fact: the seller, or those who have a split of it where the plan credits splits; then overlays, where
 * the plan credits them. In the order of their ids, direct credit first. A score or evidence is credited to whom it is about.
 */
export function sharesOf(rules: Rules, fact: Fact): FactShare[] {
  const occurredAt = instantOf(fact.occurredAt);
  const leafOf = (id: string) => rules.directory.membershipAt(id, occurredAt)?.unit ?? NO_LEAF;
  const { participantId } = fact;
  if (fact.kind !== "sale") {
    const isUnit = !rules.directory.isKnown(participantId);
    const leaf = isUnit ? participantId : leafOf(participantId);
    return [{ participantId, leaf, rollsUp: true, isUnit, part: WHOLE, counts: true }];
  }
  const { to, overlays, shared } = rules.plan.crediting;
  if (!(to === "splits" && fact.splits) && !(overlays === "credited" && fact.overlays)) {
    return [{ participantId, leaf: leafOf(participantId), rollsUp: true, isUnit: false, part: WHOLE, counts: true }];
  }
  const shareOf = (
    share: { readonly participantId: string; readonly part: Rational },
    rollsUp: boolean,
  ): FactShare => ({
    ...share,
    leaf: leafOf(share.participantId),
    rollsUp,
    isUnit: false,
    counts: shared !== "seller" || share.participantId === participantId,
  });
  const direct = to === "splits" && fact.splits ? partsOf(fact.splits) : [{ participantId, part: WHOLE }];
  // A sale that counts for its seller counts for one who gave all of it away, too.
  const isMissing = shared === "seller" && !direct.some((share) => share.participantId === participantId);
  const sellers = isMissing ? [...direct, { participantId, part: NOTHING }] : direct;
  return [
    ...sellers.sort(byId).map((share) => shareOf(share, true)),
    ...(overlays === "credited" ? partsOf(fact.overlays ?? []) : []).sort(byId).map((share) => shareOf(share, false)),
  ];
}

function partsOf(shares: readonly Share[]): { participantId: string; part: Rational }[] {
  return shares.map(({ participantId, part }) => ({ participantId, part: rationalPart(part) }));
}

function byId(a: { readonly participantId: string }, b: { readonly participantId: string }): number {
  return compareText(a.participantId, b.participantId);
}
