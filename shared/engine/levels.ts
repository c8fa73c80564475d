import { NO_LEAF } from "./credit.ts";
import { type Credited, type Rows, rowsOf } from "./rows.ts";
import type { Rules } from "./rules.ts";

const [NOT_ASKED, NOBODY] = [-2, -1] as const;

/** The entries of each subject of a level, in time order. Subjects have numbers in the order of their ids, and so have their rows. */
export class Level {
  /** In order. */
  readonly subjects: readonly string[];
  readonly rows: Rows;
  /** Made when somebody is asked for out of order. */
  #numbers: ReadonlyMap<string, number> | undefined;
  /** Who was asked for last: the next one is mostly who follows, and is found without a look-up. */
  #last = -1;

  constructor(subjects: readonly string[], rows: Rows) {
    this.subjects = subjects;
    this.rows = rows;
  }

  /** The number of a subject among the rows; undefined of one that has none. */
  numberOf(subject: string): number | undefined {
    const { subjects } = this;
    if (subjects[this.#last] === subject) return this.#last;
    const number = subjects[this.#last + 1] === subject ? this.#last + 1 : this.#lookUp(subject);
    this.#last = number ?? -1;
    return number;
  }

  #lookUp(subject: string): number | undefined {
    this.#numbers ??= new Map(this.subjects.map((subject, number) => [subject, number]));
    return this.#numbers.get(subject);
  }
}

export function levelOf(rules: Rules, entries: Credited, level: string): Level {
  const { table, credits } = entries;
  const { ofName, subjects } = subjectsOf(rules, entries, level);
  const isPeople = level === "participant";
  const columnOfNames = isPeople ? table.creditedTo : table.leafOf;
  const ofEntry = new Int32Array(credits.length);
  for (let entry = 0; entry < credits.length; entry += 1) {
    const credit = credits[entry] ?? 0;
    const isOut = !isPeople && table.rollsUp[credit] !== 1;
    ofEntry[entry] = isOut ? NOBODY : (ofName[columnOfNames[credit] ?? 0] ?? NOBODY);
  }
  return new Level(subjects, rowsOf(entries, ofEntry, subjects.length));
}

/** The subjects of a level in order, and by number of a name the number of the subject that it counts for. */
function subjectsOf(
  rules: Rules,
  { table, credits }: Credited,
  level: string,
): { readonly ofName: Int32Array; readonly subjects: readonly string[] } {
  const isPeople = level === "participant";
  const columnOfNames = isPeople ? table.creditedTo : table.leafOf;
  const ofName = new Int32Array(table.names.size).fill(NOT_ASKED);
  const found: string[] = [];
  const numbers = new Map<string, number>();
  for (let entry = 0; entry < credits.length; entry += 1) {
    const credit = credits[entry] ?? 0;
    const name = columnOfNames[credit] ?? 0;
    if (ofName[name] !== NOT_ASKED || (!isPeople && table.rollsUp[credit] !== 1)) continue;
    const subject = subjectOf(rules, table.names.textOf(name), level);
    ofName[name] = subject === undefined ? NOBODY : numberIn(found, numbers, subject);
  }
  // From the order in which they were found to the order of their ids: by UTF-16 code units, as `compareText`.
  const subjects = found.toSorted();
  const places = new Int32Array(found.length);
  for (let place = 0; place < subjects.length; place += 1) places[numbers.get(subjects[place] ?? "") ?? 0] = place;
  for (let name = 0; name < ofName.length; name += 1) {
    const number = ofName[name] ?? NOBODY;
    if (number >= 0) ofName[name] = places[number] ?? NOBODY;
  }
  return { ofName, subjects };
}

function numberIn(found: string[], numbers: Map<string, number>, subject: string): number {
  const known = numbers.get(subject);
  if (known !== undefined) return known;
  numbers.set(subject, found.length);
  return found.push(subject) - 1;
}

/** Whom a credit counts for at a level. What a unit scored counts for no participant; an overlay for no unit. */
function subjectOf({ directory }: Rules, name: string, level: string): string | undefined {
  if (level === "participant") return directory.isKnown(name) ? name : undefined;
  return name === NO_LEAF ? undefined : directory.ancestorAt(name, level);
}
