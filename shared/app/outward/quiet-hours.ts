import type { Quiet } from "#domain/channel.ts";
import { formatInZone, localToInstant } from "#domain/time.ts";

const DAY_MS = 24 * 60 * 60_000;

/** When the quiet hours that hold `now` end; undefined when it is not quiet. */
export function quietUntil(quiet: Quiet | undefined, now: number): number | undefined {
  if (quiet === undefined) return undefined;
  const { zone, from, to } = quiet;
  const local = formatInZone(now, zone);
  const clock = local.slice(11, 16);
  const isQuiet = from < to ? from <= clock && clock < to : clock >= from || clock < to;
  if (!isQuiet) return undefined;
  const endsTomorrow = from > to && clock >= from;
  const date = formatInZone(endsTomorrow ? now + DAY_MS : now, zone).slice(0, 10);
  // Where the clock changes over the end, an hour later is early enough to look again.
  return Math.max(localToInstant(`${date}T${to}`, zone) ?? now + DAY_MS / 24, now + 1);
}
