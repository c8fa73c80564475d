import type { Actor } from "#domain/actor.ts";
import { canonicalJson } from "#domain/canonical.ts";
import { formatDecimal } from "#domain/decimal.ts";
import type { FactId } from "#domain/ids.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Credit, HeldFact } from "#domain/progress.ts";
import { NO_LEAF } from "#engine/credit.ts";
import { type CreditDeps, creditsOf, isWatched } from "../crediting/credit-facts.ts";
import { type LiveCampaign, LiveRules } from "../crediting/live-rules.ts";
import { heldByStore } from "../held-fact.ts";
import { inParallel } from "../parallel.ts";
import { readFact } from "./read-facts.ts";

/** What a fact means to one of those whom it is credited to. */
export interface FactCreditView {
  readonly participantId: string;
  /** Where it rolls up from; absent where it rolls up nowhere. */
  readonly unit?: string;
  readonly outcome: Credit["outcome"];
  readonly reason?: string;
  /** By measure, as decimal text in its own units. */
  readonly values: Record<string, string>;
}

export interface CampaignCredits {
  readonly campaign: string;
  readonly state: "credited" | "pending" | "outside";
  readonly credits: readonly FactCreditView[];
}

export interface FactCredits extends FactId {
  readonly version: number;
  readonly recordedAt: string;
  readonly held?: Pick<HeldFact, "reason" | "message">;
  readonly asOf: string;
  readonly campaigns: readonly CampaignCredits[];
}

const AT_ONCE = 8;

/**
 * Where a fact counts, and where not and why: in each campaign in force what its rules say of the newest version, and whether the
 * worker has written just that already.
 *
 * @throws Refusal `forbidden`, `notFound`
 */
export async function readFactCredits(
  deps: CreditDeps & { readonly clock: { now(): number } },
  actor: Actor,
  id: FactId,
  liveRules = new LiveRules(),
): Promise<FactCredits> {
  const { versions } = await readFact(deps, actor, id);
  const newest = versions[versions.length - 1];
  if (newest === undefined) throw new RangeError("a fact has a version");
  const held = await heldByStore(deps, newest);
  const campaigns = await inParallel(AT_ONCE, await liveRules.all(deps), async (live): Promise<CampaignCredits> => {
    const { id: campaign } = live.campaign;
    if (!versions.some((version) => isWatched(live.rules, version))) return { campaign, state: "outside", credits: [] };
    const credits = creditsOf(live, versions);
    const done = await inParallel(AT_ONCE, credits, (credit) => isWritten(deps, credit));
    const shown = credits.filter(({ reason }) => reason !== "superseded");
    return {
      campaign,
      state: done.every(Boolean) ? "credited" : "pending",
      credits: shown.map((credit) => viewOf(live, credit)),
    };
  });
  return {
    source: id.source,
    externalId: id.externalId,
    version: newest.version,
    recordedAt: newest.recordedAt,
    ...(held === undefined ? {} : { held: { reason: held.reason, message: held.message } }),
    asOf: formatInstant(deps.clock.now()),
    campaigns,
  };
}

/** What the worker wrote says the same as the rules do now. A later epoch that says the same has nothing to change. */
async function isWritten({ derived }: Pick<CreditDeps, "derived">, credit: Credit): Promise<boolean> {
  const stored = await derived.credit(credit.campaign, credit.place, credit.participantId, credit.fact);
  return stored !== undefined && stored.version === credit.version && meaningOf(stored) === meaningOf(credit);
}

function meaningOf({ outcome, reason = "", values, texts = {} }: Credit): string {
  return canonicalJson({ outcome, reason, values, texts });
}

function viewOf({ rules }: LiveCampaign, { participantId, place, outcome, reason, values }: Credit): FactCreditView {
  const shown = Object.entries(values).map(([measure, value]): [string, string] => {
    return [measure, formatDecimal(value, rules.measures.get(measure)?.digits ?? 0)];
  });
  return {
    participantId,
    ...(place.leaf === NO_LEAF ? {} : { unit: place.leaf }),
    outcome,
    ...(reason === undefined ? {} : { reason }),
    values: Object.fromEntries(shown),
  };
}
