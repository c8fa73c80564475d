import type { Actor } from "#domain/actor.ts";
import type { MeasureDays, Trend } from "#domain/board.ts";
import { formatDecimal } from "#domain/decimal.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Credit } from "#domain/progress.ts";
import { formatInZone } from "#domain/time.ts";
import { type Aggregate, running } from "#engine/aggregate.ts";
import type { Rules } from "#engine/rules.ts";
import type { Contribution } from "#engine/standings.ts";
import { campaignSight, requireSight } from "../access.ts";
import { contributionsOf, inForce } from "../crediting/contributions.ts";
import { Homes } from "../crediting/homes.ts";
import { LiveRules } from "../crediting/live-rules.ts";
import { placeKey } from "../crediting/place.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, requireNotArchived } from "../find-campaign.ts";

/**
 * How one person came to their values, day by day in the plan's zone, by when it happened. From their own credits, which are as
 * many as they made sales: nothing is kept for it, so it is right again with every correction.
 *
 * @throws Refusal `notFound`, `forbidden`
 */
export async function readTrend(
  deps: Pick<Deps, "derived" | "plans" | "clock">,
  actor: Actor,
  { campaign: campaignId, participantId }: { readonly campaign: string; readonly participantId: string },
  liveRules = new LiveRules(),
): Promise<Trend> {
  const sight = campaignSight(deps, actor, await findCampaign(deps, campaignId));
  await requireSight(sight, { kind: "participant", id: participantId });
  const live = await liveRules.one(deps, campaignId);
  const { campaign, rules } = live;
  requireNotArchived(campaign);
  const places = new Map(
    Homes.of(live)
      .placesOf(participantId)
      .map((place) => [placeKey(place), place]),
  );
  const credits = await Promise.all(
    [...places.values()].map((place) => deps.derived.participantCredits(campaignId, place, participantId)),
  );
  const counted = inForce(campaign, credits.flat());
  return {
    campaign: campaignId,
    participantId,
    provisional: true,
    at: formatInstant(deps.clock.now()),
    rebuilding: campaign.rebuiltEpoch < campaign.epoch,
    measures: measureDays(rules, counted),
  };
}

/** Of each measure that sales add to: day by day what these credits come to. */
export function measureDays(rules: Rules, counted: readonly Credit[]): MeasureDays[] {
  const { zone } = rules.plan.period;
  return [...rules.measures.values()].flatMap(({ measure: { id, aggregate }, digits }) => {
    if (aggregate === undefined) return [];
    const days = daysOf(contributionsOf(counted, id), aggregate, zone);
    return [{ measure: id, days: days.map((day) => ({ ...day, value: formatDecimal(day.value, digits) })) }];
  });
}

interface Day {
  readonly day: string;
  readonly value: number;
  readonly facts: number;
}

/** Of each day on which something counted: the value at its end, and how many facts it brought. */
function daysOf(contributions: readonly Contribution[], aggregate: Aggregate, zone: string): Day[] {
  const after = running(aggregate);
  const days = new Map<string, Day>();
  for (const contribution of contributions) {
    const day = formatInZone(contribution.occurredAt, zone).slice(0, 10);
    days.set(day, { day, value: after(contribution), facts: (days.get(day)?.facts ?? 0) + 1 });
  }
  return [...days.values()];
}
