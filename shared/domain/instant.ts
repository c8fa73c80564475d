/**
 * Instants on the wire and in the engine: milliseconds since the epoch. Digits finer than a millisecond are cut off, and
 * the fact key then decides the order. Kept apart from zones, because intake needs the one and not the other.
 */

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)$/i;

/** `2018-05-01T08:00:00+08:00` or `…Z` → instant; undefined when unreadable, without an offset, or not a time that exists. */
export function parseInstant(text: string): number | undefined {
  return parsePlain(text) ?? parseAny(text);
}

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;
const DAYS_BEFORE_1970 = 719_162;

/** The usual spellings, to the second or millisecond and with `Z` or `+08:00`, many times faster; undefined: look closer. */
function parsePlain(text: string): number | undefined {
  const hasMilliseconds = text[19] === ".";
  const end = hasMilliseconds ? 23 : 19;
  const isUtc = text.length === end + 1 && text[end] === "Z";
  if (!isUtc && !(text.length === end + 6 && text[end + 3] === ":")) return undefined;
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T" || text[13] !== ":" || text[16] !== ":") return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  const days = daysSince1970(year, month, day);
  const clock = clockOf(twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17));
  const millisecond = hasMilliseconds ? twoDigits(text, 20) * 10 + (twoDigits(text, 21) % 10) : 0;
  const sign = isUtc || text[end] === "+" ? 1 : text[end] === "-" ? -1 : Number.NaN;
  const offset = isUtc ? 0 : clockOf(twoDigits(text, end + 1), twoDigits(text, end + 4), 0);
  const instant = days * 86_400_000 + clock + millisecond - sign * offset;
  return Number.isNaN(instant) ? undefined : instant;
}

/** Two digits at a place; not a number where there are others. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function daysSince1970(year: number, month: number, day: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const before = DAYS_BEFORE_MONTH[month - 1] ?? Number.NaN;
  const length = (DAYS_BEFORE_MONTH[month] ?? Number.NaN) - before + (isLeap && month === 2 ? 1 : 0);
  if (!(year >= 1 && day >= 1 && day <= length)) return Number.NaN;
  const past = year - 1;
  const daysOfYears = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return daysOfYears + before + (isLeap && month > 2 ? 1 : 0) + day - 1 - DAYS_BEFORE_1970;
}

/** In milliseconds; not a number where a clock does not show it. */
function clockOf(hour: number, minute: number, second: number): number {
  return hour <= 23 && minute <= 59 && second <= 59 ? ((hour * 60 + minute) * 60 + second) * 1000 : Number.NaN;
}

function parseAny(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const millisecond = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const offset = offsetMinutes(match[8] ?? "Z");
  if (offset === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that does not exist, such as 30 February, would roll over into the next month.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second, millisecond) - offset * 60_000;
}

function offsetMinutes(text: string): number | undefined {
  if (/^z$/i.test(text)) return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(":", "") || 0);
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

/** {@link parseInstant} of a text that a schema has checked. */
export function instantOf(text: string): number {
  const instant = parseInstant(text);
  if (instant === undefined) throw new RangeError(`${text} is no instant`);
  return instant;
}

/** Instant → `2018-05-01T00:00:00.000Z`. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString();
}
