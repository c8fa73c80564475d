import type { Payee } from "#domain/line.ts";
import type { Decided, Deciding } from "./award.ts";

/** Whom an award was decided about: the unit, where its members are paid for what it won. */
export function winnerOf({ unitOf, subject }: Decided): Payee {
  return unitOf === undefined ? subject : { kind: "unit", id: unitOf };
}

/** What an earlier reward decided in this slice, of all subjects. */
export function earlierInSlice({ earlier, slice }: Pick<Deciding, "earlier" | "slice">, reward: string): Decided[] {
  return earlier(reward).filter((other) => other.slice.id === slice.id);
}

/** What an earlier reward decided about a subject in this slice. */
export function earlierOf(
  deciding: Pick<Deciding, "earlier" | "slice">,
  reward: string,
  subject: Payee,
): Decided | undefined {
  return deciding.earlier(reward).find((other) => {
    if (other.slice.id !== deciding.slice.id) return false;
    const { kind, id } = winnerOf(other);
    return kind === subject.kind && id === subject.id;
  });
}
