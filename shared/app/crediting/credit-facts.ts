import { type Fact, peopleNamed } from "#domain/fact.ts";
import { type FactId, factKey } from "#domain/ids.ts";
import { instantOf } from "#domain/instant.ts";
import type { Credit } from "#domain/progress.ts";
import { creditOf, type FactCredit, NO_LEAF } from "#engine/credit.ts";
import { sharesOf } from "#engine/credit-shares.ts";
import { heldReason, knownTo } from "#engine/held.ts";
import type { Rules } from "#engine/rules.ts";
import type { Deps } from "../deps.ts";
import { heldByStore } from "../held-fact.ts";
import { inParallel } from "../parallel.ts";
import { type LiveCampaign, LiveRules } from "./live-rules.ts";
import { earlierPlaces, placeKey, placeOf } from "./place.ts";

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
  for (;;) {
    const versions = await deps.facts.versions(id);
    const newest = versions.at(-1);
    if (!newest) return;
    const isHeld = await holdOrRelease(deps, newest, campaigns);
    await creditVersions(deps, versions, campaigns);
    if (!isHeld) return;
    // A newer version may have let go of the fact before this one held it.
    const now = await deps.facts.versions(id);
    if (now.at(-1)?.version === newest.version) return;
  }
}

async function creditVersions(
  deps: CreditDeps,
  versions: readonly Fact[],
  campaigns: readonly LiveCampaign[],
): Promise<void> {
  const newest = versions.at(-1);
  if (!newest) return;
  for (const { campaign, rules } of campaigns) {
    if (!versions.some((version) => isWatched(rules, version))) continue;
    for (const credit of creditsOf({ campaign, rules }, versions)) {
      await deps.derived.setCredit(credit);
      // Once the rebuild is over, what older epochs left behind does not count anyway.
      if (campaign.rebuiltEpoch < campaign.epoch) await withdrawWhereItLay(deps, campaign, credit);
    }
    await noteLateChange(deps, { campaign, rules }, newest);
  }
}

/** While credits move to a larger number of places, none counts in two of them. */
async function withdrawWhereItLay(
  deps: Pick<CreditDeps, "derived">,
  campaign: LiveCampaign["campaign"],
  credit: Credit,
): Promise<void> {
  const { participantId, fact, occurredAt, epoch, version } = credit;
  for (const place of earlierPlaces(campaign, credit.place.leaf, participantId)) {
    const stored = await deps.derived.credit(campaign.id, place, participantId, fact);
    if (stored?.outcome !== "counted") continue;
    const identity = { campaign: campaign.id, place, participantId, fact, occurredAt, epoch, version };
    await deps.derived.setCredit({ ...identity, outcome: "withdrawn", reason: "moved", values: {} });
  }
}

/** The credits of the newest version, and a withdrawal wherever an earlier version may have put one. Nothing of no versions. */
export function creditsOf({ campaign, rules }: LiveCampaign, versions: readonly Fact[]): Credit[] {
  const newest = versions.at(-1);
  if (!newest) return [];
  const { id, epoch } = campaign;
  const credits = new Map<string, Credit>();
  const fact = factKey(newest);
  for (const version of versions) {
    const meaningOf = version === newest ? meaningOfNewest(rules, newest) : () => SUPERSEDED;
    const occurredAt = instantOf(version.occurredAt);
    for (const { participantId, leaf, rollsUp } of sharesOf(rules, version)) {
      const place = placeOf(campaign, rollsUp ? leaf : NO_LEAF, participantId);
      const meaning = meaningOf(participantId);
      const identity = { campaign: id, place, participantId, fact, epoch, version: newest.version };
      credits.set(`${placeKey(place)}#${participantId}`, { ...identity, occurredAt, ...meaning });
    }
  }
  return [...credits.values(), ...tracesOf({ campaign, rules }, newest, [...credits.values()])];
}

