import type { Fact } from "#domain/fact.ts";
import { type FactId, factKey } from "#domain/ids.ts";
import { instantOf } from "#domain/instant.ts";
import type { Credit } from "#domain/progress.ts";
import { creditOf, heldReason, NO_LEAF } from "#engine/credit.ts";
import type { Rules } from "#engine/rules.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { type LiveCampaign, LiveRules } from "./live-rules.ts";
import { placeKey, placeOf } from "./place.ts";

export type CreditDeps = Pick<Deps, "facts" | "derived" | "plans">;

/** Facts credited side by side. */
const FACTS_AT_ONCE = 16;

export interface CreditOptions {
  readonly liveRules?: LiveRules;
  /** Only in this campaign: what a rebuild does. */
  readonly campaign?: string;
}

/** A fact whose crediting failed; the others of its batch are done. */
export interface CreditFailure {
  readonly id: FactId;
  readonly error: unknown;
}

/**
 * Brings the credits of facts up to date in the campaigns in force. Level-triggered: it reads the newest version of each and
 * sets what that means, so running it twice, late or out of order ends the same.
 */
export async function creditFacts(
  deps: CreditDeps,
  ids: readonly FactId[],
  { liveRules = new LiveRules(), campaign }: CreditOptions = {},
): Promise<CreditFailure[]> {
  for (;;) {
    const inForce = await liveRules.all(deps);
    const campaigns = inForce.filter((live) => campaign === undefined || live.campaign.id === campaign);
    const results = await inParallel(FACTS_AT_ONCE, ids, async (id): Promise<CreditFailure[]> => {
      try {
        await creditFact(deps, id, campaigns);
        return [];
      } catch (error) {
        return [{ id, error }];
      }
    });
    // If rules changed meanwhile, their rebuild may have passed these facts before they were there: credit them by the new ones.
    if (await liveRules.stillInForce(deps, inForce)) return results.flat();
  }
}

async function creditFact(deps: CreditDeps, id: FactId, campaigns: readonly LiveCampaign[]): Promise<void> {
  const versions = await deps.facts.versions(id);
  const newest = versions.at(-1);
  if (!newest) return;
  await holdOrRelease(deps, newest, campaigns);
  for (const { campaign, rules } of campaigns) {
    if (!versions.some((version) => isInPeriod(rules, version))) continue;
    for (const credit of creditsOf(campaign.id, campaign.epoch, rules, versions)) await deps.derived.setCredit(credit);
    await noteLateChange(deps, { campaign, rules }, newest);
  }
}

/** The credit of the newest version, and a withdrawal wherever an earlier version may have put one. */
function creditsOf(campaign: string, epoch: number, rules: Rules, versions: readonly Fact[]): Credit[] {
  const newest = versions.at(-1);
  if (!newest) return [];
  const credits = new Map<string, Credit>();
  for (const version of versions) {
    const credit = creditAtPlaceOf(campaign, epoch, rules, version, newest);
    credits.set(`${placeKey(credit.place)}#${credit.participantId}`, credit);
  }
  return [...credits.values()];
}

function creditAtPlaceOf(campaign: string, epoch: number, rules: Rules, version: Fact, newest: Fact): Credit {
  const occurredAt = instantOf(version.occurredAt);
  const leaf = rules.directory.membershipAt(version.participantId, occurredAt)?.unit ?? NO_LEAF;
  const shared = {
    campaign,
    place: placeOf(leaf, version.participantId),
    participantId: version.participantId,
    fact: factKey(newest),
    epoch,
    version: newest.version,
  };
  if (version !== newest) return { ...shared, outcome: "withdrawn", reason: "superseded", occurredAt, values: {} };
  const crediting = creditOf(rules, newest);
  switch (crediting.outcome) {
    case "counted":
      return { ...shared, outcome: "counted", occurredAt, values: valuesByMeasure(rules, crediting.values) };
    case "cancelled":
      return { ...shared, outcome: "withdrawn", reason: "cancelled", occurredAt, values: {} };
    default:
      return { ...shared, outcome: "notCounted", reason: crediting.reason, occurredAt, values: {} };
  }
}

function valuesByMeasure(rules: Rules, values: readonly (number | null)[]): Record<string, number> {
  return Object.fromEntries(
    [...rules.measures.values()].flatMap(({ measure, index }) => {
      const value = values[index];
      return value === null || value === undefined ? [] : [[measure.id, value]];
    }),
  );
}

function isInPeriod({ instants }: Rules, fact: Fact): boolean {
  const occurredAt = instantOf(fact.occurredAt);
  return instants.start <= occurredAt && occurredAt < instants.end;
}

async function holdOrRelease(deps: CreditDeps, newest: Fact, campaigns: readonly LiveCampaign[]): Promise<void> {
  const { source, externalId, version, participantId, recordedAt } = newest;
  const known =
    campaigns.some(({ rules }) => rules.directory.isKnown(participantId)) ||
    (await deps.plans.person(participantId)) !== undefined;
  const held = heldReason(newest, { isKnown: () => known });
  if (held) await deps.derived.hold({ source, externalId, version, participantId, recordedAt, ...held });
  else await deps.derived.release({ source, externalId }, version);
}

/** A change that became known after the final run's cut-off calls for an adjustment once that run is posted. */
async function noteLateChange(deps: CreditDeps, { campaign, rules }: LiveCampaign, newest: Fact): Promise<void> {
  const { version, recordedAt } = newest;
  if (instantOf(recordedAt) <= rules.instants.cutOff) return;
  await deps.derived.noteLateChange({ campaign: campaign.id, fact: factKey(newest), version, recordedAt });
}
