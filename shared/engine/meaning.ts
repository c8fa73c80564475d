import { type Meaning, meaningSchema, textsSchema } from "#domain/partial.ts";
import { type FactTable, NO_TEXTS } from "./columns/fact-table.ts";
import type { Crediting, FactCredit } from "./credit.ts";

/** What rewards ask of single facts: conditions that hold, and labels. */
export interface Answers {
  readonly holds: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** One text for each meaning: the same meaning is the same text, in whatever order its parts were found. */
export function meaningText(crediting: Crediting, { holds, labels }: Answers): string {
  const names = Object.keys(labels).sort();
  const answers = {
    ...(holds.length === 0 ? {} : { holds }),
    ...(names.length === 0 ? {} : { labels: Object.fromEntries(names.map((name) => [name, labels[name]])) }),
  };
  const { outcome } = crediting;
  switch (outcome) {
    case "notCounted":
      return JSON.stringify({ outcome, reason: crediting.reason, ...answers });
    case "held": {
      const { reason, message, subject } = crediting;
      return JSON.stringify({ outcome, reason, message, subject, ...answers });
    }
    default:
      return JSON.stringify({ outcome, ...answers });
  }
}

const known = new WeakMap<FactTable, Meaning[]>();

/** The meanings of a table by number. */
export function meaningsOf(table: FactTable): readonly Meaning[] {
  const meanings = known.get(table) ?? [];
  for (let number = meanings.length; number < table.meanings.size; number += 1)
    meanings.push(meaningSchema.parse(JSON.parse(table.meanings.textOf(number))));
  known.set(table, meanings);
  return meanings;
}

/** What `distinct` measures tell apart, by index of the measure; undefined where none looks. */
export function textsAt(table: FactTable, credit: number): Readonly<Record<string, string>> | undefined {
  const number = table.textsOf[credit] ?? NO_TEXTS;
  return number === NO_TEXTS ? undefined : textsSchema.parse(JSON.parse(table.texts.textOf(number)));
}

export function creditingAt(table: FactTable, fact: number, meaning: Meaning): Crediting {
  switch (meaning.outcome) {
    case "counted":
      return { outcome: "counted", credits: creditsAt(table, fact) };
    case "cancelled":
      return { outcome: "cancelled", cancelledAt: table.undoneAt[fact] ?? 0, credits: creditsAt(table, fact) };
    case "notCounted":
      return { outcome: "notCounted", reason: meaning.reason };
    case "held": {
      const { outcome, reason, message, subject } = meaning;
      return { outcome, reason, message, subject };
    }
  }
}

function creditsAt(table: FactTable, fact: number): FactCredit[] {
  const first = table.firstCredit[fact] ?? 0;
  const width = table.width ?? 0;
  return Array.from({ length: table.creditCount[fact] ?? 0 }, (_, index): FactCredit => {
    const credit = first + index;
    const texts = textsAt(table, credit);
    const values = table.values.subarray(credit * width, (credit + 1) * width);
    return {
      participantId: table.names.textOf(table.creditedTo[credit] ?? 0),
      leaf: table.names.textOf(table.leafOf[credit] ?? 0),
      values: Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
      ...(texts ? { texts } : {}),
      rollsUp: table.rollsUp[credit] === 1,
    };
  });
}
