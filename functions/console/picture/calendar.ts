/** Dates of a plan on its own clock: local date-times, counted as milliseconds of a clock that knows no zone. For drawing. */

const DAY_MS = 86_400_000;
const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?/;

export interface Stretch {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

export type Calendar = "day" | "week" | "month" | "quarter" | "year";

/** `2018-05-01T00:00`; undefined where it is no date. */
export function localMs(text: unknown): number | undefined {
  const parts = typeof text === "string" ? LOCAL.exec(text) : null;
  if (parts === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isNaN(ms) ? undefined : ms;
}

/** An instant with an offset, on the clock of a zone. */
export function localOfInstant(text: unknown, zone: string | undefined): number | undefined {
  const at = typeof text === "string" ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return localMs(text);
  try {
    const shown = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone ?? "UTC",
      dateStyle: "short",
      timeStyle: "medium",
    });
    return localMs(shown.format(at));
  } catch {
    return at;
  }
}

/** `2018-11-16T00:00`, as plans write it. */
export function localText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16);
}

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

export type DurationParts = readonly (readonly [unit: string, count: number])[];
const UNITS = ["year", "month", "week", "day", "hour", "minute", "second"] as const;

/** `P1M15D` → [["month", 1], ["day", 15]]; nothing where it is no duration. */
export function durationParts(text: unknown): DurationParts {
  const parts = typeof text === "string" && text.length > 2 ? DURATION.exec(text) : null;
  if (parts === null) return [];
  return UNITS.flatMap((unit, index) => {
    const count = Number(parts[index + 1] ?? 0);
    return count === 0 ? [] : [[unit, count] as const];
  });
}

/** Months first and clamped to their last day, then the rest, as ISO 8601 durations are added. */
export function after(ms: number, duration: unknown): number {
  return durationParts(duration).reduce((at, [unit, count]) => plus(at, unit, count), ms);
}

function plus(at: number, unit: string, count: number): number {
  if (unit === "year" || unit === "month") return plusMonths(at, unit === "year" ? 12 * count : count);
  const lengths: Readonly<Record<string, number>> = { week: 7 * DAY_MS, day: DAY_MS, hour: 3_600_000, minute: 60_000 };
  return at + count * (lengths[unit] ?? 1000);
}

function plusMonths(at: number, count: number): number {
  const date = new Date(at);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count + 1, 0)).getUTCDate();
  return first + (Math.min(date.getUTCDate(), last) - 1) * DAY_MS + (((at % DAY_MS) + DAY_MS) % DAY_MS);
}

/** The slices that a period falls into, cut at its ends, named as the engine names them. At most `most`. */
export function slicesOf(start: number, end: number, per: Calendar, most = 800): Stretch[] {
  const slices: Stretch[] = [];
  let from = start;
  while (from < end && slices.length < most) {
    const next = Math.min(end, nextStart(from, per));
    slices.push({ id: sliceId(from, per), start: from, end: next });
    from = next;
  }
  return slices;
}

function nextStart(at: number, per: Calendar): number {
  const date = new Date(at);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (per) {
    case "day":
      return Date.UTC(year, month, day + 1);
    case "week":
      return Date.UTC(year, month, day + 7 - ((date.getUTCDay() + 6) % 7));
    case "month":
      return Date.UTC(year, month + 1, 1);
    case "quarter":
      return Date.UTC(year, 3 * Math.floor(month / 3) + 3, 1);
    case "year":
      return Date.UTC(year + 1, 0, 1);
  }
}

function sliceId(at: number, per: Calendar): string {
  const date = new Date(at);
  const text = date.toISOString();
  switch (per) {
    case "day":
      return text.slice(0, 10);
    case "week":
      return weekId(date);
    case "month":
      return text.slice(0, 7);
    case "quarter":
      return `${text.slice(0, 4)}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
    case "year":
      return text.slice(0, 4);
  }
}

/** The week belongs to the year of its Thursday. */
function weekId(date: Date): string {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}
