import type { DeliveryMinute } from "#domain/delivery.ts";
import { instantOf } from "#domain/instant.ts";
import type { Expected } from "#domain/source.ts";
import { formatInZone, localToInstant } from "#domain/time.ts";
import type { DeliveryLog } from "#ports/delivery-log.ts";
import type { Deps } from "../deps.ts";

export interface Silence {
  readonly source: string;
  readonly everyMinutes: number;
  /** Absent: nothing is remembered of it. */
  readonly lastHeardAt?: string;
}

const MINUTE_MS = 60_000;
/** Minutes in which nobody but strangers called do not count; beyond these the source is taken to be silent. */
const MINUTES_LOOKED_AT = 20;

/** Sources that are expected to speak now and have not for longer than expected. A look: nothing is stored, and it may be repeated. */
export async function silentSources(
  deps: Pick<Deps, "plans" | "clock"> & { readonly deliveries: DeliveryLog },
): Promise<Silence[]> {
  const now = deps.clock.now();
  const silent: Silence[] = [];
  for (const { source, expected } of await deps.plans.sources()) {
    if (!expected || !isOpen(expected, now)) continue;
    const heardAt = await lastHeard(deps, source);
    if (!isSilent(expected, heardAt, now)) continue;
    const { everyMinutes } = expected;
    silent.push({
      source,
      everyMinutes,
      ...(heardAt === undefined ? {} : { lastHeardAt: new Date(heardAt).toISOString() }),
    });
  }
  return silent;
}

/** When a delivery that somebody vouches for came last. */
export async function lastHeard(
  { deliveries }: { readonly deliveries: DeliveryLog },
  source: string,
): Promise<number | undefined> {
  const { items } = await deliveries.newest(source, { limit: MINUTES_LOOKED_AT });
  const times = items.flatMap((minute) => (isVouchedFor(minute) ? [heardIn(minute)] : []));
  return times.length === 0 ? undefined : Math.max(...times);
}

function heardIn({ minute, entries }: DeliveryMinute): number {
  return Math.max(instantOf(minute), ...entries.map(({ at }) => instantOf(at)));
}

function isVouchedFor({ counts }: DeliveryMinute): boolean {
  return Object.entries(counts).some(([outcome, count]) => outcome !== "unauthenticated" && (count ?? 0) > 0);
}

/** Whether it is silent for too long: counted from the last delivery, or from today's opening where that was later. */
export function isSilent(expected: Expected, heardAt: number | undefined, now: number): boolean {
  const openedAt = opening(expected, now);
  if (openedAt === undefined || !isOpen(expected, now)) return false;
  return now - Math.max(openedAt, heardAt ?? 0) > expected.everyMinutes * MINUTE_MS;
}

function isOpen({ zone, from, to, days }: Expected, now: number): boolean {
  const local = localText(now, zone);
  if (local === undefined) return false;
  const clock = local.slice(11, 16);
  return days.includes(weekday(local.slice(0, 10))) && from <= clock && clock < to;
}

/** Undefined where the clock changes over the hour of opening. */
function opening({ zone, from }: Expected, now: number): number | undefined {
  const local = localText(now, zone);
  return local === undefined ? undefined : localToInstant(`${local.slice(0, 10)}T${from}`, zone);
}

/** A zone that is none is refused when a source is registered; one that is forgotten since must not stop the clock. */
function localText(instant: number, zone: string): string | undefined {
  try {
    return formatInZone(instant, zone);
  } catch {
    return undefined;
  }
}

/** 1 is Monday. */
function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}
