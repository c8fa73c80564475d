import { type Fact, factContent } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { parseInstant } from "#domain/instant.ts";
import { cellPlace } from "./cell-problems.ts";

export interface FileFact {
  readonly line: number;
  readonly fact: Fact;
}

/** A row that contradicts an earlier one of the same sale and version: kept out, and told. */
export interface FileConflict {
  readonly place: string;
  readonly key: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly message: string;
}

/** What intake would hold had the rows arrived as messages. */
export interface Intake {
  /** One fact for each identity and version, in order of arrival. */
  readonly facts: readonly Fact[];
  /** Rows that say again what is held already. */
  readonly duplicates: number;
  readonly conflicts: readonly FileConflict[];
}

/**
 * The effect of intake on a file's rows: they are taken in the order in which they were recorded (at one instant: as they stand in the
 * file), and the first to tell of an identity and version is the one that holds.
 */
export function intakeOf(file: string, rows: readonly FileFact[]): Intake {
  const arrivals = rows
    .map((row) => ({ ...row, arrivedAt: parseInstant(row.fact.recordedAt) ?? 0 }))
    .sort((a, b) => a.arrivedAt - b.arrivedAt);
  const held = new Map<string, FileFact & { readonly content: string }>();
  const conflicts: FileConflict[] = [];
  let duplicates = 0;
  for (const { line, fact } of arrivals) {
    const key = factKey(fact);
    const content = factContent(fact);
    const first = held.get(`${key}#${fact.version}`);
    if (first === undefined) held.set(`${key}#${fact.version}`, { line, fact, content });
    else if (first.content === content) duplicates += 1;
    else {
      conflicts.push({
        place: cellPlace(file, line, "version"),
        key,
        version: fact.version,
        recordedAt: fact.recordedAt,
        message: `version ${fact.version} of ${key} says something else on line ${line} than on line ${first.line}, which was recorded first and holds`,
      });
    }
  }
  return { facts: [...held.values()].map(({ fact }) => fact), duplicates, conflicts };
}
