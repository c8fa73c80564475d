import { type Actor, seesPay } from "#domain/actor.ts";
import type { Campaign, KeptLiability } from "#domain/campaign.ts";
import type { RunFigures, RunOutcome } from "#domain/run.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { outcomeOfRuns, standingFigures } from "../settlement/run-outcome.ts";

type ListDeps = Pick<Deps, "plans" | "ledger">;

/** A campaign as a list tells it: with the most it can ever pay, and what its newest run came to that was neither rejected nor failed. */
export interface ListedCampaign {
  readonly campaign: Campaign;
  /** Absent before a version is in force. */
  readonly liability?: KeptLiability;
  /** Absent where no computed run stands, and for who sees no pay. */
  readonly outcome?: RunFigures;
}

/** Records from before the figures were kept are looked up so many at a time. */
const LOOKUPS_AT_ONCE = 16;

/**
 * A page of campaigns with their figures: one query for the campaigns and one for what their runs came to, however many they are. What
 * an older campaign did not keep is looked up: its plan, as its record is not written by a reader; its runs, once, as what they came to is
 * kept then.
 */
export async function listCampaigns(deps: ListDeps, actor: Actor, request: PageRequest): Promise<Page<ListedCampaign>> {
  const { items, ...page } = await deps.plans.campaigns(request);
  const outcomes = seesPay(actor) ? await outcomesOf(deps, items) : new Map<string, RunOutcome>();
  const listed = await inParallel(LOOKUPS_AT_ONCE, items, async (campaign): Promise<ListedCampaign> => {
    const liability = await liabilityIn(deps, campaign);
    const kept = outcomes.get(campaign.id);
    const outcome = kept && standingFigures(kept);
    return { campaign, ...(liability ? { liability } : {}), ...(outcome ? { outcome } : {}) };
  });
  return { ...page, items: listed };
}

/** @param campaigns in the order of their ids */
async function outcomesOf(deps: ListDeps, campaigns: readonly Campaign[]): Promise<Map<string, RunOutcome>> {
  const [first, last] = [campaigns.at(0), campaigns.at(-1)];
  if (!first || !last) return new Map();
  const kept = await deps.ledger.outcomes(first.id, last.id);
  const known = new Map(kept.map((outcome) => [outcome.campaign, outcome]));
  const others = campaigns.filter(({ id, activeVersion }) => activeVersion !== undefined && !known.has(id));
  const found = await inParallel(LOOKUPS_AT_ONCE, others, (campaign) => outcomeInRuns(deps, campaign));
  for (const outcome of found.flat()) known.set(outcome.campaign, outcome);
  return known;
}

/** Of a campaign whose runs were computed before outcomes were kept; of one without runs it reads nothing. */
async function outcomeInRuns({ ledger }: ListDeps, { id, draft }: Campaign): Promise<RunOutcome[]> {
  const outcome = outcomeOfRuns(await ledger.runs(id), draft.currency);
  if (!outcome) return [];
  await ledger.keepOutcome(outcome);
  return [outcome];
}

async function liabilityIn({ plans }: ListDeps, campaign: Campaign): Promise<KeptLiability | undefined> {
  const { id, activeVersion, liability } = campaign;
  if (activeVersion === undefined) return undefined;
  if (liability?.version === activeVersion) return liability;
  const version = await plans.version(id, activeVersion);
  if (!version) return undefined;
  // What reckons with plans is much code, and all newer records have the figure.
  const { liabilityOf } = await import("./most-paid.ts");
  return liabilityOf(activeVersion, version.plan);
}
