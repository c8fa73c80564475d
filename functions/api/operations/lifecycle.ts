import { lifecycleRoutes as routes } from "#contracts/routes/lifecycle.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { askedReply } from "./approvals.ts";

/** Commands are few: what they need is loaded with the first. */
export function lifecycleOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  const commands = () => import("#app/campaigns/lifecycle.ts");
  const changes = () => import("#app/campaigns/request-change.ts");
  const view = async (campaignId: string) => {
    const { readLifecycle } = await import("#app/campaigns/read-lifecycle.ts");
    const { allowed, versions, ...rest } = await readLifecycle(deps, campaignId);
    const told = allowed.map(({ from, who, ...transition }) => ({ ...transition, from: [...from], who: [...who] }));
    return { json: { ...rest, allowed: told, versions: [...versions] } };
  };
  return {
    getLifecycle: operation(routes.getLifecycle, async ({ params }) => view(params.campaign)),

    pauseCampaign: operation(routes.pauseCampaign, async ({ actor, params, body }) => {
      const { pauseCampaign } = await commands();
      await pauseCampaign(deps, actor, params.campaign, body);
      return view(params.campaign);
    }),

    resumeCampaign: operation(routes.resumeCampaign, async ({ actor, params, body }) => {
      const { resumeCampaign } = await commands();
      await resumeCampaign(deps, actor, params.campaign, body);
      return view(params.campaign);
    }),

    stopCampaign: operation(routes.stopCampaign, async ({ actor, params, body }) => {
      const { requestChange } = await changes();
      return askedReply(await requestChange(deps, actor, params.campaign, { command: "stop", ...body }));
    }),

    rollOutPilot: operation(routes.rollOutPilot, async ({ actor, params, body }) => {
      const { requestChange } = await changes();
      return askedReply(await requestChange(deps, actor, params.campaign, { command: "rollOut", ...body }));
    }),

    archiveCampaign: operation(routes.archiveCampaign, async ({ actor, params, body }) => {
      const { archiveCampaign } = await commands();
      await archiveCampaign(deps, actor, params.campaign, body);
      return view(params.campaign);
    }),
  };
}
