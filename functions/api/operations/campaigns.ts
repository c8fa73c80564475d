import { createCampaign } from "#app/campaigns/create-campaign.ts";
import { editDraft } from "#app/campaigns/edit-draft.ts";
import { type ListedCampaign, listCampaigns } from "#app/campaigns/list-campaigns.ts";
import { draftTextOf, versionTextOf } from "#app/campaigns/plan-text.ts";
import { listVersions, readVersion } from "#app/campaigns/read-campaigns.ts";
import { findCampaign } from "#app/find-campaign.ts";
import { campaignRoutes as routes } from "#contracts/routes/campaigns.ts";
import type { Campaign, PlanVersion } from "#domain/campaign.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { pageView } from "../pages.ts";
import { askedReply } from "./approvals.ts";

/** What checks whole plans is loaded when it is first asked for: it is a tenth of the function's code, and few calls need it. */
export function campaignOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    createCampaign: operation(routes.createCampaign, async ({ actor, body, yaml }) => {
      const campaign = await createCampaign(deps, actor, body, yaml);
      return { ...campaignReply(campaign), location: `/v1/campaigns/${campaign.id}` };
    }),

    listCampaigns: operation(routes.listCampaigns, async ({ actor, query }) => ({
      json: pageView(await listCampaigns(deps, actor, query), campaignSummary),
    })),

    getCampaign: operation(routes.getCampaign, async ({ params, query }) => {
      const campaign = await findCampaign(deps, params.campaign);
      return campaignReply(campaign, query.text === "true" ? await draftTextOf(deps, campaign) : undefined);
    }),

    editDraft: operation(routes.editDraft, async ({ actor, params, body, yaml, expectedRevision }) =>
      campaignReply(await editDraft(deps, actor, params.campaign, body, expectedRevision, yaml)),
    ),

    validatePlan: operation(routes.validatePlan, async ({ body }) => {
      const { validatePlan } = await import("#app/campaigns/validate-plan.ts");
      const { problems, findings, maximumLiability, ...report } = validatePlan(body);
      const liability = maximumLiability && { ...maximumLiability, byReward: [...maximumLiability.byReward] };
      return {
        json: {
          ...report,
          problems: [...problems],
          findings: [...findings],
          ...(liability ? { maximumLiability: liability } : {}),
        },
      };
    }),

    publishVersion: operation(routes.publishVersion, async ({ actor, params, expectedRevision }) => {
      const { publishVersion } = await import("#app/campaigns/publish-version.ts");
      const version = await publishVersion(deps, actor, params.campaign, expectedRevision);
      return { json: version, location: `/v1/campaigns/${params.campaign}/versions/${version.version}` };
    }),

    listVersions: operation(routes.listVersions, async ({ params, query }) => ({
      json: pageView(await listVersions(deps, params.campaign, query), versionSummary),
    })),

    getVersion: operation(routes.getVersion, async ({ params, query }) => {
      const version = await readVersion(deps, params.campaign, params.version);
      return { json: withText(version, query.text === "true" ? await versionTextOf(deps, version) : undefined) };
    }),

    activateCampaign: operation(routes.activateCampaign, async ({ actor, params, body }) => {
      const { requestActivation } = await import("#app/campaigns/request-activation.ts");
      return askedReply(await requestActivation(deps, actor, params.campaign, body));
    }),
  };
}

function campaignReply(campaign: Campaign, text?: string) {
  return { json: withText(campaign, text), revision: campaign.revision };
}

function withText<T extends object>(written: T, text: string | undefined): T & { text?: string } {
  return { ...written, ...(text === undefined ? {} : { text }) };
}

function campaignSummary({ campaign, liability, outcome }: ListedCampaign) {
  const { id, state, revision, latestVersion, activeVersion, createdBy, createdAt, finalAsOf, draft } = campaign;
  const { name, period, currency } = draft;
  return {
    id,
    state,
    revision,
    latestVersion,
    activeVersion,
    createdBy,
    createdAt,
    finalAsOf,
    name,
    period,
    currency,
    ...namesOf(draft, [
      ...(outcome?.budgets ?? []).map(({ id: budget }) => budget),
      ...(liability?.unbounded ?? []).map(({ reward }) => reward),
    ]),
    ...(liability ? { liability } : {}),
    ...(outcome ? { newestRun: outcome } : {}),
  };
}

/** What the plan calls budgets and rewards that the summary speaks of; those without a name are missing. */
function namesOf({ names = {}, rewards }: Plan, ids: readonly string[]) {
  const named = ids.flatMap((id) => {
    const name = rewards.find((reward) => reward.id === id)?.name ?? names[id];
    return name === undefined ? [] : [[id, name] as const];
  });
  return named.length === 0 ? {} : { names: Object.fromEntries(named) };
}

function versionSummary({ campaign, version, planHash, publishedBy, publishedAt }: PlanVersion) {
  return { campaign, version, planHash, publishedBy, publishedAt };
}
