import type { Campaign } from "#domain/campaign.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { formatInZone, startOfDay } from "#domain/time.ts";
import { isCredited } from "../crediting/affected.ts";
import type { LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { planInForce } from "../find-campaign.ts";

type KeeperDeps = Pick<Deps, "plans" | "derived" | "clock">;

const DAY_MS = 24 * 60 * 60_000;
/** How long after its last facts were due a campaign's days are kept. */
const KEPT_FOR_MS = 7 * DAY_MS;
/** A wake-up is short; the others have their turn a minute later. */
const MOST_A_CALL = 5;

export interface KeptDay {
  readonly campaign: string;
  readonly day: string;
}

/**
 * Has the end of each day kept once. The clock does it where boards are decided from few people; where workers keep boards, those do it before
 * the first sale of the next day counts: they know everybody's rules already, for whom the clock has no room.
 */
export class DayKeeper {
  /** By campaign, until when there is nothing to keep. */
  readonly #until = new Map<string, number>();

  /** Of every campaign whose boards nobody keeps; those without a plan that people could read are passed over. */
  async keepDue(deps: KeeperDeps, rules: () => Promise<LiveRules>): Promise<KeptDay[]> {
    const kept: KeptDay[] = [];
    let cursor: string | undefined;
    do {
      const page: Awaited<ReturnType<Deps["plans"]["campaigns"]>> = await deps.plans.campaigns({ limit: 100, cursor });
      for (const campaign of page.items) {
        if (campaign.spread?.keepsBoards) continue;
        kept.push(...(await this.keep(deps, campaign, rules)));
        if (kept.length >= MOST_A_CALL) return kept;
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    return kept;
  }

  /** Of campaigns of many people, before something in them changes. */
  async keepBefore(deps: KeeperDeps, campaigns: ReadonlySet<string>, rules: LiveRules): Promise<void> {
    for (const id of campaigns) {
      if (deps.clock.now() < (this.#until.get(id) ?? Number.NEGATIVE_INFINITY)) continue;
      const campaign = await deps.plans.campaign(id);
      if (campaign?.spread?.keepsBoards) await this.keep(deps, campaign, async () => rules);
      else this.#until.set(id, deps.clock.now() + DAY_MS);
    }
  }

  async keep(deps: KeeperDeps, campaign: Campaign, rules: () => Promise<LiveRules>): Promise<KeptDay[]> {
    const now = deps.clock.now();
    if (now < (this.#until.get(campaign.id) ?? Number.NEGATIVE_INFINITY)) return [];
    // What is credited anew shows numbers of no day.
    if (!isCredited(campaign) || campaign.rebuiltEpoch < campaign.epoch) return [];
    const over = lastDayOver(await planInForce(deps, campaign), now);
    if (over === undefined) return [];
    const { day, until } = over;
    const last = await deps.derived.keptDay(campaign.id);
    const isKept = last !== undefined && last >= day;
    if (!isKept) {
      const [{ keepDay }, live] = await Promise.all([
        import("./keep-day.ts"),
        rules().then((liveRules) => liveRules.one(deps, campaign.id)),
      ]);
      await keepDay(deps, live, day);
    }
    this.#until.set(campaign.id, until);
    return isKept ? [] : [{ campaign: campaign.id, day }];
  }
}

/** The newest day of the campaign that is over, and when the next one is. */
function lastDayOver(plan: Plan, now: number): { readonly day: string; readonly until: number } | undefined {
  const { zone } = plan.period;
  const { start, cutOff } = planInstants(plan);
  const midnight = startOfDay(formatInZone(now, zone).slice(0, 10), zone);
  if (midnight === undefined || midnight <= start || now >= cutOff + KEPT_FOR_MS) return undefined;
  const next = startOfDay(formatInZone(midnight + 1.5 * DAY_MS, zone).slice(0, 10), zone);
  return { day: formatInZone(midnight - 1, zone).slice(0, 10), until: next ?? midnight + DAY_MS };
}
