import type { Answer, Call } from "../api/client.ts";

export type Channel = Answer<"listChannels">["items"][number];
export type ChannelKind = Channel["kind"];
export type EventType = Channel["events"][number];
export type Settings = NonNullable<Call<"setChannel">["body"]>;

export const KINDS: readonly ChannelKind[] = [
  "wecom",
  "dingtalk",
  "feishu",
  "slack",
  "email",
  "webhook",
  "eventbridge",
];

/** Kinds that a secret is named for: a robot's address is one. */
export const WITH_SECRET: readonly ChannelKind[] = ["wecom", "dingtalk", "feishu", "slack", "webhook"];

/** What happens in a campaign's life first, then runs and disputes, then what watches over data. */
export const EVENTS: readonly EventType[] = [
  "campaign.activated",
  "target.reached",
  "bulletin.published",
  "campaign.final",
  "approval.requested",
  "run.approved",
  "run.rejected",
  "run.failed",
  "run.paid",
  "dispute.opened",
  "dispute.answered",
  "dispute.closed",
  "reconciliation.differs",
  "source.silent",
];

/** A channel as its form has it. */
export interface ChannelValues {
  readonly id: string;
  readonly name: string;
  readonly secretName: string;
  readonly address: string;
  readonly recipients: string;
  readonly events: readonly EventType[];
  readonly campaigns: readonly string[];
  readonly language: "zh" | "en";
  readonly isQuiet: boolean;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly quietZone: string;
  readonly day: number;
  readonly hour: number;
  readonly enabled: boolean;
}

export function valuesOf(channel: Channel | undefined, language: "zh" | "en"): ChannelValues {
  return {
    id: channel?.channel ?? "",
    name: channel?.name ?? "",
    secretName: channel?.secretName ?? "",
    address: channel?.address ?? "",
    recipients: (channel?.recipients ?? []).join("\n"),
    events: channel?.events ?? [],
    campaigns: channel?.campaigns ?? [],
    language: channel?.language ?? language,
    isQuiet: channel?.quiet !== undefined,
    quietFrom: channel?.quiet?.from ?? "21:00",
    quietTo: channel?.quiet?.to ?? "08:00",
    quietZone: channel?.quiet?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    day: channel?.bulletins?.day ?? 1,
    hour: channel?.bulletins?.hour ?? 9,
    enabled: channel?.enabled ?? true,
  };
}

/** What the API is told: only what a channel of this kind has. */
export function settingsOf(kind: ChannelKind, values: ChannelValues): Settings {
  const { events, campaigns, quietFrom, quietTo, quietZone, day, hour } = values;
  const recipients = values.recipients
    .split(/[\s,;，；]+/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return {
    name: values.name.trim(),
    kind,
    events: [...events],
    language: values.language,
    enabled: values.enabled,
    ...(WITH_SECRET.includes(kind) ? { secretName: values.secretName.trim() } : {}),
    ...(kind === "webhook" ? { address: values.address.trim() } : {}),
    ...(kind === "email" ? { recipients } : {}),
    ...(campaigns.length === 0 ? {} : { campaigns: [...campaigns] }),
    ...(values.isQuiet ? { quiet: { zone: quietZone.trim(), from: quietFrom, to: quietTo } } : {}),
    ...(events.includes("bulletin.published") ? { bulletins: { day, hour } } : {}),
  };
}
