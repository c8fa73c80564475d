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
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  try {
    return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** An instant with an offset, or a local date-time of the zone. */
export function parseInstantOrLocal(text: string, zone: string): number | undefined {
  return parseInstant(text) ?? localToInstant(text, zone);
}

/** Instant → `2018-05-01T08:00:00+08:00`, as a person in the zone would write it. */
export function formatInZone(instant: number, zone: string): string {
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
