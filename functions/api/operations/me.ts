import { noteAccount } from "#app/accounts.ts";
import { PlansInForce } from "#app/campaigns/participation.ts";
import { listMyCampaigns, readAbout } from "#app/campaigns/read-about.ts";
import type { Route } from "#contracts/route.ts";
import { meRoutes } from "#contracts/routes/me.ts";
import type { Actor } from "#domain/actor.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { itself, pageView } from "../pages.ts";

/** @param table the whole route table, out of which is told what somebody may do */
export function meOperations(
  deps: ApiDeps,
  table: Readonly<Record<string, Route>>,
): Record<keyof typeof meRoutes, Operation> {
  const plans = new PlansInForce();
  return {
    getMe: operation(meRoutes.getMe, async ({ actor }) => {
      const { subject, name, client, roles, units, sources } = actor;
      await noteAccount(deps, actor);
      return {
        json: {
          subject,
          ...(name === undefined ? {} : { name }),
          ...(client === undefined ? {} : { client }),
          roles: [...roles],
          units: [...units],
          sources: [...sources],
          operations: openTo(table, roles),
        },
      };
    }),

    listMyCampaigns: operation(meRoutes.listMyCampaigns, async ({ actor, query }) => ({
      json: pageView(await listMyCampaigns(deps, actor, query, plans), itself),
    })),

    getCampaignAbout: operation(meRoutes.getCampaignAbout, async ({ actor, params }) => ({
      json: await readAbout(deps, actor, params.campaign, plans),
    })),
  };
}

function openTo(table: Readonly<Record<string, Route>>, roles: Actor["roles"]): string[] {
  return Object.entries(table)
    .filter(([, { access }]) => typeof access !== "string" && roles.some((role) => access.includes(role)))
    .map(([id]) => id)
    .sort();
}