/**
 * Of a held fact, what lets it be found by everybody whom it names and who has no credit of it: when one of them comes on file, it
 * is credited anew.
 */
function tracesOf({ campaign, rules }: LiveCampaign, newest: Fact, credits: readonly Credit[]): Credit[] {
  const held = heldReason(newest, knownTo(rules.directory));
  if (!held) return [];
  const found = new Set(credits.map(({ participantId }) => participantId));
  const { id, epoch } = campaign;
  const { version } = newest;
  return peopleNamed(newest)
    .filter((participantId) => !found.has(participantId))
    .map((participantId) => ({
      ...{ campaign: id, place: placeOf(campaign, NO_LEAF, participantId), participantId, fact: factKey(newest) },
      ...{ epoch, version, occurredAt: instantOf(newest.occurredAt), ...notCounted(held.reason) },
    }));
}

type Meaning = Pick<Credit, "outcome" | "reason" | "values" | "texts">;

const SUPERSEDED: Meaning = { outcome: "withdrawn", reason: "superseded", values: {} };

/** What the newest version means for each of those to whom it may be credited. */
function meaningOfNewest(rules: Rules, newest: Fact): (participantId: string) => Meaning {
  const crediting = creditOf(rules, newest);
  switch (crediting.outcome) {
    case "counted": {
      // What only follows up is looked at by settlements; progress is of the period.
      if (instantOf(newest.occurredAt) >= rules.instants.end) return () => notCounted("follow-up");
      const credits = new Map(crediting.credits.map((credit) => [credit.participantId, credit]));
      return (participantId) => {
        const credit = credits.get(participantId);
        // Others who share the sale are in the audience, this one is not.
        return credit ? countedMeaning(rules, credit) : notCounted("outside-audience");
      };
    }
    case "cancelled":
      return () => ({ outcome: "withdrawn", reason: "cancelled", values: {} });
    default:
      return () => notCounted(crediting.reason);
  }
}

function notCounted(reason: string): Meaning {
  return { outcome: "notCounted", reason, values: {} };
}

function countedMeaning(rules: Rules, { values, texts }: FactCredit): Meaning {
  return {
    outcome: "counted",
    values: byMeasure(rules, (index) => values[index]),
    ...(texts === undefined ? {} : { texts: byMeasure(rules, (index) => texts[index]) }),
  };
}

function byMeasure<T>(rules: Rules, at: (index: number) => T | null | undefined): Record<string, T> {
  return Object.fromEntries(
    [...rules.measures.values()].flatMap(({ measure, index }): [string, T][] => {
      const value = at(index);
      return value === null || value === undefined ? [] : [[measure.id, value]];
    }),
  );
}

/** In the period, or in what follows it up. */
export function isWatched({ instants }: Rules, fact: Fact): boolean {
  const occurredAt = instantOf(fact.occurredAt);
  return instants.start <= occurredAt && occurredAt < instants.followUpEnd;
}

/** Whether it is held. */
async function holdOrRelease(deps: CreditDeps, newest: Fact, campaigns: readonly LiveCampaign[]): Promise<boolean> {
  const { source, externalId, version, participantId, recordedAt } = newest;
  const held = await heldByStore(deps, newest, (id) => campaigns.some(({ rules }) => rules.directory.isKnown(id)));
  if (!held) {
    await deps.derived.release({ source, externalId }, version);
    return false;
  }
  const { reason, message } = held;
  await deps.derived.hold({ source, externalId, version, participantId, recordedAt, reason, message });
  return true;
}

/** A change that became known after the final run's cut-off calls for an adjustment once that run is posted. */
async function noteLateChange(deps: CreditDeps, { campaign, rules }: LiveCampaign, newest: Fact): Promise<void> {
  const { version, recordedAt } = newest;
  if (instantOf(recordedAt) <= rules.instants.cutOff) return;
  await deps.derived.noteLateChange({ campaign: campaign.id, fact: factKey(newest), version, recordedAt });
}
