import type { Campaign } from "#domain/campaign.ts";
import { planInEffect } from "#domain/conduct.ts";
import { Refusal } from "#domain/problem.ts";
import { compileRules, type Rules } from "#engine/rules.ts";
import type { Deps } from "../deps.ts";
import { floorsOf, isCredited } from "./affected.ts";

/** A campaign that credits facts, with its rules compiled. */
export interface LiveCampaign {
  readonly campaign: Campaign & {
    /** By participant or unit: credits of theirs of older epochs do not count. */
    readonly floors?: ReadonlyMap<string, number>;
  };
  readonly rules: Rules;
}

type RuleDeps = Pick<Deps, "plans">;

/**
 * Compiled rules of the campaigns in force, kept between invocations and compiled anew only when the campaign's epoch or
 * the directory changed. What changed is asked of the store at each call, so a copy is never used past its time.
 */
export class LiveRules {
  readonly #compiled = new Map<string, { readonly mark: string; readonly rules: Rules }>();
  readonly #floors = new Map<string, { readonly mark: string; readonly floors: ReadonlyMap<string, number> }>();

  /** Active and settled campaigns: after settlement, changes still call for adjustments. */
  async all(deps: RuleDeps): Promise<LiveCampaign[]> {
    const campaigns = await campaignsInForce(deps);
    if (campaigns.length === 0) return [];
    const directoryRevision = await deps.plans.directoryRevision();
    return Promise.all(campaigns.map((campaign) => this.#live(deps, campaign, directoryRevision)));
  }

  /** Whether the same campaigns are in force, at the same epochs, as when they were looked up. */
  async stillInForce(deps: RuleDeps, lives: readonly LiveCampaign[]): Promise<boolean> {
    const epochs = (campaigns: readonly Campaign[]) =>
      campaigns
        .map(({ id, epoch }) => `${id}#${epoch}`)
        .sort()
        .join(" ");
    return epochs(await campaignsInForce(deps)) === epochs(lives.map(({ campaign }) => campaign));
  }

  /** Whether the same rules are in force, and the same credits count, as when the campaign was looked up. */
  async isStill(deps: RuleDeps, { campaign: { id, epoch, rebuiltEpoch } }: LiveCampaign): Promise<boolean> {
    const now = await deps.plans.campaign(id);
    return now?.epoch === epoch && now.rebuiltEpoch === rebuiltEpoch;
  }

  /** @throws Refusal("notFound") when there is no such campaign, "conflict" when none of its versions is active */
  async one(deps: RuleDeps, id: string): Promise<LiveCampaign> {
    const campaign = await deps.plans.campaign(id);
    if (!campaign) throw new Refusal("notFound", `there is no campaign ${id}`);
    return this.#live(deps, campaign, await deps.plans.directoryRevision());
  }

  async #live(deps: RuleDeps, campaign: Campaign, directoryRevision: number): Promise<LiveCampaign> {
    const mark = `${campaign.activeVersion}#${campaign.epoch}#${directoryRevision}`;
    const floors = await this.#floorsOf(deps, campaign);
    const kept = this.#compiled.get(campaign.id);
    if (kept?.mark === mark) return { campaign: { ...campaign, floors }, rules: kept.rules };
    const rules = await loadRules(deps, campaign);
    this.#compiled.set(campaign.id, { mark, rules });
    return { campaign: { ...campaign, floors }, rules };
  }

  /** They change only when an epoch rises or is complete. */
  async #floorsOf(deps: RuleDeps, campaign: Campaign): Promise<ReadonlyMap<string, number>> {
    const mark = `${campaign.epoch}#${campaign.rebuiltEpoch}`;
    const kept = this.#floors.get(campaign.id);
    if (kept?.mark === mark) return kept.floors;
    const floors = floorsOf(campaign, await deps.plans.affected(campaign.id));
    this.#floors.set(campaign.id, { mark, floors });
    return floors;
  }
}

/** Active and settled campaigns, in the order of their ids. */
export async function campaignsInForce(deps: RuleDeps): Promise<Campaign[]> {
  const campaigns: Campaign[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.plans.campaigns({ limit: 100, cursor });
    campaigns.push(...page.items.filter(isCredited));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return campaigns;
}

/** Everything that the active version of a campaign is computed from, as it stands now, with the plan as the campaign is conducted. */
export async function loadRuleSources(deps: RuleDeps, campaign: Campaign) {
  if (campaign.activeVersion === undefined) throw new Refusal("conflict", `${campaign.id} has no active version`);
  const [version, units, people, targets] = await Promise.all([
    deps.plans.version(campaign.id, campaign.activeVersion),
    deps.plans.units(),
    deps.plans.allPeople(),
    deps.plans.targets(campaign.id),
  ]);
  if (!version) throw new Refusal("notFound", `there is no version ${campaign.activeVersion} of ${campaign.id}`);
  return {
    version,
    sources: {
      plan: planInEffect(version.plan, campaign.conduct),
      units,
      memberships: people.flatMap(({ memberships }) => memberships),
      targets,
    },
  };
}

async function loadRules(deps: RuleDeps, campaign: Campaign): Promise<Rules> {
  const { sources } = await loadRuleSources(deps, campaign);
  return compileRules(sources);
}
