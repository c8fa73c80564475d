import { compareFactKeys } from "#domain/ids.ts";
import type { Credit } from "#domain/progress.ts";
import type { Contribution } from "#engine/standings.ts";
import { countsFrom } from "./affected.ts";
import type { LiveCampaign } from "./live-rules.ts";

/** Credits of an older epoch are what an older rule said; once everything, or this person, is credited anew they mean nothing. */
export function inForce(campaign: LiveCampaign["campaign"], credits: readonly Credit[]): Credit[] {
  const from = countsFrom(campaign);
  return credits.filter(
    ({ outcome, epoch, participantId }) =>
      outcome === "counted" && epoch >= from && epoch >= (campaign.floors?.get(participantId) ?? 0),
  );
}

/** What credits come to in one measure, in the order in which facts count. */
export function contributionsOf(credits: readonly Credit[], measure: string): Contribution[] {
  return credits
    .flatMap(({ fact, version, participantId, occurredAt, values, texts }) => {
      const value = values[measure];
      const text = texts?.[measure];
      if (value === undefined) return [];
      return [{ fact, version, participantId, occurredAt, value, ...(text === undefined ? {} : { text }) }];
    })
    .sort((a, b) => a.occurredAt - b.occurredAt || compareFactKeys(a.fact, b.fact));
}
