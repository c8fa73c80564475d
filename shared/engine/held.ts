import { type FactMessage, peopleNamed } from "#domain/fact.ts";
import { currencyDigits } from "#domain/money.ts";
import type { Directory } from "#domain/org.ts";
import type { HeldFact } from "#domain/progress.ts";

/** Why a fact cannot be used, and whose record would mend it. */
export interface Held {
  readonly reason: HeldFact["reason"];
  readonly message: string;
  /** The unknown one; of an unknown currency, whom the fact names. */
  readonly subject: string;
}

/** Who and what is on file. */
export interface Known {
  isParticipant(id: string): boolean;
  isUnit(id: string): boolean;
}

export function knownTo(directory: Pick<Directory, "isKnown" | "unit">): Known {
  return {
    isParticipant: (id) => directory.isKnown(id),
    isUnit: (id) => directory.unit(id) !== undefined,
  };
}

/** Why a fact cannot be used by any campaign yet; undefined when it can. Everybody whom it names must be on file. */
export function heldReason(fact: FactMessage, known: Known): Held | undefined {
  if (fact.kind === "sale" && currencyDigits(fact.currency) === undefined) {
    const message = `${fact.currency} is not an ISO 4217 currency`;
    return { reason: "unknown-currency", message, subject: fact.participantId };
  }
  const unknown = peopleNamed(fact).find(
    (id) => !known.isParticipant(id) && !(fact.kind !== "sale" && known.isUnit(id)),
  );
  if (unknown === undefined) return undefined;
  return { reason: "unknown-participant", message: `${unknown} is not on file`, subject: unknown };
}
