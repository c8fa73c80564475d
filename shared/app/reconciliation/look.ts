import * as z from "zod";
import type { Fact } from "#domain/fact.ts";
import type { FactId } from "#domain/ids.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import { formatInZone } from "#domain/time.ts";
import type { LiveCampaign, LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";

export type LookDeps = Pick<Deps, "facts" | "derived" | "plans" | "files" | "clock">;

/** A look under way: which campaign, by which rules, and up to when facts are settled. */
export const lookSchema = z.strictObject({
  campaign: z.string(),
  id: z.string(),
  epoch: z.int(),
  startedAt: z.string(),
  settledUntil: z.string(),
});
export type Look = z.infer<typeof lookSchema>;

/** A fact is credited within seconds; one that is not after this long is a difference, whatever keeps it. */
const CREDITED_WITHIN_MS = 15 * 60_000;

/** Begins a look: from here on facts recorded lately are in motion, whatever comes. */
export async function beginLook(
  deps: Pick<Deps, "plans" | "clock">,
  request: Pick<Look, "campaign" | "id">,
): Promise<Look> {
  const { epoch } = await findCampaign(deps, request.campaign);
  const now = deps.clock.now();
  return {
    ...request,
    epoch,
    startedAt: formatInstant(now),
    settledUntil: formatInstant(now - CREDITED_WITHIN_MS),
  };
}

/** The rules that the look began with; undefined when they have changed, or credits are still being made anew by them. */
export async function rulesOf(
  deps: Pick<Deps, "plans">,
  look: Look,
  liveRules: LiveRules,
): Promise<LiveCampaign | undefined> {
  const live = await liveRules.one(deps, look.campaign);
  const { epoch, rebuiltEpoch } = live.campaign;
  return epoch === look.epoch && rebuiltEpoch === epoch ? live : undefined;
}

/** Whether any version came so lately that credits may still be on their way: an older one that comes late withdraws too. */
export function isInMotion(look: Pick<Look, "settledUntil">, versions: readonly Fact[]): boolean {
  const settledUntil = instantOf(look.settledUntil);
  return versions.some(({ recordedAt }) => instantOf(recordedAt) > settledUntil);
}

export function dayOf({ rules }: LiveCampaign, instant: number): string {
  return formatInZone(instant, rules.plan.period.zone).slice(0, 10);
}

/** Where a part of a look keeps what it saw. */
export function partKey({ campaign, id }: Pick<Look, "campaign" | "id">, part: string): string {
  return `reconciliations/${campaign}/${id}/${part}.json.gz`;
}

export function idOf({ source, externalId }: FactId): FactId {
  return { source, externalId };
}
