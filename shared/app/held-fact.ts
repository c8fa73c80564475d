import { type FactMessage, peopleNamed } from "#domain/fact.ts";
import { type Held, heldReason } from "#engine/held.ts";
import type { Deps } from "./deps.ts";

/**
 * Why a fact cannot be used yet, as the stored people and units say; undefined when it can. People whom `isKnown` answers for
 * are not looked up; units are read only where a fact that can be about one names somebody who is no participant.
 */
export async function heldByStore(
  deps: Pick<Deps, "plans">,
  fact: FactMessage,
  isKnown: (participantId: string) => boolean = () => false,
): Promise<Held | undefined> {
  const known = new Set<string>();
  for (const id of peopleNamed(fact)) {
    if (isKnown(id) || (await deps.plans.person(id)) !== undefined) known.add(id);
  }
  const isAboutUnit = fact.kind !== "sale" && !known.has(fact.participantId);
  const units = new Set(isAboutUnit ? (await deps.plans.units()).map(({ unit }) => unit) : []);
  return heldReason(fact, { isParticipant: (id) => known.has(id), isUnit: (id) => units.has(id) });
}
