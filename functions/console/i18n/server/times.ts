import { date } from "../../format/dates.ts";

/** An instant, or a date and time of a clock, as the server writes them. */
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?(?:\[[\w/+-]+\])?/;
/** Within a sentence: what is quoted, or part of an id or of an address, is somebody's text. */
const SAID = new RegExp(`(?<![\\w#/:.,"'\`=-])${TIME.source}(?![\\w#/"'\`=]|[.:-]\\w)`, "g");
const ANY = new RegExp(TIME, "g");
/** An example of how to write one stands as it is written. */
const SHOWS_HOW = /(?:such as|like|for example) $/;
/** So does what could not be read. */
const IS_WRONG = /^ is not (?:an?|one|the) /;

/**
 * A sentence with its times as people read them.
 *
 * @param said as the server said it
 * @param told the same as it is shown, in the reader's language
 * @param zone the plan's; without it an instant is shown where the reader is
 */
export function withTimes(said: string, told: string, locale: string, zone?: string): string {
  const times = timesIn(said);
  if (times.size === 0) return told;
  return told.replaceAll(ANY, (time) => (times.has(time) ? timeText(time, locale, zone) : time));
}

function timesIn(said: string): ReadonlySet<string> {
  const found = [...said.matchAll(SAID)].filter(
    ({ 0: time, index }) => !SHOWS_HOW.test(said.slice(0, index)) && !IS_WRONG.test(said.slice(index + time.length)),
  );
  return new Set(found.map(([time]) => time));
}

/** Seconds where there are some. What has no offset is of the plan's clock already. */
function timeText(time: string, locale: string, zone: string | undefined): string {
  const detail = /T\d\d:\d\d:(?!00)\d\d/.test(time) ? "second" : "minute";
  const isInstant = /(?:Z|[+-]\d\d:\d\d)(?:\[|$)/.test(time);
  return date(isInstant ? time.replace(/\[[^[\]]*\]$/, "") : time, locale, detail, isInstant ? zone : undefined);
}
