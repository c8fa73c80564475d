import type { OwnPlace } from "#domain/board.ts";
import type { DayBoard } from "#domain/day.ts";
import { instantOf } from "#domain/instant.ts";
import type { Standings } from "#engine/standings.ts";
import { Homes } from "../crediting/homes.ts";
import type { LiveCampaign } from "../crediting/live-rules.ts";
import { placeKey } from "../crediting/place.ts";
import { measuresOfCredits } from "../crediting/roll-up.ts";
import type { Deps } from "../deps.ts";
import { around } from "./buckets.ts";
import { type PlacingReward, positionIn } from "./decide-board.ts";
import { standingsOfPeople } from "./progress-standings.ts";

type Before = Pick<OwnPlace, "before" | "since">;

export interface AskedBefore {
  readonly reward: PlacingReward;
  readonly day: DayBoard;
  readonly units: Standings;
  readonly participantId: string;
}

/**
 * Which place somebody had when the last day was over: exactly among the first; further down by what their own sales came to until then, between
 * the bounds that the day's histogram gives.
 */
export async function placeBefore(
  deps: Pick<Deps, "derived">,
  live: LiveCampaign,
  { reward, day, units, participantId }: AskedBefore,
): Promise<Before> {
  const since = { day: day.day, at: day.seenAt };
  const { places, ranked } = day;
  const kept = places.find(([subject]) => subject === participantId)?.[1];
  if (kept !== undefined) return { since, before: { from: kept, to: kept, of: ranked, isExact: true } };
  if (places.length >= ranked || day.buckets.length === 0) return { since };
  const measures = await measuresBefore(deps, live, participantId, instantOf(day.seenAt));
  if (measures === undefined) return { since };
  const standings = standingsOfPeople([{ participantId, measures }], units);
  const position = positionIn(live.rules, standings, reward, participantId);
  if (position === undefined) return { since };
  const { above, beside } = around(new Map(day.buckets), position);
  // Whoever was equal to the last who was kept shared that place.
  const from = Math.min(Math.max(places.at(-1)?.[1] ?? 1, above + 1), ranked);
  const to = Math.min(ranked, Math.max(from, above + beside));
  return { since, before: { from, to, of: ranked, isExact: false } };
}

/** What somebody's sales before an instant come to; undefined where there are none. */
async function measuresBefore(
  deps: Pick<Deps, "derived">,
  live: LiveCampaign,
  participantId: string,
  instant: number,
): Promise<ReturnType<typeof measuresOfCredits> | undefined> {
  const places = new Map(
    Homes.of(live)
      .placesOf(participantId)
      .map((place) => [placeKey(place), place]),
  );
  const credits = await Promise.all(
    [...places.values()].map((place) => deps.derived.participantCredits(live.campaign.id, place, participantId)),
  );
  const earlier = credits.flat().filter(({ occurredAt }) => occurredAt < instant);
  return earlier.length === 0 ? undefined : measuresOfCredits(live, earlier);
}
