import type { Fact } from "#domain/fact.ts";
import { type FactId, factKey } from "#domain/ids.ts";
import type { Credit } from "#domain/progress.ts";
import { instantOf } from "#domain/time.ts";
import { creditOf, heldReason, NO_LEAF } from "#engine/credit.ts";
import type { Rules } from "#engine/rules.ts";
import type { Deps } from "./deps.ts";
import { type LiveCampaign, LiveRules } from "./live-rules.ts";
import { placeKey, placeOf } from "./place.ts";

export type CreditDeps = Pick<Deps, "facts" | "derived" | "plans">;

/**
 * Brings the credits of one fact up to date in every campaign in force. Level-triggered: it reads the newest version and
 * sets what that means, so running it twice, late or out of order ends the same.
 */
export async function creditFact(deps: CreditDeps, id: FactId, liveRules = new LiveRules()): Promise<void> {
  const campaigns = await liveRules.all(deps);
  await creditInCampaigns(deps, id, campaigns, liveRules);
}

/** {@link creditFact} for a worker that has looked up the campaigns in force already. */
export async function creditInCampaigns(
  deps: CreditDeps,
  id: FactId,
  campaigns: readonly LiveCampaign[],
  liveRules: LiveRules,
): Promise<void> {
  const versions = await deps.facts.versions(id);
  const newest = versions.at(-1);
  if (!newest) return;
  await holdOrRelease(deps, newest);
  for (const live of campaigns) await creditInCampaign(deps, live, versions, liveRules);
}

/** The part of {@link creditFact} for one campaign; what a rebuild repeats for every fact. */
export async function creditInCampaign(
  deps: CreditDeps,
  live: LiveCampaign,
  versions: readonly Fact[],
  liveRules: LiveRules,
): Promise<void> {
  let { campaign, rules } = live;
  for (;;) {
    if (!versions.some((version) => isInPeriod(rules, version))) return;
    for (const credit of creditsOf(campaign.id, campaign.epoch, rules, versions)) await deps.derived.setCredit(credit);
    await noteLateChange(deps, { campaign, rules }, versions);
    // If the rules changed meanwhile, the rebuild may have passed this fact before it was there: credit it again by the new ones.
    const now = await deps.plans.campaign(campaign.id);
    if (!now || now.epoch === campaign.epoch) return;
    ({ campaign, rules } = await liveRules.one(deps, campaign.id));
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

async function holdOrRelease(deps: CreditDeps, newest: Fact): Promise<void> {
  const person = await deps.plans.person(newest.participantId);
  const held = heldReason(newest, { isKnown: () => person !== undefined });
  const { source, externalId, version, participantId, recordedAt } = newest;
  if (held) await deps.derived.hold({ source, externalId, version, participantId, recordedAt, ...held });
  else await deps.derived.release({ source, externalId }, version);
}

/** A change that became known after the final run's cut-off calls for an adjustment once that run is posted. */
async function noteLateChange(
  deps: CreditDeps,
  { campaign, rules }: LiveCampaign,
  versions: readonly Fact[],
): Promise<void> {
  const newest = versions.at(-1);
  if (!newest || instantOf(newest.recordedAt) <= rules.instants.cutOff) return;
  await deps.derived.noteLateChange({
    campaign: campaign.id,
    fact: factKey(newest),
    version: newest.version,
    recordedAt: newest.recordedAt,
  });
}
