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

const [MINUS, PLUS, POINT, COLON, LETTER_T, LETTER_Z] = [0x2d, 0x2b, 0x2e, 0x3a, 0x54, 0x5a] as const;

/** The usual spellings, to the second or millisecond and with `Z` or `+08:00`, many times faster; undefined: look closer. */
function parsePlain(text: string): number | undefined {
  const { length } = text;
  const end = length > 19 && text.charCodeAt(19) === POINT ? 23 : 19;
  const mark = length > end ? text.charCodeAt(end) : 0;
  const isUtc = mark === LETTER_Z && length === end + 1;
  const hasOffset = (mark === PLUS || mark === MINUS) && length === end + 6 && text.charCodeAt(end + 3) === COLON;
  if ((!isUtc && !hasOffset) || !hasMarks(text)) return undefined;
  const [century, decade, month, day] = [
    twoDigits(text, 0),
    twoDigits(text, 2),
    twoDigits(text, 5),
    twoDigits(text, 8),
  ];
  const seconds = clockOf(twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17));
  const millisecond = end === 23 ? threeDigits(text, 20) : 0;
  const offset = isUtc ? 0 : clockOf(twoDigits(text, end + 1), twoDigits(text, end + 4), 0);
  // None is below zero but where something is amiss.
  if ((century | decade | month | day | seconds | millisecond | offset) < 0) return undefined;
  const days = daysSince1970(century * 100 + decade, month, day);
  if (days === undefined) return undefined;
  return days * 86_400_000 + (mark === MINUS ? seconds + offset : seconds - offset) * 1000 + millisecond;
}

/** `2018-05-01T08:00:00` */
function hasMarks(text: string): boolean {
  return (
    text.charCodeAt(4) === MINUS &&
    text.charCodeAt(7) === MINUS &&
    text.charCodeAt(10) === LETTER_T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON
  );
}

const AMISS = -1;

/** Two digits at a place; below zero where there are others. Integers all along: they are computed faster. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : AMISS;
}

function threeDigits(text: string, at: number): number {
  const [hundreds, ones] = [twoDigits(text, at), text.charCodeAt(at + 2) - 48];
  return hundreds >= 0 && ones >= 0 && ones <= 9 ? hundreds * 10 + ones : AMISS;
}

function daysSince1970(year: number, month: number, day: number): number | undefined {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const [before, after] = [DAYS_BEFORE_MONTH[month - 1], DAYS_BEFORE_MONTH[month]];
  if (before === undefined || after === undefined) return undefined;
  const length = after - before + (isLeap && month === 2 ? 1 : 0);
  if (!(year >= 1 && day >= 1 && day <= length)) return undefined;
  const past = year - 1;
  const leapDays = ((past / 4) | 0) - ((past / 100) | 0) + ((past / 400) | 0);
  return past * 365 + leapDays + before + (isLeap && month > 2 ? 1 : 0) + day - 1 - DAYS_BEFORE_1970;
}

/** In seconds; below zero where a clock does not show it. */
function clockOf(hour: number, minute: number, second: number): number {
  const isShown = (hour | minute | second) >= 0 && hour <= 23 && minute <= 59 && second <= 59;
  return isShown ? (hour * 60 + minute) * 60 + second : AMISS;
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
