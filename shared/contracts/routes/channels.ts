import * as z from "zod";
import { slugSchema } from "#domain/ids.ts";
import { CAMPAIGN_EDITORS, PLATFORM_READERS, REPLAYERS } from "../access.ts";
import { pageQuerySchema, pageSchema } from "../page.ts";
import { noBody, none, route } from "../route.ts";
import { channelSettingsSchema, channelViewSchema, messageViewSchema } from "../views/channel-views.ts";

const channelParam = slugSchema.describe("A channel").meta({ examples: ["jiangxi-group"] });
const channelParams = z.strictObject({ channel: channelParam });

/** Where events are told, and what became of the telling. */
export const channelRoutes = {
  setChannel: route({
    method: "PUT",
    path: "/v1/channels/{channel}",
    tag: "Channels",
    summary: "Set a channel: where it leads, which events it is told, in which language and when",
    description:
      "The whole channel is replaced. A new one is told what happens from now on. Group robots of WeCom, DingTalk, Feishu and Slack, e-mail, an event bus, and webhooks signed by Standard Webhooks; what is sent is tried again for 24 hours.",
    access: CAMPAIGN_EDITORS,
    params: channelParams,
    query: none,
    body: {
      schema: channelSettingsSchema,
      media: ["application/json"],
      example: {
        name: "Jiangxi work group",
        kind: "wecom",
        secretName: "laurel/prod/channels/jiangxi-group",
        events: ["target.reached", "bulletin.published"],
        campaigns: ["jiangxi-travel-2018"],
        language: "zh",
        quiet: { zone: "Asia/Shanghai", from: "21:00", to: "08:00" },
        bulletins: { day: 1, hour: 9 },
      },
    },
    success: { status: 200, description: "The channel", schema: channelViewSchema },
    refusals: ["conflict"],
  }),

  listChannels: route({
    method: "GET",
    path: "/v1/channels",
    tag: "Channels",
    summary: "List channels, by id",
    access: PLATFORM_READERS,
    params: none,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(channelViewSchema, "ChannelPage") },
    refusals: [],
  }),

  getChannel: route({
    method: "GET",
    path: "/v1/channels/{channel}",
    tag: "Channels",
    summary: "Read a channel",
    access: PLATFORM_READERS,
    params: channelParams,
    query: none,
    body: noBody,
    success: { status: 200, description: "The channel", schema: channelViewSchema },
    refusals: ["notFound"],
  }),

  listChannelDeliveries: route({
    method: "GET",
    path: "/v1/channels/{channel}/deliveries",
    tag: "Channels",
    summary: "List what a channel was told, newest first, with every attempt",
    description: "Messages are kept for ninety days. What they say is not shown: they can hold figures.",
    access: PLATFORM_READERS,
    params: channelParams,
    query: pageQuerySchema,
    body: noBody,
    success: { status: 200, description: "A page", schema: pageSchema(messageViewSchema, "ChannelDeliveryPage") },
    refusals: ["notFound"],
  }),

  replayChannelDelivery: route({
    method: "POST",
    path: "/v1/channels/{channel}/deliveries/{delivery}/replay",
    tag: "Channels",
    summary: "Send a message again, whatever became of it",
    description:
      "It is sent within a minute or so, with all its tries ahead. Receivers know a repeat by the event's id.",
    access: REPLAYERS,
    params: z.strictObject({
      channel: channelParam,
      delivery: z.string().min(1).max(128).describe("The message's id, as the list shows it"),
    }),
    query: none,
    body: noBody,
    success: { status: 200, description: "The message", schema: messageViewSchema },
    refusals: ["notFound", "conflict"],
  }),
};
