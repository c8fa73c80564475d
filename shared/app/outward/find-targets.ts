import type { EventOf, OutwardEvent } from "#domain/event.ts";
import { formatInstant } from "#domain/instant.ts";
import { fitsTarget, type Rules, thresholdValue } from "#engine/rules.ts";
import type { Standings } from "#engine/standings.ts";
import { progressRows } from "../boards/progress-rows.ts";
import { unitStandings } from "../boards/progress-standings.ts";
import type { LiveCampaign } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";

type Head = Pick<OutwardEvent, "campaign" | "campaignName">;

/**
 * Targets that units have reached. An event's id says which target of whom, so it is told once, even if a cancellation takes the unit
 * below and it comes back. While credits are computed anew nothing is said: sums are on their way.
 */
export async function targetEvents(
  deps: Pick<Deps, "derived" | "clock">,
  { campaign, rules }: LiveCampaign,
  head: Head,
): Promise<EventOf<"target.reached">[]> {
  if (campaign.rebuiltEpoch < campaign.epoch) return [];
  const [totals, reaches] = await Promise.all([deps.derived.totals(campaign.id), deps.derived.reaches(campaign.id)]);
  const standings = unitStandings(rules, totals, reaches);
  const at = formatInstant(deps.clock.now());
  return progressRows(rules, standings).rows.flatMap((row) =>
    row.targets
      .filter(({ reached }) => reached)
      .map((target): EventOf<"target.reached"> => {
        const reachedAt = reachInstant(rules, standings, row, target.label);
        const targetName = rules.plan.names?.[target.label];
        return {
          ...head,
          id: `target.reached:${campaign.id}:${row.measure}:${row.unit}:${target.label}`,
          type: "target.reached",
          at,
          data: {
            unit: row.unit,
            unitName: row.name,
            measure: row.measure,
            measureName: measureName(rules, row.measure),
            target: target.label,
            ...(targetName === undefined ? {} : { targetName }),
            threshold: target.value,
            value: row.value,
            ...(reachedAt === undefined ? {} : { reachedAt: formatInstant(reachedAt) }),
          },
        };
      }),
  );
}

/** Known of thresholds that a race asks for. */
export function reachInstant(
  rules: Rules,
  standings: Standings,
  { unit, level, measure }: { readonly unit: string; readonly level: string; readonly measure: string },
  label: string,
): number | undefined {
  if (!fitsTarget(rules, measure, label, unit)) return undefined;
  return standings.reach(measure, level, unit, thresholdValue(rules, measure, { target: label }, unit))?.at;
}

export function measureName({ plan }: Rules, measure: string): string | { en: string; zh?: string | undefined } {
  return plan.measures.find(({ id }) => id === measure)?.name ?? plan.names?.[measure] ?? measure;
}
