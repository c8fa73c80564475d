import { conditionFact } from "#domain/condition.ts";
import { cancelledInstant, type Fact } from "#domain/fact.ts";
import { instantOf } from "#domain/instant.ts";
import { isInStretch } from "#domain/plan/uncounted.ts";
import { type FactShare, sharesOf } from "./credit-shares.ts";
import { valuesOf } from "./credit-values.ts";
import { type Held, heldReason, knownTo } from "./held.ts";
import type { Rules } from "./rules.ts";

export { NO_LEAF } from "./credit-shares.ts";

/** What one fact is worth for one of those it is credited to. */
export interface FactCredit {
  /** A participant; or the unit that a score or evidence is about, which then counts for it and those above, and for no participant. */
  readonly participantId: string;
  /** The unit that the participant belonged to when it occurred, or {@link NO_LEAF}; of a fact about a unit that unit. */
  readonly leaf: string;
  /** By the plan's order of measures; null where the fact is none of the measure's, or its condition leaves it out. */
  readonly values: readonly (number | null)[];
  /** By index of the measure, what a `distinct` measure tells apart. */
  readonly texts?: Readonly<Record<string, string>>;
  /** False for overlays: only direct credit counts for the units above. */
  readonly rollsUp: boolean;
}

/** What one version of a fact means under the rules. */
export type Crediting =
  | { readonly outcome: "counted"; readonly credits: readonly FactCredit[] }
  | { readonly outcome: "notCounted"; readonly reason: string }
  | {
      readonly outcome: "cancelled";
      /** Milliseconds since the epoch: by the source's clock, or when we knew where the source does not say. */
      readonly cancelledAt: number;
      /** What it was worth before; empty when it would not have counted. */
      readonly credits: readonly FactCredit[];
    }
  | (Held & { readonly outcome: "held" });

/** The one place that says what a fact is worth: live credits and settlement both ask here. */
export function creditOf(rules: Rules, fact: Fact): Crediting {
  const held = heldReason(fact, knownTo(rules.directory));
  if (held) return { outcome: "held", ...held };
  const worth = worthOf(rules, fact);
  if (fact.status === "cancelled") {
    const credits = typeof worth === "string" ? [] : worth;
    return { outcome: "cancelled", cancelledAt: cancelledInstant(fact), credits };
  }
  return typeof worth === "string" ? { outcome: "notCounted", reason: worth } : { outcome: "counted", credits: worth };
}

/** The credits of a fact as if it stood; or why it does not count. */
function worthOf(rules: Rules, fact: Fact): string | readonly FactCredit[] {
  const occurredAt = instantOf(fact.occurredAt);
  const { start, followUpEnd } = rules.instants;
  if (!(start <= occurredAt && occurredAt < followUpEnd)) return "outside-period";
  if (fact.kind === "sale" && fact.currency !== rules.plan.currency) return "other-currency";
  const standing = sharesThatCount(rules, sharesOf(rules, fact), occurredAt);
  if (typeof standing === "string") return standing;
  const shares = standing.filter((share) => isInAudience(rules, share, occurredAt));
  if (shares.length === 0) return "outside-audience";
  const facing = conditionFact(fact);
  for (const { id, condition } of rules.counts) {
    if (condition.test(facing) !== "holds") return id;
  }
  return creditsOf(rules, fact, shares);
}

/** Those that no pilot, pause or other stretch leaves out; the reason when none is left. */
function sharesThatCount(
  { uncounted, directory }: Rules,
  shares: readonly FactShare[],
  occurredAt: number,
): string | readonly FactShare[] {
  let left = shares;
  for (const stretch of uncounted) {
    if (!isInStretch(stretch, occurredAt)) continue;
    const { id, outside } = stretch;
    left = outside ? left.filter(({ leaf }) => outside.some((root) => directory.isWithin(leaf, root))) : [];
    if (left.length === 0) return id;
  }
  return left;
}

function creditsOf(rules: Rules, fact: Fact, shares: readonly FactShare[]): FactCredit[] {
  const worth = valuesOf(rules, fact);
  return shares.map((share) => {
    const { participantId, leaf, rollsUp } = share;
    const texts = worth.texts(share);
    const values = worth.values(share);
    for (const _ in texts) return { participantId, leaf, values, texts, rollsUp };
    return { participantId, leaf, values, rollsUp };
  });
}

/** A unit has no role: of an audience of roles only the units are asked of it. */
export function isInAudience(
  { plan: { audience }, directory, instants }: Rules,
  { participantId, leaf, isUnit }: FactShare,
  occurredAt: number,
): boolean {
  if (!audience.units && !audience.roles) return true;
  const inUnits = (unit: string) => audience.units?.some((root) => directory.isWithin(unit, root)) ?? true;
  if (isUnit) return inUnits(leaf);
  const instant = audience.membership === "periodEnd" ? instants.last : occurredAt;
  const membership = directory.membershipAt(participantId, instant);
  if (!membership) return false;
  return inUnits(membership.unit) && (audience.roles?.includes(membership.role) ?? true);
}
