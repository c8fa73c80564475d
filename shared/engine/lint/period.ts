import { addDuration, formatInZone, startOfDay } from "#domain/time.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

const DAY = 86_400_000;

/** How long the campaign runs, on which days, and how long it waits for late facts. */
export function periodFindings({ plan, rules }: LintContext): Finding[] {
  const { period, lateFacts } = plan;
  const { start, end, last, cutOff } = rules.instants;
  const findings: Finding[] = [];
  const warn = (finding: Omit<Finding, "severity">) => findings.push({ severity: "warns", ...finding });
  const dateOf = (instant: number) => formatInZone(instant, period.zone).slice(0, 10);

  if ((addDuration(start, "P1D", period.zone) ?? end) > end) {
    warn({
      code: "short-period",
      path: "/period",
      message: `the period lasts ${inWords(end - start)}, less than a day`,
      mend: "check the dates of start and end",
    });
  }
  const days = daysBetween(dateOf(start), dateOf(last));
  if (days.length > 0 && days.length < 7 && !days.some(isWorkday)) {
    warn({
      code: "no-working-day",
      path: "/period",
      message: `the period has no day from Monday to Friday: ${days.join(", ")}`,
      mend: "check the dates, or accept a campaign of a weekend",
    });
  }
  for (const [field, instant] of [
    ["start", start],
    ["end", end],
  ] as const) {
    if (startOfDay(dateOf(instant), period.zone) !== instant) {
      warn({
        code: "inside-a-day",
        path: `/period/${field}`,
        message: `the period ${field}s at ${formatInZone(instant, period.zone).slice(11)}, inside ${dateOf(instant)}`,
        seen: period[field],
        mend: "use midnight (the end is exclusive: the day after at 00:00), unless the hour is meant",
      });
    }
  }
  if (cutOff === end) {
    warn({
      code: "no-late-window",
      path: "/lateFacts",
      message: `no time is left for late facts: what occurred before ${period.end} and is known 1 minute after it is an adjustment`,
      seen: lateFacts,
      mend: "leave some days, such as P15D",
    });
  } else if (cutOff - end > end - start) {
    warn({
      code: "long-late-window",
      path: "/lateFacts",
      message: `late facts are waited for ${inWords(cutOff - end)}, longer than the period's ${inWords(end - start)}: nobody is paid before`,
      seen: lateFacts,
      mend: "shorten lateFacts; later facts become adjustments",
    });
  }
  return findings;
}

/** The days from one to another, at most eight of them: a week has every weekday. */
function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  const until = Date.parse(last);
  for (let day = Date.parse(first); day <= until && days.length < 8; day += DAY) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}

function isWorkday(day: string): boolean {
  const weekday = new Date(Date.parse(day)).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}

function inWords(milliseconds: number): string {
  const hours = Math.round(milliseconds / 3_600_000);
  if (hours === 0) return `${Math.round(milliseconds / 60_000)} minutes`;
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
