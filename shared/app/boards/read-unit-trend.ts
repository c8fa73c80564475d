import type { Actor } from "#domain/actor.ts";
import type { MeasureDays, UnitTrend } from "#domain/board.ts";
import type { UnitDay } from "#domain/day.ts";
import { formatDecimal } from "#domain/decimal.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import type { PlaceTotal } from "#domain/progress.ts";
import { NO_LEAF } from "#engine/credit.ts";
import type { Rules } from "#engine/rules.ts";
import { campaignSight, requireSight } from "../access.ts";
import { inForce } from "../crediting/contributions.ts";
import { LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, requireNotArchived } from "../find-campaign.ts";
import { inParallel } from "../parallel.ts";
import { measureDays } from "./read-trend.ts";

/** Credits of so many facts are read in a second or two when somebody looks; of more, the days are told as they ended. */
export const MOST_FACTS_READ = 20_000;
const LOOKUPS_AT_ONCE = 16;

/**
 * How a unit with all below it came to its values, day by day in the plan's zone. From its credits, so that it is right again with every
 * correction; of a unit with very many facts, from what was kept when days were over.
 *
 * @param most facts that are read
 * @throws Refusal `notFound` (no such campaign or unit), `forbidden`
 */
export async function readUnitTrend(
  deps: Pick<Deps, "derived" | "plans" | "clock">,
  actor: Actor,
  { campaign: campaignId, unit }: { readonly campaign: string; readonly unit: string },
  { liveRules = new LiveRules(), most = MOST_FACTS_READ } = {},
): Promise<UnitTrend> {
  const sight = campaignSight(deps, actor, await findCampaign(deps, campaignId));
  await requireSight(sight, { kind: "unit", id: unit });
  const live = await liveRules.one(deps, campaignId);
  const { campaign, rules } = live;
  requireNotArchived(campaign);
  const name = rules.directory.unit(unit)?.name;
  if (name === undefined) throw new Refusal("notFound", `there is no unit ${unit}`);
  const totals = (await deps.derived.totals(campaignId)).filter(
    ({ place }) => place.leaf !== NO_LEAF && rules.directory.isWithin(place.leaf, unit),
  );
  const head = {
    campaign: campaignId,
    unit,
    name,
    provisional: true as const,
    at: formatInstant(deps.clock.now()),
    rebuilding: campaign.rebuiltEpoch < campaign.epoch,
  };
  if (factsOf(totals) > most) {
    return { ...head, by: "days", measures: asEnded(rules, await deps.derived.unitDays(campaignId, unit)) };
  }
  const credits = await inParallel(LOOKUPS_AT_ONCE, totals, ({ place }) =>
    deps.derived.placeCredits(campaignId, place),
  );
  return { ...head, by: "sales", measures: measureDays(rules, inForce(campaign, credits.flat())) };
}

/** About how many credits there are: of the measure that most facts count in. */
function factsOf(totals: readonly PlaceTotal[]): number {
  return totals.reduce(
    (sum, { measures }) => sum + Math.max(0, ...Object.values(measures).map(({ facts }) => facts)),
    0,
  );
}

function asEnded(rules: Rules, days: readonly UnitDay[]): MeasureDays[] {
  return [...rules.measures.values()].flatMap(({ measure: { id, aggregate }, digits }) => {
    if (aggregate === undefined) return [];
    let before = 0;
    const told = days.flatMap(({ day, measures }) => {
      const known = measures[id];
      if (known === undefined) return [];
      const facts = known.facts - before;
      before = known.facts;
      return facts === 0 ? [] : [{ day, value: formatDecimal(known.value, digits), facts }];
    });
    return [{ measure: id, days: told }];
  });
}
