import type { Actor } from "#domain/actor.ts";
import {
  DELIVERY_OUTCOMES,
  type DeliveryMinute,
  type DeliveryOutcome,
  gapsBetween,
  joinRanges,
} from "#domain/delivery.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import type { DeliveryLog } from "#ports/delivery-log.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { requireSource } from "../access.ts";
import type { Deps } from "../deps.ts";
import { isSilent, lastHeard } from "./silence.ts";

export type ReadsDeliveries = Pick<Deps, "plans"> & { readonly deliveries: DeliveryLog };

/** Newest minutes first. @throws Refusal `forbidden`, `notFound` */
export async function listDeliveries(
  deps: ReadsDeliveries,
  actor: Actor,
  source: string,
  request: PageRequest,
): Promise<Page<DeliveryMinute>> {
  await requireKnown(deps, actor, source);
  return deps.deliveries.newest(source, request);
}

export interface SourceHealth {
  readonly source: string;
  /** Of the last 24 hours. */
  readonly counts: Readonly<Record<DeliveryOutcome, number>>;
  readonly lastHeardAt?: string;
  readonly silent: boolean;
  /** Numbers that the source has left out, of those deliveries that are remembered. */
  readonly gaps: readonly { readonly first: number; readonly last: number }[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const PAGE = 100;
/** Enough for fourteen days of a source that is heard every minute. */
const MOST_PAGES = 250;

/** @throws Refusal `forbidden`, `notFound` */
export async function readSourceHealth(
  deps: ReadsDeliveries & Pick<Deps, "clock">,
  actor: Actor,
  source: string,
): Promise<SourceHealth> {
  const registered = await requireKnown(deps, actor, source);
  const now = deps.clock.now();
  const counts = Object.fromEntries(DELIVERY_OUTCOMES.map((outcome) => [outcome, 0]));
  const sequences: [number, number][] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const minutes: Page<DeliveryMinute> = await deps.deliveries.newest(source, { limit: PAGE, cursor });
    for (const minute of minutes.items) {
      sequences.push(...minute.sequences);
      if (Date.parse(minute.minute) <= now - DAY_MS) continue;
      for (const outcome of DELIVERY_OUTCOMES) counts[outcome] = (counts[outcome] ?? 0) + (minute.counts[outcome] ?? 0);
    }
    cursor = minutes.cursor;
    if (cursor === undefined) break;
  }
  const heardAt = await lastHeard(deps, source);
  return {
    source,
    counts: { ...ZERO, ...counts },
    ...(heardAt === undefined ? {} : { lastHeardAt: formatInstant(heardAt) }),
    silent: registered.expected !== undefined && isSilent(registered.expected, heardAt, now),
    gaps: gapsBetween(joinRanges(sequences)).map(([first, last]) => ({ first, last })),
  };
}

const ZERO: Record<DeliveryOutcome, number> = {
  stored: 0,
  duplicate: 0,
  held: 0,
  conflict: 0,
  rejected: 0,
  ignored: 0,
  waiting: 0,
  unauthenticated: 0,
};

async function requireKnown({ plans }: Pick<Deps, "plans">, actor: Actor, source: string) {
  requireSource(actor, source);
  const registered = await plans.source(source);
  if (registered) return registered;
  throw new Refusal("notFound", `there is no source ${source}`);
}
