import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import { addExact } from "#domain/decimal.ts";
import { type Place, placeSchema } from "#domain/progress.ts";
import { type Finding, findingSchema, type ReconciledDay, reconciledDaySchema } from "#domain/reconciliation.ts";
import { compareText } from "#domain/text.ts";
import { placeKey } from "../crediting/place.ts";
import type { Deps } from "../deps.ts";

/** Keys that a finding names: enough to look at, however many there are. */
const FIRST_FEW = 5;

/** Findings that are kept, whatever broke; the count of differences is of all. */
const MOST_FINDINGS = 500;

/** A progress or total that was not what its sources come to, and the `seq` it had; 0 where there was none. */
const suspectSchema = z.strictObject({
  place: placeSchema,
  participantId: z.string().optional(),
  seq: z.int(),
  reach: z
    .literal(true)
    .optional()
    .describe("It is about reach instants; without a participant, of the unit in `place`"),
});
export type Suspect = z.infer<typeof suspectSchema>;

const notesSchema = z.strictObject({
  days: z.array(reconciledDaySchema),
  findings: z.array(findingSchema),
  differences: z.int(),
  places: z.array(placeSchema),
  suspects: z.array(suspectSchema),
});

const COUNTS = [
  "facts",
  "counted",
  "notCounted",
  "cancelled",
  "held",
  "inMotion",
  "differing",
  "conflicts",
  "unreadable",
  "rejected",
] as const;
export type DayCount = (typeof COUNTS)[number];

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Day = Mutable<ReconciledDay>;

/** What one part of a look has seen. As large as the campaign has days, measures and places, however many facts there are. */
export class Notes {
  readonly #days = new Map<string, Day>();
  readonly #findings = new Map<string, Finding>();
  readonly #places = new Map<string, Place>();
  readonly #suspects: Suspect[] = [];
  #differences = 0;

  get differences(): number {
    return this.#differences;
  }

  get days(): ReconciledDay[] {
    return [...this.#days.values()].sort((a, b) => compareText(a.day, b.day));
  }

  get findings(): Finding[] {
    return [...this.#findings.values()].sort((a, b) => compareText(findingKey(a), findingKey(b)));
  }

  get places(): Place[] {
    return [...this.#places].sort(([a], [b]) => compareText(a, b)).map(([, place]) => place);
  }

  get suspects(): readonly Suspect[] {
    return this.#suspects;
  }

  count(day: string, what: DayCount, by = 1): void {
    const noted = this.#day(day);
    noted[what] = addExact(noted[what], by);
  }

  /** A counted credit on one side; `times` -1 takes it back. */
  credit(day: string, side: "facts" | "derived", values: Readonly<Record<string, number>>, times: 1 | -1 = 1): void {
    const noted = this.#day(day);
    noted.credits[side] += times;
    for (const [measure, value] of Object.entries(values)) {
      const sum = noted.sums[measure] ?? { facts: 0, derived: 0 };
      sum[side] = addExact(sum[side], times * value);
      noted.sums[measure] = sum;
    }
  }

  changing(day: string): void {
    this.#day(day).changing = true;
  }

  place(place: Place): void {
    this.#places.set(placeKey(place), place);
  }

  suspect(suspect: Suspect): void {
    this.#suspects.push(suspect);
  }

  find(finding: Finding): void {
    this.#differences += finding.count;
    const key = findingKey(finding);
    const known = this.#findings.get(key);
    if (!known && this.#findings.size >= MOST_FINDINGS) return;
    const facts = [...(known?.facts ?? []), ...finding.facts].slice(0, FIRST_FEW);
    this.#findings.set(key, { ...finding, count: (known?.count ?? 0) + finding.count, facts });
  }

  add(other: Notes): void {
    for (const day of other.days) this.#addDay(day);
    for (const place of other.places) this.place(place);
    for (const suspect of other.suspects) this.suspect(suspect);
    const before = this.#differences;
    for (const finding of other.findings) this.find(finding);
    this.#differences = before + other.differences;
  }

  async keep(deps: Pick<Deps, "files">, key: string): Promise<void> {
    const { days, findings, differences, places, suspects } = this;
    const json = JSON.stringify({ days, findings, differences, places, suspects });
    await deps.files.put(key, gzipSync(json), "application/gzip");
  }

  static async read(deps: Pick<Deps, "files">, key: string): Promise<Notes> {
    const file = await deps.files.get(key);
    if (!file) throw new Error(`${key} of the reconciliation is missing`);
    const kept = notesSchema.parse(JSON.parse(gunzipSync(file).toString("utf8")));
    const notes = new Notes();
    for (const day of kept.days) notes.#addDay(day);
    for (const finding of kept.findings) notes.find(finding);
    for (const place of kept.places) notes.place(place);
    for (const suspect of kept.suspects) notes.suspect(suspect);
    notes.#differences = kept.differences;
    return notes;
  }

  #addDay(day: ReconciledDay): void {
    const noted = this.#day(day.day);
    for (const what of COUNTS) noted[what] = addExact(noted[what], day[what]);
    addSides(noted.credits, day.credits);
    for (const [measure, sum] of Object.entries(day.sums)) {
      noted.sums[measure] = addSides(noted.sums[measure] ?? { facts: 0, derived: 0 }, sum);
    }
    noted.changing ||= day.changing;
  }

  #day(day: string): Day {
    const noted = this.#days.get(day) ?? emptyDay(day);
    this.#days.set(day, noted);
    return noted;
  }
}

type Sides = Mutable<ReconciledDay["credits"]>;

function addSides(to: Sides, more: Sides): Sides {
  to.facts = addExact(to.facts, more.facts);
  to.derived = addExact(to.derived, more.derived);
  return to;
}

function emptyDay(day: string): Day {
  const counts = { facts: 0, counted: 0, notCounted: 0, cancelled: 0, held: 0, inMotion: 0, differing: 0 };
  const messages = { conflicts: 0, unreadable: 0, rejected: 0 };
  return { day, ...counts, ...messages, credits: { facts: 0, derived: 0 }, sums: {}, changing: false };
}

function findingKey({ day = "", kind, place = "", participantId = "" }: Finding): string {
  return [day, kind, place, participantId].join("#");
}
