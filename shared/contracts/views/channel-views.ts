import * as z from "zod";
import { attemptSchema, channelSchema, channelSettingsShape, checkChannel } from "#domain/channel.ts";
import { EVENT_TYPES } from "#domain/event.ts";
import { slugSchema } from "#domain/ids.ts";

export const channelSettingsSchema = z
  .strictObject(channelSettingsShape)
  .superRefine(checkChannel)
  .meta({ id: "ChannelSettings" });

export const channelViewSchema = channelSchema.meta({ id: "Channel" });

/** One event for one channel, without what it says. */
export const messageViewSchema = z
  .strictObject({
    channel: slugSchema,
    id: z.string(),
    event: z.string().describe("Id of the event: of a webhook it stands in the body"),
    type: z.enum(EVENT_TYPES),
    state: z
      .enum(["waiting", "sent", "dead"])
      .describe("`dead`: given up after a day; replay it when the cause is mended"),
    tries: z.int(),
    attempts: z.array(attemptSchema),
    nextAt: z.string().optional().describe("When it is tried next, while it waits"),
    createdAt: z.string(),
  })
  .meta({ id: "ChannelDelivery" });
