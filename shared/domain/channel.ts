import * as z from "zod";
import { EVENT_TYPES } from "./event.ts";
import { slugSchema } from "./ids.ts";

/** Where events are told. Secrets are named, never held. */
export const CHANNEL_KINDS = ["wecom", "dingtalk", "feishu", "slack", "email", "webhook", "eventbridge"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Kinds that need a secret: a robot's address is one, and with a webhook's every body is signed. */
const WITH_SECRET: readonly ChannelKind[] = ["wecom", "dingtalk", "feishu", "slack", "webhook"];

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "use HH:MM");
const zoneSchema = z.string().min(1).max(64).describe("An IANA zone, such as Asia/Shanghai");

/** From `from` to `to`, over midnight where `to` is earlier. What comes meanwhile is sent when they end. */
export const quietSchema = z
  .strictObject({ zone: zoneSchema, from: clockSchema, to: clockSchema })
  .refine(({ from, to }) => from !== to, { path: ["to"], message: "use another hour than `from`" })
  .meta({ id: "QuietHours" });
export type Quiet = z.infer<typeof quietSchema>;

/** In the zone of each campaign's plan. Days end with 28, so that each month has them. */
export const bulletinScheduleSchema = z
  .strictObject({ day: z.int().min(1).max(28), hour: z.int().min(0).max(23) })
  .meta({ id: "BulletinSchedule" });
export type BulletinSchedule = z.infer<typeof bulletinScheduleSchema>;

export const channelSettingsShape = {
  name: z.string().min(1).max(128),
  kind: z.enum(CHANNEL_KINDS),
  secretName: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe(
      'Of a robot: its address as the vendor shows it, or `{"url": "…", "sign": "…"}`, which DingTalk and Feishu need · of a webhook: `whsec_` and the key in base64',
    ),
  address: z
    .url({ protocol: /^https$/ })
    .max(1024)
    .optional()
    .describe("Of a webhook only: where to post"),
  recipients: z.array(z.email().max(254)).min(1).max(50).optional().describe("Of e-mail only"),
  events: z.array(z.enum(EVENT_TYPES)).min(1).max(EVENT_TYPES.length),
  campaigns: z.array(slugSchema).min(1).max(100).optional().describe("Only of these; absent is of all"),
  language: z.enum(["zh", "en"]),
  quiet: quietSchema.optional(),
  bulletins: bulletinScheduleSchema.optional().describe("When bulletins are made that this channel is told of"),
  enabled: z.boolean().default(true).describe("False: nothing new is sent; what waits, waits"),
};

interface Settings {
  readonly kind: ChannelKind;
  readonly secretName?: string | undefined;
  readonly address?: string | undefined;
  readonly recipients?: readonly string[] | undefined;
  readonly events: readonly string[];
  readonly bulletins?: unknown;
}

/** What a kind of channel needs, and what it cannot have. */
export function checkChannel(settings: Settings, context: z.core.$RefinementCtx): void {
  const { kind, secretName, address, recipients, events, bulletins } = settings;
  const issue = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  const needs = (path: string, given: unknown, isNeeded: boolean, what: string) => {
    if (isNeeded && given === undefined) issue(path, `use ${what}: a channel of kind ${kind} needs it`);
    if (!isNeeded && given !== undefined) issue(path, `leave it out: a channel of kind ${kind} has none`);
  };
  needs("secretName", secretName, WITH_SECRET.includes(kind), "the name of a secret");
  needs("address", address, kind === "webhook", "an https address");
  needs("recipients", recipients, kind === "email", "addresses of people");
  if (events.includes("bulletin.published") !== (bulletins !== undefined)) {
    issue("bulletins", "name the event bulletin.published and say when, or neither");
  }
}

export const channelSchema = z
  .strictObject({
    channel: slugSchema,
    ...channelSettingsShape,
    revision: z.int().min(1),
    since: z.string().describe("What happened before is not told"),
    changedBy: z.string(),
    changedAt: z.string(),
  })
  .superRefine(checkChannel);
export type Channel = z.infer<typeof channelSchema>;

export const attemptSchema = z.strictObject({
  at: z.string(),
  outcome: z.enum(["sent", "failed"]),
  status: z.int().optional().describe("Of the answer, where there was one"),
  reason: z.string().optional(),
});

/** One event for one channel. */
export const outgoingSchema = z.strictObject({
  channel: slugSchema,
  id: z.string().describe("In order of the events' times"),
  scope: z.string(),
  event: z.string().describe("Id of the event"),
  type: z.enum(EVENT_TYPES),
  state: z
    .enum(["waiting", "sent", "dead"])
    .describe("`waiting`: not sent, or to be tried again · `dead`: given up; replay it when the cause is mended"),
  revision: z.int().min(1),
  attempts: z.array(attemptSchema).describe("Since it was made or last replayed"),
  tries: z.int().min(0).describe("Begun; one more than attempts where the machine stopped in between"),
  sentParts: z.int().min(0).describe("Of a long message: how many parts were taken"),
  nextAt: z.string().describe("When it is tried next, while it waits"),
  createdAt: z.string(),
  expiresAt: z.int().describe("Seconds since 1970; then it is forgotten"),
});
export type Outgoing = z.infer<typeof outgoingSchema>;
