import type { Actor } from "#domain/actor.ts";
import { COMPANY_CHAIN } from "#domain/audit.ts";
import { type Channel, channelSchema, type Outgoing } from "#domain/channel.ts";
import { formatInstant } from "#domain/instant.ts";
import { problemsOf, Refusal } from "#domain/problem.ts";
import { isZone } from "#domain/time.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { type AuditDeps, audited } from "../audit/note.ts";
import { listPage } from "../list-page.ts";
import type { TellsOthers } from "./deps.ts";

export type ChannelSettings = Omit<Channel, "channel" | "revision" | "since" | "changedBy" | "changedAt">;

/**
 * Sets a channel as a whole. A new one is told what happens from now on; one that exists keeps what waits. Changing it again as it is
 * changes nothing but who changed it.
 *
 * @throws Refusal `invalid` for a zone that is none, `conflict` for another kind, or when somebody else changed it meanwhile
 */
export async function setChannel(
  deps: TellsOthers & AuditDeps,
  actor: Actor,
  id: string,
  settings: ChannelSettings,
): Promise<Channel> {
  requireZone(settings);
  const before = await deps.outbox.channel(id);
  if (before && before.kind !== settings.kind) throw otherKind(before, settings.kind);
  const now = formatInstant(deps.clock.now());
  const parsed = channelSchema.safeParse({
    ...settings,
    channel: id,
    revision: (before?.revision ?? 0) + 1,
    since: before?.since ?? now,
    changedBy: actor.subject,
    changedAt: now,
  });
  if (!parsed.success) {
    throw new Refusal("invalid", "the channel would not be one", problemsOf(parsed.error, "", settings));
  }
  const channel = parsed.data;
  const { kind, secretName = "", events, address = "", recipients = [] } = channel;
  const detail = { kind, secretName, address, recipients: String(recipients.length), events: events.join(", ") };
  const deed = { chain: COMPANY_CHAIN, action: "channel.set", subject: id, detail };
  await audited(deps, actor, deed, async () => {
    if (await deps.outbox.saveChannel(channel)) return;
    throw new Refusal("conflict", `the channel ${id} was changed meanwhile; look at it and try again`);
  });
  return channel;
}

function requireZone({ quiet }: ChannelSettings): void {
  if (quiet === undefined || isZone(quiet.zone)) return;
  const message = "use an IANA zone, such as Asia/Shanghai";
  throw new Refusal("invalid", message, [{ code: "zone", path: "/quiet/zone", message, seen: quiet.zone }]);
}

function otherKind({ channel, kind }: Channel, seen: string): Refusal {
  const message = `${channel} is a channel of kind ${kind}: its messages are written for that kind`;
  return new Refusal("conflict", message, [
    { code: "channel-kind", path: "/kind", message, seen, allowed: kind, mend: "make another channel" },
  ]);
}

/** @throws Refusal("notFound") */
export async function readChannel({ outbox }: TellsOthers, id: string): Promise<Channel> {
  const channel = await outbox.channel(id);
  if (!channel) throw new Refusal("notFound", `there is no channel ${id}`);
  return channel;
}

export async function listChannels({ outbox }: TellsOthers, request: PageRequest): Promise<Page<Channel>> {
  return listPage(await outbox.channels(), ({ channel }) => channel, request);
}

/** What a channel was told, newest first, with every attempt. @throws Refusal("notFound") */
export async function listOutgoing(deps: TellsOthers, id: string, request: PageRequest): Promise<Page<Outgoing>> {
  await readChannel(deps, id);
  return deps.outbox.newest(id, request);
}

/**
 * Sends a message again, from its first part, with all tries ahead of it: one that was given up, and one that was sent and is missed. One
 * that waits is tried at once.
 *
 * @throws Refusal `notFound`; `conflict` when it was being sent meanwhile
 */
export async function replayOutgoing(
  deps: TellsOthers & AuditDeps,
  actor: Actor,
  channel: string,
  id: string,
): Promise<Outgoing> {
  await readChannel(deps, channel);
  const before = await deps.outbox.outgoing(channel, id);
  if (!before) throw new Refusal("notFound", `the channel ${channel} has no message ${id}`);
  const again: Outgoing = {
    ...before,
    state: "waiting",
    revision: before.revision + 1,
    attempts: [],
    tries: 0,
    sentParts: 0,
    nextAt: formatInstant(deps.clock.now()),
  };
  const deed = { chain: COMPANY_CHAIN, action: "channel.replay", subject: channel, detail: { message: id } };
  await audited(deps, actor, deed, async () => {
    if (await deps.outbox.saveOutgoing(again, before)) return;
    throw new Refusal("conflict", `the message ${id} is being sent just now; look at it and try again`);
  });
  return again;
}
