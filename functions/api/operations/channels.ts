import { listChannels, listOutgoing, readChannel, replayOutgoing, setChannel } from "#app/outward/channels.ts";
import { channelRoutes as routes } from "#contracts/routes/channels.ts";
import type { Outgoing } from "#domain/channel.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { itself, pageView } from "../pages.ts";

export function channelOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    setChannel: operation(routes.setChannel, async ({ actor, params, body }) => ({
      json: await setChannel(deps, actor, params.channel, body),
    })),

    listChannels: operation(routes.listChannels, async ({ query }) => ({
      json: pageView(await listChannels(deps, query), itself),
    })),

    getChannel: operation(routes.getChannel, async ({ params }) => ({
      json: await readChannel(deps, params.channel),
    })),

    listChannelDeliveries: operation(routes.listChannelDeliveries, async ({ params, query }) => ({
      json: pageView(await listOutgoing(deps, params.channel, query), messageView),
    })),

    replayChannelDelivery: operation(routes.replayChannelDelivery, async ({ actor, params }) => ({
      json: messageView(await replayOutgoing(deps, actor, params.channel, params.delivery)),
    })),
  };
}

function messageView({ channel, id, event, type, state, tries, attempts, nextAt, createdAt }: Outgoing) {
  return {
    channel,
    id,
    event,
    type,
    state,
    tries,
    attempts: [...attempts],
    createdAt,
    ...(state === "waiting" ? { nextAt } : {}),
  };
}
