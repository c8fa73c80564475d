import type { ConditionFact } from "#domain/condition.ts";
import { parseDecimal } from "#domain/decimal.ts";
import { type Fact, type FactMessage, QUANTITY_DIGITS } from "#domain/fact.ts";
import { instantOf } from "#domain/instant.ts";
import { currencyDigits, parseMoney } from "#domain/money.ts";
import type { Directory } from "#domain/org.ts";
import type { HeldFact } from "#domain/progress.ts";
import type { Rules } from "./rules.ts";

/** The leaf of a seller who belonged to no unit when the sale occurred: it counts for the seller and rolls up nowhere. */
export const NO_LEAF = "-";

/** What one version of a fact means under the rules. */
export type Crediting =
  | {
      readonly outcome: "counted";
      readonly leaf: string /** By the plan's order of measures; null where a measure's condition leaves the fact out. */;
      readonly values: readonly (number | null)[];
    }
  | { readonly outcome: "notCounted"; readonly leaf: string; readonly reason: string }
  | { readonly outcome: "cancelled"; readonly leaf: string }
  | { readonly outcome: "held"; readonly reason: HeldFact["reason"]; readonly message: string };

/** Why a fact cannot be used by any campaign yet; undefined when it can. */
export function heldReason(
  fact: Pick<FactMessage, "participantId" | "currency">,
  directory: Pick<Directory, "isKnown">,
): { readonly reason: HeldFact["reason"]; readonly message: string } | undefined {
  if (currencyDigits(fact.currency) === undefined) {
    return { reason: "unknown-currency", message: `${fact.currency} is not an ISO 4217 currency` };
  }
  if (!directory.isKnown(fact.participantId)) {
    return { reason: "unknown-participant", message: `${fact.participantId} is not on file` };
  }
  return undefined;
}

/** The one place that says what a fact is worth: live credits and settlement both ask here. */
export function creditOf(rules: Rules, fact: Fact): Crediting {
  const held = heldReason(fact, rules.directory);
  if (held) return { outcome: "held", ...held };
  const occurredAt = instantOf(fact.occurredAt);
  const leaf = rules.directory.membershipAt(fact.participantId, occurredAt)?.unit ?? NO_LEAF;
  if (fact.status === "cancelled") return { outcome: "cancelled", leaf };
  const reason = reasonNotToCount(rules, fact, occurredAt);
  if (reason !== undefined) return { outcome: "notCounted", leaf, reason };
  return { outcome: "counted", leaf, values: valuesOf(rules, fact) };
}

function reasonNotToCount(rules: Rules, fact: Fact, occurredAt: number): string | undefined {
  const { start, end } = rules.instants;
  if (!(start <= occurredAt && occurredAt < end)) return "outside-period";
  if (fact.currency !== rules.plan.currency) return "other-currency";
  if (!isInAudience(rules, fact.participantId, occurredAt)) return "outside-audience";
  const facing = conditionFact(fact);
  for (const { id, condition } of rules.counts) {
    if (condition.test(facing) !== "holds") return id;
  }
  return undefined;
}

function isInAudience(
  { plan: { audience }, directory, instants }: Rules,
  participantId: string,
  occurredAt: number,
): boolean {
  if (!audience.units && !audience.roles) return true;
  const membership = directory.membershipAt(
    participantId,
    audience.membership === "periodEnd" ? instants.last : occurredAt,
  );
  if (!membership) return false;
  const inUnits = audience.units?.some((unit) => directory.isWithin(membership.unit, unit)) ?? true;
  const inRoles = audience.roles?.includes(membership.role) ?? true;
  return inUnits && inRoles;
}

function valuesOf(rules: Rules, fact: Fact): (number | null)[] {
  const facing = conditionFact(fact);
  return [...rules.measures.values()].map(({ measure, when }) => {
    if (when && when.test(facing) !== "holds") return null;
    if (measure.aggregate === "count") return 1;
    return measure.of === "quantity"
      ? (parseDecimal(fact.quantity, QUANTITY_DIGITS) ?? null)
      : (parseMoney(fact.amount, fact.currency) ?? null);
  });
}

function conditionFact(fact: Fact): ConditionFact {
  const { kind, source, product, channel, attributes } = fact;
  return { kind, source, product, channel, attributes, amount: Number(fact.amount), quantity: Number(fact.quantity) };
}
