import type { CampaignAbout, MyCampaign } from "#domain/about.ts";
import type { Actor } from "#domain/actor.ts";
import type { Campaign } from "#domain/campaign.ts";
import { formatInstant } from "#domain/instant.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan, Reward } from "#domain/plan/plan.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { Refusal } from "#domain/problem.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { isCredited } from "../crediting/affected.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";
import { Participation, PlansInForce } from "./participation.ts";

type AboutDeps = Pick<Deps, "plans">;

const LOOKUPS_AT_ONCE = 16;

/**
 * The running and settled campaigns that somebody takes part in, in the order of their ids. A page looks at no more campaigns than it may
 * hold, so it can have fewer items, or none, while more follow.
 */
export async function listMyCampaigns(
  deps: AboutDeps,
  actor: Actor,
  request: PageRequest,
  plans = new PlansInForce(),
): Promise<Page<MyCampaign>> {
  const { items, ...page } = await deps.plans.campaigns(request);
  const participation = new Participation(deps, actor);
  const mine = await inParallel(LOOKUPS_AT_ONCE, items.filter(isCredited), async (campaign) => {
    const plan = await plans.of(deps, campaign);
    return plan && (await participation.takesPart(plan)) ? [itemOf(campaign, plan)] : [];
  });
  return { ...page, items: mine.flat() };
}

/**
 * What a campaign and its parts are called, for whoever takes part.
 *
 * @throws Refusal("notFound") where there is no such campaign, none of its versions is in force, or the caller takes no part in it
 */
export async function readAbout(
  deps: AboutDeps,
  actor: Actor,
  campaignId: string,
  plans = new PlansInForce(),
): Promise<CampaignAbout> {
  const campaign = await deps.plans.campaign(campaignId);
  const plan = campaign && (await plans.of(deps, campaign));
  // One that is not theirs looks as if it were not there.
  if (!campaign || !plan || !(await new Participation(deps, actor).takesPart(plan))) {
    throw new Refusal("notFound", `you take part in no campaign ${campaignId}`);
  }
  return {
    ...headOf(campaign, plan),
    lateUntil: formatInstant(planInstants(plan).cutOff),
    boards: plan.boards ?? { names: "hidden", amounts: "hidden" },
    ...(plan.disputes ? { disputes: plan.disputes } : {}),
    measures: plan.measures.map(({ id, name, ratio }) => ({ id, ...named(name), isRatio: ratio !== undefined })),
    rewards: plan.rewards.map((reward) => ({
      id: reward.id,
      ...named(reward.name),
      kind: reward.kind,
      paysIn: unitOfPay(plan, reward),
      hasBoard: hasPlaces(reward),
    })),
    names: { ...plan.names },
  };
}

function itemOf(campaign: Campaign, plan: Plan): MyCampaign {
  const places = plan.rewards.filter((reward) => hasPlaces(reward) && reward.level === "participant");
  return { ...headOf(campaign, plan), places: places.map(({ id }) => id) };
}

function headOf({ id, state }: Campaign, { name, period, currency }: Plan) {
  // Only before the first version is active is it a draft.
  return { campaign: id, name, state: state === "draft" ? ("active" as const) : state, period, currency };
}

function hasPlaces(reward: Reward): reward is Extract<Reward, { kind: "race" | "ranking" }> {
  return reward.kind === "race" || reward.kind === "ranking";
}

function named(name: CampaignAbout["name"] | undefined) {
  return name === undefined ? {} : { name };
}
