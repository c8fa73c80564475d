import type { Conduct } from "#domain/conduct.ts";
import type { TextKey } from "../i18n/en.ts";
import { after, type Calendar, localMs, localOfInstant, type Stretch, slicesOf } from "./calendar.ts";
import { type HalfPlan, type HalfReward, has, list, textOf } from "./half.ts";
import { MISSING, type Words } from "./words.ts";

/** Something that lasts or happens, on the plan's clock. */
export interface Mark {
  readonly name: string;
  readonly start: number;
  /** The same as `start` where it is a day and does not last. */
  readonly end: number;
}

export interface Lane {
  readonly name: string;
  readonly look: "period" | "late" | "slice" | "day" | "pause";
  readonly marks: readonly Mark[];
}

export interface TimeLine {
  readonly start: number;
  readonly end: number;
  readonly lanes: readonly Lane[];
  /** First days of months or years, with their names. */
  readonly ticks: readonly { readonly at: number; readonly name: string }[];
}

const CALENDARS = ["day", "week", "month", "quarter", "year"] as const satisfies readonly Calendar[];
const SLICE_TEXTS: Readonly<Record<Calendar, TextKey>> = {
  day: "picture.time.slices.day",
  week: "picture.time.slices.week",
  month: "picture.time.slices.month",
  quarter: "picture.time.slices.quarter",
  year: "picture.time.slices.year",
};
/** A campaign of twenty years has no line that anybody reads. */
const MOST_MS = 20 * 366 * 86_400_000;

/** Undefined while the period is not said. */
export function timeLineOf(words: Words, plan: HalfPlan, conduct?: Conduct): TimeLine | undefined {
  const [start, end] = [localMs(plan.period?.start), localMs(conduct?.stop?.end ?? plan.period?.end)];
  if (start === undefined || end === undefined || end <= start || end - start > MOST_MS) return undefined;
  const lanes = [
    ...periodLanes(words, plan, start, end),
    ...conductLanes(words, plan, conduct, end),
    ...sliceLanes(words, plan, start, end),
    ...payLanes(words, plan, start, end),
  ].filter(({ marks }) => marks.length > 0);
  const last = Math.max(...lanes.flatMap(({ marks }) => marks.map((mark) => mark.end)), end);
  const first = Math.min(...lanes.flatMap(({ marks }) => marks.map((mark) => mark.start)), start);
  return { start: first, end: last, lanes, ticks: ticksOf(words, first, last) };
}

function periodLanes({ t }: Words, plan: HalfPlan, start: number, end: number): Lane[] {
  const cutOff = after(end, plan.lateFacts);
  const followed = after(end, plan.followUp);
  const one = (name: string, look: Lane["look"], to: number): Lane[] =>
    to <= end ? [] : [{ name, look, marks: [{ name, start: end, end: to }] }];
  return [
    { name: t("picture.time.period"), look: "period", marks: [{ name: t("picture.time.period"), start, end }] },
    ...one(t("picture.time.late"), "late", cutOff),
    ...one(t("picture.time.followUp"), "late", followed),
  ];
}

function conductLanes(words: Words, plan: HalfPlan, conduct: Conduct | undefined, end: number): Lane[] {
  const { t } = words;
  const zone = textOf(plan.period?.zone);
  const at = (text: unknown, otherwise: number) => localOfInstant(text, zone) ?? otherwise;
  const start = localMs(plan.period?.start) ?? 0;
  const pilot = conduct?.pilot;
  const units = words.all(list(pilot?.units).map(words.name));
  const pilots = pilot
    ? [
        {
          name: t("picture.time.pilot", { units }),
          start: at(pilot.since, start),
          end: at(pilot.rolledOut?.at ?? pilot.until, end),
        },
      ]
    : [];
  const pauses = list(conduct?.pauses).map(({ from, until, reason }) => ({
    name: reason,
    start: at(from, start),
    end: at(until, end),
  }));
  const uncounted = list(plan.uncounted).map(({ id, from, until, outside }) => {
    const outsideOf = list(outside).map(words.name);
    const what = words.name(id);
    const name =
      outsideOf.length === 0
        ? t("picture.time.uncounted", { what })
        : t("picture.time.uncounted.outside", { what, units: words.all(outsideOf) });
    return { name, start: at(from, start), end: at(until, end) };
  });
  return [
    ...pilots.map((mark): Lane => ({ name: mark.name, look: "slice", marks: [mark] })),
    { name: t("picture.time.paused"), look: "pause", marks: pauses },
    ...uncounted.map((mark): Lane => ({ name: mark.name, look: "pause", marks: [mark] })),
  ];
}

