import type { Route } from "#contracts/route.ts";
import { meRoutes } from "#contracts/routes/me.ts";
import type { Actor } from "#domain/actor.ts";
import { type Operation, operation } from "../../_kit/operation.ts";

/** @param table the whole route table, out of which is told what somebody may do */
export function meOperations(table: Readonly<Record<string, Route>>): Record<keyof typeof meRoutes, Operation> {
  return {
    getMe: operation(meRoutes.getMe, async ({ actor: { subject, name, client, roles, units, sources } }) => ({
      json: {
        subject,
        ...(name === undefined ? {} : { name }),
        ...(client === undefined ? {} : { client }),
        roles: [...roles],
        units: [...units],
        sources: [...sources],
        operations: openTo(table, roles),
      },
    })),
  };
}

function openTo(table: Readonly<Record<string, Route>>, roles: Actor["roles"]): string[] {
  return Object.entries(table)
    .filter(([, { access }]) => typeof access !== "string" && roles.some((role) => access.includes(role)))
    .map(([id]) => id)
    .sort();
}
