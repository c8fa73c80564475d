/** Dates as people read them, on the clock of the plan's zone. */

export type Detail = "day" | "minute" | "second";

const PARTS: Readonly<Record<Detail, Intl.DateTimeFormatOptions>> = {
  day: { year: "numeric", month: "short", day: "numeric" },
  minute: { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  second: {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  },
};

/** @param zone the plan's; without it an instant with an offset is shown on the clock that it was written by */
export function date(text: string, locale: string, detail: Detail = "minute", zone?: string): string {
  const wall = zone === undefined ? wallClock(text) : undefined;
  const instant = wall ?? new Date(text);
  if (Number.isNaN(instant.getTime())) return text;
  const timeZone = wall ? "UTC" : zone;
  return new Intl.DateTimeFormat(locale, { ...PARTS[detail], ...(timeZone ? { timeZone } : {}) }).format(instant);
}

/** What the clock showed where the text was written: `2018-10-13T09:31:00+08:00` → 09:31, and a local text as it is. */
function wallClock(text: string): Date | undefined {
  const [, local] =
    /^(\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?)(?:[+-]\d\d:\d\d)?(?:\[[^\]]*\])?$/.exec(text) ?? [];
  if (local === undefined) return undefined;
  return new Date(local.includes("T") ? `${local}Z` : `${local}T00:00Z`);
}

/** A period's last day: its end is the first instant that is no longer in it. Both are local texts of the plan's zone. */
export function periodText(period: { readonly start: string; readonly end: string }, locale: string): string {
  const start = wallClock(period.start);
  const end = wallClock(period.end);
  if (start === undefined || end === undefined) return `${period.start} – ${period.end}`;
  const format = new Intl.DateTimeFormat(locale, { ...PARTS.day, timeZone: "UTC" });
  return format.formatRange(start, new Date(end.getTime() - 1));
}