function sliceLanes(words: Words, plan: HalfPlan, start: number, end: number): Lane[] {
  const { t } = words;
  const pers = list(plan.rewards).map(({ per }) => per);
  const calendars = CALENDARS.filter((calendar) => pers.includes(calendar)).map((calendar): Lane => {
    const marks = slicesOf(start, end, calendar).map((slice) => ({
      name: slice.id,
      start: slice.start,
      end: slice.end,
    }));
    return { name: t(SLICE_TEXTS[calendar]), look: "slice", marks };
  });
  const named = [...new Set(pers.flatMap((per) => (has(per, "windows") ? (textOf(per.windows) ?? []) : [])))];
  const windows = named.map((id): Lane => {
    const marks = windowsOf(plan, id).map((slice) => ({
      name: words.name(slice.id),
      start: slice.start,
      end: slice.end,
    }));
    return { name: t("picture.time.slices.windows", { list: words.name(id) }), look: "slice", marks };
  });
  const factors = list(plan.rewards).flatMap((reward) => factorMarks(words, reward));
  const campaigns: Lane[] = factors.map((mark) => ({ name: mark.name, look: "slice", marks: [mark] }));
  return [...calendars, ...windows, ...campaigns];
}

function windowsOf(plan: HalfPlan, id: string): Stretch[] {
  return list(list(plan.windows).find((one) => one.id === id)?.windows).flatMap((window) => {
    const [start, end] = [localMs(window.start), localMs(window.end)];
    return start === undefined || end === undefined || end <= start ? [] : [{ id: window.id ?? MISSING, start, end }];
  });
}

/** Stretches in which sales pay more. */
function factorMarks({ t, number }: Words, reward: HalfReward): Mark[] {
  const multipliers = has(reward, "multipliers") ? reward.multipliers : undefined;
  return list(multipliers?.factors).flatMap(({ factor, during }) => {
    const [start, end] = [localMs(during?.start), localMs(during?.end)];
    if (start === undefined || end === undefined || end <= start) return [];
    return [{ name: t("picture.time.multiplier", { factor: number(factor) }), start, end }];
  });
}

function payLanes(words: Words, plan: HalfPlan, start: number, end: number): Lane[] {
  const { t, rate, duration } = words;
  const settlements = settlementsOf(words, plan, start, end);
  const due = list(plan.rewards).flatMap((reward) =>
    list(reward.instalments).flatMap(({ id, part, after: wait }): Mark[] => {
      if (textOf(wait) === undefined || /^PT?0/.test(wait ?? "")) return [];
      const name = t("picture.time.dueOf", { reward: words.reward(reward.id), part: rate(part), name: words.name(id) });
      return rewardSlices(plan, reward, start, end).map((slice) => {
        const at = after(slice.end, wait);
        return { name, start: at, end: at };
      });
    }),
  );
  const last = settlements.at(-1)?.start ?? end;
  const within = textOf(plan.disputes?.within);
  const until = after(last, within);
  const dispute =
    within === undefined
      ? []
      : [{ name: t("picture.time.disputeUntil", { within: duration(within) }), start: last, end: until }];
  return [
    { name: t("picture.time.settled"), look: "day", marks: settlements },
    { name: t("picture.time.due"), look: "day", marks: due },
    { name: t("picture.time.dispute"), look: "late", marks: dispute },
  ];
}

/** When runs post at the earliest: at the end of their stretch and of the time for late reports. */
function settlementsOf({ t }: Words, plan: HalfPlan, start: number, end: number): Mark[] {
  const runs = CALENDARS.find((calendar) => calendar === plan.runs);
  const final = { name: t("picture.time.final"), start: after(end, plan.lateFacts), end: after(end, plan.lateFacts) };
  if (runs === undefined) return [final];
  const interim = slicesOf(start, end, runs)
    .filter((slice) => slice.end < end)
    .map((slice) => {
      const at = after(slice.end, plan.lateFacts);
      return { name: t("picture.time.settlement", { slice: slice.id }), start: at, end: at };
    });
  return [...interim, final];
}

function rewardSlices(plan: HalfPlan, { per }: HalfReward, start: number, end: number): Stretch[] {
  if (has(per, "windows")) return windowsOf(plan, textOf(per.windows) ?? "");
  const calendar = CALENDARS.find((one) => one === per);
  return calendar === undefined ? [{ id: "", start, end }] : slicesOf(start, end, calendar, 60);
}

/** About six to fourteen names below the line. */
function ticksOf({ locale }: Words, start: number, end: number): TimeLine["ticks"] {
  const months = (end - start) / (30 * 86_400_000);
  const calendar: Calendar = months > 48 ? "year" : months > 16 ? "quarter" : months > 2.5 ? "month" : "week";
  const shown: Intl.DateTimeFormatOptions =
    calendar === "year"
      ? { year: "numeric" }
      : calendar === "week"
        ? { month: "short", day: "numeric" }
        : { year: "2-digit", month: "short" };
  const format = new Intl.DateTimeFormat(locale, { ...shown, timeZone: "UTC" });
  return slicesOf(start, end, calendar)
    .map((slice) => ({ at: slice.start, name: format.format(slice.start) }))
    .filter(({ at }, index) => index > 0 || at === start);
}
