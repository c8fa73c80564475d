import type { Bundle } from "#domain/bundle.ts";
import { instantOf } from "#domain/instant.ts";
import { planInstants } from "#domain/plan/check.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { addDuration, formatInZone, localToInstant, startOfDay } from "#domain/time.ts";

/** A stretch of time that a reward is decided for, by the facts and the people of which: one slice, or all so far. */
export interface Span {
  /** The slice's; empty for the whole campaign. */
  readonly id: string;
  /** Facts from here up to but not including `end`. */
  readonly start: number;
  readonly end: number;
  /** When the slice itself begins: later than `start` where all so far counts. */
  readonly begins: number;
  /** Slices whose targets count, added up. */
  readonly targetsOf: readonly string[];
  /** The span of the slice before. */
  readonly before: Span | undefined;
  /** When the plan's next slice begins, whether it is decided or not; undefined for the last. */
  readonly next?: number | undefined;
  /** When that ends. */
  readonly nextEnd?: number | undefined;
}

type Stretch = Pick<Span, "id" | "start" | "end">;
type Plan = Bundle["plan"];

export function wholeOf(plan: Plan): Span {
  const { start, end } = planInstants(plan);
  return { id: "", start, begins: start, end, targetsOf: [""], before: undefined };
}

export interface Spans {
  readonly spans: readonly Span[];
  /** Those that began, and were left out because they are not closed. */
  readonly open: readonly Span[];
  readonly leavesOut: boolean;
}

/** The spans that a reward is decided for as of a run's cut-off, and whether slices were left out because they are not closed. */
export function spansOf(
  { plan, asOf, slices }: Pick<Bundle, "plan" | "asOf" | "slices">,
  { per = "campaign", accumulate }: Pick<Reward, "per" | "accumulate">,
): Spans {
  const cutOff = instantOf(asOf);
  const isClosed = ({ end }: Stretch) => (addDuration(end, plan.lateFacts, plan.period.zone) ?? Infinity) <= cutOff;
  const all = stretches(plan, per);
  const begun = all.filter(({ id, start }) => id === "" || start <= cutOff);
  const decided = slices === "closed" ? all.filter(isClosed) : begun;
  const spans: Span[] = [];
  // Slices that are decided are the first ones.
  for (const [index, { id, start, end }] of (begun.length > decided.length ? begun : decided).entries()) {
    const { start: next, end: nextEnd } = all[index + 1] ?? {};
    const [first, before] = [spans[0], spans.at(-1)];
    const own = { id, begins: start, end, before, next, nextEnd };
    if (accumulate === "toDate" && first && before) {
      spans.push({ ...own, start: first.start, targetsOf: [...before.targetsOf, id] });
    } else spans.push({ ...own, start, targetsOf: [id] });
  }
  const isDecided = ({ id }: Span) => decided.some((one) => one.id === id);
  return {
    spans: spans.filter(isDecided),
    open: spans.filter((span) => !isDecided(span)),
    leavesOut: begun.length > decided.length,
  };
}

function stretches(plan: Plan, per: NonNullable<Reward["per"]>): Stretch[] {
  if (per === "campaign") return [wholeOf(plan)];
  if (typeof per === "string") return calendar(plan, NAMES[per]);
  const { zone } = plan.period;
  const list = plan.windows.find(({ id }) => id === per.windows);
  return (list?.windows ?? []).map(({ id, start, end }) => ({
    id,
    start: localToInstant(start, zone) ?? Number.NaN,
    end: localToInstant(end, zone) ?? Number.NaN,
  }));
}

/** Days of one name in a row are one slice; the period cuts the first and the last. */
function calendar(plan: Plan, nameOf: (date: string) => string): Stretch[] {
  const { start, end } = planInstants(plan);
  const { zone } = plan.period;
  const found = new Map<string, { id: string; start: number; end: number }>();
  for (let date = formatInZone(start, zone).slice(0, 10); ; date = dayAfter(date, 1)) {
    const [dawn, next] = [date, dayAfter(date, 1)].map((day) => startOfDay(day, zone) ?? Number.NaN);
    if (dawn === undefined || next === undefined || !(dawn < end)) return [...found.values()];
    const id = nameOf(date);
    const slice = found.get(id) ?? { id, start: Math.max(start, dawn), end: 0 };
    found.set(id, { ...slice, end: Math.min(end, next) });
  }
}

const NAMES = {
  day: (date: string) => date,
  week: weekOf,
  month: (date: string) => date.slice(0, 7),
  quarter: (date: string) => `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`,
  year: (date: string) => date.slice(0, 4),
};

const DAY = 86_400_000;

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** ISO 8601: a week belongs to the year of its Thursday. */
function weekOf(date: string): string {
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = dayAfter(date, 3 - weekday);
  const year = thursday.slice(0, 4);
  const week = Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / DAY / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}
