import { dayOffset, formatInZone } from "#domain/time.ts";
import { fragment, putBytes, putClock } from "./writer.ts";

const DAY_MS = 86_400_000;
/** Bound of remembered days; reaching it forgets them all, which costs time and nothing else. */
const DAYS_KEPT = 100_000;

/** What all instants of a day of UTC have in common as texts of a zone: at most two dates, `2018-05-01T`, and the offset. */
interface Day {
  /** Where the zone's own midnight lies in it, in milliseconds after its start. */
  readonly midnight: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly offset: Uint8Array;
}

/** Of one zone: a plan has one. */
let days: { readonly zone: string; readonly known: Map<number, Day | undefined> } = { zone: "", known: new Map() };

/** Room that {@link putTime} may need. */
export const MOST_TIME = 64;

/**
 * As {@link formatInZone}, which is asked once for each day; a test holds the two together. Writes from a place on and answers with the
 * place behind.
 */
export function putTime(into: Uint8Array, at: number, instant: number, zone: string): number {
  const number = Math.floor(instant / DAY_MS);
  const day = dayOf(number, zone);
  if (!day) return putBytes(into, at, fragment(formatInZone(instant, zone)));
  // Below 2^31: integers are divided faster than other numbers.
  const within = (instant - number * DAY_MS - day.midnight) | 0;
  const date = putBytes(into, at, within < 0 ? day.before : day.after);
  return putBytes(into, putClock(into, date, within < 0 ? (within + DAY_MS) | 0 : within), day.offset);
}

function dayOf(number: number, zone: string): Day | undefined {
  if (days.zone !== zone || days.known.size >= DAYS_KEPT) days = { zone, known: new Map() };
  const known = days.known.get(number);
  if (known !== undefined || days.known.has(number)) return known;
  const day = lookUp(number, zone);
  days.known.set(number, day);
  return day;
}

const DATE_LENGTH = 11;

function lookUp(number: number, zone: string): Day | undefined {
  const offset = dayOffset(number, zone);
  if (offset === undefined) return undefined;
  const [first, last] = [formatInZone(number * DAY_MS, zone), formatInZone((number + 1) * DAY_MS - 1000, zone)];
  const ahead = offset * 60_000;
  return {
    midnight: ahead > 0 ? DAY_MS - ahead : -ahead,
    before: fragment(first.slice(0, DATE_LENGTH)),
    after: fragment(last.slice(0, DATE_LENGTH)),
    offset: fragment(first.slice(DATE_LENGTH + 8)),
  };
}
