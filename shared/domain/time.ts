import { Temporal } from "temporal-polyfill";
import { parseInstant } from "./instant.ts";

/**
 * Time as people in a zone write it: the only module that knows Temporal. Instants are milliseconds since the epoch;
 * see `instant.ts`.
 */

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    // Offsets such as +08:00 are accepted by Temporal but have no history of rules: a plan names a place.
    return !/^[+-]\d/.test(zone);
  } catch {
    return false;
  }
}

/** `2018-05-01T00:00` in a zone → instant; undefined when unreadable, or when a clock change makes it ambiguous or skips it. */
export function localToInstant(local: string, zone: string): number | undefined {
  try {
    // Temporal would read an offset or a zone and forget it: after the date there are only digits of a clock.
    if (!/^[\d-]+(?:[Tt ][\d:.,]+)?$/.test(local)) return undefined;
    return Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: "reject" }).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** `2018-05-01` → the instant at which that day begins in the zone; undefined when it is no date. */
export function startOfDay(date: string, zone: string): number | undefined {
  const ofZone = keptOf(dayStarts, zone);
  if (!ofZone.has(date)) ofZone.set(date, startOfAnyDay(date, zone));
  return ofZone.get(date);
}

/** By zone and date: people join and leave on the same few days. */
const dayStarts = new Map<string, Map<string, number | undefined>>();

function startOfAnyDay(date: string, zone: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  try {
    return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** What is remembered of a zone; reaching its bound forgets it all, which costs time and nothing else. */
function keptOf<K, V>(kept: Map<string, Map<K, V>>, zone: string): Map<K, V> {
  const known = kept.get(zone);
  if (known && known.size < KEPT) return known;
  const ofZone = new Map<K, V>();
  kept.set(zone, ofZone);
  return ofZone;
}

const KEPT = 100_000;

/** An instant with an offset, or a local date-time of the zone. */
export function parseInstantOrLocal(text: string, zone: string): number | undefined {
  return parseInstant(text) ?? localToInstant(text, zone);
}

/** Instant → `2018-05-01T08:00:00+08:00`, as a person in the zone would write it. */
export function formatInZone(instant: number, zone: string): string {
  const offset = quarterOffset(instant, zone);
  if (offset === undefined) return formatByTemporal(instant, zone);
  const local = new Date(instant + offset * MINUTE_MS).toISOString();
  const minutes = Math.abs(offset);
  const hours = String(Math.floor(minutes / 60)).padStart(2, "0");
  const ahead = `${offset < 0 ? "-" : "+"}${hours}:${String(minutes % 60).padStart(2, "0")}`;
  return `${local.slice(0, instant % 1000 === 0 ? 19 : 23)}${ahead}`;
}

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 96 * QUARTER_MS;
/** By zone and day of UTC since 1970: minutes ahead of UTC, or undefined where the clock changes in it. */
const dayOffsets = new Map<string, Map<number, number | undefined>>();
/** The same of quarters of an hour, where the clock changes in the day. */
const quarterOffsets = new Map<string, Map<number, number | undefined>>();

/** Since 1970 clocks change at whole quarters of an hour and are whole minutes ahead; where they do not, undefined. */
function quarterOffset(instant: number, zone: string): number | undefined {
  if (!(instant >= 0 && instant < YEAR_9999)) return undefined;
  const ofDay = dayOffset(Math.floor(instant / DAY_MS), zone);
  if (ofDay !== undefined) return ofDay;
  const ofZone = keptOf(quarterOffsets, zone);
  const quarter = Math.floor(instant / QUARTER_MS);
  if (!ofZone.has(quarter)) ofZone.set(quarter, sameOffset(quarter * QUARTER_MS, (quarter + 1) * QUARTER_MS, zone));
  return ofZone.get(quarter);
}

/**
 * How many minutes a zone is ahead of UTC during a whole day of UTC.
 *
 * @param day since 1970-01-01, from 0
 * @returns undefined where the clock changes in the day, is not whole minutes ahead, or the day is after the year 9998
 */
export function dayOffset(day: number, zone: string): number | undefined {
  if (!(day >= 0 && day * DAY_MS < YEAR_9999)) return undefined;
  const ofZone = keptOf(dayOffsets, zone);
  const known = ofZone.get(day);
  if (known !== undefined || ofZone.has(day)) return known;
  const [start, end] = [day * DAY_MS, (day + 1) * DAY_MS];
  const next = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone).getTimeZoneTransition("next");
  const offset = next && next.epochMilliseconds < end ? undefined : sameOffset(start, end, zone);
  ofZone.set(day, offset);
  return offset;
}

/** Minutes ahead of UTC, if whole and the same in the first and in the last millisecond. */
function sameOffset(start: number, end: number, zone: string): number | undefined {
  const [first, last] = [start, end - 1].map(
    (at) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9,
  );
  return first === last && Number.isInteger(first) ? first : undefined;
}

const YEAR_9999 = Date.UTC(9999, 0, 1);

function formatByTemporal(instant: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: "never", smallestUnit: instant % 1000 === 0 ? "second" : "millisecond" });
}

export function isDuration(text: string): boolean {
  try {
    return Temporal.Duration.from(text).sign >= 0;
  } catch {
    return false;
  }
}

/** Adds an ISO duration (`P15D`) on the zone's calendar, so that a day is a day across clock changes; undefined beyond the calendar's end. */
export function addDuration(instant: number, duration: string, zone: string): number | undefined {
  try {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).add(duration).epochMilliseconds;
  } catch {
    return undefined;
  }
}

export const CALENDAR_SLICES = ["day", "week", "month", "quarter", "year"] as const;
export type CalendarSlice = (typeof CALENDAR_SLICES)[number];

/** A stretch of time with a name. Half-open, in milliseconds since the epoch. */
export interface NamedWindow {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The calendar slices of a stretch of time in a zone, in order; the first and the last are cut at its ends. Named as people
 * write them: `2018-05-01`, `2018-W18` (ISO weeks), `2018-05`, `2018-Q2`, `2018`.
 */
export function calendarSlices(start: number, end: number, slice: CalendarSlice, zone: string): NamedWindow[] {
  const windows: NamedWindow[] = [];
  let day = firstDayOf(Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone).toPlainDate(), slice);
  for (;;) {
    const next = day.add(LENGTHS[slice]);
    const [from, to] = [day, next].map((date) => date.toZonedDateTime(zone).epochMilliseconds);
    if (from === undefined || to === undefined || from >= end) return windows;
    windows.push({ id: sliceName(day, slice), start: Math.max(from, start), end: Math.min(to, end) });
    day = next;
  }
}

const LENGTHS = {
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const;

function firstDayOf(date: Temporal.PlainDate, slice: CalendarSlice): Temporal.PlainDate {
  switch (slice) {
    case "day":
      return date;
    case "week":
      return date.subtract({ days: date.dayOfWeek - 1 });
    case "month":
      return date.with({ day: 1 });
    case "quarter":
      return date.with({ day: 1, month: date.month - ((date.month - 1) % 3) });
    case "year":
      return date.with({ day: 1, month: 1 });
  }
}

function sliceName(first: Temporal.PlainDate, slice: CalendarSlice): string {
  const text = first.toString();
  switch (slice) {
    case "day":
      return text;
    case "week":
      return `${first.yearOfWeek}-W${String(first.weekOfYear).padStart(2, "0")}`;
    case "month":
      return text.slice(0, 7);
    case "quarter":
      return `${text.slice(0, 4)}-Q${(first.month + 2) / 3}`;
    case "year":
      return text.slice(0, 4);
  }
}
